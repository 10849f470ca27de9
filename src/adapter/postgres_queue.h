/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_queue.h - batches that wait for a connection, oldest first.
 *
 * Bounded: who submits asks `unfinished` first, on any thread. The rest belongs to the store's thread. A lane
 * of writes has a queue of its own; the desks share one, and so do the readers.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_QUEUE_H
#define PARLEY_ADAPTER_POSTGRES_QUEUE_H

#include "adapter/batch_answer.h"
#include "adapter/store_stats.h"

struct postgres_queue {
    struct mail *first, *last;
    _Atomic unsigned unfinished; /* batches that wait or run */
    _Atomic bool down;           /* none of its connections is there, nor was when it was last tried */
    struct store_stats *stats;   /* the store's */
};

static inline void postgres_queue_put(struct postgres_queue *q, struct batch *b)
{
    b->mail.next = NULL;
    if (q->first == NULL)
        q->first = &b->mail;
    else
        q->last->next = &b->mail;
    q->last = &b->mail;
}

static inline struct batch *postgres_queue_peek(const struct postgres_queue *q)
{
    return q->first == NULL ? NULL : CONTAINER_OF(q->first, struct batch, mail);
}

static inline struct batch *postgres_queue_take(struct postgres_queue *q)
{
    struct batch *b = postgres_queue_peek(q);
    if (b != NULL)
        q->first = q->first->next;
    return b;
}

/* Answers a batch that came out of this queue. */
static inline void postgres_queue_answer(struct postgres_queue *q, struct batch *b, enum error error)
{
    atomic_fetch_sub_explicit(&q->unfinished, 1, memory_order_relaxed);
    store_stats_answered(q->stats, b, error);
    batch_answer(b, error);
}

/* Answers all that wait. */
static inline void postgres_queue_refuse(struct postgres_queue *q)
{
    struct batch *b;
    while ((b = postgres_queue_take(q)) != NULL)
        postgres_queue_answer(q, b, ERR_SERVICE_UNAVAILABLE);
}

#endif
