// SPDX-License-Identifier: MIT
#include "support/sim/house.h"

#include "broker/feed.h"
#include "engine/stomp.h"
#include "support/sim/sim.h"
#include "support/sim/store_faults.h"

enum { HOUSE_ALLOCATIONS = 8, HOUSE_CONNECTIONS = 64, HOUSE_ROUNDS = 100000 };

#define TARDY                                                                                                \
    MICROSECONDS_PER_SECOND /* how late a timer's work may be: ticks, and threads that are held up */

static void stay_asleep(struct loop *l)
{
    (void)l;
}

static void say_nothing(const char *event, struct slice detail)
{
    (void)event;
    (void)detail;
}

static void report(void *to, const char *what, const char *detail)
{
    const struct sim *sim = to;
    if (!sim->store_has_failed)
        sim_fail(to, "the store", "it reports: %s: %s", what, detail);
}

/* Nobody compares it here. */
static void websocket_accept(struct slice key, char accept[28])
{
    memset(accept, 'A', 28);
    memcpy(accept, key.data, key.len < 27 ? key.len : 27);
}

/* ---- starting ---- */

static void open_store(struct house *h)
{
    struct sim *sim = h->sim;
    struct problem why;
    struct sqlite_options options = sqlite_defaults;
    options.folder = sim->plan.on_disk ? h->folder.path : ":memory:";
    options.readers = sim->plan.readers;
    options.group = sim->plan.store_group;
    options.lane = sim->plan.store_lane;
    options.retention = sim->plan.retention;
    options.report = report;
    options.report_to = sim;
    desk_init(&h->desk, sim, &h->store);
    if (!sqlite_store_open(&h->store, &options, &h->desk.publisher, &sim->clock, &sim->random, &why)) {
        fprintf(stderr, "%s\n", why.text);
        abort();
    }
    store_faults_install(sim);
}

static void open_shared(struct house *h)
{
    struct sim *sim = h->sim;
    struct registry_options logins = registry_defaults;
    struct presence *presence = presence_new();
    logins.live = sim->plan.logins;
    store_registry_init(&h->registry, &h->desk.port, &logins);
    memory_passwords_init(&h->passwords);
    memory_tokens_init(&h->tokens);
    memset(&h->shared, 0, sizeof h->shared);
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        h->shared.chat[l] = (struct chat){.store = &h->desk.port,
                                          .registry = &h->registry.port,
                                          .passwords = &h->passwords.port,
                                          .tokens = &h->tokens.port,
                                          .presence = presence,
                                          .clock = &sim->clock,
                                          .random = &sim->random,
                                          .access_lifetime = sim->plan.access_lifetime,
                                          .refresh_lifetime = CHAT_REFRESH_LIFETIME,
                                          .language = (enum language)l,
                                          .body_limit = CHAT_BODY_LIMIT,
                                          .task_memory = CHAT_TASK_MEMORY,
                                          .list_memory = CHAT_LIST_MEMORY};
    h->shared.options = (struct api_options){.allowed_origins = "",
                                             .allow_direct_publish = true,
                                             .sweep_interval = 5 * MICROSECONDS_PER_SECOND,
                                             .language = LANGUAGE_ENGLISH};
    h->shared.hub = &h->hub;
    h->shared.websocket_accept = websocket_accept;
    h->shared.workers = h->apis;
    h->shared.worker_count = sim->plan.workers;
    h->shared.log = say_nothing;
}

void house_arm(struct house_worker *w, uint64_t n)
{
    faults_arm(n, dice_chance(&w->sim->luck, 500) ? FAULTS_ONCE : FAULTS_ON);
}

bool house_disarm(struct house_worker *w)
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
    uint64_t n = 1 + dice_below(&sim->luck, HOUSE_ALLOCATIONS);
    NOTE(sim, STARVES, .worker = w->index + 1, .b = (int64_t)n, .text = "a delivery");
    house_arm(w, n);
    broker_event(&w->broker, e);
    if (house_disarm(w))
        sim->transients_lost |= e->kind == EVENT_TRANSIENT;
}

static void on_overflowed(struct lane_sink *sink)
{
    broker_overflowed(&CONTAINER_OF(sink, struct house_worker, sink)->broker);
}

static void open_worker(struct house *h, unsigned index)
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
    if (!lane_init(&w->lane, sim->plan.lane, &w->loop, &w->sink))
        abort();
    hub_init(&w->alone, &w->only, 1);
    engine_init(&w->engine, index, HOUSE_CONNECTIONS, &w->loop, &w->broker, &sim->plan.limits, &api_ports,
                &w->api);
    w->engine.flush = line_flush;
    api_attach(&w->api, &w->engine);
    h->lanes[index] = &w->lane;
    h->apis[index] = &w->api;
}

static bool is_settled(struct house *h)
{
    for (unsigned i = 0; i < h->sim->plan.workers; i++) {
        if (!mailbox_is_empty(&h->workers[i].loop.mail))
            return false;
    }
    return desk_is_empty(&h->desk) && atomic_load(&h->shared.tasks) == 0;
}

/* Everything that can be done without the network, until nothing is left. */
static void settle(struct house *h)
{
    struct desk *d = &h->desk;
    bool faults = h->sim->faults_on;
    h->sim->faults_on = false;
    desk_hurry(d);
    for (int round = 0; round < HOUSE_ROUNDS && !is_settled(h); round++) {
        house_write(h);
        for (unsigned r = 0; r < h->store.reader_count; r++)
            house_read(h, r);
        for (unsigned w = 0; w < h->sim->plan.workers; w++) {
            while (desk_can_place(d, w))
                desk_place(d, w);
            (void)loop_turn(&h->workers[w].loop);
        }
        while (desk_can_answer(d, true))
            desk_answer(d, true);
        while (desk_can_answer(d, false))
            desk_answer(d, false);
        desk_collect(d);
    }
    h->sim->faults_on = faults;
}

struct bootstrap {
    bool done;
    enum error error;
};

static void on_ready(struct task *t)
{
    struct bootstrap *b = (struct bootstrap *)(uintptr_t)t->context[0];
    b->done = true;
    b->error = t->error;
}

static void run_bootstrap(struct house *h)
{
    struct bootstrap b = {.done = false};
    struct task *t =
        task_new(&h->shared.chat[LANGUAGE_ENGLISH], &OPERATION_BOOTSTRAP, &h->workers[0].loop, on_ready);
    if (t == NULL)
        abort();
    task_read(t,
              SLICE("{\"username\":\"admin\",\"email\":\"admin@example.org\",\"password\":\"pass1234!\"}"));
    t->context[0] = (uint64_t)(uintptr_t)&b;
    task_start(t);
    settle(h);
    if (!b.done || b.error != ERR_NONE)
        sim_fail(h->sim, "the start", "the process does not come up: error %d", b.done ? (int)b.error : -1);
}

void house_init(struct house *h, struct sim *sim)
{
    h->sim = sim;
    h->open = false;
    if (sim->plan.on_disk)
        scratch_init(&h->folder);
}

void house_release(struct house *h)
{
    if (h->sim->plan.on_disk)
        scratch_release(&h->folder);
}

void house_start(struct house *h)
{
    h->open = true;
    hub_init(&h->hub, h->lanes, h->sim->plan.workers);
    open_store(h);
    open_shared(h);
    for (unsigned i = 0; i < h->sim->plan.workers; i++)
        open_worker(h, i);
    run_bootstrap(h);
    api_sweep(&h->workers[0].api);
}

/* ---- ending ---- */

void house_leave(struct house *h)
{
    atomic_store(&h->shared.leaving, true);
    for (unsigned i = 0; i < h->sim->plan.workers; i++) {
        LIST_FOREACH (node, &h->workers[i].lines)
            CONTAINER_OF(node, struct line, link)->excuses |= LINE_RESTART;
        engine_leave(&h->workers[i].engine);
    }
}

static void cut_lines(struct house_worker *w)
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

/* What is there when there should be nothing. */
static void check_nothing_lives(struct house_worker *w)
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

static void close_worker(struct house_worker *w)
{
    engine_release(&w->engine);
    lane_release(&w->lane);
    broker_release(&w->broker);
    api_release(&w->api);
}

/* After a finding the memory is left as it is: releasing would only assert the same. */
void house_stop(struct house *h, bool dies)
{
    struct sim *sim = h->sim;
    atomic_store(&h->shared.leaving, true);
    for (unsigned i = 0; i < sim->plan.workers; i++)
        cut_lines(&h->workers[i]);
    followers_stop(sim);
    if (dies && dice_chance(&sim->luck, 500))
        desk_lose(&h->desk);
    settle(h);
    timer_stop(&h->workers[0].loop.timers, &h->workers[0].api.sweep);
    if (!desk_is_empty(&h->desk) || atomic_load(&h->shared.tasks) > 0)
        sim_fail(sim, "nothing is left", "%u tasks never end", (unsigned)atomic_load(&h->shared.tasks));
    for (unsigned i = 0; i < sim->plan.workers; i++)
        check_nothing_lives(&h->workers[i]);
    h->open = false;
    if (sim->failed)
        return;
    for (unsigned i = 0; i < sim->plan.workers; i++)
        close_worker(&h->workers[i]);
    desk_release(&h->desk);
    sqlite_store_close(&h->store);
    presence_free(h->shared.chat[LANGUAGE_KOREAN].presence);
}

/* ---- a worker ---- */

bool house_worker_is_ready(struct house_worker *w)
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

void house_turn(struct house_worker *w)
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
    house_check(w);
    desk_collect(&w->sim->house.desk);
}

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

void house_check(struct house_worker *w)
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
        if (f->positioned && first != NULL && first->seq <= f->last + 1)
            sim_fail(w->sim, "G5", "event %llu is held, although the stream is at event %llu",
                     (unsigned long long)first->seq, (unsigned long long)f->last);
        if (f->held.count > o->held_count || f->held.octets > o->held_octets)
            sim_fail(w->sim, "G5", "%zu early events are held", f->held.count);
    }
}

/* ---- the store ---- */

bool house_writer_is_ready(struct house *h)
{
    return !mailbox_is_empty(&h->store.writer.service.inbox);
}

void house_write(struct house *h)
{
    struct service *s = &h->store.writer.service;
    if (house_writer_is_ready(h))
        NOTE(h->sim, WRITER, .a = atomic_load(&h->store.writer.unfinished));
    s->step(s);
    desk_collect(&h->desk);
}

bool house_reader_is_ready(struct house *h, unsigned reader)
{
    return reader < h->store.reader_count && !mailbox_is_empty(&h->store.readers[reader].service.inbox);
}

void house_read(struct house *h, unsigned reader)
{
    struct service *s = &h->store.readers[reader].service;
    if (house_reader_is_ready(h, reader))
        NOTE(h->sim, READER, .a = atomic_load(&h->store.readers[reader].unfinished));
    s->step(s);
    desk_collect(&h->desk);
}

int64_t house_wait(struct house *h)
{
    int64_t least = TIMERS_NEVER;
    for (unsigned i = 0; i < h->sim->plan.workers; i++) {
        struct house_worker *w = &h->workers[i];
        bool held = w->held_until > h->sim->now;
        int64_t wait = held ? w->held_until - h->sim->now : timers_wait(&w->loop.timers, h->sim->now);
        least = timers_sooner(least, wait);
    }
    return least;
}
