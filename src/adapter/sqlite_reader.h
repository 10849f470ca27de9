/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_reader.h - a service that runs read batches, each on one consistent snapshot of what was
 * committed.
 */
#ifndef PARLEY_ADAPTER_SQLITE_READER_H
#define PARLEY_ADAPTER_SQLITE_READER_H

#include "adapter/sqlite_batch.h"
#include "adapter/store_stats.h"
#include "base/service.h"

struct sqlite_reader {
    struct service service;
    struct sqlite_db *db; /* `own`, or the writer's when the database is in memory */
    struct sqlite_db own;
    struct store_stats stats;
    _Atomic unsigned unfinished; /* batches that wait or run */
};

void sqlite_reader_init(struct sqlite_reader *r, struct sqlite_db *db, const struct clock *clock);
/* Any thread. */
void sqlite_reader_submit(struct sqlite_reader *r, struct batch *b);

#endif
