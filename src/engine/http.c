// SPDX-License-Identifier: MIT
// HTTP: the life of an exchange, and reading heads. Bodies are http_body.c, answers http_answer.c.
#include "engine/http_internal.h"

enum { EXCHANGE_MAGIC = 0x48545450 };

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

/* The application is told once that its request will not come to an answer of its own. */
static void drop(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    if (x->stream == NULL)
        return;
    c->engine->ports->http_dropped(c->engine->ports_context, c);
    x->stream = NULL;
}

/* The path decides how the answer looks, and HEAD that it has no body, if the head came that far. */
static void refuse(struct connection *c, enum error error, const unsigned char *base)
{
    struct http_exchange *x = http_exchange_of(c);
    const struct http1_head *head = &x->head;
    drop(c);
    x->is_head = head->method == HTTP_METHOD_HEAD;
    struct slice path = head->target.len == 0 ? SLICE_NONE : http1_head_path(head, base);
    c->engine->ports->http_refused(c->engine->ports_context, c, error, path);
}

/* ---- what the machine asks for ---- */

static void do_begin(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    x->started = c->engine->loop->now;
    http1_head_init(&x->head, c->engine->limits->http_target, c->engine->limits->http_head);
    connection_wake_at(c, x->started + c->engine->limits->http_request_timeout);
}

static void do_stream(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    x->since = c->engine->loop->now;
    connection_wake_at(c, x->since + c->engine->limits->http_request_timeout);
}

/* The application is being asked: it has not cost the peer any time yet. */
static void do_offer(struct connection *c)
{
    http_exchange_of(c)->since = c->engine->loop->now;
}

/* How long the interval has run; do_go_on() lets it go on from there, so that who is held back often gains no
 * time by it. */
static void do_hold(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    x->since = c->engine->loop->now - x->since;
}

static void do_go_on(struct connection *c)
{
    struct http_exchange *x = http_exchange_of(c);
    x->since = c->engine->loop->now - x->since;
    connection_wake_at(c, x->since + c->engine->limits->http_request_timeout);
}

static void do_late(struct connection *c)
{
    const struct http_exchange *x = http_exchange_of(c);
    refuse(c, ERR_REQUEST_TIMEOUT, x->kept.len > 0 ? x->kept.data : c->in.data + c->in_at);
}

static void do_ask(struct connection *c)
{
    c->engine->ports->http_writable(c->engine->ports_context, c);
}

static void do_last(struct connection *c)
{
    http_exchange_of(c)->keep_alive = false;
}

/* LM-6: who does not read his answers gets no more of them. */
static void do_next(struct connection *c)
{
    http_exchange_end(c);
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->http_idle_timeout);
    c->wants_drained = c->out.bytes >= HTTP_QUEUE;
    if (!c->wants_drained)
        connection_resume(c);
}

static void do_finish(struct connection *c)
{
    drop(c);
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
        [HTTP_DO_NOTHING] = do_nothing, [HTTP_DO_BEGIN] = do_begin,     [HTTP_DO_DISPATCH] = do_nothing,
        [HTTP_DO_OFFER] = do_offer,     [HTTP_DO_STREAM] = do_stream,   [HTTP_DO_HOLD] = do_hold,
        [HTTP_DO_GO_ON] = do_go_on,     [HTTP_DO_DELIVER] = do_nothing, [HTTP_DO_REFUSE] = do_nothing,
        [HTTP_DO_LATE] = do_late,       [HTTP_DO_ASK] = do_ask,         [HTTP_DO_LAST] = do_last,
        [HTTP_DO_NEXT] = do_next,       [HTTP_DO_FINISH] = do_finish,   [HTTP_DO_SPEAK] = do_speak,
        [HTTP_DO_BUG] = do_bug,
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

size_t http_bad(struct connection *c, enum error error, const unsigned char *head, size_t len)
{
    http_step(c, HTTPE_BAD);
    refuse(c, error, head);
    return len;
}

struct http_request http_request_of(const struct http_exchange *x, const unsigned char *head,
                                    struct slice body)
{
    return (struct http_request){
        .head = &x->head,
        .base = head,
        .path = http1_head_path(&x->head, head),
        .query = http1_head_query(&x->head, head),
        .body = body,
    };
}

void http_dispatch(struct connection *c, const unsigned char *head, struct slice body)
{
    struct http_exchange *x = http_exchange_of(c);
    struct http_request request = http_request_of(x, head, body);
    counter_add(&c->engine->counters.requests, 1);
    x->is_head = x->head.method == HTTP_METHOD_HEAD;
    x->keep_alive = x->head.keep_alive;
    connection_pause(c);
    http_step(c, HTTPE_REQUEST);
    c->engine->ports->http_request(c->engine->ports_context, c, &request);
}

static size_t read_head(struct connection *c, unsigned char *octets, size_t len)
{
    struct http1_head *head = &http_exchange_of(c)->head;
    switch (http1_head_execute(head, octets, len)) {
    case HTTP1_MORE: return 0;
    case HTTP1_ERROR: return http_bad(c, head->error, octets, len);
    case HTTP1_DONE: break;
    }
    if (head->has_body)
        return http_body_offer(c, octets, len);
    size_t taken = head->nread;
    http_dispatch(c, octets, slice_of(octets + taken, 0));
    return taken;
}

static size_t http_input(struct connection *c, unsigned char *octets, size_t len)
{
    static size_t (*const readers[])(struct connection *, unsigned char *, size_t) = {
        [HTTP_READING] = read_head, [HTTP_GATHERING] = http_body_gather, [HTTP_STREAMING] = http_body_stream};
    if (c->state == NULL && !exchange_begin(c)) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return len;
    }
    enum http_phase phase = http_exchange_of(c)->machine.phase;
    assert(phase < ARRAY_LEN(readers) && readers[phase] != NULL); /* in the others nothing is read */
    return readers[phase](c, octets, len);
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
    int64_t until = TIMERS_NEVER;
    if (x->machine.phase == HTTP_STREAMING)
        until = http_body_deadline(c, now);
    if (x->machine.phase == HTTP_READING || x->machine.phase == HTTP_GATHERING)
        until = x->started + limits->http_request_timeout;
    if (now >= until)
        http_step(c, HTTPE_TIMEOUT);
    return until;
}

static void http_drained(struct connection *c)
{
    if (c->state == NULL)
        connection_resume(c);
    else
        http_step(c, HTTPE_ROOM);
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

/* RFC 9112 9.6: a client in the middle of a body may read the answer only behind it, and to close while he is
 * sending would have it lost; so he is listened to as long as he goes on, within limits. */
static void http_overrun(struct connection *c, size_t len)
{
    const struct engine_limits *limits = c->engine->limits;
    if (c->state == NULL)
        return;
    struct http_exchange *x = http_exchange_of(c);
    x->thrown += len;
    if (x->thrown > limits->http_drain) {
        connection_abort(c, c->cause);
        return;
    }
    int64_t until = c->engine->loop->now + limits->linger, last = c->last_sent + limits->http_drain_time;
    if (until > last)
        until = last;
    if (until > c->linger_until)
        c->linger_until = until;
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
    if (c->state == NULL)
        return;
    drop(c);
    http_exchange_end(c);
}

static const struct protocol http_protocol = {
    .name = "http",
    .is_stream = false,
    .drained_at = HTTP_QUEUE - 1,
    .input = http_input,
    .deadline = http_deadline,
    .drained = http_drained,
    .fail = http_fail,
    .ended = http_ended,
    .overrun = http_overrun,
    .leave = http_leave,
    .release = http_release,
};

void http_open(struct connection *c)
{
    connection_become(c, &http_protocol, NULL);
    connection_wake_at(c, c->engine->loop->now + c->engine->limits->http_idle_timeout);
}
