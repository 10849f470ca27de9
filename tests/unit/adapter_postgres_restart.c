// SPDX-License-Identifier: MIT
//
// The server crashes under load and comes back: with the store's own thread.
#include <semaphore.h>
#include <time.h>

#include "adapter/postgres_store.h"
#include "support/postgres.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum {
    WINDOW = 64, /* batches on their way at a time */
    ROUNDS = 3,
    PATIENCE = 60 /* seconds */
};

static const char *const streams[] = {"alpha", "beta", "gamma", "delta"};

struct load {
    struct store_fixture fixture;
    struct postgres_store store;
    sem_t wakeups;
    struct attempt attempts[WINDOW];
    unsigned next; /* number of a batch */
    unsigned acknowledged, refused;
    uint64_t last[ARRAY_LEN(streams)]; /* published by the store's thread */
    int wrong;
};

/* The store's thread. In the order of its stream; what was published before the loss may come again. */
static void on_publish(struct publisher *p, struct event *e)
{
    struct load *l = CONTAINER_OF(CONTAINER_OF(p, struct store_fixture, publisher), struct load, fixture);
    for (size_t i = 0; i < ARRAY_LEN(streams); i++) {
        if (!slice_equals(e->stream, slice_from_string(streams[i])))
            continue;
        l->wrong += e->seq > l->last[i] + 1;
        if (e->seq > l->last[i])
            l->last[i] = e->seq;
    }
}

static void wake(struct loop *loop)
{
    struct store_fixture *f = CONTAINER_OF(loop, struct store_fixture, home);
    sem_post(&CONTAINER_OF(f, struct load, fixture)->wakeups);
}

static void load_open(struct load *l)
{
    struct postgres_options options = postgres_defaults;
    struct problem why;
    memset(l, 0, sizeof *l);
    store_fixture_init(&l->fixture);
    l->fixture.home.wake = wake;
    l->fixture.publisher.publish = on_publish;
    sem_init(&l->wakeups, 0, 0);
    postgres_empty();
    options.address.url = postgres_url();
    options.lanes = 2;
    options.group = 8;
    bool opened =
        postgres_store_open(&l->store, &options, &l->fixture.publisher, &clock_system, &random_system, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    assert(opened);
    l->fixture.store = &l->store.port;
    bool started = postgres_store_start(&l->store);
    assert(started);
}

static void load_close(struct load *l)
{
    postgres_store_close(&l->store);
    sem_destroy(&l->wakeups);
    store_fixture_release(&l->fixture);
}

static void submit_window(struct load *l)
{
    for (unsigned i = 0; i < WINDOW; i++, l->next++)
        attempt_announce(&l->attempts[i], &l->fixture, streams[l->next % ARRAY_LEN(streams)], l->next, true);
}

/* False when that took too long. */
static bool wait_for_window(struct load *l)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += PATIENCE;
    for (unsigned i = 0; i < WINDOW; i++) {
        while (l->attempts[i].answers == 0) {
            if (sem_timedwait(&l->wakeups, &until) != 0)
                return false;
            (void)loop_turn(&l->fixture.home);
        }
    }
    return true;
}

/* Acknowledged: it is there, where it was said. Refused: as it may be, but whole. */
static void check_window(struct load *l)
{
    for (unsigned i = 0; i < WINDOW; i++) {
        struct attempt *a = &l->attempts[i];
        char sql[256], id[UUID_TEXT + 1] = "";
        uuid_format(&a->id, id);
        CHECK_INT(a->answers, 1);
        if (a->batch.error == ERR_NONE) {
            l->acknowledged++;
            snprintf(sql, sizeof sql, "SELECT seq FROM log JOIN channels USING (id) WHERE id = '%s'", id);
            CHECK_INT(postgres_sql(sql), attempt_seq(a));
        } else {
            l->refused++;
            CHECK_INT(a->batch.error, ERR_SERVICE_UNAVAILABLE);
        }
        attempt_release(a);
    }
}

static void check_whole(struct load *l)
{
    CHECK_INT(postgres_sql("SELECT count(*) FROM (SELECT stream FROM log GROUP BY stream"
                           " HAVING count(*) <> max(seq) OR min(seq) <> 1) AS t"),
              0);
    CHECK_INT(postgres_sql("SELECT count(*) FROM log FULL JOIN channels USING (id)"
                           " WHERE log.seq IS NULL OR channels.name IS NULL"),
              0);
    CHECK_INT(postgres_sql("SELECT count(*) FROM streams s WHERE s.seq <>"
                           " (SELECT max(seq) FROM log WHERE stream = s.name)"),
              0);
    CHECK(postgres_sql("SELECT count(*) FROM log") >= l->acknowledged);
}

static bool run_window(struct load *l)
{
    submit_window(l);
    bool answered = wait_for_window(l);
    CHECK(answered);
    if (answered)
        check_window(l);
    return answered;
}

static bool is_crowded(struct load *l)
{
    return l->store.port.is_crowded(&l->store.port);
}

/* Refused without waiting for the server. */
static void check_down(struct load *l)
{
    const struct timespec nap = {.tv_nsec = 10000000};
    for (int i = 0; i < PATIENCE * 100 && !is_crowded(l); i++)
        (void)nanosleep(&nap, NULL);
    CHECK(is_crowded(l));
    CHECK(!postgres_store_is_up(&l->store));
    struct attempt a;
    attempt_init(&a, &l->fixture, BATCH_READ, 1024);
    batch_add(&a.batch, &LOG_HEAD)->values[0] = value_text(SLICE("alpha"));
    attempt_submit(&a);
    while (a.answers == 0) {
        while (sem_wait(&l->wakeups) == -1)
            continue;
        (void)loop_turn(&l->fixture.home);
    }
    CHECK_INT(a.batch.error, ERR_SERVICE_UNAVAILABLE);
    attempt_release(&a);
}

TEST(restart,
     "the server crashes under load: what was acknowledged stays, once; others are refused; it recovers by "
     "itself; G1 G2 G3")
{
    static struct load l;
    if (postgres_url() == NULL)
        return;
    load_open(&l);
    bool going = run_window(&l);
    CHECK_INT(l.acknowledged, WINDOW);
    for (int round = 0; round < ROUNDS && going; round++) {
        submit_window(&l);
        postgres_crash();
        check_down(&l);
        postgres_start();
        going = wait_for_window(&l);
        CHECK(going);
        if (going)
            check_window(&l);
        for (int tries = 0; tries < PATIENCE && is_crowded(&l); tries++)
            (void)nanosleep(&(struct timespec){.tv_sec = 1}, NULL);
        CHECK(counter_get(&l.store.stats.losses) > 0 && counter_get(&l.store.refused) > 0);
        unsigned before = l.acknowledged;
        going = going && run_window(&l);
        CHECK_INT(l.acknowledged, before + WINDOW);
        check_whole(&l);
    }
    load_close(&l);
    CHECK_INT(l.wrong, 0);
    printf("# %u acknowledged, %u refused\n", l.acknowledged, l.refused);
}

TEST(unreachable, "closing does not wait for a server that is gone")
{
    static struct load l;
    if (postgres_url() == NULL)
        return;
    load_open(&l);
    submit_window(&l);
    postgres_crash();
    load_close(&l);
    (void)loop_turn(&l.fixture.home);
    for (unsigned i = 0; i < WINDOW; i++) {
        CHECK_INT(l.attempts[i].answers, 1);
        attempt_release(&l.attempts[i]);
    }
    postgres_start();
}
