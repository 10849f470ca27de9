// SPDX-License-Identifier: MIT
#include "engine/http.h"

#include "engine/handshake.h"
#include "wire/http_response.h"

enum {
    EXCHANGE_MAGIC = 0x48545450,
    RESPONSE_HEAD = 16 << 10,
    PIPELINE = 64 << 10 /* octets of answers that may wait while the next request is read */
};

static const struct protocol http_protocol;

static struct http_exchange *exchange_of(const struct connection *c)
{
    struct http_exchange *x = c->state;
    OBJ_CHECK(x, EXCHANGE_MAGIC);
    return x;
}

static void exchange_end(struct connection *c)
{
    struct http_exchange *x = exchange_of(c);
    OBJ_DEAD(x);
    pool_put(&c->engine->http_exchanges, x);
    c->state = NULL;
}

static void refuse(struct connection *c, enum error error, const unsigned char *base);

/* ---- what the machine asks for ---- */

static void do_begin(struct connection *c)
{
    struct http_exchange *x = exchange_of(c);
    x->started = c->engine->loop->now;
    http1_head_init(&x->head, c->engine->limits->http_target, c->engine->limits->http_head);
    connection_wake_at(c, x->started + c->engine->limits->http_request_timeout);
}

static void do_late(struct connection *c)
{
    refuse(c, ERR_REQUEST_TIMEOUT, c->in.data + c->in_at);
}

static void do_next(struct connection *c)
{
    exchange_end(c);
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->http_idle_timeout);
    if (c->out.bytes < PIPELINE) /* LM-6: who does not read his answers gets no more of them */
        connection_resume(c);
    else
        connection_want_drained(c);
}

static void do_finish(struct connection *c)
{
    connection_finish(c);
}

static void do_speak(struct connection *c)
{
    connection_resume(c);
}

static void do_nothing(struct connection *c)
{
    (void)c;
}

static void do_bug(struct connection *c)
{
    (void)c;
    assert(false); /* an event that the chart does not allow */
}

static void step(struct connection *c, enum http_event event)
{
    static void (*const deeds[])(struct connection *) = {
        [HTTP_DO_NOTHING] = do_nothing, [HTTP_DO_BEGIN] = do_begin, [HTTP_DO_DISPATCH] = do_nothing,
        [HTTP_DO_REFUSE] = do_nothing,  [HTTP_DO_LATE] = do_late,   [HTTP_DO_NEXT] = do_next,
        [HTTP_DO_FINISH] = do_finish,   [HTTP_DO_SPEAK] = do_speak, [HTTP_DO_BUG] = do_bug,
    };
    deeds[http_machine_step(&exchange_of(c)->machine, event)](c);
}

/* ---- input ---- */

static bool exchange_begin(struct connection *c)
{
    struct http_exchange *x = pool_get(&c->engine->http_exchanges);
    if (x == NULL)
        return false;
    OBJ_INIT(x, EXCHANGE_MAGIC);
    http_machine_init(&x->machine);
    c->state = x;
    step(c, HTTPE_OCTETS);
    return true;
}

static size_t bad(struct connection *c, enum error error, const unsigned char *base, size_t len)
{
    step(c, HTTPE_BAD);
    refuse(c, error, base);
    return len;
}

/* RFC 9110 10.1.1: a client that asked for it is told that the body is wanted. */
static void say_continue(struct connection *c)
{
    struct http_exchange *x = exchange_of(c);
    if (!x->head.expect_continue || x->continued)
        return;
    x->continued = true;
    (void)connection_push(c, SLICE("HTTP/1.1 100 Continue\r\n\r\n"), NULL);
}

static void dispatch(struct connection *c, unsigned char *octets)
{
    struct http_exchange *x = exchange_of(c);
    struct http_request request = {
        .head = &x->head,
        .base = octets,
        .path = http1_head_path(&x->head, octets),
        .query = http1_head_query(&x->head, octets),
        .body = slice_of(octets + x->head.nread, (size_t)x->head.content_length),
    };
    c->engine->counters.requests++;
    x->is_head = x->head.method == HTTP_METHOD_HEAD;
    x->keep_alive = x->head.keep_alive;
    connection_pause(c);
    step(c, HTTPE_REQUEST);
    c->engine->ports->http_request(c->engine->ports_context, c, &request);
}

static size_t http_input(struct connection *c, unsigned char *octets, size_t len)
{
    if (c->state == NULL && !exchange_begin(c)) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return len;
    }
    struct http_exchange *x = exchange_of(c);
    switch (http1_head_execute(&x->head, octets, len)) {
    case HTTP1_MORE: return 0;
    case HTTP1_ERROR: return bad(c, x->head.error, octets, len);
    case HTTP1_DONE: break;
    }
    if (x->head.has_body && x->head.content_length > c->engine->limits->http_body)
        return bad(c, ERR_CONTENT_TOO_LARGE, octets, len);
    size_t whole = x->head.nread + (x->head.has_body ? (size_t)x->head.content_length : 0);
    if (len < whole) {
        say_continue(c);
        return 0;
    }
    dispatch(c, octets);
    return whole;
}

/* ---- answers ---- */

static bool has_no_body(unsigned status)
{
    return status < 200 || status == 204 || status == 304; /* RFC 9110 6.4.1 */
}

static struct frame *render_head(struct connection *c, const struct http_response *r, bool is_last)
{
    struct buf head;
    buf_init(&head, RESPONSE_HEAD);
    http_response_begin(&head, r->status);
    http_response_date(&head, c->engine->loop->clock->wall(c->engine->loop->clock) / MICROSECONDS_PER_SECOND);
    if (r->content_type.data != NULL)
        http_response_field(&head, SLICE("Content-Type"), r->content_type);
    buf_append(&head, r->fields);
    if (!has_no_body(r->status))
        http_response_content_length(&head, r->body == NULL ? 0 : r->body->len);
    if (is_last && r->status != 101)
        http_response_field_string(&head, "Connection", "close");
    http_response_end(&head);
    struct frame *frame = buf_ok(&head) ? frame_copy(buf_slice(&head)) : NULL;
    buf_release(&head);
    return frame;
}

static bool send_response(struct connection *c, const struct http_response *r, bool is_last)
{
    struct frame *head = render_head(c, r, is_last);
    if (head == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return false;
    }
    bool pushed = connection_push(c, SLICE_NONE, head);
    if (pushed && r->body != NULL && !exchange_of(c)->is_head && !has_no_body(r->status))
        pushed = connection_push(c, SLICE_NONE, r->body);
    frame_unref(head);
    return pushed;
}

void http_answer(struct connection *c, const struct http_response *r)
{
    assert(c->protocol == &http_protocol);
    struct http_exchange *x = exchange_of(c);
    if (c->phase != CONNECTION_OPEN)
        return;
    bool is_over = x->machine.phase == HTTP_OVER; /* the request was refused: nothing comes after it */
    bool is_last =
        is_over || r->close || !x->keep_alive || c->input_ended || x->machine.phase == HTTP_LEAVING;
    if (!send_response(c, r, is_last))
        return;
    if (is_over)
        connection_finish(c);
    else
        step(c, is_last ? HTTPE_LAST : HTTPE_ANSWERED);
}

bool http_is_answering(const struct connection *c)
{
    if (c->protocol != &http_protocol || c->state == NULL || c->phase != CONNECTION_OPEN)
        return false;
    enum http_phase phase = exchange_of(c)->machine.phase;
    return phase == HTTP_ANSWERING || phase == HTTP_LEAVING;
}

/* The path decides how the answer looks, if the head came that far. */
static void refuse(struct connection *c, enum error error, const unsigned char *base)
{
    const struct http1_head *head = &exchange_of(c)->head;
    struct slice path = head->target.len == 0 ? SLICE_NONE : http1_head_path(head, base);
    c->engine->ports->http_refused(c->engine->ports_context, c, error, path);
}

/* ---- upgrade ---- */

static bool send_switching(struct connection *c, const struct handshake *h)
{
    struct buf fields;
    char accept[28];
    c->engine->ports->websocket_accept(c->engine->ports_context, h->key, accept);
    buf_init(&fields, 1024);
    http_response_field_string(&fields, "Upgrade", "websocket");
    http_response_field_string(&fields, "Connection", "Upgrade");
    http_response_field(&fields, SLICE("Sec-WebSocket-Accept"), slice_of(accept, sizeof accept));
    if (h->subprotocol.data != NULL)
        http_response_field(&fields, SLICE("Sec-WebSocket-Protocol"), h->subprotocol);
    bool sent = buf_ok(&fields) &&
                send_response(c, &(struct http_response){.status = 101, .fields = buf_slice(&fields)}, false);
    buf_release(&fields);
    return sent;
}

void http_upgrade(struct connection *c, const struct http_request *request, http_successor *open,
                  struct slice note)
{
    assert(c->protocol == &http_protocol);
    struct http_exchange *x = exchange_of(c);
    struct handshake h;
    enum error error = handshake_read(request, &h);
    if (error != ERR_NONE) {
        c->engine->ports->http_refused(c->engine->ports_context, c, error, request->path);
        return;
    }
    if (!send_switching(c, &h))
        return;
    if (http_machine_step(&x->machine, HTTPE_UPGRADED) == HTTP_DO_FINISH) { /* the server is leaving */
        connection_finish(c);
        return;
    }
    exchange_end(c);
    if (open(c, note))
        connection_resume(c);
}

/* ---- time and ends ---- */

static int64_t http_deadline(struct connection *c, int64_t now)
{
    const struct engine_limits *limits = c->engine->limits;
    if (!outq_is_empty(&c->out)) { /* the peer takes the answer; if it does not, it is gone */
        int64_t until = c->last_sent + limits->http_idle_timeout;
        if (now >= until)
            connection_abort(c, ERR_REQUEST_TIMEOUT);
        return until;
    }
    if (c->state == NULL) {
        int64_t heard = c->last_in > c->last_out ? c->last_in : c->last_out;
        if (now >= heard + limits->http_idle_timeout)
            connection_finish(c);
        return heard + limits->http_idle_timeout;
    }
    struct http_exchange *x = exchange_of(c);
    if (x->machine.phase != HTTP_READING)
        return TIMERS_NEVER;
    if (now >= x->started + limits->http_request_timeout)
        step(c, HTTPE_TIMEOUT);
    return x->started + limits->http_request_timeout;
}

static void http_drained(struct connection *c)
{
    if (c->state == NULL)
        connection_resume(c);
}

static void http_fail(struct connection *c, enum error error)
{
    connection_abort(c, error);
}

static void http_ended(struct connection *c)
{
    if (c->state == NULL)
        connection_finish(c);
    else
        step(c, HTTPE_ENDED);
}

static void http_leave(struct connection *c)
{
    if (c->state == NULL)
        connection_finish(c);
    else
        step(c, HTTPE_LEAVE);
}

static void http_release(struct connection *c)
{
    if (c->state != NULL)
        exchange_end(c);
}

static const struct protocol http_protocol = {
    .name = "http",
    .is_stream = false,
    .input = http_input,
    .deadline = http_deadline,
    .drained = http_drained,
    .fail = http_fail,
    .ended = http_ended,
    .leave = http_leave,
    .release = http_release,
};

void http_open(struct connection *c)
{
    connection_become(c, &http_protocol, NULL);
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->http_idle_timeout);
}
