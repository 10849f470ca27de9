// SPDX-License-Identifier: MIT
// /actuator/metrics in the shape of Spring Boot's, and /actuator/prometheus.
#include "api/internal.h"
#include "wire/prometheus.h"
#include "wire/target.h"

enum { DOCUMENT = 4 << 20, VALUES = 128, FILTERS = 4 };

static struct metrics metrics_now(const struct api_request *r)
{
    const struct clock *clock = r->api->loop->clock;
    struct metrics m = r->api->shared->actuator.metrics;
    m.now = clock->mono(clock);
    return m;
}

void api_get_prometheus(struct api_request *r)
{
    struct metrics m = metrics_now(r);
    struct buf text;
    buf_init(&text, DOCUMENT);
    prometheus_write(&text, &m);
    api_reply_text(r, 200, PROMETHEUS_TYPE, &text);
    buf_release(&text);
}

static bool is_first_of_name(const struct metrics *m, size_t i)
{
    return i == 0 || strcmp(m->rows[i].name, m->rows[i - 1].name) != 0;
}

void api_get_metrics(struct api_request *r)
{
    struct metrics m = metrics_now(r);
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_append_string(&json, "{\"names\":[");
    for (size_t i = 0; i < m.count; i++) {
        if (is_first_of_name(&m, i))
            buf_printf(&json, "%s\"%s\"", i == 0 ? "" : ",", m.rows[i].name);
    }
    buf_append_string(&json, "]}");
    api_reply_text(r, 200, "application/json", &json);
    buf_release(&json);
}

/* ?tag=name:value, as often as one likes, up to FILTERS. */
struct filter {
    size_t count;
    struct slice names[FILTERS], values[FILTERS];
};

/* False when a tag is none. */
static bool read_filter(struct api_request *r, struct filter *f)
{
    struct slice rest = r->http->query, raw_name, raw_value;
    f->count = 0;
    while (target_query_next(&rest, &raw_name, &raw_value)) {
        struct slice value;
        if (!slice_equals(raw_name, SLICE("tag")))
            continue;
        if (f->count == FILTERS || !target_query_decode(&r->arena, raw_value, &value))
            return false;
        f->names[f->count] = slice_cut(&value, ':');
        f->values[f->count++] = value;
        if (value.data == NULL)
            return false;
    }
    return true;
}

static bool has_tag(const struct metric_labels *labels, struct slice name, struct slice value)
{
    for (size_t i = 0; i < labels->count; i++) {
        if (slice_equals(slice_from_string(labels->all[i].name), name) &&
            slice_equals(labels->all[i].value, value))
            return true;
    }
    return false;
}

static bool passes(const struct filter *f, const struct metric_labels *labels)
{
    for (size_t i = 0; i < f->count; i++) {
        if (!has_tag(labels, f->names[i], f->values[i]))
            return false;
    }
    return true;
}

/* All series of a name that pass, as one; and what labels those have, which are left to ask for. */
struct summary {
    const struct metric *row; /* the first of its name */
    size_t series;
    double value, count, sum, largest;
    size_t tag_count;
    struct metric_label tags[VALUES];
};

static void add_tags(struct summary *s, const struct filter *f, const struct metric_labels *labels)
{
    for (size_t i = 0; i < labels->count; i++) {
        struct slice name = slice_from_string(labels->all[i].name);
        bool is_known = false;
        for (size_t j = 0; j < f->count && !is_known; j++)
            is_known = slice_equals(f->names[j], name);
        for (size_t j = 0; j < s->tag_count && !is_known; j++)
            is_known = slice_equals(slice_from_string(s->tags[j].name), name) &&
                       slice_equals(s->tags[j].value, labels->all[i].value);
        if (!is_known && s->tag_count < VALUES)
            s->tags[s->tag_count++] = labels->all[i];
    }
}

static void add_series(struct summary *s, const struct filter *f, const struct metric_sample *sample)
{
    if (!passes(f, &sample->labels))
        return;
    s->series++;
    s->value += sample->value;
    s->count += (double)sample->count;
    s->sum += sample->sum;
    s->largest = sample->largest > s->largest ? sample->largest : s->largest;
    add_tags(s, f, &sample->labels);
}

static void summarize(struct summary *s, const struct metrics *m, struct slice name, const struct filter *f)
{
    struct metric_sample sample;
    *s = (struct summary){.row = NULL};
    for (size_t i = 0; i < m->count; i++) {
        const struct metric *row = &m->rows[i];
        if (!slice_equals(slice_from_string(row->name), name))
            continue;
        s->row = s->row == NULL ? row : s->row;
        for (size_t j = 0; j < metric_series(row); j++) {
            if (metric_sample(m, row, j, &sample))
                add_series(s, f, &sample);
        }
    }
}

static void append_measurement(struct buf *json, bool first, const char *statistic, double value)
{
    buf_printf(json, "%s{\"statistic\":\"%s\",\"value\":%.15g}", first ? "" : ",", statistic, value);
}

static void append_measurements(struct buf *json, const struct summary *s)
{
    bool is_time = strcmp(s->row->unit, "seconds") == 0;
    if (s->series == 0 && !s->row->sparse)
        return; /* it is not to be had here */
    if (s->row->kind == METRIC_HISTOGRAM) {
        append_measurement(json, true, "COUNT", s->count);
        append_measurement(json, false, is_time ? "TOTAL_TIME" : "TOTAL", s->sum);
        append_measurement(json, false, "MAX", s->largest);
    } else {
        append_measurement(json, true, s->row->kind == METRIC_COUNTER ? "COUNT" : "VALUE", s->value);
    }
}

static bool is_first_tag(const struct summary *s, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (strcmp(s->tags[j].name, s->tags[i].name) == 0)
            return false;
    }
    return true;
}

static void append_tags(struct buf *json, const struct summary *s)
{
    for (size_t i = 0; i < s->tag_count; i++) {
        if (!is_first_tag(s, i))
            continue;
        buf_printf(json, "%s{\"tag\":\"%s\",\"values\":[", i == 0 ? "" : ",", s->tags[i].name);
        for (size_t j = i; j < s->tag_count; j++) {
            if (strcmp(s->tags[j].name, s->tags[i].name) != 0)
                continue;
            buf_append_string(json, j == i ? "" : ",");
            api_json_string(json, s->tags[j].value);
        }
        buf_append_string(json, "]}");
    }
}

void api_get_metric(struct api_request *r)
{
    struct metrics m = metrics_now(r);
    struct filter filter;
    struct summary s = {.row = NULL};
    if (read_filter(r, &filter))
        summarize(&s, &m, r->values[0], &filter);
    if (s.row == NULL || (s.series == 0 && filter.count > 0)) {
        api_refuse(r->api, r->connection, ERR_NOT_FOUND, r->path, r->language, NULL);
        return;
    }
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_append_octet(&json, '{');
    api_json_member(&json, true, "name", s.row->name);
    api_json_member(&json, false, "description", s.row->help);
    if (s.row->unit[0] != '\0')
        api_json_member(&json, false, "baseUnit", s.row->unit);
    buf_append_string(&json, ",\"measurements\":[");
    append_measurements(&json, &s);
    buf_append_string(&json, "],\"availableTags\":[");
    append_tags(&json, &s);
    buf_append_string(&json, "]}");
    api_reply_text(r, 200, "application/json", &json);
    buf_release(&json);
}
