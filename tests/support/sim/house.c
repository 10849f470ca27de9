// SPDX-License-Identifier: MIT
#include "support/sim/house.h"

#include "support/sim/sim.h"
#include "support/sim/store_faults.h"

enum { HOUSE_ROUNDS = 100000 };

static void say_nothing(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    (void)level, (void)event, (void)fields, (void)count;
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
        worker_open(h, i);
    run_bootstrap(h);
    api_sweep(&h->workers[0].api);
    notices_start(h);
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

/* After a finding the memory is left as it is: releasing would only assert the same. */
void house_stop(struct house *h, bool dies)
{
    struct sim *sim = h->sim;
    atomic_store(&h->shared.leaving, true);
    for (unsigned i = 0; i < sim->plan.workers; i++)
        worker_cut_lines(&h->workers[i]);
    followers_stop(sim);
    if (dies && dice_chance(&sim->luck, 500))
        desk_lose(&h->desk);
    settle(h);
    timer_stop(&h->workers[0].loop.timers, &h->workers[0].api.sweep);
    notices_stop(h);
    if (!desk_is_empty(&h->desk) || atomic_load(&h->shared.tasks) > 0)
        sim_fail(sim, "nothing is left", "%u tasks never end", (unsigned)atomic_load(&h->shared.tasks));
    for (unsigned i = 0; i < sim->plan.workers; i++)
        worker_check_is_empty(&h->workers[i]);
    h->open = false;
    if (sim->failed)
        return;
    notices_close(h);
    for (unsigned i = 0; i < sim->plan.workers; i++)
        worker_close(&h->workers[i]);
    desk_release(&h->desk);
    sqlite_store_close(&h->store);
    presence_free(h->shared.chat[LANGUAGE_KOREAN].presence);
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
