// SPDX-License-Identifier: MIT
#include "base/timers.h"

#include <stdlib.h>

#include "support/test.h"

static struct timers wheel;
static int64_t told; /* the time of the last timers_run() */
static unsigned fired;

struct probe {
    struct timer timer;
    int64_t fired_at;
    unsigned times;
    struct probe *stops, *starts;
};

static void on_fire(struct timer *t)
{
    struct probe *p = CONTAINER_OF(t, struct probe, timer);
    CHECK(!timer_is_running(t));
    CHECK(t->at <= told); /* never early */
    p->fired_at = told;
    p->times++;
    fired++;
    if (p->stops != NULL)
        timer_stop(&wheel, &p->stops->timer);
    if (p->starts != NULL)
        timer_start(&wheel, &p->starts->timer, told + TIMERS_TICK);
}

static void run(int64_t now)
{
    told = now;
    timers_run(&wheel, now);
}

static void start(struct probe *p, int64_t at)
{
    if (p->timer.fire == NULL)
        timer_init(&p->timer, on_fire);
    timer_start(&wheel, &p->timer, at);
}

TEST(due, "a timer fires once, not early and not more than a tick late")
{
    timers_init(&wheel, 5000);
    struct probe p = {0};
    start(&p, 100000);
    CHECK(timer_is_running(&p.timer));
    for (int64_t now = 5000; now < 200000; now += 1000) {
        run(now);
        CHECK(p.times == 0 || now >= 100000);
        CHECK(p.times == 1 || now < 100000 + TIMERS_TICK);
    }
    CHECK_INT(p.times, 1);
    CHECK_INT(wheel.count, 0);
}

TEST(move, "starting a running timer moves it; stopping is harmless at any time")
{
    timers_init(&wheel, 0);
    struct probe p = {0};
    start(&p, 100000);
    start(&p, 900000);
    CHECK_INT(wheel.count, 1);
    run(800000);
    CHECK_INT(p.times, 0);
    timer_stop(&wheel, &p.timer);
    timer_stop(&wheel, &p.timer);
    CHECK_INT(wheel.count, 0);
    run(2000000);
    CHECK_INT(p.times, 0);
    start(&p, 1000); /* in the past: with the next tick */
    run(2000000 + TIMERS_TICK);
    CHECK_INT(p.times, 1);
}

TEST(turns, "timers further away than a turn of the wheel wait for their own turn, after a long stop too")
{
    timers_init(&wheel, 0);
    struct probe near = {0}, far = {0}, never = {0};
    int64_t turn = TIMERS_SLOTS * TIMERS_TICK;
    start(&near, 3 * TIMERS_TICK);
    start(&far, 3 * TIMERS_TICK + turn);
    start(&never, TIMERS_NEVER);
    run(10 * TIMERS_TICK);
    CHECK(near.times == 1 && far.times == 0);
    run(turn);
    CHECK_INT(far.times, 0);
    run(9 * turn + 7);
    CHECK_INT(far.times, 1);
    CHECK(never.times == 0 && timer_is_running(&never.timer));
    timer_stop(&wheel, &never.timer);
}

TEST(inside, "a firing timer may stop or start others that are due, and itself")
{
    timers_init(&wheel, 0);
    struct probe victim = {0}, other = {0}, self = {0}, killer = {.stops = &victim, .starts = &other};
    self.starts = &self;
    timer_init(&victim.timer, on_fire);
    timer_init(&other.timer, on_fire);
    start(&killer, 50000);
    start(&victim, 50000);
    start(&self, 50000);
    run(70000);
    CHECK(killer.times == 1 && victim.times == 0 && other.times == 0 && self.times == 1);
    run(70000 + 2 * TIMERS_TICK);
    CHECK(other.times == 1 && self.times == 2);
    CHECK_INT(wheel.count, 1);
    timer_stop(&wheel, &self.timer);
}

TEST(wait, "the wait ends no later than the first timer, exactly at its tick within a turn, and is NEVER "
           "without timers")
{
    timers_init(&wheel, 0);
    CHECK(timers_wait(&wheel, 0) == TIMERS_NEVER);
    struct probe p = {0};
    for (int64_t now = 0; now < 40 * 64 * TIMERS_TICK; now += 7 * TIMERS_TICK + 5) {
        run(now);
        for (int64_t ahead = 1; ahead < TIMERS_SLOTS; ahead += 31) {
            int64_t at = (now / TIMERS_TICK + ahead) * TIMERS_TICK;
            start(&p, at);
            CHECK_INT(timers_wait(&wheel, now), at - now);
        }
        timer_stop(&wheel, &p.timer);
        CHECK(timers_wait(&wheel, now) == TIMERS_NEVER);
    }
    start(&p, told + 50 * TIMERS_SLOTS * TIMERS_TICK);
    int64_t wait = timers_wait(&wheel, told);
    CHECK(wait >= 0 && wait <= TIMERS_SLOTS * TIMERS_TICK);
    timer_stop(&wheel, &p.timer);
}

TEST(many, "random starts, stops and waits fire what a list of times says, driven by timers_wait() alone")
{
    enum { MANY = 300 };
    static struct probe probes[MANY];
    srand(7);
    timers_init(&wheel, 0);
    memset(probes, 0, sizeof probes);
    unsigned expected = 0;
    fired = 0;
    for (size_t i = 0; i < MANY; i++)
        start(&probes[i], rand() % 60000000);
    for (size_t i = 0; i < MANY; i += 5)
        timer_stop(&wheel, &probes[i].timer);
    for (size_t i = 0; i < MANY; i++)
        expected += timer_is_running(&probes[i].timer);
    unsigned turns = 0;
    for (int64_t now = 0, wait = 0; wait != TIMERS_NEVER; wait = timers_wait(&wheel, now)) {
        now += wait;
        run(now);
        turns++;
    }
    CHECK_INT(fired, expected);
    CHECK(turns < 3 * MANY);
    for (size_t i = 0; i < MANY; i++)
        CHECK(probes[i].times == 0 || probes[i].fired_at < probes[i].timer.at + TIMERS_TICK);
}
