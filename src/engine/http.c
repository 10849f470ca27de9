// SPDX-License-Identifier: MIT
// HTTP: reading requests, and the life of the connection around them. Answering is http_answer.c.
#include "engine/http_internal.h"

enum {
    EXCHANGE_MAGIC = 0x48545450,
    PIPELINE = 64 << 10 /* octets of answers that may wait while the next request is read */
};

/* RFC 9112 7.1.1: what a chunked body may have besides its data. */
static const struct http_chunked_limits chunked_limits = {
    .extensions = 4 << 10, .trailer = 8 << 10, .overhead = 16 << 10};

static const struct protocol http_protocol;

bool http_is_spoken(const struct connection *c)
{
    return c->protocol == &http_protocol;
}

struct http_exchange *http_exchange_of(const struct connection *c)
{
    assert(http_is_spoken(c));
    struct http_exchange *x = c->state;
    OBJ_CHECK(x, EXCHANGE_MAGIC);
    return x;
}

void http_exchange_end(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    buf_release(&x->kept);
    OBJ_DEAD(x);
    pool_put(&c->engine->http_exchanges, x);
    c->state = NULL;
}

static void refuse(struct connection *c, enum error error, const unsigned char *base);

/* ---- what the machine asks for ---- */

static void do_begin(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    x->started = c->engine->loop->now;
    http1_head_init(&x->head, c->engine->limits->http_target, c->engine->limits->http_head);
    connection_wake_at(c, x->started + c->engine->limits->http_request_timeout);
}

static void do_late(struct connection *c)
{
    const struct http_exchange *x = http_exchange_of(c);
    refuse(c, ERR_REQUEST_TIMEOUT, x->in_chunks ? x->kept.data : c->in.data + c->in_at);
}

static void do_next(struct connection *c)
{
    http_exchange_end(c);
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

void http_step(struct connection *c, enum http_event event)
{
    static void (*const deeds[])(struct connection *) = {
        [HTTP_DO_NOTHING] = do_nothing, [HTTP_DO_BEGIN] = do_begin, [HTTP_DO_DISPATCH] = do_nothing,
        [HTTP_DO_REFUSE] = do_nothing,  [HTTP_DO_LATE] = do_late,   [HTTP_DO_NEXT] = do_next,
        [HTTP_DO_FINISH] = do_finish,   [HTTP_DO_SPEAK] = do_speak, [HTTP_DO_BUG] = do_bug,
    };
    deeds[http_machine_step(&http_exchange_of(c)->machine, event)](c);
}

/* ---- input ---- */

static bool exchange_begin(struct connection *c)
{
    struct http_exchange *x = pool_get(&c->engine->http_exchanges);
    if (x == NULL)
        return false;
    OBJ_INIT(x, EXCHANGE_MAGIC);
    http_machine_init(&x->machine);
    buf_init(&x->kept, c->engine->limits->http_head + c->engine->limits->http_body);
    c->state = x;
    http_step(c, HTTPE_OCTETS);
    return true;
}

static size_t bad(struct connection *c, enum error error, const unsigned char *base, size_t len)
{
    http_step(c, HTTPE_BAD);
    refuse(c, error, base);
    return len;
}

/* RFC 9110 10.1.1: a client that asked for it is told that the body is wanted. */
static void say_continue(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    if (!x->head.expect_continue || x->continued)
        return;
    x->continued = true;
    (void)connection_push(c, SLICE("HTTP/1.1 100 Continue\r\n\r\n"), NULL);
}

static void dispatch(struct connection *c, const unsigned char *head, struct slice body)
{
    struct http_exchange *x = http_exchange_of(c);
    struct http_request request = {
        .head = &x->head,
        .base = head,
        .path = http1_head_path(&x->head, head),
        .query = http1_head_query(&x->head, head),
        .body = body,
    };
    counter_add(&c->engine->counters.requests, 1);
    x->is_head = x->head.method == HTTP_METHOD_HEAD;
    x->keep_alive = x->head.keep_alive;
    connection_pause(c);
    http_step(c, HTTPE_REQUEST);
    c->engine->ports->http_request(c->engine->ports_context, c, &request);
}

/* The head is taken and kept: the body that is decoded will follow it there. */
static size_t begin_chunks(struct connection *c, const unsigned char *octets)
{
    struct http_exchange *x = http_exchange_of(c);
    struct http_chunked_limits limits = chunked_limits;
    limits.body = c->engine->limits->http_body;
    http_chunked_init(&x->chunked, &limits);
    x->in_chunks = true;
    if (!buf_append(&x->kept, slice_of(octets, x->head.nread)))
        connection_abort(c, ERR_OUT_OF_MEMORY);
    return x->head.nread;
}

/* The exchange may be over before the application is done with its request. */
static void dispatch_kept(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    struct buf kept = x->kept;
    buf_init(&x->kept, kept.limit);
    x->in_chunks = false;
    dispatch(c, kept.data, slice_after(buf_slice(&kept), x->head.nread));
    buf_release(&kept);
}

static size_t take_chunks(struct connection *c, struct slice input)
{
    struct http_exchange *x = http_exchange_of(c);
    enum http_chunked_event event;
    size_t len = input.len;
    struct slice data;
    while ((event = http_chunked_next(&x->chunked, &input, &data)) == HTTP_CHUNKED_DATA) {
        if (!buf_append(&x->kept, data)) {
            connection_abort(c, ERR_OUT_OF_MEMORY);
            return len;
        }
    }
    if (event == HTTP_CHUNKED_ERROR)
        return bad(c, x->chunked.error, x->kept.data, len);
    if (event == HTTP_CHUNKED_END)
        dispatch_kept(c);
    else
        say_continue(c);
    return len - input.len;
}

static size_t take_counted(struct connection *c, const unsigned char *octets, size_t len)
{
    const struct http1_head *head = &http_exchange_of(c)->head;
    if (head->content_length > c->engine->limits->http_body)
        return bad(c, ERR_CONTENT_TOO_LARGE, octets, len);
    struct slice body = slice_of(octets + head->nread, (size_t)head->content_length);
    size_t whole = head->nread + body.len;
    if (len < whole) {
        say_continue(c);
        return 0;
    }
    dispatch(c, octets, body);
    return whole;
}

static size_t http_input(struct connection *c, unsigned char *octets, size_t len)
{
    if (c->state == NULL && !exchange_begin(c)) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return len;
    }
    struct http_exchange *x = http_exchange_of(c);
    if (x->in_chunks)
        return take_chunks(c, slice_of(octets, len));
    switch (http1_head_execute(&x->head, octets, len)) {
    case HTTP1_MORE: return 0;
    case HTTP1_ERROR: return bad(c, x->head.error, octets, len);
    case HTTP1_DONE: break;
    }
    if (!x->head.is_chunked)
        return take_counted(c, octets, len);
    if (len == x->head.nread)
        say_continue(c);
    return begin_chunks(c, octets);
}

/* The path decides how the answer looks, and HEAD that it has no body, if the head came that far. */
static void refuse(struct connection *c, enum error error, const unsigned char *base)
{
    struct http_exchange *x = http_exchange_of(c);
    const struct http1_head *head = &x->head;
    x->is_head = head->method == HTTP_METHOD_HEAD;
    struct slice path = head->target.len == 0 ? SLICE_NONE : http1_head_path(head, base);
    c->engine->ports->http_refused(c->engine->ports_context, c, error, path);
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
    struct http_exchange *x = http_exchange_of(c);
    if (x->machine.phase != HTTP_READING)
        return TIMERS_NEVER;
    if (now >= x->started + limits->http_request_timeout)
        http_step(c, HTTPE_TIMEOUT);
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
        http_step(c, HTTPE_ENDED);
}

static void http_leave(struct connection *c)
{
    if (c->state == NULL)
        connection_finish(c);
    else
        http_step(c, HTTPE_LEAVE);
}

static void http_release(struct connection *c)
{
    if (c->state != NULL)
        http_exchange_end(c);
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
