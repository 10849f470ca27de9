/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_reader.h - one connection that reads: several batches on their way at a time, each a
 * segment and a transaction of its own that sees one moment.
 *
 * A lost connection costs them nothing but time: they are sent again on the next one.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_READER_H
#define PARLEY_ADAPTER_POSTGRES_READER_H

#include "adapter/postgres_batch.h"
#include "adapter/postgres_queue.h"

enum { POSTGRES_READING = 16 /* batches under way on one connection: those behind wait for those before */ };

struct postgres_reader {
    struct postgres_db db;
    struct postgres_queue *queue;
    struct batch *batches[POSTGRES_READING]; /* a ring: under way, or to be sent again */
    size_t first, count;
    size_t sent;      /* of `count`, on this connection */
    bool begun;       /* the first has had results: they take up room in its arena */
    enum error error; /* of the first */
    unsigned losses;  /* connections since one was answered */
};

/* Borrows everything. */
void postgres_reader_init(struct postgres_reader *r, const struct postgres_ways *ways,
                          const struct postgres_target *target, struct postgres_queue *queue);
/* Nothing of it is left to answer. */
void postgres_reader_release(struct postgres_reader *r);
/* As far as it goes without waiting. */
void postgres_reader_step(struct postgres_reader *r);
/* Answers what it holds: the store closes. */
void postgres_reader_abandon(struct postgres_reader *r);

#endif
