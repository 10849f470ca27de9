// SPDX-License-Identifier: MIT
// What is counted and logged of requests and of sessions that failed (protocols.md OB-1 to OB-3).
#include <stdio.h>

#include "api/internal.h"

enum { NO_ROUTE, NOT_FOUND, FIRST_ROUTE }; /* of http_note.route */
enum { OUTCOMES = 5 };                     /* a status divided by a hundred, less one */

_Static_assert(API_REQUEST_SERIES == (API_ROUTES + FIRST_ROUTE) * OUTCOMES, "one for each route and outcome");

/* ---- lines ---- */

/* Whether one more line that a peer can cause may be written in this second. */
static bool may_note(struct api *a)
{
    int64_t second = a->loop->now / MICROSECONDS_PER_SECOND;
    if (second != a->notes.second) {
        char count[24];
        int len = snprintf(count, sizeof count, "%llu", (unsigned long long)a->notes.left_out);
        struct log_field field = {"detail", slice_of(count, (size_t)len)};
        if (a->notes.left_out > 0)
            a->shared->log(LOG_WARNING, "lines_left_out", &field, 1);
        a->notes = (struct api_notes){.second = second};
    }
    if (a->notes.lines++ < API_NOTES)
        return true;
    a->notes.left_out++;
    counter_add(&a->counters.lines_left_out, 1);
    return false;
}

void api_note(struct api *a, const char *event, struct slice detail)
{
    if (may_note(a))
        a->shared->log(LOG_INFO, event, &(struct log_field){"detail", detail}, 1);
}

/* ---- requests ---- */

/* discodeit.md section 1: a UUID without its dashes. */
void api_request_id(const struct api *a, const struct connection *c, char id[API_REQUEST_ID])
{
    static const char digits[] = "0123456789abcdef";
    struct http_note *note = http_note(c);
    if (uuid_is_nil(&note->id))
        uuid_draw(&note->id, a->loop->random);
    for (size_t i = 0; i < sizeof note->id.octets; i++) {
        id[2 * i] = digits[note->id.octets[i] >> 4];
        id[2 * i + 1] = digits[note->id.octets[i] & 15];
    }
}

void api_note_route(const struct connection *c, const struct route *route)
{
    size_t place = route == NULL ? NOT_FOUND : (size_t)(route - api_routes) + FIRST_ROUTE;
    assert(place < API_ROUTES + FIRST_ROUTE);
    http_note(c)->route = (uint16_t)place;
}

static const struct route *route_of(size_t place)
{
    return place < FIRST_ROUTE || place - FIRST_ROUTE >= api_route_count ? NULL
                                                                         : &api_routes[place - FIRST_ROUTE];
}

static struct slice pattern_of(size_t place)
{
    const struct route *route = route_of(place);
    return route != NULL ? route->pattern : place == NOT_FOUND ? SLICE("NOT_FOUND") : SLICE("UNKNOWN");
}

static struct slice method_of(size_t place)
{
    const struct route *route = route_of(place);
    return route == NULL ? SLICE("UNKNOWN") : slice_from_string(http_method_name(route->method));
}

void api_request_labels(size_t series, struct metric_labels *labels)
{
    static const struct slice outcomes[OUTCOMES] = {SLICE_INIT("INFORMATIONAL"), SLICE_INIT("SUCCESS"),
                                                    SLICE_INIT("REDIRECTION"), SLICE_INIT("CLIENT_ERROR"),
                                                    SLICE_INIT("SERVER_ERROR")};
    metric_label(labels, "method", method_of(series / OUTCOMES));
    metric_label(labels, "uri", pattern_of(series / OUTCOMES));
    metric_label(labels, "outcome", outcomes[series % OUTCOMES]);
}

/* A probe that hears 503 has heard what it asked for. */
static bool is_probe(size_t place)
{
    return slice_starts_with(pattern_of(place), SLICE("/actuator/"));
}

/* 5xx and slow ones at the level of a warning, all others to those who look at everything. */
static void log_request(struct api *a, struct connection *c, unsigned status, int64_t took)
{
    size_t place = http_note(c)->route;
    bool is_failure = status >= 500 && !is_probe(place), is_slow = took >= API_SLOW;
    char id[API_REQUEST_ID], code[8], milliseconds[24];
    if (is_failure || is_slow ? !may_note(a) : a->shared->options.log_level < LOG_DEBUG)
        return;
    api_request_id(a, c, id);
    (void)snprintf(code, sizeof code, "%u", status % 1000);
    (void)snprintf(milliseconds, sizeof milliseconds, "%.1f", (double)took / MICROSECONDS_PER_MS);
    struct log_field fields[] = {{"request", slice_of(id, sizeof id)},
                                 {"method", method_of(place)},
                                 {"uri", pattern_of(place)},
                                 {"status", slice_from_string(code)},
                                 {"ms", slice_from_string(milliseconds)}};
    a->shared->log(is_failure || is_slow ? LOG_WARNING : LOG_DEBUG,
                   is_failure ? "request_failed"
                   : is_slow  ? "request_slow"
                              : "request",
                   fields, ARRAY_LEN(fields));
}

void api_http_answered(void *context, struct connection *c, unsigned status, int64_t started)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    int64_t now = a->loop->clock->mono(a->loop->clock), took = now > started ? now - started : 0;
    size_t outcome = status < 100 || status > 599 ? OUTCOMES - 1 : status / 100 - 1;
    if (a->requests != NULL)
        histogram_observe(&a->requests->took[http_note(c)->route * OUTCOMES + outcome], &histogram_time,
                          (uint64_t)took, now);
    log_request(a, c, status, took);
}

void api_task_answered(struct api *a, const struct task *t)
{
    int64_t now = a->loop->clock->mono(a->loop->clock);
    if (t->operation == &OPERATION_MESSAGE_CREATE && t->error == ERR_NONE)
        histogram_observe(&a->counters.message_create, &histogram_time, (uint64_t)(now - t->began), now);
}

/* ---- sessions ---- */

static struct slice user_of(const struct connection *c, char text[UUID_TEXT])
{
    const struct stomp_session *s = stomp_of(c);
    const struct api_session *session = s == NULL ? NULL : s->principal;
    if (session == NULL)
        return SLICE("");
    uuid_format(&session->caller.user, text);
    return slice_of(text, UUID_TEXT);
}

/* OB-3: one line for each, as far as there may be so many. */
void api_connection_failed(void *context, struct connection *c, enum error cause)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    struct connection_peer peer = {.address = ""};
    char session[40], user[UUID_TEXT], code[8], age[24], in[24], out[24];
    if (!may_note(a))
        return;
    if (c->engine->look_at_peer != NULL)
        c->engine->look_at_peer(c, &peer);
    uint32_t seconds = (uint32_t)(a->loop->now / MICROSECONDS_PER_SECOND) - c->opened;
    (void)snprintf(session, sizeof session, "%u-%u-%u", c->id.worker, c->id.slot, c->id.generation);
    (void)snprintf(code, sizeof code, "%u", error_row(cause)->close);
    (void)snprintf(age, sizeof age, "%u", seconds);
    (void)snprintf(in, sizeof in, "%llu", (unsigned long long)peer.octets_in);
    (void)snprintf(out, sizeof out, "%llu", (unsigned long long)peer.octets_out);
    struct log_field fields[] = {{"session", slice_from_string(session)},
                                 {"user", user_of(c, user)},
                                 {"address", slice_from_string(peer.address)},
                                 {"code", slice_from_string(code)},
                                 {"cause", slice_from_string(error_row(cause)->code)},
                                 {"seconds", slice_from_string(age)},
                                 {"octets_in", slice_from_string(in)},
                                 {"octets_out", slice_from_string(out)}};
    a->shared->log(LOG_INFO, "session_failed", fields, ARRAY_LEN(fields));
}
