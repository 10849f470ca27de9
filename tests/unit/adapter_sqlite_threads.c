// SPDX-License-Identifier: MIT
#include <semaphore.h>

#include "adapter/sqlite_store.h"
#include "support/scratch.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum {
    WORKERS = 4,
    WINDOW = 8, /* batches of a worker that are on their way at a time */
    PER_WORKER = 150,
    STREAMS = 2
};

static const char *const stream_names[STREAMS] = {"even", "odd"};

/* The writer's thread alone: what it publishes, checked as it comes. */
struct recorder {
    struct publisher publisher;
    uint64_t last[STREAMS];
    int64_t time[STREAMS];
    int wrong;
};

static void on_publish(struct publisher *p, struct event *e)
{
    struct recorder *r = CONTAINER_OF(p, struct recorder, publisher);
    size_t s = slice_equals(e->stream, SLICE("odd"));
    r->wrong += e->seq != r->last[s] + 1 || e->time <= r->time[s];
    r->last[s] = e->seq;
    r->time[s] = e->time;
}

/* A thread with a loop, as net/ has it, but for sockets. */
struct worker {
    struct store_fixture fixture; /* its loop, and what attempts need */
    struct loop *loop;
    sem_t wakeups;
    pthread_t thread;
    unsigned number;
    uint64_t acknowledged[STREAMS]; /* the highest place it knows to be committed */
    int wrong;
};

static void wake(struct loop *l)
{
    struct store_fixture *f = CONTAINER_OF(l, struct store_fixture, home);
    sem_post(&CONTAINER_OF(f, struct worker, fixture)->wakeups);
}

static void wait_for(struct worker *w, const struct attempt *a)
{
    while (a->answers == 0) {
        while (sem_wait(&w->wakeups) == -1)
            continue;
        (void)loop_turn(w->loop);
    }
}

/* What this worker was told is committed, any reader must find. */
static void check_read(struct worker *w, size_t stream)
{
    struct attempt a;
    attempt_init(&a, &w->fixture, BATCH_READ, 1000);
    batch_add(&a.batch, &LOG_HEAD)->values[0] = value_text(slice_from_string(stream_names[stream]));
    attempt_submit(&a);
    wait_for(w, &a);
    w->wrong += a.batch.error != ERR_NONE;
    uint64_t head =
        a.batch.steps[0].rows.count == 0 ? 0 : (uint64_t)rows_at(&a.batch.steps[0].rows, 0, 0)->number;
    w->wrong += head < w->acknowledged[stream];
    attempt_release(&a);
}

static void *work(void *argument)
{
    struct worker *w = argument;
    struct attempt window[WINDOW];
    for (unsigned done = 0; done < PER_WORKER; done += WINDOW) {
        for (unsigned i = 0; i < WINDOW; i++)
            attempt_announce(&window[i], &w->fixture, stream_names[i % STREAMS], w->number * 10000 + done + i,
                             i % 5 != 4);
        for (unsigned i = 0; i < WINDOW; i++) {
            wait_for(w, &window[i]);
            w->wrong += window[i].batch.error != ERR_NONE || window[i].answers != 1;
            w->wrong += (attempt_seq(&window[i]) == 0) != (i % 5 == 4);
            if (attempt_seq(&window[i]) > w->acknowledged[i % STREAMS])
                w->acknowledged[i % STREAMS] = attempt_seq(&window[i]);
            attempt_release(&window[i]);
        }
        check_read(w, done / WINDOW % STREAMS);
    }
    return NULL;
}

static void start(struct worker *w, unsigned number, struct sqlite_store *s)
{
    store_fixture_init(&w->fixture);
    w->fixture.store = &s->port;
    w->fixture.home.wake = wake;
    w->loop = &w->fixture.home;
    w->number = number;
    w->wrong = 0;
    memset(w->acknowledged, 0, sizeof w->acknowledged);
    int rc = sem_init(&w->wakeups, 0, 0);
    assert(rc == 0);
    rc = pthread_create(&w->thread, NULL, work, w);
    assert(rc == 0);
}

TEST(workers,
     "many workers at once: one gap-free order per stream, and each reads what he was told; G1 G2 G3")
{
    static struct worker workers[WORKERS];
    struct recorder recorder = {.publisher = {on_publish}};
    struct sqlite_options options = sqlite_defaults;
    struct sqlite_store store;
    struct scratch folder;
    struct problem why;
    scratch_init(&folder);
    options.folder = folder.path;
    CHECK(sqlite_store_open(&store, &options, &recorder.publisher, &clock_system, &random_system, &why));
    CHECK(sqlite_store_start(&store));
    for (unsigned i = 0; i < WORKERS; i++)
        start(&workers[i], i, &store);
    uint64_t highest[STREAMS] = {0};
    for (unsigned i = 0; i < WORKERS; i++) {
        pthread_join(workers[i].thread, NULL);
        CHECK_INT(workers[i].wrong, 0);
        for (size_t s = 0; s < STREAMS; s++)
            highest[s] = workers[i].acknowledged[s] > highest[s] ? workers[i].acknowledged[s] : highest[s];
        sem_destroy(&workers[i].wakeups);
        store_fixture_release(&workers[i].fixture);
    }
    sqlite_store_close(&store);
    CHECK_INT(recorder.wrong, 0);
    CHECK(recorder.last[0] == highest[0] && recorder.last[1] == highest[1]);
    CHECK(highest[0] > 0 && highest[1] > 0);
    scratch_release(&folder);
}
