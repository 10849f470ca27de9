// SPDX-License-Identifier: MIT
// /stomp: a login that everybody knows, and topics that everybody may use.
#include "base/uuid.h"
#include "engine/stomp.h"
#include "support/echo_server/echo_server.h"
#include "wire/stomp_write.h"

void echo_stomp_connect(void *context, struct stomp_session *s, const struct stomp_credentials *credentials)
{
    (void)context;
    if (slice_equals(credentials->login, SLICE("guest")) &&
        slice_equals(credentials->passcode, SLICE("guest")))
        stomp_accept(s, NULL, credentials->login);
    else
        stomp_refuse(s, credentials->login.data == NULL ? ERR_UNAUTHENTICATED : ERR_INVALID_USER_CREDENTIALS);
}

void echo_stomp_closed(void *context, struct stomp_session *s)
{
    (void)context, (void)s;
}

static bool is_topic(struct slice destination)
{
    return slice_starts_with(destination, SLICE("/topic/"));
}

/* MF-4: all headers that pass, in their order. */
static struct event *event_of(const struct stomp_frame *f, struct slice destination, size_t limit)
{
    struct event_source source = {.kind = EVENT_TRANSIENT, .stream = destination, .body = f->body};
    struct buf lines;
    buf_init(&lines, limit);
    for (uint32_t i = 0; i < f->header_count; i++) {
        struct stomp_pair pair = {stomp_header_name(f, i), stomp_header_value(f, i)};
        if (stomp_header_passes(pair.name))
            stomp_write_headers(&lines, STOMP_1_2, &pair, 1);
    }
    (void)stomp_frame_header(f, SLICE("content-type"), &source.content_type);
    uuid_draw(&source.id, &random_system);
    source.headers = buf_slice(&lines);
    struct event *event = buf_ok(&lines) ? event_new(&source) : NULL;
    buf_release(&lines);
    return event;
}

enum stomp_fate echo_stomp_send(void *context, struct stomp_session *s, uint32_t ticket,
                                const struct stomp_frame *f, struct slice destination, enum error *error)
{
    struct echo_worker *w = context;
    (void)s, (void)ticket;
    *error = ERR_STOMP_NO_ROUTE;
    if (!is_topic(destination))
        return STOMP_FATE_REFUSED;
    struct event *event = event_of(f, destination, 2 * (size_t)w->engine.limits->stomp.frame);
    *error = ERR_OUT_OF_MEMORY;
    if (event == NULL)
        return STOMP_FATE_REFUSED;
    bool placed = hub_publish_transient(w->hub, event);
    event_unref(event);
    return placed ? STOMP_FATE_DONE : STOMP_FATE_BUSY;
}

void echo_stomp_forgiven(void *context, struct stomp_session *s, enum error error)
{
    (void)context, (void)s, (void)error;
}

void echo_stomp_subscribe(void *context, struct stomp_session *s, struct stomp_subscription *sub,
                          struct slice destination)
{
    struct echo_worker *w = context;
    struct connection_id id = s->connection->id;
    uint32_t number = sub->number;
    if (!is_topic(destination))
        stomp_admit(&w->engine, id, number, ERR_STOMP_NO_ROUTE, 0);
    else if (!stomp_follow(sub, destination, false))
        stomp_admit(&w->engine, id, number, ERR_OUT_OF_MEMORY, 0);
}
