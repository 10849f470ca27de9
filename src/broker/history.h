/* SPDX-License-Identifier: MIT
 *
 * broker/history.h - a bounded run of messages of one stream with consecutive positions.
 *
 * What a destination keeps of what it delivered, and what it keeps of a portion of the log table while
 * subscriptions are replayed to. Only a cache: when there is no memory it forgets, and the table is read.
 * Empty it holds no memory.
 */
#ifndef PARLEY_BROKER_HISTORY_H
#define PARLEY_BROKER_HISTORY_H

#include "broker/message.h"

struct history_limits {
    size_t count, octets;
};

struct history {
    struct message **ring;
    uint32_t room, start, count; /* room is 0 or a power of two */
    uint64_t first;              /* seq of the oldest */
    size_t octets;
};

void history_clear(struct history *h);
/* The next message, by its event's seq; unless the run continues with it, the run starts anew. Takes a
 * reference of its own; the oldest go when a limit is passed. */
void history_push(struct history *h, struct message *m, const struct history_limits *limits);
/* Forgets what was born before. */
void history_expire(struct history *h, int64_t before);
/* When the oldest was born; the history must not be empty. */
int64_t history_oldest(const struct history *h);
/* NULL when it is not here. Borrowed. */
struct message *history_at(const struct history *h, uint64_t seq);

#endif
