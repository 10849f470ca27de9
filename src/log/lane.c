// SPDX-License-Identifier: MIT
#include "log/lane.h"

enum { LANE_MAGIC = 0x4c414e45 };

static void lane_run(struct mail *mail);

bool lane_init(struct lane *l, size_t capacity, struct loop *loop, struct lane_sink *sink)
{
    OBJ_INIT(l, LANE_MAGIC);
    atomic_init(&l->used, 0);
    atomic_init(&l->overflowed, false);
    atomic_init(&l->signalled, false);
    atomic_init(&l->dropped, 0);
    l->mail.run = lane_run;
    l->loop = loop;
    l->sink = sink;
    return ring_init(&l->ring, capacity);
}

void lane_release(struct lane *l)
{
    OBJ_CHECK(l, LANE_MAGIC);
    for (struct event *e = ring_pop(&l->ring); e != NULL; e = ring_pop(&l->ring))
        event_unref(e);
    ring_release(&l->ring);
    OBJ_DEAD(l);
}

/* The exchange orders what was placed before it: either this producer sees the worker's exchange and posts,
 * or the worker sees this one's and finds what was placed. A plain load instead would lose wakeups. */
static void lane_signal(struct lane *l)
{
    if (!atomic_exchange_explicit(&l->signalled, true, memory_order_acq_rel))
        loop_post(l->loop, &l->mail);
}

bool lane_reserve(struct lane *l)
{
    if (atomic_fetch_add_explicit(&l->used, 1, memory_order_acquire) < l->ring.capacity)
        return true;
    lane_give_back(l);
    return false;
}

void lane_give_back(struct lane *l)
{
    atomic_fetch_sub_explicit(&l->used, 1, memory_order_release);
}

void lane_place(struct lane *l, struct event *e)
{
    OBJ_CHECK(l, LANE_MAGIC);
    /* The worker frees the slot before it gives the room back, so whoever has reserved finds one. */
    bool placed = ring_push(&l->ring, event_ref(e));
    assert(placed);
    lane_signal(l);
}

void lane_publish(struct lane *l, struct event *e)
{
    OBJ_CHECK(l, LANE_MAGIC);
    if (lane_reserve(l)) {
        lane_place(l, e);
        return;
    }
    atomic_fetch_add_explicit(&l->dropped, 1, memory_order_relaxed);
    atomic_store_explicit(&l->overflowed, true, memory_order_release);
    lane_signal(l);
}

/* One turn's worth. The flag falls before anything is taken: what comes later signals anew. */
static void lane_run(struct mail *mail)
{
    struct lane *l = CONTAINER_OF(mail, struct lane, mail);
    OBJ_CHECK(l, LANE_MAGIC);
    (void)atomic_exchange_explicit(&l->signalled, false, memory_order_acq_rel);
    if (atomic_exchange_explicit(&l->overflowed, false, memory_order_acquire))
        l->sink->overflowed(l->sink);
    size_t octets = 0;
    for (int i = 0; i < LANE_TURN && octets < LANE_TURN_OCTETS; i++) {
        struct event *e = ring_pop(&l->ring);
        if (e == NULL)
            return;
        lane_give_back(l);
        octets += e->headers.len + e->body.len;
        l->sink->event(l->sink, e);
        event_unref(e);
    }
    lane_signal(l); /* there may be more: in the next turn */
}
