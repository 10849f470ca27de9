// SPDX-License-Identifier: MIT
#include "adapter/store_stats.h"

void store_stats_init(struct store_stats *s, const struct clock *clock)
{
    *s = (struct store_stats){.clock = clock};
}

static void note_write(struct store_stats *s, enum error error, int64_t now)
{
    if (error == ERR_NONE)
        atomic_store_explicit(&s->doubted_until, 0, memory_order_relaxed);
    else if (error == ERR_SERVICE_UNAVAILABLE)
        atomic_store_explicit(&s->doubted_until, now + STORE_STATS_DOUBT, memory_order_relaxed);
}

void store_stats_answered(struct store_stats *s, const struct batch *b, enum error error)
{
    int64_t now = s->clock->mono(s->clock), took = now - b->submitted;
    histogram_observe(&s->took[b->kind], &histogram_time, took < 0 ? 0 : (uint64_t)took, now);
    if (error != ERR_NONE)
        counter_add(&s->failed, 1);
    if (b->kind == BATCH_WRITE)
        note_write(s, error, now);
}

void store_stats_committed(struct store_stats *s, size_t batches)
{
    histogram_observe(&s->group, &histogram_count, batches, s->clock->mono(s->clock));
}

bool store_stats_is_well(const struct store_stats *s)
{
    return s->clock->mono(s->clock) >= atomic_load_explicit(&s->doubted_until, memory_order_relaxed);
}
