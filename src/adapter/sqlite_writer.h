/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_writer.h - the one service that writes: group commit, then publish, then answer.
 *
 *   BEGIN IMMEDIATE; for each batch a savepoint and its statements; COMMIT
 *   publish the events
 *   post the batches home
 *
 * Expiry of old log rows and checkpoints of the write-ahead log run here too, after the answers, in portions.
 */
#ifndef PARLEY_ADAPTER_SQLITE_WRITER_H
#define PARLEY_ADAPTER_SQLITE_WRITER_H

#include "adapter/sqlite_batch.h"
#include "adapter/store_stats.h"
#include "base/service.h"

struct sqlite_writer {
    struct service service;
    struct sqlite_db db;
    struct publisher *publisher;
    const struct clock *clock;
    unsigned group;
    struct batch **batches; /* of the transaction that runs: `group` places */
    enum error *errors;     /* of each of them */
    size_t batch_count;
    struct harvest harvest; /* of the transaction that runs */
    int64_t retention;
    int64_t next_sweep; /* monotonic */
    bool sweeping;      /* rows are left that have expired */
    int wal_pages;      /* in the write-ahead log after the last commit */
    struct store_stats stats;
    _Atomic unsigned unfinished; /* batches that wait or run */
};

/* False when out of memory; release all the same. w->db is opened by the caller, who then attaches the writer
 * to it. */
bool sqlite_writer_init(struct sqlite_writer *w, struct publisher *publisher, const struct clock *clock,
                        unsigned group, int64_t retention);
/* From now on the writer makes the checkpoints of w->db. */
void sqlite_writer_attach(struct sqlite_writer *w);
/* Its service has stopped. The connection is left open. */
void sqlite_writer_release(struct sqlite_writer *w);
/* Any thread. */
void sqlite_writer_submit(struct sqlite_writer *w, struct batch *b);

#endif
