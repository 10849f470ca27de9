// SPDX-License-Identifier: MIT
#include "engine/connection.h"

#include "engine/port.h"

enum { CONNECTION_MAGIC = 0x434f4e4e, CONNECTION_IN_SPARE = 128 << 10 };

bool connection_valid(const struct connection *c)
{
    return c->magic == CONNECTION_MAGIC && outq_valid(&c->out) && buf_valid(&c->in) &&
           c->in_at <= c->in.len && (c->phase != CONNECTION_DEAD || outq_is_empty(&c->out));
}

/* ---- life ---- */

static void on_timer(struct timer *t);

bool connection_init(struct connection *c, struct engine *e)
{
    OBJ_INIT(c, CONNECTION_MAGIC);
    c->engine = e;
    c->id.worker = e->worker;
    if (!slots_add(&e->connections, c, &c->id.slot, &c->id.generation))
        return false;
    list_init(&c->dirty);
    timer_init(&c->timer, on_timer);
    outq_init(&c->out);
    buf_init(&c->in, e->limits->http_head + e->limits->http_body + CONNECTION_IN_SPARE);
    c->last_in = c->last_out = c->last_sent = e->loop->now;
    c->opened = (uint32_t)(e->loop->now / MICROSECONDS_PER_SECOND);
    counter_add(&e->counters.connections, 1);
    e->open(c);
    return true;
}

void connection_drop_output(struct connection *c, bool all)
{
    size_t before = c->out.bytes;
    outq_clear(&c->out, &c->engine->out_entries, all);
    counter_add(&c->engine->counters.octets_dropped, before - c->out.bytes);
}

static void drop_queues(struct connection *c)
{
    connection_drop_output(c, true);
    if (c->feeding)
        return; /* the octets that are being fed lie there: feed_kept() gives them back */
    buf_release(&c->in);
    c->in_at = 0;
}

void connection_release(struct connection *c)
{
    OBJ_CHECK(c, CONNECTION_MAGIC);
    c->protocol->release(c);
    drop_queues(c);
    timer_stop(&c->engine->loop->timers, &c->timer);
    list_remove(&c->dirty);
    slots_remove(&c->engine->connections, c->id.slot);
    OBJ_DEAD(c);
}

void connection_touch(struct connection *c)
{
    if (!list_is_linked(&c->dirty))
        list_append(&c->engine->dirty, &c->dirty);
}

void connection_become(struct connection *c, const struct protocol *protocol, void *state)
{
    c->protocol = protocol;
    c->state = state;
}

void connection_blame(struct connection *c, enum error cause)
{
    struct engine *e = c->engine;
    if (c->blamed)
        return;
    c->blamed = true;
    counter_add(&e->counters.failed[cause], 1);
    if (e->ports->connection_failed != NULL)
        e->ports->connection_failed(e->ports_context, c, cause);
}

void connection_abort(struct connection *c, enum error cause)
{
    if (c->phase == CONNECTION_DEAD)
        return;
    if (c->phase == CONNECTION_OPEN && c->protocol->is_stream && cause != ERR_NONE)
        connection_blame(c, cause);
    if (c->cause == ERR_NONE)
        c->cause = cause;
    c->phase = CONNECTION_DEAD;
    drop_queues(c);
    connection_touch(c);
}

static void linger(struct connection *c)
{
    c->linger_until = c->engine->loop->now + c->engine->limits->linger;
    connection_wake_at(c, c->linger_until);
}

void connection_finish(struct connection *c)
{
    if (c->phase != CONNECTION_OPEN)
        return;
    c->phase = CONNECTION_LINGERING;
    c->paused = false;
    if (c->protocol->is_stream && !c->feeding) { /* LM-2: at once */
        buf_release(&c->in);
        c->in_at = 0;
    }
    linger(c);
    connection_touch(c);
    if (c->input_ended && outq_is_empty(&c->out))
        connection_abort(c, ERR_NONE);
}

void connection_broken(struct connection *c)
{
    OBJ_CHECK(c, CONNECTION_MAGIC);
    bool is_leaving = c->linger_until != 0; /* the farewell has begun: he may be gone at once (SL-12) */
    if (c->phase == CONNECTION_OPEN && c->protocol->is_stream && !is_leaving)
        connection_blame(c, ERR_CONNECTION_LOST);
    connection_abort(c, ERR_NONE);
}

/* ---- input ---- */

/* Hands octets to whatever protocol is on top, which may change on the way. Returns how many were taken. */
static size_t feed(struct connection *c, unsigned char *octets, size_t len)
{
    size_t at = 0;
    c->feeding = true;
    while (at < len && c->phase == CONNECTION_OPEN && !c->paused) {
        size_t taken = c->protocol->input(c, octets + at, len - at);
        assert(taken <= len - at);
        if (taken == 0)
            break;
        at += taken;
    }
    c->feeding = false;
    return at;
}

static void feed_kept(struct connection *c)
{
    size_t taken = feed(c, c->in.data + c->in_at, c->in.len - c->in_at);
    if (c->phase != CONNECTION_OPEN) {
        buf_release(&c->in);
        c->in_at = 0;
        return;
    }
    c->in_at += (uint32_t)taken;
    if (c->in_at == c->in.len) {
        buf_release(&c->in);
        c->in_at = 0;
    }
}

/* What was taken goes only when something is appended, so that many small requests do not move the rest each
 * time. */
static bool keep(struct connection *c, struct slice rest)
{
    if (c->in_at > 0) {
        buf_consume(&c->in, c->in_at);
        c->in_at = 0;
    }
    return buf_append(&c->in, rest);
}

void connection_input(struct connection *c, unsigned char *octets, size_t len)
{
    assert(connection_valid(c) && !c->feeding);
    c->last_in = c->engine->loop->now;
    if (c->phase == CONNECTION_LINGERING && c->protocol->overrun != NULL)
        c->protocol->overrun(c, len);
    if (c->phase != CONNECTION_OPEN)
        return;
    size_t taken = c->in.len == 0 ? feed(c, octets, len) : 0;
    if (c->phase != CONNECTION_OPEN || taken == len)
        return;
    bool had_kept = c->in.len > 0;
    if (!keep(c, slice_of(octets + taken, len - taken))) {
        c->protocol->fail(c, ERR_OUT_OF_MEMORY);
        return;
    }
    if (had_kept)
        feed_kept(c);
}

void connection_input_ended(struct connection *c)
{
    OBJ_CHECK(c, CONNECTION_MAGIC);
    if (c->phase == CONNECTION_DEAD || c->input_ended)
        return;
    c->input_ended = true;
    connection_touch(c);
    if (c->phase == CONNECTION_OPEN)
        c->protocol->ended(c);
    if (c->phase == CONNECTION_LINGERING && outq_is_empty(&c->out))
        connection_abort(c, ERR_NONE);
}

void connection_pause(struct connection *c)
{
    if (c->paused)
        return;
    c->paused = true;
    connection_touch(c);
}

void connection_resume(struct connection *c)
{
    if (!c->paused)
        return;
    c->paused = false;
    c->last_in = c->engine->loop->now; /* silence that we asked for is not the peer's */
    connection_touch(c);
    if (!c->feeding && c->in.len > 0 && c->phase == CONNECTION_OPEN)
        feed_kept(c);
}

/* ---- output ---- */

/* LM-1: a timer decides, not the next push. */
static void mind_stuck(struct connection *c)
{
    if (c->full && c->protocol->is_stream && outq_behind(&c->out) > 0)
        connection_wake_at(c, c->first_since + c->engine->limits->send_timeout);
}

/* LM-2: what waits behind the frame being written. */
static bool is_over_limit(const struct connection *c)
{
    return c->protocol->is_stream && outq_behind(&c->out) > c->engine->limits->send_buffer;
}

static void offer(struct connection *c)
{
    if (c->engine->flush == NULL || c->full || c->flushing)
        return;
    c->flushing = true;
    c->engine->flush(c);
    c->flushing = false;
}

bool connection_push(struct connection *c, struct slice head, struct frame *frame)
{
    OBJ_CHECK(c, CONNECTION_MAGIC);
    struct engine *e = c->engine;
    if (c->phase != CONNECTION_OPEN)
        return false;
    bool was_empty = outq_is_empty(&c->out);
    size_t before = c->out.bytes;
    if (!outq_push(&c->out, &e->out_entries, head, frame)) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return false;
    }
    counter_add(&e->counters.octets_queued, c->out.bytes - before);
    c->last_out = e->loop->now;
    if (was_empty)
        c->first_since = c->last_sent = e->loop->now;
    connection_touch(c);
    if (is_over_limit(c))
        offer(c);
    if (c->phase != CONNECTION_OPEN)
        return false; /* the socket turned out to be broken */
    if (is_over_limit(c)) {
        c->protocol->fail(c, ERR_SEND_LIMIT);
        return false;
    }
    mind_stuck(c);
    return true;
}

void connection_settle(struct connection *c)
{
    assert(!c->flushing);
    if (!c->owes_drained)
        return;
    c->owes_drained = c->wants_drained = false;
    if (c->phase == CONNECTION_OPEN)
        c->protocol->drained(c);
}

void connection_sent(struct connection *c, size_t n, bool socket_is_full)
{
    assert(connection_valid(c));
    struct engine *e = c->engine;
    if (c->phase == CONNECTION_DEAD)
        return;
    if (n > 0) {
        c->last_sent = e->loop->now;
        if (outq_sent(&c->out, &e->out_entries, n))
            c->first_since = e->loop->now;
    }
    bool is_full = socket_is_full && !outq_is_empty(&c->out);
    if (is_full && !c->full)
        counter_add(&e->counters.stalls, 1);
    c->full = is_full;
    if (c->phase == CONNECTION_OPEN) {
        mind_stuck(c);
        c->owes_drained = c->wants_drained && c->out.bytes <= c->protocol->drained_at;
        if (!c->flushing)
            connection_settle(c);
        return;
    }
    if (!outq_is_empty(&c->out))
        return;
    if (!c->protocol->is_stream)
        linger(c);
    if (c->input_ended)
        connection_abort(c, ERR_NONE);
}

/* ---- time ---- */

void connection_wake_at(struct connection *c, int64_t at)
{
    if (!timer_is_running(&c->timer) || at < c->timer.at)
        timer_start(&c->engine->loop->timers, &c->timer, at);
}

/* LM-1: one write in progress for too long with more data waiting behind it. */
static bool is_stuck(const struct connection *c, int64_t now)
{
    return c->protocol->is_stream && outq_behind(&c->out) > 0 &&
           now >= c->first_since + c->engine->limits->send_timeout;
}

/* A last answer has the time that any other has, as long as the peer goes on taking it; the linger time is
 * counted from its end. What a stream has queued must leave within the linger time. */
static void go_on_lingering(struct connection *c, int64_t now)
{
    int64_t until = c->linger_until;
    if (!c->protocol->is_stream && !outq_is_empty(&c->out))
        until = c->last_sent + c->engine->limits->http_idle_timeout;
    if (now >= until && now >= c->linger_until)
        connection_abort(c, c->cause);
    else
        connection_wake_at(c, until > now ? until : c->linger_until);
}

static void on_timer(struct timer *t)
{
    struct connection *c = CONTAINER_OF(t, struct connection, timer);
    assert(connection_valid(c));
    int64_t now = c->engine->loop->now;
    if (c->phase == CONNECTION_LINGERING)
        go_on_lingering(c, now);
    if (c->phase != CONNECTION_OPEN)
        return;
    if (is_stuck(c, now)) {
        c->protocol->fail(c, ERR_SEND_LIMIT);
        return;
    }
    mind_stuck(c);
    int64_t next = c->protocol->deadline(c, now);
    if (c->phase == CONNECTION_OPEN && next != TIMERS_NEVER)
        connection_wake_at(c, next);
}
