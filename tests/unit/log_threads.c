// SPDX-License-Identifier: MIT
/* The lanes with real threads on both sides: to be run under -DPARLEY_SANITIZE=thread as well. */
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdlib.h>

#include "log/hub.h"
#include "support/test.h"

enum {
    WORKERS = 2,
    TALKERS = 2,    /* publish transient events, trying again when refused */
    WORDS = 5000,   /* of each talker */
    COMMITS = 5000, /* durable events of the one writer */
    CAPACITY = 64
};

/* A worker sleeps until it is woken, so a lost wake-up hangs the test. */
struct worker {
    struct loop loop;
    sem_t wakeups;
    struct lane lane;
    struct lane_sink sink;
    uint64_t words[TALKERS], last, commits, overflows, disorder;
    pthread_t thread;
};

struct talker {
    struct hub *hub;
    unsigned number;
    pthread_t thread;
};

static _Atomic bool stopping;

static void on_wake(struct loop *l)
{
    sem_post(&CONTAINER_OF(l, struct worker, loop)->wakeups);
}

static void on_event(struct lane_sink *sink, struct event *e)
{
    struct worker *w = CONTAINER_OF(sink, struct worker, sink);
    if (e->kind == EVENT_DURABLE) {
        w->disorder += e->seq <= w->last;
        w->last = e->seq;
        w->commits++;
        return;
    }
    uint64_t *words = &w->words[e->stream.data[0] - '0'];
    w->disorder += (uint64_t)e->time != *words;
    ++*words;
}

static void on_overflowed(struct lane_sink *sink)
{
    CONTAINER_OF(sink, struct worker, sink)->overflows++;
}

static void *work(void *argument)
{
    struct worker *w = argument;
    while (!atomic_load(&stopping)) {
        sem_wait(&w->wakeups);
        loop_turn(&w->loop);
    }
    while (loop_turn(&w->loop) != TIMERS_NEVER)
        ;
    return NULL;
}

static void *talk(void *argument)
{
    struct talker *t = argument;
    char name[2] = {(char)('0' + t->number), '\0'};
    for (int64_t i = 0; i < WORDS; i++) {
        struct event_source source = {
            .kind = EVENT_TRANSIENT, .time = i, .stream = slice_from_string(name), .body = SLICE("x")};
        struct event *e = event_new(&source);
        while (!hub_publish_transient(t->hub, e))
            sched_yield();
        event_unref(e);
    }
    return NULL;
}

static void *commit(void *argument)
{
    struct publisher *publisher = argument;
    for (uint64_t seq = 1; seq <= COMMITS; seq++) {
        struct event_source source = {.kind = EVENT_DURABLE, .seq = seq, .stream = SLICE("d")};
        struct event *e = event_new(&source);
        publisher->publish(publisher, e);
        event_unref(e);
    }
    return NULL;
}

static void start_worker(struct worker *w, void (*event)(struct lane_sink *, struct event *))
{
    *w = (struct worker){.last = 0};
    sem_init(&w->wakeups, 0, 0);
    loop_init(&w->loop, &clock_system, &random_system, on_wake);
    w->sink = (struct lane_sink){event, on_overflowed};
    CHECK(lane_init(&w->lane, CAPACITY, &w->loop, &w->sink));
    CHECK(pthread_create(&w->thread, NULL, work, w) == 0);
}

static void check_worker(struct worker *w)
{
    for (size_t t = 0; t < TALKERS; t++)
        CHECK_INT(w->words[t], WORDS);
    CHECK_INT(w->disorder, 0);
    CHECK_INT(w->commits + atomic_load(&w->lane.dropped), COMMITS);
    CHECK((w->overflows > 0) == (atomic_load(&w->lane.dropped) > 0));
    CHECK_INT(atomic_load(&w->lane.used), 0);
}

TEST(threads, "among threads no transient event is lost, doubled or reordered, no durable one dropped in "
              "silence; SB-14")
{
    static struct worker workers[WORKERS];
    struct lane *lanes[WORKERS];
    struct talker talkers[TALKERS];
    struct hub hub;
    pthread_t writer;
    atomic_store(&stopping, false);
    for (size_t i = 0; i < WORKERS; i++) {
        start_worker(&workers[i], on_event);
        lanes[i] = &workers[i].lane;
    }
    hub_init(&hub, lanes, WORKERS);
    for (unsigned i = 0; i < TALKERS; i++) {
        talkers[i] = (struct talker){.hub = &hub, .number = i};
        CHECK(pthread_create(&talkers[i].thread, NULL, talk, &talkers[i]) == 0);
    }
    CHECK(pthread_create(&writer, NULL, commit, &hub.publisher) == 0);
    pthread_join(writer, NULL);
    for (size_t i = 0; i < TALKERS; i++)
        pthread_join(talkers[i].thread, NULL);
    atomic_store(&stopping, true);
    for (size_t i = 0; i < WORKERS; i++) {
        sem_post(&workers[i].wakeups);
        pthread_join(workers[i].thread, NULL);
        check_worker(&workers[i]);
        lane_release(&workers[i].lane);
        sem_destroy(&workers[i].wakeups);
    }
}

/* --- one event at a time: each is the last for a while, so that a wake-up that gets lost shows at once ---
 */

enum {
    ROUNDS = 100000,
    PATIENCE = 10 /* seconds */
};

static _Atomic uint64_t answered;

static void on_call(struct lane_sink *sink, struct event *e)
{
    (void)sink;
    atomic_store(&answered, e->seq);
    /* The next one comes while this turn is about to end: now a little earlier, now a little later. */
    for (volatile uint64_t spins = e->seq % 256; spins > 0; spins--)
        ;
}

static bool await(uint64_t seq)
{
    int64_t deadline = clock_system.mono(&clock_system) + PATIENCE * MICROSECONDS_PER_SECOND;
    for (unsigned spins = 0; atomic_load(&answered) != seq; spins++) {
        if (spins % 256 != 255)
            continue;
        sched_yield();
        if (clock_system.mono(&clock_system) > deadline)
            return false;
    }
    return true;
}

TEST(wakeups, "a worker that is about to sleep when an event comes is woken for it")
{
    static struct worker w;
    atomic_store(&stopping, false);
    atomic_store(&answered, 0);
    start_worker(&w, on_call);
    bool woken = true;
    for (uint64_t seq = 1; woken && seq <= ROUNDS; seq++) {
        struct event_source source = {.kind = EVENT_DURABLE, .seq = seq, .stream = SLICE("d")};
        struct event *e = event_new(&source);
        lane_publish(&w.lane, e);
        event_unref(e);
        woken = await(seq);
    }
    CHECK(woken);
    atomic_store(&stopping, true);
    sem_post(&w.wakeups);
    pthread_join(w.thread, NULL);
    lane_release(&w.lane);
    sem_destroy(&w.wakeups);
}
