// SPDX-License-Identifier: MIT
// /actuator: health, info, loggers, caches (discodeit.md 13.3), in the shapes of Spring Boot's.
#include "api/actuator.h"

#include "api/internal.h"

enum { DOCUMENT = 64 << 10 };

static const struct actuator *actuator_of(const struct api_request *r)
{
    return &r->api->shared->actuator;
}

/* ---- health ---- */

enum health { HEALTH_UP, HEALTH_OUT_OF_SERVICE, HEALTH_DOWN }; /* worse and worse */

static const char *health_word(enum health health)
{
    static const char *const words[] = {
        [HEALTH_UP] = "UP", [HEALTH_OUT_OF_SERVICE] = "OUT_OF_SERVICE", [HEALTH_DOWN] = "DOWN"};
    return words[health];
}

static enum health worse(enum health a, enum health b)
{
    return a > b ? a : b;
}

static enum health of_liveness(const struct actuator *a)
{
    return a->is_alive == NULL || a->is_alive(a->context) ? HEALTH_UP : HEALTH_DOWN;
}

static enum health of_leaving(const struct api_request *r)
{
    return atomic_load(&r->api->shared->leaving) ? HEALTH_OUT_OF_SERVICE : HEALTH_UP;
}

/* Of one part; into `json` as an object. */
static enum health look_at(const struct actuator *a, const struct health_part *part, struct buf *json)
{
    struct buf details;
    buf_init(&details, DOCUMENT);
    enum health health = part->look(a->context, &details) ? HEALTH_UP : HEALTH_DOWN;
    buf_printf(json, "{\"status\":\"%s\",\"details\":{", health_word(health));
    buf_append(json, buf_slice(&details));
    buf_append_string(json, "}}");
    json->failed |= details.failed;
    buf_release(&details);
    return health;
}

/* The worst of the parts that matter here; each into `parts`, with a comma in front. */
static enum health look_at_parts(const struct actuator *a, bool only_readiness, struct buf *parts)
{
    enum health health = HEALTH_UP;
    for (size_t i = 0; i < a->part_count; i++) {
        if (only_readiness && !a->parts[i].for_readiness)
            continue;
        buf_printf(parts, ",\"%s\":", a->parts[i].name);
        health = worse(health, look_at(a, &a->parts[i], parts));
    }
    return health;
}

static void append_state(struct buf *parts, const char *name, enum health health)
{
    buf_printf(parts, ",\"%s\":{\"status\":\"%s\"}", name, health_word(health));
}

/* `parts`: what is told of them, each with a comma in front. */
static void reply_health(struct api_request *r, enum health health, const struct buf *parts,
                         const char *groups)
{
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_printf(&json, "{\"status\":\"%s\"", health_word(health));
    if (actuator_of(r)->shows_details && parts->len > 0) {
        buf_append_string(&json, ",\"components\":{");
        buf_append(&json, slice_after(buf_slice(parts), 1));
        buf_append_octet(&json, '}');
    }
    buf_append_string(&json, groups);
    buf_append_octet(&json, '}');
    json.failed |= parts->failed;
    api_reply_text(r, health == HEALTH_UP ? 200 : 503, "application/json", &json);
    buf_release(&json);
}

void api_get_health(struct api_request *r)
{
    const struct actuator *a = actuator_of(r);
    struct buf parts;
    buf_init(&parts, DOCUMENT);
    enum health health = look_at_parts(a, false, &parts), liveness = of_liveness(a), leaving = of_leaving(r);
    append_state(&parts, "livenessState", liveness);
    append_state(&parts, "readinessState", leaving);
    reply_health(r, worse(health, worse(liveness, leaving)), &parts,
                 ",\"groups\":[\"liveness\",\"readiness\"]");
    buf_release(&parts);
}

static void get_liveness(struct api_request *r)
{
    struct buf none;
    buf_init(&none, 0);
    reply_health(r, of_liveness(actuator_of(r)), &none, "");
}

static void get_readiness(struct api_request *r)
{
    struct buf parts;
    buf_init(&parts, DOCUMENT);
    enum health health = look_at_parts(actuator_of(r), true, &parts), leaving = of_leaving(r);
    append_state(&parts, "readinessState", leaving);
    reply_health(r, worse(health, leaving), &parts, "");
    buf_release(&parts);
}

static void get_part(struct api_request *r)
{
    const struct actuator *a = actuator_of(r);
    const struct health_part *part = a->parts, *end = a->parts + a->part_count;
    while (part < end && !slice_equals(r->values[0], slice_from_string(part->name)))
        part++;
    if (part == end || !a->shows_details) {
        api_refuse(r->api, r->connection, ERR_NOT_FOUND, r->path, r->language, NULL);
        return;
    }
    struct buf json;
    buf_init(&json, DOCUMENT);
    enum health health = look_at(a, part, &json);
    api_reply_text(r, health == HEALTH_UP ? 200 : 503, "application/json", &json);
    buf_release(&json);
}

void api_get_health_part(struct api_request *r)
{
    if (slice_equals(r->values[0], SLICE("liveness")))
        get_liveness(r);
    else if (slice_equals(r->values[0], SLICE("readiness")))
        get_readiness(r);
    else
        get_part(r);
}

/* ---- what it is ---- */

void api_get_actuator(struct api_request *r)
{
    static const char *const names[] = {"health",     "info",    "metrics", "metrics/{name}",
                                        "prometheus", "loggers", "caches"};
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_append_string(&json, "{\"_links\":{\"self\":{\"href\":\"/actuator\"}");
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        buf_printf(&json, ",\"%s\":{\"href\":\"/actuator/%s\"}", names[i], names[i]);
    buf_append_string(&json, "}}");
    api_reply_text(r, 200, "application/json", &json);
    buf_release(&json);
}

void api_get_info(struct api_request *r)
{
    const struct actuator *a = actuator_of(r);
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_append_string(&json, "{\"app\":{\"name\":\"Discodeit\",\"version\":\"3.0-M12\"},\"build\":{");
    api_json_member(&json, true, "name", "parleyd");
    api_json_member(&json, false, "version", a->version);
    api_json_member(&json, false, "compiler", a->compiler);
    buf_append_string(&json, "},\"store\":{");
    api_json_member(&json, true, "type", a->store);
    buf_append_string(&json, "},\"logins\":{");
    api_json_member(&json, true, "type", a->logins);
    buf_printf(&json, "},\"workers\":%zu}", r->api->shared->worker_count);
    api_reply_text(r, 200, "application/json", &json);
    buf_release(&json);
}

/* There is one level for all that is logged, and it does not change after the start. */
static void append_root_logger(struct buf *json, const char *level)
{
    buf_append_octet(json, '{');
    api_json_member(json, true, "configuredLevel", level);
    api_json_member(json, false, "effectiveLevel", level);
    buf_append_octet(json, '}');
}

void api_get_loggers(struct api_request *r)
{
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_append_string(&json, "{\"levels\":[\"ERROR\",\"WARN\",\"INFO\",\"DEBUG\"],\"loggers\":{\"ROOT\":");
    append_root_logger(&json, actuator_of(r)->level);
    buf_append_string(&json, "},\"groups\":{}}");
    api_reply_text(r, 200, "application/json", &json);
    buf_release(&json);
}

/* What is counted as cache.gets. The logins come last: without Redis there are none. */
void api_get_caches(struct api_request *r)
{
    static const struct {
        const char *name, *target;
    } caches[] = {{"history", "messages of the destinations that are followed"},
                  {"logins", "logins that Redis called live lately"}};
    const char *logins = actuator_of(r)->logins;
    size_t count = ARRAY_LEN(caches) - (logins == NULL || strcmp(logins, "redis") != 0);
    struct buf json;
    buf_init(&json, DOCUMENT);
    buf_append_string(&json, "{\"cacheManagers\":{\"parley\":{\"caches\":{");
    for (size_t i = 0; i < count; i++) {
        buf_printf(&json, "%s\"%s\":{", i == 0 ? "" : ",", caches[i].name);
        api_json_member(&json, true, "target", caches[i].target);
        buf_append_octet(&json, '}');
    }
    buf_append_string(&json, "}}}}");
    api_reply_text(r, 200, "application/json", &json);
    buf_release(&json);
}
