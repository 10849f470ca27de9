// SPDX-License-Identifier: MIT
//
// Several instances write to the same streams of one database, each in groups of its own making.
#include <time.h>

#include "adapter/postgres_store.h"
#include "support/postgres.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum { INSTANCES = 3, WINDOW = 48, ROUNDS = 4, PATIENCE = 60 /* seconds */ };

static const char *const streams[] = {"alpha", "beta", "gamma", "delta", "events"};

struct instance {
    struct store_fixture fixture;
    struct postgres_store store;
    struct attempt attempts[WINDOW];
};

static void instance_open(struct instance *i, unsigned seed)
{
    struct postgres_options options = postgres_defaults;
    struct problem why;
    store_fixture_init(&i->fixture);
    i->fixture.seed = seed;
    options.address.url = postgres_url();
    options.lanes = 2;
    options.group = 16;
    bool opened =
        postgres_store_open(&i->store, &options, &i->fixture.publisher, &clock_system, &random_system, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    assert(opened);
    i->fixture.store = &i->store.port;
    bool started = postgres_store_start(&i->store);
    assert(started);
}

/* Each in another order, so that groups meet crosswise; every third announces on two streams. */
static void submit(struct instance *in, unsigned which, unsigned round)
{
    for (unsigned i = 0; i < WINDOW; i++) {
        unsigned number = (round * INSTANCES + which) * WINDOW + i;
        size_t stream = (i * (which + 1)) % ARRAY_LEN(streams);
        struct attempt *a = &in->attempts[i];
        attempt_prepare(a, &in->fixture, streams[stream], number, true);
        if (i % 3 == 0)
            (void)batch_stream(&a->batch,
                               slice_from_string(streams[(stream + 1 + which) % ARRAY_LEN(streams)]));
        attempt_submit(a);
    }
}

static bool wait_for(struct instance *in)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    time_t end = time(NULL) + PATIENCE;
    for (unsigned i = 0; i < WINDOW; i++) {
        while (in->attempts[i].answers == 0) {
            if (time(NULL) >= end)
                return false;
            (void)nanosleep(&nap, NULL);
            (void)loop_turn(&in->fixture.home);
        }
    }
    return true;
}

static bool settle(struct instance *in)
{
    bool answered = wait_for(in);
    CHECK(answered);
    for (unsigned i = 0; answered && i < WINDOW; i++) {
        CHECK_INT(in->attempts[i].batch.error, ERR_NONE);
        CHECK(attempt_seq(&in->attempts[i]) > 0);
        attempt_release(&in->attempts[i]);
    }
    return answered;
}

TEST(instances,
     "three instances that write to the same streams in groups make one gap-free order of each; G1 G3")
{
    static struct instance instances[INSTANCES];
    if (postgres_url() == NULL)
        return;
    postgres_empty();
    for (unsigned i = 0; i < INSTANCES; i++)
        instance_open(&instances[i], i + 1);
    bool going = true;
    for (unsigned round = 0; round < ROUNDS && going; round++) {
        for (unsigned i = 0; i < INSTANCES; i++)
            submit(&instances[i], i, round);
        for (unsigned i = 0; i < INSTANCES; i++)
            going = settle(&instances[i]) && going;
    }
    CHECK_INT(postgres_sql("SELECT count(*) FROM log JOIN channels USING (id)"), ROUNDS * INSTANCES * WINDOW);
    CHECK_INT(postgres_sql("SELECT count(*) FROM (SELECT stream FROM log GROUP BY stream"
                           " HAVING count(*) <> max(seq) OR min(seq) <> 1) AS t"),
              0);
    CHECK_INT(
        postgres_sql("SELECT count(*) FROM (SELECT time <= lag(time) OVER (PARTITION BY stream ORDER BY seq)"
                     " AS wrong FROM log) AS t WHERE wrong"),
        0);
    CHECK_INT(postgres_sql("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"), 0);
    for (unsigned i = 0; i < INSTANCES; i++) {
        postgres_store_close(&instances[i].store);
        store_fixture_release(&instances[i].fixture);
    }
}
