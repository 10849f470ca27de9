// SPDX-License-Identifier: MIT
// HTTP: bodies, gathered until they are whole or handed on as they come.
#include "engine/http_internal.h"

/* RFC 9112 7.1.1: what a chunked body may have besides its data. */
static const struct http_chunked_limits chunked_limits = {
    .extensions = 4 << 10, .trailer = 8 << 10, .overhead = 16 << 10};

/* RFC 9110 10.1.1: a client that asked for it is told that the body is wanted. */
static void say_continue(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    if (!x->head.expect_continue || x->continued)
        return;
    x->continued = true;
    (void)connection_push(c, SLICE("HTTP/1.1 100 Continue\r\n\r\n"), NULL);
}

/* The input may be gone when the head is wanted again. */
static bool keep_head(struct connection *c, const unsigned char *octets)
{
    struct http_exchange *x = http_exchange_of(c);
    if (buf_append(&x->kept, slice_of(octets, x->head.nread)))
        return true;
    connection_abort(c, ERR_OUT_OF_MEMORY);
    return false;
}

static void begin_chunks(struct http_exchange *x, uint64_t most)
{
    struct http_chunked_limits limits = chunked_limits;
    limits.body = most;
    http_chunked_init(&x->chunked, &limits);
    x->in_chunks = true;
}

/* ---- gathered ---- */

/* The exchange may be over before the application is done with its request. */
static void dispatch_kept(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    struct buf kept = x->kept;
    buf_init(&x->kept, kept.limit);
    http_dispatch(c, kept.data, slice_after(buf_slice(&kept), x->head.nread));
    buf_release(&kept);
}

static size_t gather_chunks(struct connection *c, struct slice input)
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
        return http_bad(c, x->chunked.error, x->kept.data, len);
    if (event == HTTP_CHUNKED_END)
        dispatch_kept(c);
    else
        say_continue(c);
    return len - input.len;
}

/* It waits in the connection, behind its head. */
static size_t gather_counted(struct connection *c, const unsigned char *octets, size_t len)
{
    const struct http1_head *head = &http_exchange_of(c)->head;
    if (head->content_length > c->engine->limits->http_body)
        return http_bad(c, ERR_CONTENT_TOO_LARGE, octets, len);
    struct slice body = slice_of(octets + head->nread, (size_t)head->content_length);
    size_t whole = head->nread + body.len;
    if (len < whole) {
        say_continue(c);
        return 0;
    }
    http_dispatch(c, octets, body);
    return whole;
}

size_t http_body_gather(struct connection *c, unsigned char *octets, size_t len)
{
    if (http_exchange_of(c)->in_chunks)
        return gather_chunks(c, slice_of(octets, len));
    return gather_counted(c, octets, len);
}

static size_t begin_gathering(struct connection *c, const unsigned char *octets, size_t len)
{
    struct http_exchange *x = http_exchange_of(c);
    http_step(c, HTTPE_GATHER);
    if (!x->head.is_chunked)
        return gather_counted(c, octets, len);
    if (!keep_head(c, octets))
        return len;
    begin_chunks(x, c->engine->limits->http_body);
    if (len == x->head.nread)
        say_continue(c);
    return x->head.nread;
}

/* ---- streamed ---- */

static bool is_wanted(const struct connection *c)
{
    return c->phase == CONNECTION_OPEN && http_exchange_of(c)->machine.phase == HTTP_STREAMING;
}

static void hand_on(struct connection *c, struct slice piece)
{
    http_exchange_of(c)->progress += piece.len;
    c->engine->ports->http_body(c->engine->ports_context, c, piece);
}

/* Nothing behind it is read until it is answered. */
static void deliver(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    buf_release(&x->kept);
    connection_pause(c);
    http_step(c, HTTPE_WHOLE);
    c->engine->ports->http_body_end(c->engine->ports_context, c);
}

static size_t stream_chunks(struct connection *c, struct slice input)
{
    struct http_exchange *x = http_exchange_of(c);
    enum http_chunked_event event;
    size_t len = input.len;
    struct slice data;
    while ((event = http_chunked_next(&x->chunked, &input, &data)) == HTTP_CHUNKED_DATA) {
        hand_on(c, data);
        if (!is_wanted(c))
            return len - input.len;
    }
    if (event == HTTP_CHUNKED_ERROR)
        return http_bad(c, x->chunked.error, x->kept.data, len);
    if (event == HTTP_CHUNKED_END)
        deliver(c);
    return len - input.len;
}

static size_t stream_counted(struct connection *c, struct slice input)
{
    struct http_exchange *x = http_exchange_of(c);
    struct slice piece = slice_of(input.data, input.len < x->left ? input.len : (size_t)x->left);
    x->left -= piece.len;
    hand_on(c, piece);
    if (x->left == 0 && is_wanted(c))
        deliver(c);
    return piece.len;
}

size_t http_body_stream(struct connection *c, unsigned char *octets, size_t len)
{
    struct http_exchange *x = http_exchange_of(c);
    x->continued = true; /* who sends does not wait for it */
    return x->in_chunks ? stream_chunks(c, slice_of(octets, len)) : stream_counted(c, slice_of(octets, len));
}

static size_t begin_streaming(struct connection *c, const unsigned char *octets, size_t len, uint64_t most)
{
    struct http_exchange *x = http_exchange_of(c);
    if (!keep_head(c, octets))
        return len;
    counter_add(&c->engine->counters.requests, 1);
    if (x->machine.phase == HTTP_OFFERED)
        http_step(c, HTTPE_STREAM);
    if (x->head.is_chunked)
        begin_chunks(x, most);
    else if (x->head.content_length > most)
        return http_bad(c, ERR_CONTENT_TOO_LARGE, octets, len);
    else
        x->left = x->head.content_length;
    if (len == x->head.nread && is_wanted(c))
        say_continue(c);
    return x->head.nread;
}

size_t http_body_offer(struct connection *c, unsigned char *octets, size_t len)
{
    struct http_exchange *x = http_exchange_of(c);
    const struct engine_ports *ports = c->engine->ports;
    struct http_request head = http_request_of(x, octets, SLICE_NONE);
    x->is_head = x->head.method == HTTP_METHOD_HEAD;
    x->keep_alive = x->head.keep_alive;
    http_step(c, HTTPE_HEAD);
    uint64_t most = ports->http_head == NULL ? 0 : ports->http_head(c->engine->ports_context, c, &head);
    if (c->phase != CONNECTION_OPEN) /* it has answered */
        return len;
    return most == 0 ? begin_gathering(c, octets, len) : begin_streaming(c, octets, len, most);
}

/* Slow is not who has little to send, but who does not send it: the time for a request begins anew with each
 * interval in which enough has come. */
int64_t http_body_deadline(struct connection *c, int64_t now)
{
    struct http_exchange *x = http_exchange_of(c);
    const struct engine_limits *limits = c->engine->limits;
    if (now >= x->since + limits->http_request_timeout && x->progress >= limits->http_body_progress) {
        x->since = now;
        x->progress = 0;
    }
    return x->since + limits->http_request_timeout;
}

/* ---- for the application ---- */

static bool is_streamed(const struct connection *c)
{
    return http_is_spoken(c) && c->state != NULL && c->phase == CONNECTION_OPEN;
}

void http_body_pause(struct connection *c)
{
    enum http_phase phase = is_streamed(c) ? http_exchange_of(c)->machine.phase : HTTP_IDLE;
    if (phase != HTTP_OFFERED && phase != HTTP_STREAMING)
        return;
    connection_pause(c);
    http_step(c, HTTPE_HOLD);
}

void http_body_resume(struct connection *c)
{
    if (!is_streamed(c) || http_exchange_of(c)->machine.phase != HTTP_HELD)
        return;
    struct http_exchange *x = http_exchange_of(c);
    bool is_whole = !x->in_chunks && x->left == 0;
    http_step(c, HTTPE_RESUME);
    if (is_whole && !c->feeding) {
        deliver(c);
        return;
    }
    if (c->in.len == 0 && !c->feeding)
        say_continue(c);
    connection_resume(c);
}
