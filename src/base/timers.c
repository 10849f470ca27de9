// SPDX-License-Identifier: MIT
#include "base/timers.h"

static int64_t tick_of(int64_t at)
{
    return (at + TIMERS_TICK - 1) / TIMERS_TICK; /* upwards: never early */
}

static struct list *slot_of(struct timers *ts, int64_t tick)
{
    return &ts->slots[(uint64_t)tick % TIMERS_SLOTS];
}

void timers_init(struct timers *ts, int64_t now)
{
    for (size_t i = 0; i < TIMERS_SLOTS; i++)
        list_init(&ts->slots[i]);
    ts->tick = now / TIMERS_TICK;
    ts->count = 0;
}

void timer_init(struct timer *t, void (*fire)(struct timer *))
{
    list_init(&t->link);
    t->at = 0;
    t->fire = fire;
}

void timer_start(struct timers *ts, struct timer *t, int64_t at)
{
    timer_stop(ts, t);
    int64_t tick = tick_of(at);
    if (tick < ts->tick)
        tick = ts->tick;
    t->at = at;
    list_append(slot_of(ts, tick), &t->link);
    ts->count++;
}

void timer_stop(struct timers *ts, struct timer *t)
{
    if (!timer_is_running(t))
        return;
    list_remove(&t->link);
    ts->count--;
}

/* Timers of later turns of the wheel share the slot: they are put back. */
static void run_slot(struct timers *ts, struct list *slot, int64_t now)
{
    struct list due;
    list_init(&due);
    list_take_all(&due, slot);
    for (struct list *node = list_pop(&due); node != NULL; node = list_pop(&due)) {
        struct timer *t = CONTAINER_OF(node, struct timer, link);
        if (t->at > now) {
            list_append(slot, node);
            continue;
        }
        ts->count--;
        t->fire(t);
    }
}

void timers_run(struct timers *ts, int64_t now)
{
    int64_t last = now / TIMERS_TICK;
    /* After a long stop one turn of the wheel visits every slot; more would visit them in vain. */
    if (last - ts->tick >= TIMERS_SLOTS)
        ts->tick = last - TIMERS_SLOTS + 1;
    while (ts->tick <= last) {
        int64_t tick = ts->tick++;
        run_slot(ts, slot_of(ts, tick), now);
    }
}

int64_t timers_wait(const struct timers *ts, int64_t now)
{
    if (ts->count == 0)
        return TIMERS_NEVER;
    for (int64_t i = 0; i < TIMERS_SLOTS; i++) {
        int64_t tick = ts->tick + i;
        if (!list_is_empty(&ts->slots[(uint64_t)tick % TIMERS_SLOTS])) {
            int64_t at = tick * TIMERS_TICK;
            return at > now ? at - now : 0;
        }
    }
    return 0;
}
