// SPDX-License-Identifier: MIT
#include "base/timers.h"

static int64_t tick_of(int64_t at)
{
    return at / TIMERS_TICK + (at % TIMERS_TICK > 0); /* upwards: never early */
}

static size_t slot_of(int64_t tick)
{
    return (uint64_t)tick % TIMERS_SLOTS;
}

static void put_in_slot(struct timers *ts, size_t slot, struct timer *t)
{
    list_append(&ts->slots[slot], &t->link);
    ts->occupied[slot / 64] |= UINT64_C(1) << slot % 64;
}

void timers_init(struct timers *ts, int64_t now)
{
    for (size_t i = 0; i < TIMERS_SLOTS; i++)
        list_init(&ts->slots[i]);
    memset(ts->occupied, 0, sizeof ts->occupied);
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
    put_in_slot(ts, slot_of(tick), t);
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
static void run_slot(struct timers *ts, size_t slot, int64_t now)
{
    struct list due;
    list_init(&due);
    list_take_all(&due, &ts->slots[slot]);
    for (struct list *node = list_pop(&due); node != NULL; node = list_pop(&due)) {
        struct timer *t = CONTAINER_OF(node, struct timer, link);
        if (t->at > now) {
            put_in_slot(ts, slot, t);
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
    while (ts->tick <= last)
        run_slot(ts, slot_of(ts->tick++), now);
}

/* The first occupied slot among those of one word from `slot` on; TIMERS_SLOTS when there is none. Bits of
 * slots that have become empty are cleared here, once each,
 * so that stopping a timer need not know its slot. */
static size_t first_occupied(struct timers *ts, size_t slot)
{
    uint64_t *word = &ts->occupied[slot / 64], from_here = UINT64_MAX << slot % 64;
    while ((*word & from_here) != 0) {
        size_t found = slot / 64 * 64 + (size_t)__builtin_ctzll(*word & from_here);
        if (!list_is_empty(&ts->slots[found]))
            return found;
        *word &= ~(UINT64_C(1) << found % 64);
    }
    return TIMERS_SLOTS;
}

int64_t timers_wait(struct timers *ts, int64_t now)
{
    if (ts->count == 0)
        return TIMERS_NEVER;
    size_t start = slot_of(ts->tick);
    for (size_t ahead = 0; ahead < TIMERS_SLOTS;) {
        size_t slot = (start + ahead) % TIMERS_SLOTS, found = first_occupied(ts, slot);
        if (found == TIMERS_SLOTS) {
            ahead += 64 - slot % 64; /* the next word; the first one's lower slots come again at the end */
            continue;
        }
        ahead += found - slot;
        int64_t at = (ts->tick + (int64_t)ahead) * TIMERS_TICK;
        return at > now ? at - now : 0;
    }
    return 0; /* asked from inside timers_run(), which holds what is due */
}
