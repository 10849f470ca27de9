/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_batch.h - the statements of one batch, on one connection, inside a transaction of the
 * caller's.
 *
 * Knows nothing of commits and threads. On an error the caller rolls back and answers with it.
 */
#ifndef PARLEY_ADAPTER_SQLITE_BATCH_H
#define PARLEY_ADAPTER_SQLITE_BATCH_H

#include "adapter/batch_answer.h"
#include "adapter/harvest.h"
#include "adapter/sqlite_db.h"

/* Steps only: rows are copied into the batch's arena. */
enum error sqlite_batch_read(struct sqlite_db *db, struct batch *b);
/* Locks, steps, events (design.md section 4): also fills in seq and time of each event, and harvests what is to be
 * published. */
enum error sqlite_batch_write(struct sqlite_db *db, struct batch *b, struct harvest *harvest);

#endif
