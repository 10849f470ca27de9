/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_writer.h - one connection that writes: a group of waiting batches, one transaction, then
 * publish, then answer.
 *
 *   IDLE        nothing is under way.
 *   RUNNING     BEGIN, the locks of all streams of the group in name order, and every statement of every batch
 *               are sent, and asked to be answered. Nothing is written unless COMMIT follows.
 *   COMMITTING  all answers were good, the events are made; COMMIT and a Sync are sent. Whether it was written
 *               is known when the Sync comes back.
 *   UNDOING     something was not good; ROLLBACK is sent. When it is through, the batches are tried alone.
 *
 * When the connection is lost the batches of the group come first on the next one, each alone; if COMMIT was
 * sent they are `unknown`: they wait for as long as it takes, since nobody may be told that nothing was
 * written.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_WRITER_H
#define PARLEY_ADAPTER_POSTGRES_WRITER_H

#include "adapter/postgres_batch.h"
#include "adapter/postgres_queue.h"

enum postgres_writer_phase { WRITER_IDLE, WRITER_RUNNING, WRITER_COMMITTING, WRITER_UNDOING };

struct postgres_writer {
    struct postgres_db db;
    struct postgres_queue *queue;
    struct publisher *publisher;
    enum postgres_writer_phase phase;
    unsigned limit;         /* batches of a group */
    struct batch **group;   /* `limit` places: those that run, or are to be tried alone */
    size_t first, count;    /* group[first, count) are left; those before are answered */
    size_t running;         /* how many from `first` on the transaction has */
    size_t unknown;         /* how many from `first` on may have been written already */
    unsigned tries, losses; /* of group[first] alone */
    enum error error;       /* of the transaction that is undone */
    bool again;             /* it is worth a second try */
    struct slice *names;    /* of its streams */
    struct harvest harvest; /* of the transaction that runs */
};

/* False when out of memory; release all the same. Borrows everything. */
bool postgres_writer_init(struct postgres_writer *w, const struct postgres_ways *ways,
                          const struct postgres_target *target, struct postgres_queue *queue,
                          struct publisher *publisher, unsigned limit);
/* Nothing of it is left to answer. */
void postgres_writer_release(struct postgres_writer *w);
/* As far as it goes without waiting. */
void postgres_writer_step(struct postgres_writer *w);
/* Answers what it holds, whatever became of it: the store closes. */
void postgres_writer_abandon(struct postgres_writer *w);

#endif
