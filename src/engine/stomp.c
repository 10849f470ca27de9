// SPDX-License-Identifier: MIT
// The life of a STOMP session: opening, time, ends.
#include <stdio.h>

#include "engine/http.h"
#include "engine/stomp_internal.h"
#include "wire/accept_version.h"
#include "wire/stomp_write.h"

enum { REASON_TEXT = 124 };

static const struct ws_application stomp_application;
static int64_t stomp_deadline(struct connection *c, int64_t now);

struct stomp_session *stomp_of(const struct connection *c)
{
    struct websocket *ws = websocket_of(c);
    if (ws == NULL || !ws->has_application || ws->application != &stomp_application)
        return NULL;
    struct stomp_session *s = ws->application_state;
    OBJ_CHECK(s, STOMP_SESSION_MAGIC);
    return s;
}

struct stomp_session *stomp_find(struct engine *e, struct connection_id id)
{
    struct connection *c = connection_find(e, id);
    return c == NULL ? NULL : stomp_of(c);
}

static struct stomp_session *self(const struct connection *c)
{
    struct stomp_session *s = stomp_of(c);
    assert(s != NULL);
    return s;
}

static struct stomp_session *session_new(struct connection *c, struct frame *note)
{
    struct engine *e = c->engine;
    struct stomp_session *s = pool_get(&e->stomp_sessions);
    if (s == NULL)
        return NULL;
    OBJ_INIT(s, STOMP_SESSION_MAGIC);
    s->connection = c;
    s->dialect = STOMP_1_2;
    s->note = note;
    s->opened = e->loop->now;
    stomp_life_init(&s->life);
    /* bounded by what is read at a time: the connection is paused meanwhile */
    buf_init(&s->waiting, SIZE_MAX / 2);
    list_init(&s->subscriptions);
    return s;
}

static bool stomp_open(struct connection *c, struct slice note)
{
    struct frame *kept = note.len == 0 ? NULL : frame_copy(note);
    struct stomp_session *s = note.len > 0 && kept == NULL ? NULL : session_new(c, kept);
    if (s == NULL || !websocket_open(c, &stomp_application, s)) {
        pool_put(&c->engine->stomp_sessions, s);
        frame_unref(kept);
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return false;
    }
    connection_wake_at(c, s->opened + c->engine->limits->stomp_connect_timeout);
    return true;
}

static const struct slice subprotocols[] = {SLICE_INIT("v12.stomp")};

const struct http_successor stomp_successor = {
    .open = stomp_open, .subprotocols = subprotocols, .subprotocol_count = ARRAY_LEN(subprotocols)};

/* ---- output ---- */

void stomp_push(struct stomp_session *s, const struct buf *rendered)
{
    struct frame *frame = buf_ok(rendered) ? frame_copy(buf_slice(rendered)) : NULL;
    if (frame == NULL) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    (void)websocket_send(s->connection, WS_TEXT, SLICE_NONE, frame);
    frame_unref(frame);
}

static void push_error(struct stomp_session *s, enum error error, struct slice text, struct slice receipt)
{
    struct stomp_error fields = {.message = text, .receipt_id = receipt};
    struct buf b;
    if (error == ERR_STOMP_VERSION) { /* ST-21 */
        fields.version = stomp_dialect_name(STOMP_1_2);
        fields.content_type = SLICE("text/plain");
        fields.body = text;
    }
    counter_add(&s->connection->engine->counters.errors, 1);
    buf_init(&b, STOMP_CONTROL_FRAME);
    stomp_write_error(&b, s->dialect, &fields);
    stomp_push(s, &b);
    buf_release(&b);
}

void stomp_fail(struct stomp_session *s, enum error error, struct slice text, struct slice receipt)
{
    struct connection *c = s->connection;
    c->cause = error;
    connection_blame(c, error);
    push_error(s, error, text, receipt);
    if (c->phase == CONNECTION_OPEN)
        websocket_close(c, error_row(error)->close, text);
}

void stomp_fail_as(struct stomp_session *s, enum error error, struct slice receipt)
{
    const char *line = error_row(error)->line;
    char text[REASON_TEXT];
    if (error != ERR_STOMP_TOO_BIG) {
        stomp_fail(s, error, slice_from_string(line), receipt);
        return;
    }
    /* LM-7 */
    int len = snprintf(text, sizeof text, "%s: more than the limit of %u octets", line,
                       (unsigned)s->connection->engine->limits->stomp.frame);
    stomp_fail(s, error, slice_of(text, (size_t)len), receipt);
}

void stomp_leave(struct stomp_session *s)
{
    websocket_close(s->connection, 1000, SLICE_NONE); /* SL-10, SL-11 */
}

/* ---- CONNECT ---- */

void stomp_accept(struct stomp_session *s, void *principal, struct slice user)
{
    OBJ_CHECK(s, STOMP_SESSION_MAGIC);
    const struct engine *e = s->connection->engine;
    s->principal = principal;
    enum stomp_deed deed = stomp_life_step(&s->life, STOMPE_ACCEPTED);
    if (deed != STOMP_DO_WELCOME)
        return; /* it ended meanwhile; the principal goes with it */
    struct stomp_connected fields = {
        .sx = e->limits->stomp_heart_beat, .sy = e->limits->stomp_heart_beat, .user = user};
    if (user.len == 0)
        fields.user = SLICE_NONE;
    struct buf b;
    buf_init(&b, STOMP_CONTROL_FRAME);
    stomp_write_connected(&b, s->dialect, &fields);
    stomp_push(s, &b);
    buf_release(&b);
    frame_unref(s->note); /* not before: `user` may lie in it */
    s->note = NULL;
    if (s->connection->phase != CONNECTION_OPEN)
        return;
    counter_add(&s->connection->engine->counters.connected, 1);
    /* HB-8: who beats more rarely than we would ask is asked all the same. */
    websocket_of(s->connection)->wants_pings =
        s->beat_in == 0 || s->beat_in * MICROSECONDS_PER_MS > e->limits->ping_interval;
    connection_wake_at(s->connection, stomp_deadline(s->connection, e->loop->now));
    stomp_go_on(s);
}

void stomp_refuse(struct stomp_session *s, enum error error)
{
    OBJ_CHECK(s, STOMP_SESSION_MAGIC);
    if (stomp_life_step(&s->life, STOMPE_REFUSED) == STOMP_DO_FAIL)
        stomp_fail_as(s, error, SLICE_NONE);
}

/* ---- time ---- */

static void time_out(struct stomp_session *s, enum error error)
{
    if (stomp_life_step(&s->life, STOMPE_TIMEOUT) == STOMP_DO_FAIL)
        stomp_fail_as(s, error, SLICE_NONE);
}

/* HB-1: the gap between two frames never exceeds the agreed interval, so the beat goes a little earlier. */
static int64_t beat(struct stomp_session *s, int64_t now)
{
    struct connection *c = s->connection;
    if (s->beat_out == 0)
        return TIMERS_NEVER;
    int64_t interval = s->beat_out * MICROSECONDS_PER_MS;
    int64_t due = interval - interval / 10 - 2 * TIMERS_TICK;
    if (due < interval / 2)
        due = interval / 2;
    if (now >= c->last_out + due && websocket_send(c, WS_TEXT, SLICE("\n"), NULL))
        counter_add(&c->engine->counters.beats_out, 1);
    return c->last_out + due;
}

/* HB-3: dead after so many intervals without an octet, unless we are the ones who do not read. */
static int64_t listen(struct stomp_session *s, int64_t now)
{
    struct connection *c = s->connection;
    if (s->beat_in == 0)
        return TIMERS_NEVER;
    int64_t patience = (int64_t)s->beat_in * c->engine->limits->stomp_heart_beat_grace * MICROSECONDS_PER_MS;
    if (c->paused)
        return now + patience;
    if (now >= c->last_in + patience)
        time_out(s, ERR_STOMP_TIMEOUT);
    return c->last_in + patience;
}

static int64_t stomp_deadline(struct connection *c, int64_t now)
{
    struct stomp_session *s = self(c);
    if (s->life.phase == STOMP_NEW) {
        int64_t until = s->opened + c->engine->limits->stomp_connect_timeout;
        if (now >= until)
            time_out(s, ERR_CONNECT_TIMEOUT); /* LM-5 */
        return until;
    }
    if (s->life.phase != STOMP_OPEN)
        return TIMERS_NEVER;
    int64_t next = TIMERS_NEVER;
    if (s->busy_since != 0) {
        stomp_go_on(s);
        next = now + STOMP_BUSY_RETRY;
    }
    if (stomp_of(c) == s)
        next = timers_sooner(next, beat(s, now));
    if (stomp_of(c) == s)
        next = timers_sooner(next, listen(s, now));
    return next;
}

/* ---- what the WebSocket tells ---- */

static size_t stomp_message_limit(const struct connection *c)
{
    return c->engine->limits->stomp.frame;
}

static void stomp_data(struct connection *c, unsigned char *octets, size_t len, bool end)
{
    (void)end; /* SD-1: messages and frames need not coincide */
    stomp_input(self(c), octets, len);
}

static void stomp_drained(struct connection *c)
{
    struct stomp_session *s = self(c);
    if (!s->stalled)
        return;
    s->stalled = false;
    LIST_FOREACH (node, &s->subscriptions) {
        struct stomp_subscription *sub = CONTAINER_OF(node, struct stomp_subscription, link);
        broker_resume(c->engine->broker, &sub->following);
    }
}

/* LM-7: the last word has the text of the close frame.
 * Broken framing gets none: the peer could not read it. */
static void stomp_failing(struct connection *c, enum error error, struct slice text)
{
    struct stomp_session *s = self(c);
    if (error == ERR_WS_TOO_BIG)
        push_error(s, error, text, SLICE_NONE);
}

static void stomp_closed(struct connection *c)
{
    struct websocket *ws = websocket_of(c);
    struct stomp_session *s = ws->application_state;
    OBJ_CHECK(s, STOMP_SESSION_MAGIC);
    (void)stomp_life_step(&s->life, STOMPE_CLOSED);
    stomp_unsubscribe_all(s);
    stomp_tickets_drop(s);
    if (s->principal != NULL)
        c->engine->ports->stomp_closed(c->engine->ports_context, s);
    frame_unref(s->note);
    buf_release(&s->waiting);
    stomp_parser_put(s);
    OBJ_DEAD(s);
    ws->application_state = NULL;
    pool_put(&c->engine->stomp_sessions, s);
}

static const struct ws_application stomp_application = {
    .message_limit = stomp_message_limit,
    .data = stomp_data,
    .deadline = stomp_deadline,
    .drained = stomp_drained,
    .failing = stomp_failing,
    .closed = stomp_closed,
};
