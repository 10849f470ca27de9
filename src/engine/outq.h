/* SPDX-License-Identifier: MIT
 *
 * engine/outq.h - what waits to be written to one peer.
 *
 * An entry is a few octets of its own (a WebSocket frame head, the part of a MESSAGE that differs per
 * subscriber) in front of a shared frame: queueing a broadcast copies no body. Entries come from the worker's
 * pool, so an idle connection holds nothing. Knows nothing of descriptors: net/ asks for iovecs and says how
 * much went out.
 */
#ifndef PARLEY_ENGINE_OUTQ_H
#define PARLEY_ENGINE_OUTQ_H

#include <sys/uio.h>

#include "base/frame.h"
#include "base/pool.h"
#include "base/slice.h"

enum {
    OUTQ_HEAD = 46 /* octets of an entry's own; makes an entry one cache line */
};

struct outq_entry {
    struct outq_entry *next;
    struct frame *frame; /* may be NULL */
    bool goes_on;        /* the next entry is the rest of the same push: one is nothing without the other */
    unsigned char head_len;
    unsigned char head[OUTQ_HEAD];
};

struct outq {
    struct outq_entry *first, *last;
    size_t bytes;  /* that wait, of all entries */
    uint32_t sent; /* octets of the first entry that are out already */
    bool in_rest;  /* the first entry is the rest of a push that has begun to leave */
};

void outq_init(struct outq *q);
/* Drops everything that has not begun to leave (all: also that). What was pushed together stays together. */
void outq_clear(struct outq *q, struct pool *entries, bool all);
bool outq_valid(const struct outq *q);

static inline bool outq_is_empty(const struct outq *q)
{
    return q->first == NULL;
}

/* Queues head, then frame (which may be NULL), taking a reference of its own. False, and nothing queued, when
 * out of memory. */
bool outq_push(struct outq *q, struct pool *entries, struct slice head, struct frame *frame);
/* Fills up to max iovecs with what is to be written next. Returns how many. Valid until the next call. */
int outq_iov(const struct outq *q, struct iovec *iov, int max);
/* Says that n octets have left; n <= bytes. True when the first entry, or more, was finished. */
bool outq_sent(struct outq *q, struct pool *entries, size_t n);
/* Octets that wait behind what is being written (protocols.md LM-2). */
size_t outq_behind(const struct outq *q);

#endif
