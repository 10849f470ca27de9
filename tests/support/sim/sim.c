// SPDX-License-Identifier: MIT
#include "support/sim/sim.h"

#include <stdarg.h>

#include "support/sim/oracle.h"

enum {
    PURPOSE_ORDER = 2,
    PURPOSE_PEOPLE,
    PURPOSE_CUTS,
    PURPOSE_LUCK,
    PURPOSE_IDS,
    STEPS_MOST = 400000, /* of a run: more are a loop that never comes to rest */
    STEP_TIME = 40,      /* most microseconds that a step takes */
    STALL_MS = 300,      /* most that a worker is held up: well below what G6 allows */
    STORE_HOLD_MS = 13000
};

#define START (INT64_C(1772442930) * MICROSECONDS_PER_SECOND) /* 2026-03-02T09:15:30Z */
/* What is due within the longest wait of the server comes to an end: a SEND waits 10 s for the store. */
/* The store looks for what has outlived the retention every minute. */
#define PAUSE_TIME (65 * MICROSECONDS_PER_SECOND)
#define QUIET_TIME (16 * MICROSECONDS_PER_SECOND)

void sim_fail(struct sim *sim, const char *guarantee, const char *format, ...)
{
    va_list arguments;
    if (sim->failed)
        return;
    sim->failed = true;
    sim->guarantee = guarantee;
    va_start(arguments, format);
    vsnprintf(sim->why, sizeof sim->why, format, arguments);
    va_end(arguments);
}

/* ---- the surroundings ---- */

static int64_t tell_mono(const struct clock *c)
{
    return CONTAINER_OF(c, struct sim, clock)->now;
}

static int64_t tell_wall(const struct clock *c)
{
    struct sim *sim = CONTAINER_OF(c, struct sim, clock);
    int64_t wall = sim->now + sim->wall_ahead;
    if (wall > sim->wall_most)
        sim->wall_most = wall;
    return wall;
}

static void fill(const struct random *r, void *octets, size_t n)
{
    struct sim *sim = CONTAINER_OF(r, struct sim, random);
    unsigned char *to = octets;
    while (n > 0) {
        uint64_t word = dice_next(&sim->ids);
        size_t part = n < sizeof word ? n : sizeof word;
        memcpy(to, &word, part);
        to += part;
        n -= part;
    }
}

/* ---- the scheduler: one step of whoever can do something ---- */

enum actor_kind {
    ACTOR_WORKER,
    ACTOR_WRITER,
    ACTOR_READER,
    ACTOR_PLACE,
    ACTOR_ANSWER,
    ACTOR_PERSON,
    ACTOR_FOLLOWER
};

struct actor {
    enum actor_kind kind;
    unsigned index;
};

struct actors {
    struct actor all[64];
    unsigned count;
};

static void offer(struct actors *a, bool ready, enum actor_kind kind, unsigned index)
{
    if (ready && a->count < ARRAY_LEN(a->all))
        a->all[a->count++] = (struct actor){kind, index};
}

/* Whom `people_act` lets do what he likes; otherwise people only read what comes. */
static void find_actors(struct sim *sim, struct actors *a, bool people_act)
{
    struct house *h = &sim->house;
    a->count = 0;
    for (unsigned i = 0; i < sim->plan.workers; i++) {
        offer(a, worker_is_ready(&h->workers[i]), ACTOR_WORKER, i);
        offer(a, desk_can_place(&h->desk, i), ACTOR_PLACE, i);
    }
    offer(a, sim->now >= sim->store_held_until && house_writer_is_ready(h), ACTOR_WRITER, 0);
    for (unsigned i = 0; i < h->store.reader_count; i++)
        offer(a, house_reader_is_ready(h, i), ACTOR_READER, i);
    offer(a, desk_can_answer(&h->desk, true), ACTOR_ANSWER, 1);
    offer(a, desk_can_answer(&h->desk, false), ACTOR_ANSWER, 0);
    for (unsigned i = 0; i < sim->plan.people; i++)
        offer(a, person_is_ready(&sim->persons[i], people_act), ACTOR_PERSON, i);
    for (unsigned i = 0; i < sim->plan.followers; i++)
        offer(a, follower_is_ready(&sim->followers[i], people_act), ACTOR_FOLLOWER, i);
}

/* A thread that was interrupted comes back when all others have had a turn or more. */
static bool is_delayed(struct sim *sim, const struct actor *a)
{
    return (a->kind == ACTOR_PLACE || a->kind == ACTOR_ANSWER) && dice_chance(&sim->order, sim->plan.delays);
}

static void hold_up(struct sim *sim, struct house_worker *w)
{
    if (!sim->faults_on || !dice_chance(&sim->luck, sim->plan.stalls))
        return;
    int64_t time = dice_between(&sim->luck, 1, STALL_MS) * MICROSECONDS_PER_MS;
    w->held_until = sim->now + time;
    NOTE(sim, STALL, .worker = w->index + 1, .a = time);
}

static void hold_store(struct sim *sim)
{
    if (!sim->faults_on || !dice_chance(&sim->luck, sim->plan.store_holds))
        return;
    int64_t time =
        dice_between(&sim->luck, 1, dice_chance(&sim->luck, 100) ? STORE_HOLD_MS : 500) * MICROSECONDS_PER_MS;
    sim->store_held_until = sim->now + time;
    sim->store_was_held |= time > sim->plan.limits.store_wait / 2;
    NOTE(sim, STALL, .a = time);
}

static void let_act(struct sim *sim, const struct actor *a, bool people_act)
{
    struct house *h = &sim->house;
    switch (a->kind) {
    case ACTOR_WORKER:
        worker_turn(&h->workers[a->index]);
        hold_up(sim, &h->workers[a->index]);
        return;
    case ACTOR_WRITER:
        house_write(h);
        hold_store(sim);
        return;
    case ACTOR_READER: house_read(h, a->index); return;
    case ACTOR_PLACE: desk_place(&h->desk, a->index); return;
    case ACTOR_ANSWER: desk_answer(&h->desk, a->index != 0); return;
    case ACTOR_PERSON: person_step(&sim->persons[a->index], people_act); return;
    case ACTOR_FOLLOWER: follower_step(&sim->followers[a->index]); return;
    }
}

/* Nobody can do anything now: to the next moment when somebody can. False when there is none before `until`. */
static bool pass_time(struct sim *sim, int64_t until, bool people_act)
{
    int64_t wait = house_wait(&sim->house), at = wait == TIMERS_NEVER ? INT64_MAX : sim->now + wait;
    at = timers_sooner(at, desk_wakes(&sim->house.desk));
    if (sim->store_held_until > sim->now)
        at = timers_sooner(at, sim->store_held_until);
    for (unsigned i = 0; i < sim->plan.people; i++)
        at = timers_sooner(at, person_wakes(&sim->persons[i], people_act));
    for (unsigned i = 0; i < sim->plan.followers; i++) {
        const struct follower *f = &sim->followers[i];
        if (people_act || (f->calm && f->worker == NULL))
            at = timers_sooner(at, f->act_at);
    }
    if (at > until) {
        sim->now = until;
        return false;
    }
    sim->now = at > sim->now ? at : sim->now + 1;
    return true;
}

/* One step. False when nothing happens before `until`. */
static bool step(struct sim *sim, int64_t until, bool people_act)
{
    struct actors a;
    find_actors(sim, &a, people_act);
    if (a.count == 0)
        return pass_time(sim, until, people_act);
    sim->now += 1 + dice_below(&sim->order, STEP_TIME);
    const struct actor *chosen = &a.all[dice_below(&sim->order, a.count)];
    if (a.count > 1 && is_delayed(sim, chosen))
        return true;
    let_act(sim, chosen, people_act);
    if (++sim->steps > STEPS_MOST)
        sim_fail(sim, "progress", "the run never comes to rest");
    return true;
}

static void phase(struct sim *sim, const char *name)
{
    NOTE(sim, PHASE, .text = name);
}

/* ---- what happens to everybody ---- */

static void jump(struct sim *sim)
{
    int64_t most = dice_chance(&sim->luck, 500) ? 2 : 3600;
    int64_t by = dice_between(&sim->luck, -most, most) * MICROSECONDS_PER_SECOND;
    by += dice_below(&sim->luck, 1000000);
    sim->wall_ahead += by;
    NOTE(sim, JUMP, .a = by);
}

static void calm(struct sim *sim, int64_t time)
{
    int64_t until = sim->now + time;
    while (!sim->failed && sim->now < until && step(sim, until, false))
        ;
}

static void restart(struct sim *sim)
{
    bool dies = dice_chance(&sim->luck, 600);
    NOTE(sim, RESTART, .text = dies ? "it dies" : "it is told to go");
    if (!dies) {
        house_leave(&sim->house);
        calm(sim, dice_between(&sim->luck, 0, 3000) * MICROSECONDS_PER_MS);
    }
    house_stop(&sim->house, dies);
    if (sim->failed)
        return;
    house_start(&sim->house);
    NOTE(sim, STARTED, .a = 0);
}

/* Nobody acts for a while, sometimes for so long that the log expires: everything comes to rest. */
static void pause_all(struct sim *sim)
{
    phase(sim, "a pause");
    sim->faults_on = false;
    calm(sim, dice_chance(&sim->luck, 300) ? PAUSE_TIME : QUIET_TIME);
    NOTE(sim, CHECK, .text = "those who read have everything");
    if (!sim->failed)
        oracle_quiet(sim);
    sim->faults_on = true;
}

static void change_world(struct sim *sim)
{
    if (dice_chance(&sim->luck, sim->plan.jumps))
        jump(sim);
    if (dice_chance(&sim->luck, sim->plan.readings))
        notices_read(sim);
    if (dice_chance(&sim->luck, sim->plan.restarts) && sim->restarts++ < 3)
        restart(sim);
    if (dice_chance(&sim->luck, sim->plan.pauses) && sim->pauses++ < 3)
        pause_all(sim);
}

/* ---- the run ---- */

static bool is_waiting(const struct sim *sim)
{
    bool waiting = false;
    for (unsigned i = 0; i < sim->plan.people; i++)
        waiting |= sim->persons[i].rest.kind != REST_NONE;
    return waiting;
}

static void until_idle(struct sim *sim)
{
    int64_t until = sim->now + QUIET_TIME;
    while (!sim->failed && is_waiting(sim) && step(sim, until, false))
        ;
}

static void prepare(struct sim *sim)
{
    bool busy = true;
    for (int tries = 0; busy && tries < 50 && !sim->failed; tries++) {
        busy = false;
        for (unsigned i = 0; i < sim->plan.people; i++)
            busy |= person_prepare(&sim->persons[i]);
        until_idle(sim);
    }
    for (unsigned i = 0; i < sim->plan.public_channels + sim->plan.private_channels && !sim->failed; i++) {
        bool is_private = i >= sim->plan.public_channels;
        person_make_channel(&sim->persons[is_private ? 1 + i % (sim->plan.people - 1) : 0], is_private);
        until_idle(sim);
    }
    if (!sim->failed && sim->model.channel_count < sim->plan.public_channels)
        sim_fail(sim, "the preparation", "there are %u channels, not %u", sim->model.channel_count,
                 sim->plan.public_channels);
}

static void storm(struct sim *sim)
{
    unsigned acts = 0;
    sim->faults_on = true;
    while (!sim->failed && sim->acts < sim->plan.acts && step(sim, INT64_MAX, true)) {
        if (sim->acts != acts && !sim->failed)
            change_world(sim);
        acts = sim->acts;
    }
    sim->faults_on = false;
}

static void come_to_rest(struct sim *sim, const char *what)
{
    calm(sim, QUIET_TIME);
    NOTE(sim, CHECK, .text = what);
    if (!sim->failed)
        oracle_quiet(sim);
}

/* In every channel one more message: whoever still follows what he has lost gets it, and should not. */
static void say_last_words(struct sim *sim)
{
    for (unsigned c = 0; c < sim->model.channel_count; c++) {
        bool said = false;
        for (unsigned i = 0; i < sim->plan.people && !said; i++)
            said = person_last_word(&sim->persons[i], c);
    }
}

/* First whoever reads gets everything, while others have stopped (G5); then they go on as well. */
static void settle(struct sim *sim)
{
    phase(sim, "nobody does anything new");
    for (unsigned i = 0; i < sim->plan.followers; i++)
        follower_calm(&sim->followers[i]);
    come_to_rest(sim, "those who read have everything");
    phase(sim, "those who stopped read again");
    for (unsigned i = 0; i < sim->plan.people; i++)
        person_thaw(&sim->persons[i]);
    come_to_rest(sim, "everybody has everything");
    phase(sim, "last words");
    say_last_words(sim);
    come_to_rest(sim, "only those have them who may");
    if (!sim->failed)
        oracle_store(sim);
    if (!sim->failed)
        notices_check(sim);
}

static void end(struct sim *sim)
{
    phase(sim, "everybody leaves");
    if (!sim->failed) {
        for (unsigned i = 0; i < sim->plan.people; i++)
            person_leave(&sim->persons[i]);
        followers_stop(sim);
        calm(sim, QUIET_TIME);
    }
    if (!sim->failed)
        house_stop(&sim->house, false);
    house_release(&sim->house);
    model_release(&sim->model);
}

bool sim_run(struct sim *sim, uint64_t seed, bool aloud)
{
    char words[40];
    memset(sim, 0, sizeof *sim);
    plan_draw(&sim->plan, seed);
    trace_init(&sim->trace, aloud);
    sim->clock = (struct clock){tell_wall, tell_mono};
    sim->random = (struct random){fill};
    sim->wall_ahead = START;
    sim->order = dice_of(seed, PURPOSE_ORDER);
    sim->people = dice_of(seed, PURPOSE_PEOPLE);
    sim->cuts = dice_of(seed, PURPOSE_CUTS);
    sim->luck = dice_of(seed, PURPOSE_LUCK);
    sim->ids = dice_of(seed, PURPOSE_IDS);
    plan_describe(&sim->plan, words, sizeof words);
    NOTE(sim, PLAN, .a = sim->plan.workers, .b = sim->plan.people, .text = words);
    model_init(&sim->model);
    house_init(&sim->house, sim);
    house_start(&sim->house);
    for (unsigned i = 0; i < sim->plan.people; i++)
        person_init(&sim->persons[i], sim, i);
    for (unsigned i = 0; i < sim->plan.followers; i++)
        follower_init(&sim->followers[i], sim, i);
    phase(sim, "accounts and channels are made");
    prepare(sim);
    phase(sim, "the storm");
    storm(sim);
    settle(sim);
    end(sim);
    return !sim->failed;
}
