/* SPDX-License-Identifier: MIT
 *
 * adapter/store_stats.h - what a store counts: how long batches take, how many share a transaction, and what
 * goes wrong.
 *
 * Each thread of a store has one of its own, and is its only writer; any thread reads (base/metrics.h).
 */
#ifndef PARLEY_ADAPTER_STORE_STATS_H
#define PARLEY_ADAPTER_STORE_STATS_H

#include "base/clock.h"
#include "base/metrics.h"
#include "log/port.h"

/* So long after the last write that failed for the store's own reasons it is taken for fit again: only the next
 * write can tell. */
#define STORE_STATS_DOUBT (10 * MICROSECONDS_PER_SECOND)

struct store_stats {
    const struct clock *clock;
    struct histogram took[2];         /* by enum batch_kind: from submit() to the answer */
    struct histogram group;           /* batches of a transaction that writes */
    _Atomic uint64_t failed;          /* batches that were answered with an error */
    _Atomic uint64_t again;           /* tried again, because they lost against others */
    _Atomic uint64_t unknown;         /* tried again, because nobody knew whether they had been written */
    _Atomic uint64_t losses, returns; /* of connections to a server */
    _Atomic int64_t doubted_until;    /* since a write failed for the store's own reasons */
};

void store_stats_init(struct store_stats *s, const struct clock *clock);
/* The batch is about to be answered. */
void store_stats_answered(struct store_stats *s, const struct batch *b, enum error error);
/* A transaction of so many batches has been committed. */
void store_stats_committed(struct store_stats *s, size_t batches);
/* Any thread: has no write failed lately? */
bool store_stats_is_well(const struct store_stats *s);

#endif
