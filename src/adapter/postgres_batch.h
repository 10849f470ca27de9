/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_batch.h - the statements of one batch on their way to the server, and what their results
 * make of it.
 *
 * Knows nothing of transactions. The order of pieces is that of design.md section 4: locks of streams, steps,
 * and for each event its append, the raise of its stream, and what then stands in the log; events of what the steps
 * take away come before them.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_BATCH_H
#define PARLEY_ADAPTER_POSTGRES_BATCH_H

#include "adapter/harvest.h"
#include "adapter/postgres_db.h"

/* Locks these streams, in name order and each once. Sorts the names. */
void postgres_batch_lock(struct postgres_db *db, struct slice *names, size_t count);
void postgres_batch_send(struct postgres_db *db, struct batch *b);
/* Takes away the rows of streams that no event has ever come to, where this batch's were refused. */
void postgres_batch_tidy(struct postgres_db *db, struct batch *b);
/* A statement without parameters, such as COMMIT, that belongs to no batch. */
void postgres_batch_command(struct postgres_db *db, const struct statement *statement);
/* Takes what was sent by these functions, and harvests (NULL: a batch that only reads) what is to be published.
 * Not ERR_NONE: the batch has failed by it. */
enum error postgres_batch_take(const struct postgres_answer *answer, struct harvest *harvest);
/* What a batch costs on its way, roughly. */
size_t postgres_batch_octets(const struct batch *b);

#endif
