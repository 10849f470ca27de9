// SPDX-License-Identifier: MIT
#include "engine/websocket.h"

#include <stdio.h>

#include "wire/ws_close.h"

enum { WEBSOCKET_MAGIC = 0x57534f43, REASON_TEXT = 124, HEAD_STACK = 1024 };

static const struct protocol websocket_protocol;

struct websocket *websocket_of(const struct connection *c)
{
    if (c->protocol != &websocket_protocol || c->state == NULL)
        return NULL;
    struct websocket *ws = c->state;
    OBJ_CHECK(ws, WEBSOCKET_MAGIC);
    return ws;
}

static struct websocket *self(const struct connection *c)
{
    struct websocket *ws = websocket_of(c);
    assert(ws != NULL);
    return ws;
}

bool websocket_is_text(const struct connection *c)
{
    return self(c)->message.text;
}

/* ---- output ---- */

bool websocket_send(struct connection *c, enum ws_opcode opcode, struct slice head, struct frame *frame)
{
    return self(c)->life.phase == WS_OPEN && websocket_deliver(c, opcode, head, frame);
}

bool websocket_deliver(struct connection *c, enum ws_opcode opcode, struct slice head, struct frame *frame)
{
    unsigned char octets[HEAD_STACK];
    assert(c->protocol == &websocket_protocol && head.len <= sizeof octets - WS_HEAD_MAX);
    size_t n = ws_frame_head(octets, opcode, true, head.len + (frame == NULL ? 0 : frame->len));
    if (head.len > 0)
        memcpy(octets + n, head.data, head.len);
    return connection_push(c, slice_of(octets, n + head.len), frame);
}

static void send_close(struct connection *c, uint16_t code, struct slice reason)
{
    unsigned char octets[WS_HEAD_MAX + WS_CONTROL_MAX];
    unsigned char payload[WS_CONTROL_MAX];
    size_t len = code == WS_CLOSE_NONE ? 0 : ws_close_write(payload, code, reason);
    size_t n = ws_frame_head(octets, WS_CLOSE, true, len);
    memcpy(octets + n, payload, len);
    (void)connection_push(c, slice_of(octets, n + len), NULL);
}

static void let_application_go(struct connection *c)
{
    struct websocket *ws = self(c);
    if (!ws->has_application)
        return;
    ws->has_application = false;
    ws->application->closed(c);
}

/* ---- ends ---- */

/* The peer broke the protocol or a limit: say why in the close frame
 * and do not wait for an answer (7.1.7). */
static void fail(struct connection *c, enum error error, struct slice text)
{
    struct websocket *ws = self(c);
    if (ws->life.phase != WS_OPEN) {
        if (ws_life_step(&ws->life, WSL_BROKEN) == WS_DO_FINISH)
            connection_finish(c);
        return;
    }
    c->cause = error;
    connection_blame(c, error);
    if (ws->has_application)
        ws->application->failing(c, error, text);
    let_application_go(c);
    if (ws_life_step(&ws->life, WSL_BROKEN) != WS_DO_FAIL)
        return; /* the application's last word was too much for the peer */
    send_close(c, error_row(error)->close, text);
    connection_finish(c);
}

static void fail_as(struct connection *c, enum error error)
{
    fail(c, error, slice_from_string(error_row(error)->line));
}

void websocket_close(struct connection *c, uint16_t code, struct slice reason)
{
    struct websocket *ws = self(c);
    let_application_go(c);
    if (ws_life_step(&ws->life, WSL_FINISH) != WS_DO_CLOSE)
        return;
    send_close(c, code, reason);
    connection_resume(c); /* their close frame is wanted */
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->linger);
    c->linger_until = c->engine->loop->now + c->engine->limits->linger;
}

/* ---- frames in ---- */

/* Where a code that a peer may send is counted. */
static size_t close_place(uint16_t code)
{
    return code < 3000 ? code - 1000u : code < 4000 ? CLOSE_LIBRARY : CLOSE_PRIVATE;
}

static void on_close(struct connection *c, struct slice payload)
{
    struct ws_close close;
    enum error error = ws_close_parse(payload, &close);
    if (error != ERR_NONE) {
        fail_as(c, error);
        return;
    }
    let_application_go(c);
    switch (ws_life_step(&self(c)->life, WSL_CLOSE)) {
    case WS_DO_ECHO:
        counter_add(&c->engine->counters.closes[close_place(close.code)], 1);
        send_close(c, close.code, SLICE_NONE);
        break;
    case WS_DO_FINISH: break;
    default: return;
    }
    connection_finish(c);
}

static void on_control(struct connection *c, struct slice payload)
{
    struct websocket *ws = self(c);
    switch ((enum ws_verdict)ws->verdict) {
    case WS_SAYS_PING:
        if (ws_life_step(&ws->life, WSL_PING) == WS_DO_PONG)
            (void)websocket_send(c, WS_PONG, payload, NULL);
        break;
    case WS_SAYS_PONG:
        counter_add(&c->engine->counters.pongs, 1);
        (void)ws_life_step(&ws->life, WSL_PONG);
        break;
    default: on_close(c, payload); break;
    }
}

static bool is_control(uint8_t verdict)
{
    return verdict == WS_SAYS_PING || verdict == WS_SAYS_PONG || verdict == WS_SAYS_CLOSE;
}

static void too_big(struct connection *c, uint64_t size, size_t limit)
{
    char text[REASON_TEXT];
    /* LM-7 */
    int len = snprintf(text, sizeof text, "%s: %llu octets, the limit is %zu",
                       error_row(ERR_WS_TOO_BIG)->line, (unsigned long long)size, limit);
    fail(c, ERR_WS_TOO_BIG, slice_of(text, (size_t)len));
}

/* A frame's head is there: may it come here, and is there room for what it announces? */
static void frame_begin(struct connection *c)
{
    struct websocket *ws = self(c);
    ws->verdict = (uint8_t)ws_message_event(&ws->message, ws_event_of(ws->frame.opcode, ws->frame.fin));
    if (ws->verdict == WS_SAYS_BAD) {
        fail(c, ERR_WS_PROTOCOL, SLICE("a frame that may not come here"));
        return;
    }
    ws->in_payload = true;
    ws->left = ws->frame.len;
    if (is_control(ws->verdict))
        return;
    if (ws->verdict == WS_SAYS_WHOLE || ws->verdict == WS_SAYS_BEGIN) {
        ws->size = 0;
        utf8_init(&ws->text);
    }
    /* while closing, what comes is thrown away */
    size_t limit = ws->has_application ? ws->application->message_limit(c) : SIZE_MAX;
    if (ws->frame.len > limit || ws->size > limit - ws->frame.len)
        too_big(c, ws->size + ws->frame.len, limit);
    else
        ws->size += ws->frame.len;
}

static void take_control(struct connection *c, struct slice piece)
{
    struct websocket *ws = self(c);
    if (ws->left > 0 || ws->control.len > 0) {
        if (!buf_append(&ws->control, piece)) {
            fail_as(c, ERR_OUT_OF_MEMORY);
            return;
        }
        piece = buf_slice(&ws->control);
    }
    if (ws->left > 0)
        return;
    ws->in_payload = false;
    on_control(c, piece);
    if (c->state != NULL)
        buf_release(&ws->control);
}

static void deliver(struct connection *c, unsigned char *octets, size_t len, bool end)
{
    struct websocket *ws = self(c);
    if ((len > 0 || end) && ws_life_step(&ws->life, WSL_DATA) == WS_DO_DELIVER)
        ws->application->data(c, octets, len, end);
}

/* Text that is none. What came before the octet at fault is handed on first, so that it does not matter how
 * the stream was cut. */
static void fail_text(struct connection *c, struct utf8 before, unsigned char *octets, size_t len)
{
    size_t good = 0;
    while (good + 1 < len && utf8_feed(&before, slice_of(octets + good, 1)))
        good++;
    deliver(c, octets, good, false);
    fail_as(c, ERR_WS_TEXT);
}

static void take_data(struct connection *c, unsigned char *octets, size_t len)
{
    struct websocket *ws = self(c);
    struct utf8 before = ws->text;
    bool frame_is_done = ws->left == 0;
    bool end = frame_is_done && (ws->verdict == WS_SAYS_WHOLE || ws->verdict == WS_SAYS_END);
    if (frame_is_done)
        ws->in_payload = false;
    if (ws->message.text &&
        (!utf8_feed(&ws->text, slice_of(octets, len)) || (end && !utf8_complete(&ws->text))))
        fail_text(c, before, octets, len);
    else
        deliver(c, octets, len, end);
}

static void take_payload(struct connection *c, unsigned char *octets, size_t len)
{
    struct websocket *ws = self(c);
    ws_unmask(octets, len, ws->frame.key, ws->frame.len - ws->left);
    ws->left -= len;
    if (is_control(ws->verdict))
        take_control(c, slice_of(octets, len));
    else
        take_data(c, octets, len);
}

/* HB-8: any data is as good as a pong. The timer that watched for it would wake too late for the next ping. */
static void hear_peer(struct connection *c)
{
    struct websocket *ws = self(c);
    if (ws->pinged == 0)
        return;
    ws->pinged = 0;
    connection_wake_at(c, c->last_in + c->engine->limits->ping_interval);
}

static size_t websocket_input(struct connection *c, unsigned char *octets, size_t len)
{
    struct websocket *ws = self(c);
    size_t used;
    hear_peer(c);
    if (ws->in_payload) {
        used = len < ws->left ? len : (size_t)ws->left;
        take_payload(c, octets, used);
        return used;
    }
    switch (ws_frame_feed(&ws->frame, slice_of(octets, len), &used)) {
    case WS_MORE: return len;
    case WS_FAILED: fail(c, ws->frame.error, slice_from_string(ws->frame.reason)); return len;
    case WS_HEAD: break;
    }
    frame_begin(c);
    if (c->phase == CONNECTION_OPEN && ws->in_payload && ws->left == 0)
        take_payload(c, octets + used, 0);
    return used;
}

/* ---- time and ends ---- */

/* HB-8: who is silent is asked; who does not answer is gone. */
static int64_t watch_peer(struct connection *c, int64_t now)
{
    struct websocket *ws = self(c);
    const struct engine_limits *limits = c->engine->limits;
    if (!ws->wants_pings)
        return TIMERS_NEVER;
    if (c->paused) /* its silence is our doing */
        return now + limits->ping_interval;
    if (ws->pinged != 0) {
        if (now >= ws->pinged + limits->pong_timeout)
            fail_as(c, ERR_PONG_TIMEOUT);
        return ws->pinged + limits->pong_timeout;
    }
    if (now < c->last_in + limits->ping_interval)
        return c->last_in + limits->ping_interval;
    ws->pinged = now;
    counter_add(&c->engine->counters.pings, 1);
    (void)websocket_send(c, WS_PING, SLICE_NONE, NULL);
    return now + limits->pong_timeout;
}

static int64_t websocket_deadline(struct connection *c, int64_t now)
{
    struct websocket *ws = self(c);
    if (ws->life.phase == WS_CLOSING) {
        if (now >= c->linger_until && ws_life_step(&ws->life, WSL_TIMEOUT) == WS_DO_FINISH)
            connection_finish(c);
        return c->linger_until;
    }
    int64_t next = watch_peer(c, now);
    if (ws->has_application && c->phase == CONNECTION_OPEN)
        next = timers_sooner(next, ws->application->deadline(c, now));
    return next;
}

static void websocket_drained(struct connection *c)
{
    struct websocket *ws = self(c);
    if (ws->has_application)
        ws->application->drained(c);
}

/* A limit of the connection's, perhaps from inside a delivery, where nothing may be unsubscribed: the
 * application is let go when the connection is released, at most a linger time later. */
static void websocket_fail(struct connection *c, enum error error)
{
    struct websocket *ws = self(c);
    if (ws_life_step(&ws->life, WSL_BROKEN) != WS_DO_FAIL) {
        connection_abort(c, error);
        return;
    }
    c->cause = error;
    connection_blame(c, error);
    connection_drop_output(c, false); /* LM-2: memory is freed at once */
    send_close(c, error_row(error)->close, slice_from_string(error_row(error)->line));
    connection_finish(c);
}

static void websocket_ended(struct connection *c)
{
    if (self(c)->life.phase == WS_OPEN)
        connection_blame(c, ERR_CONNECTION_LOST); /* RFC 6455 7.1.5: no close frame has come */
    let_application_go(c);
    if (ws_life_step(&self(c)->life, WSL_ENDED) == WS_DO_FINISH)
        connection_finish(c);
}

static void websocket_leave(struct connection *c)
{
    const struct error_row *row = error_row(ERR_GOING_AWAY);
    websocket_close(c, row->close, slice_from_string(row->line)); /* SL-18 */
}

static void websocket_release(struct connection *c)
{
    struct websocket *ws = self(c);
    let_application_go(c);
    buf_release(&ws->control);
    OBJ_DEAD(ws);
    counter_add(&c->engine->counters.websockets_ended, 1);
    pool_put(&c->engine->websockets, ws);
    c->state = NULL;
}

static const struct protocol websocket_protocol = {
    .name = "websocket",
    .is_stream = true,
    .input = websocket_input,
    .deadline = websocket_deadline,
    .drained = websocket_drained,
    .fail = websocket_fail,
    .ended = websocket_ended,
    .leave = websocket_leave,
    .release = websocket_release,
};

bool websocket_open(struct connection *c, const struct ws_application *application, void *state)
{
    struct websocket *ws = pool_get(&c->engine->websockets);
    if (ws == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return false;
    }
    OBJ_INIT(ws, WEBSOCKET_MAGIC);
    ws_life_init(&ws->life);
    ws_frame_init(&ws->frame);
    ws_message_init(&ws->message);
    buf_init(&ws->control, WS_CONTROL_MAX);
    ws->wants_pings = true;
    ws->application = application;
    ws->application_state = state;
    ws->has_application = true;
    connection_become(c, &websocket_protocol, ws);
    counter_add(&c->engine->counters.websockets, 1);
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->ping_interval);
    return true;
}
