/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_batch.h - the statements of one batch, on one connection, inside a transaction of the
 * caller's.
 *
 * Knows nothing of commits and threads. On an error the caller rolls back and answers with it.
 */
#ifndef PARLEY_ADAPTER_SQLITE_BATCH_H
#define PARLEY_ADAPTER_SQLITE_BATCH_H

#include "adapter/sqlite_db.h"

/* Steps only: rows are copied into the batch's arena. */
enum error sqlite_batch_read(struct sqlite_db *db, struct batch *b);
/* Takes the events of a batch as they come into the log; the source is good during the call. False when there is no
 * memory. */
struct sqlite_events {
    bool (*add)(void *to, const struct event_source *source);
    void *to;
};
/* Locks, steps, events: also fills in seq and time of each event (design.md section 4). */
enum error sqlite_batch_write(struct sqlite_db *db, struct batch *b, const struct sqlite_events *events);
/* Posts it home, where done() runs. Results of a failed batch are cleared. The batch is not ours any more. */
void sqlite_batch_answer(struct batch *b, enum error error);

#endif
