/* SPDX-License-Identifier: MIT
 *
 * base/timers.h - many timers that are rarely due.
 *
 * A wheel of slots: starting and stopping is O(1) and touches only the slot, whatever the number of timers.
 * An idle connection has one timer that is not moved at each octet: its owner remembers when something was
 * last heard and decides, when the timer fires, whether to start it again (so liveness costs nothing while
 * there is traffic).
 *
 * Precision is TIMERS_TICK. A timer never fires early. Not shared between threads; knows no clock: time is
 * told.
 */
#ifndef PARLEY_BASE_TIMERS_H
#define PARLEY_BASE_TIMERS_H

#include <stdint.h>

#include "base/list.h"

enum { TIMERS_SLOTS = 1024 };
#define TIMERS_TICK  INT64_C(16384) /* microseconds, a power of two near 16 ms */
#define TIMERS_NEVER INT64_MAX

/* The earlier of two points in time. */
static inline int64_t timers_sooner(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

struct timer {
    struct list link;
    int64_t at; /* microseconds, on the same clock that timers_run() is told */
    void (*fire)(struct timer *);
};

struct timers {
    struct list slots[TIMERS_SLOTS];
    /* A bit per slot; an empty slot may keep its bit until somebody looks. */
    uint64_t occupied[TIMERS_SLOTS / 64];
    int64_t tick; /* everything due before this tick has fired */
    uint64_t count;
};

void timers_init(struct timers *ts, int64_t now);
void timer_init(struct timer *t, void (*fire)(struct timer *));
static inline bool timer_is_running(const struct timer *t)
{
    return list_is_linked(&t->link);
}
/* Fires once, at `at` or up to a tick later; a running timer is moved. */
void timer_start(struct timers *ts, struct timer *t, int64_t at);
/* Harmless when it is not running. */
void timer_stop(struct timers *ts, struct timer *t);
/* Fires all that are due. A timer that fires is stopped first and may start itself again. */
void timers_run(struct timers *ts, int64_t now);
/* How long the loop may sleep, in microseconds: TIMERS_NEVER without timers, never more than one turn of the
 * wheel. */
int64_t timers_wait(struct timers *ts, int64_t now);

#endif
