// SPDX-License-Identifier: MIT
#include "engine/raw.h"

#include <stdlib.h>

#include "engine/websocket.h"

enum { RAW_MAGIC = 0x52415753 };

static const struct ws_application raw_application;

/* NULL when the session is over. */
static struct raw_session *raw_of(const struct connection *c)
{
    struct websocket *ws = websocket_of(c);
    if (ws == NULL || !ws->has_application || ws->application != &raw_application)
        return NULL;
    struct raw_session *s = ws->application_state;
    OBJ_CHECK(s, RAW_MAGIC);
    return s;
}

static struct raw_session *self(const struct connection *c)
{
    struct raw_session *s = raw_of(c);
    assert(s != NULL);
    return s;
}

bool raw_open(struct connection *c, const struct raw_service *service, void *owner)
{
    struct raw_session *s = malloc(sizeof *s);
    if (s == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return false;
    }
    OBJ_INIT(s, RAW_MAGIC);
    s->connection = c;
    s->service = service;
    s->owner = owner;
    buf_init(&s->pieces, service->message_limit);
    if (websocket_open(c, &raw_application, s))
        return true;
    free(s);
    return false;
}

bool raw_send(struct raw_session *s, bool is_text, struct frame *message)
{
    OBJ_CHECK(s, RAW_MAGIC);
    return websocket_send(s->connection, is_text ? WS_TEXT : WS_BINARY, SLICE_NONE, message);
}

/* ---- messages in ---- */

static int64_t stuck_at(const struct connection *c)
{
    return c->last_sent + c->engine->limits->send_timeout;
}

/* What is queued must leave before more may come: a peer that only sends makes nothing grow. */
static void hold_if_full(struct raw_session *s)
{
    struct connection *c = s->connection;
    if (s->is_held || c->out.bytes <= RAW_OUTPUT)
        return;
    s->is_held = true;
    connection_pause(c);
    connection_want_drained(c);
    connection_wake_at(c, stuck_at(c));
}

static void hand_on(struct connection *c, struct slice message)
{
    struct raw_session *s = self(c);
    s->service->message(s, websocket_is_text(c), message);
    if (raw_of(c) == s && c->phase == CONNECTION_OPEN)
        hold_if_full(s);
}

static void raw_data(struct connection *c, unsigned char *octets, size_t len, bool end)
{
    struct raw_session *s = self(c);
    if (end && s->pieces.len == 0) {
        hand_on(c, slice_of(octets, len));
        return;
    }
    if (!buf_append(&s->pieces, slice_of(octets, len))) {
        connection_abort(c, ERR_OUT_OF_MEMORY); /* the limit is the WebSocket's to see */
        return;
    }
    if (!end)
        return;
    struct buf whole = s->pieces; /* the session may end meanwhile */
    buf_init(&s->pieces, whole.limit);
    hand_on(c, buf_slice(&whole));
    buf_release(&whole);
}

/* ---- what the WebSocket tells ---- */

static size_t raw_message_limit(const struct connection *c)
{
    return self(c)->service->message_limit;
}

static int64_t raw_deadline(struct connection *c, int64_t now)
{
    if (!self(c)->is_held)
        return TIMERS_NEVER;
    int64_t until = stuck_at(c);
    if (now >= until)
        c->protocol->fail(c, ERR_SEND_LIMIT);
    return until;
}

static void raw_drained(struct connection *c)
{
    struct raw_session *s = self(c);
    if (!s->is_held)
        return;
    s->is_held = false;
    connection_resume(c);
}

static void raw_failing(struct connection *c, enum error error, struct slice text)
{
    (void)c, (void)error, (void)text; /* the close frame says it */
}

static void raw_closed(struct connection *c)
{
    struct websocket *ws = websocket_of(c);
    struct raw_session *s = ws->application_state;
    OBJ_CHECK(s, RAW_MAGIC);
    if (s->service->closed != NULL)
        s->service->closed(s);
    buf_release(&s->pieces);
    OBJ_DEAD(s);
    ws->application_state = NULL;
    free(s);
}

static const struct ws_application raw_application = {
    .message_limit = raw_message_limit,
    .data = raw_data,
    .deadline = raw_deadline,
    .drained = raw_drained,
    .failing = raw_failing,
    .closed = raw_closed,
};
