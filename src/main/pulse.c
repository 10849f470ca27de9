// SPDX-License-Identifier: MIT
#include "main/pulse.h"

#include "base/object.h"

static void beat(struct pulse *p)
{
    atomic_store_explicit(&p->last, p->loop->now, memory_order_relaxed);
    timer_start(&p->loop->timers, &p->timer, p->loop->now + PULSE_BEAT);
}

static void on_timer(struct timer *t)
{
    beat(CONTAINER_OF(t, struct pulse, timer));
}

void pulse_start(struct pulse *p, struct loop *loop)
{
    p->loop = loop;
    timer_init(&p->timer, on_timer);
    beat(p);
}

bool pulse_is_felt(const struct pulse *p, int64_t now)
{
    return now - atomic_load_explicit(&p->last, memory_order_relaxed) <= PULSE_PATIENCE;
}
