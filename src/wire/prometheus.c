// SPDX-License-Identifier: MIT
#include "wire/prometheus.h"

#include <stdio.h>
#include <string.h>

void prometheus_name(struct buf *out, const struct metric *row)
{
    for (const char *c = row->name; *c != '\0'; c++)
        buf_append_octet(out, *c == '.' ? '_' : (unsigned char)*c);
    if (row->unit[0] != '\0')
        buf_printf(out, "_%s", row->unit);
    if (row->kind == METRIC_COUNTER)
        buf_append_string(out, "_total");
}

/* "label_value can be any sequence of UTF-8 characters, but the backslash, double-quote and line feed characters
 * have to be escaped"; in a HELP line the double quote is not. */
static void append_escaped(struct buf *out, struct slice text, bool in_quotes)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = text.data[i];
        if (c == '\n') {
            buf_append_string(out, "\\n");
            continue;
        }
        if (c == '\\' || (in_quotes && c == '"'))
            buf_append_octet(out, '\\');
        buf_append_octet(out, c);
    }
}

static void append_label(struct buf *out, bool *first, const char *name, struct slice value)
{
    buf_printf(out, "%s%s=\"", *first ? "{" : ",", name);
    append_escaped(out, value, true);
    buf_append_octet(out, '"');
    *first = false;
}

/* `bound`: the upper bound of a bucket; data NULL: it is none. */
static void append_labels(struct buf *out, const struct metric_labels *labels, struct slice bound)
{
    bool first = true;
    for (size_t i = 0; i < labels->count; i++)
        append_label(out, &first, labels->all[i].name, labels->all[i].value);
    if (bound.data != NULL)
        append_label(out, &first, "le", bound);
    if (!first)
        buf_append_octet(out, '}');
}

static void append_name(struct buf *out, const struct metric *row, const char *suffix)
{
    prometheus_name(out, row);
    buf_append_string(out, suffix);
}

static void append_head(struct buf *out, const struct metric *row, const char *suffix, const char *type,
                        const char *help)
{
    buf_append_string(out, "# HELP ");
    append_name(out, row, suffix);
    buf_append_octet(out, ' ');
    append_escaped(out, slice_from_string(help), false);
    buf_append_string(out, "\n# TYPE ");
    append_name(out, row, suffix);
    buf_printf(out, " %s\n", type);
}

/* One line. `bound`: of a bucket; data NULL: it is none. */
static void append_value(struct buf *out, const struct metric *row, const char *suffix,
                         const struct metric_labels *labels, struct slice bound, double value)
{
    append_name(out, row, suffix);
    append_labels(out, labels, bound);
    buf_printf(out, " %.15g\n", value);
}

/* Cumulative: a bucket counts all that is not beyond its bound. */
static void append_histogram(struct buf *out, const struct metric *row, const struct metric_sample *s)
{
    uint64_t below = 0;
    for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++) {
        char bound[32] = "+Inf";
        if (i < HISTOGRAM_BOUNDS)
            (void)snprintf(bound, sizeof bound, "%.9g", (double)row->scale->bounds[i] * row->scale->worth);
        below += s->buckets[i];
        append_value(out, row, "_bucket", &s->labels, slice_from_string(bound), (double)below);
    }
    append_value(out, row, "_sum", &s->labels, SLICE_NONE, s->sum);
    append_value(out, row, "_count", &s->labels, SLICE_NONE, (double)s->count);
}

static void append_series(struct buf *out, const struct metrics *m, const struct metric *row, bool largest)
{
    struct metric_sample sample;
    for (size_t i = 0; i < metric_series(row); i++) {
        if (!metric_sample(m, row, i, &sample))
            continue;
        if (largest)
            append_value(out, row, "_max", &sample.labels, SLICE_NONE, sample.largest);
        else if (row->kind == METRIC_HISTOGRAM)
            append_histogram(out, row, &sample);
        else
            append_value(out, row, "", &sample.labels, SLICE_NONE, sample.value);
    }
}

/* Rows [first, end) have one name: "all lines for a given metric must be provided as one single group". */
static void append_family(struct buf *out, const struct metrics *m, size_t first, size_t end)
{
    static const char *const types[] = {
        [METRIC_COUNTER] = "counter", [METRIC_GAUGE] = "gauge", [METRIC_HISTOGRAM] = "histogram"};
    const struct metric *head = &m->rows[first];
    append_head(out, head, "", types[head->kind], head->help);
    for (size_t i = first; i < end; i++)
        append_series(out, m, &m->rows[i], false);
    if (head->kind != METRIC_HISTOGRAM)
        return;
    append_head(out, head, "_max", "gauge", "The largest of the last one to two minutes.");
    for (size_t i = first; i < end; i++)
        append_series(out, m, &m->rows[i], true);
}

void prometheus_write(struct buf *out, const struct metrics *m)
{
    for (size_t first = 0, end; first < m->count; first = end) {
        end = first + 1;
        while (end < m->count && strcmp(m->rows[end].name, m->rows[first].name) == 0)
            end++;
        append_family(out, m, first, end);
    }
}
