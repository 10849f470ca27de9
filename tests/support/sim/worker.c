// SPDX-License-Identifier: MIT
// One worker of the house: wiring, its turn, what must hold after it.
#include "broker/feed.h"
#include "support/sim/house.h"
#include "support/sim/sim.h"

enum { WORKER_ALLOCATIONS = 8, WORKER_CONNECTIONS = 64 };

/* How late a timer's work may be: ticks, and threads that are held up. */
#define TARDY MICROSECONDS_PER_SECOND

static void stay_asleep(struct loop *l)
{
    (void)l;
}

/* ---- no memory ---- */

void worker_arm(struct house_worker *w, uint64_t n)
{
    faults_arm(n, dice_chance(&w->sim->luck, 500) ? FAULTS_ONCE : FAULTS_ON);
}

bool worker_disarm(struct house_worker *w)
{
    if (faults_disarm() == 0)
        return false;
    LIST_FOREACH (node, &w->lines)
        CONTAINER_OF(node, struct line, link)->excuses |= LINE_MEMORY;
    return true;
}

/* While an event is given to everybody: whom it hits may lose his connection, but nobody loses a durable event. */
static void on_event(struct lane_sink *sink, struct event *e)
{
    struct house_worker *w = CONTAINER_OF(sink, struct house_worker, sink);
    struct sim *sim = w->sim;
    if (!sim->faults_on || !dice_chance(&sim->luck, sim->plan.allocations)) {
        broker_event(&w->broker, e);
        return;
    }
    uint64_t n = 1 + dice_below(&sim->luck, WORKER_ALLOCATIONS);
    NOTE(sim, STARVES, .worker = w->index + 1, .b = (int64_t)n, .text = "a delivery");
    worker_arm(w, n);
    broker_event(&w->broker, e);
    if (worker_disarm(w))
        sim->transients_lost |= e->kind == EVENT_TRANSIENT;
}

static void on_overflowed(struct lane_sink *sink)
{
    broker_overflowed(&CONTAINER_OF(sink, struct house_worker, sink)->broker);
}

/* ---- life ---- */

void worker_open(struct house *h, unsigned index)
{
    struct sim *sim = h->sim;
    struct house_worker *w = &h->workers[index];
    w->sim = sim;
    w->index = index;
    w->held_until = 0;
    w->only = &w->lane;
    list_init(&w->lines);
    loop_init(&w->loop, &sim->clock, &sim->random, stay_asleep);
    api_init(&w->api, &h->shared, &w->loop);
    broker_init(&w->broker, &w->loop, &h->desk.port, &w->api.renderer, &sim->plan.broker);
    w->sink = (struct lane_sink){on_event, on_overflowed};
    if (!lane_init(&w->lane, sim->plan.lane, &w->loop, notices_sink(h, w)))
        abort();
    hub_init(&w->alone, &w->only, 1);
    engine_init(&w->engine, index, WORKER_CONNECTIONS, &w->loop, &w->broker, &sim->plan.limits, &api_ports,
                &w->api);
    w->engine.flush = line_flush;
    api_attach(&w->api, &w->engine);
    h->lanes[index] = &w->lane;
    h->apis[index] = &w->api;
}

void worker_cut_lines(struct house_worker *w)
{
    LIST_FOREACH (node, &w->lines) {
        struct line *l = CONTAINER_OF(node, struct line, link);
        l->excuses |= LINE_RESTART;
        if (l->served)
            connection_broken(&l->c);
        l->waits = false;
        line_close(l);
    }
}

void worker_check_is_empty(struct house_worker *w)
{
    const struct engine *e = &w->engine;
    const struct {
        const char *what;
        uint64_t count;
    } rows[] = {
        {"output entries", e->out_entries.live},
        {"HTTP exchanges", e->http_exchanges.live},
        {"WebSockets", e->websockets.live},
        {"STOMP sessions", e->stomp_sessions.live},
        {"tickets", e->tickets.live},
        {"subscriptions", e->subscriptions.count},
        {"connections", e->connections.used},
        {"sessions of logins", w->api.sessions.count},
        {"destinations", w->broker.destinations.count},
        {"messages", w->broker.messages.live},
        {"reads of the log", w->broker.reader.outstanding + w->broker.reads},
        {"timers", w->loop.timers.count},
        {"places on the lane", atomic_load(&w->lane.used)},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].count > 0)
            sim_fail(w->sim, "nothing is left", "worker %u still has %llu %s after its last connection",
                     w->index + 1, (unsigned long long)rows[i].count, rows[i].what);
    }
}

void worker_close(struct house_worker *w)
{
    engine_release(&w->engine);
    lane_release(&w->lane);
    broker_release(&w->broker);
    api_release(&w->api);
}

/* ---- limits ---- */

/* LM-1: the time is over, and has been for longer than a timer may be late. */
static void check_stuck(struct house_worker *w, struct line *l)
{
    const struct connection *c = &l->c;
    if (!c->full || outq_behind(&c->out) == 0)
        l->stuck_since = 0;
    else if (l->stuck_since == 0)
        l->stuck_since = w->sim->now;
    int64_t until = c->first_since + w->sim->plan.limits.send_timeout;
    if (until < l->stuck_since)
        until = l->stuck_since;
    if (l->stuck_since != 0 && w->sim->now > until + TARDY)
        sim_fail(w->sim, "G5", "line %u has been stuck for %lld ms, the limit is %lld ms", l->number,
                 (long long)(w->sim->now - c->first_since) / 1000,
                 (long long)w->sim->plan.limits.send_timeout / 1000);
}

static void check_line(struct house_worker *w, struct line *l)
{
    const struct connection *c = &l->c;
    size_t limit = w->sim->plan.limits.send_buffer;
    if (!l->served || c->phase != CONNECTION_OPEN || !c->protocol->is_stream)
        return;
    if (outq_behind(&c->out) > limit)
        sim_fail(w->sim, "G5", "line %u has %zu octets waiting, the limit is %zu", l->number,
                 outq_behind(&c->out), limit);
    check_stuck(w, l);
}

static void check_limits(struct house_worker *w)
{
    const struct broker_options *o = &w->sim->plan.broker;
    LIST_FOREACH (node, &w->lines)
        check_line(w, CONTAINER_OF(node, struct line, link));
    LIST_FOREACH (node, &w->broker.feeds) {
        const struct feed *f = CONTAINER_OF(node, struct feed, link);
        if (f->history.count > o->history_count || f->history.octets > o->history_octets)
            sim_fail(w->sim, "G5", "a history holds %u messages, %zu octets", f->history.count,
                     f->history.octets);
        const struct event *first = held_first(&f->held);
        if (f->positioned && first != NULL && first->seq <= f->last)
            sim_fail(w->sim, "G5", "event %llu is held, although the stream is at event %llu",
                     (unsigned long long)first->seq, (unsigned long long)f->last);
        if (f->held.count > o->held_count || f->held.octets > o->held_octets)
            sim_fail(w->sim, "G5", "%zu early events are held", f->held.count);
    }
}

/* ---- the turn ---- */

bool worker_is_ready(struct house_worker *w)
{
    if (w->sim->now < w->held_until)
        return false;
    if (!mailbox_is_empty(&w->loop.mail) || !list_is_empty(&w->engine.dirty) ||
        timers_wait(&w->loop.timers, w->sim->now) == 0)
        return true;
    LIST_FOREACH (node, &w->lines) {
        if (line_is_ready(CONTAINER_OF(node, struct line, link)))
            return true;
    }
    return false;
}

static void serve_lines(struct house_worker *w)
{
    /* libev calls in any order; turning the list round is enough of that. */
    if (!list_is_empty(&w->lines) && dice_chance(&w->sim->cuts, 300)) {
        struct list *first = list_pop(&w->lines);
        list_append(&w->lines, first);
    }
    LIST_FOREACH (node, &w->lines) {
        struct line *l = CONTAINER_OF(node, struct line, link);
        if (line_is_ready(l))
            line_serve(l);
    }
}

void worker_turn(struct house_worker *w)
{
    struct connection *c;
    NOTE(w->sim, TURN, .worker = w->index + 1);
    w->loop.now = w->sim->now;
    serve_lines(w);
    (void)loop_turn(&w->loop);
    while ((c = engine_next_dirty(&w->engine)) != NULL) {
        struct line *l = CONTAINER_OF(c, struct line, c);
        if (!line_settle(l))
            line_close(l);
    }
    check_limits(w);
    desk_collect(&w->sim->house.desk);
}
