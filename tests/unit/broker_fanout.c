// SPDX-License-Identifier: MIT
/* What one delivery costs inside the broker, printed and not judged: budgets are measured by bench/. */
#include <time.h>

#include "support/broker_world.h"

static struct world w;
static uint64_t taken;

static void take(struct subscription *s, struct message *m)
{
    (void)s;
    taken += m->body->len;
}

static bool has_room(struct subscription *s)
{
    (void)s;
    return true;
}

static void on_live(struct subscription *s)
{
    (void)s;
}

static void on_failed(struct subscription *s, enum error error)
{
    (void)s;
    (void)error;
}

static const struct subscriber taker = {take, has_room, on_live, on_failed};

/* Like a connection: the subscription is a small part of it. */
struct session {
    struct subscription sub;
    char rest[512];
};

static double nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double measure(size_t subscribers, size_t events)
{
    struct session *sessions = calloc(subscribers, sizeof *sessions);
    world_init(&w, &broker_options_default);
    for (size_t i = 0; i < subscribers; i++) {
        subscription_init(&sessions[i].sub, &taker);
        broker_subscribe(&w.broker, &sessions[i].sub, w.table.names[0], true);
        broker_admit(&w.broker, &sessions[i].sub, 0, 0);
    }
    taken = 0;
    double begin = nanoseconds();
    for (size_t i = 0; i < events; i++)
        world_commit(&w, 0, true);
    double each = (nanoseconds() - begin) / (double)(events * subscribers);
    CHECK_INT(w.broker.counters.deliveries, subscribers * events);
    for (size_t i = 0; i < subscribers; i++)
        broker_unsubscribe(&w.broker, &sessions[i].sub);
    world_release(&w);
    free(sessions);
    return each;
}

TEST(fanout, "every subscriber gets every event, however many there are; what one delivery costs is printed")
{
    printf("# ns per delivery: %.1f with 10, %.1f with 1000, %.1f with 50000 subscribers\n",
           measure(10, 2000), measure(1000, 1000), measure(50000, 20));
    CHECK(taken > 0);
}
