/* SPDX-License-Identifier: MIT
 *
 * broker/feed.h - what a durable destination has besides its subscriptions: its position, and how holes are
 * closed.
 *
 * Invariants, from the moment it is positioned:
 *   - every admitted subscription that is LIVE has got, or need not have, everything up to and including `last`;
 *   - READY, STALLED and READING ones have cursor < last or are about to go live, AHEAD ones have cursor > last;
 *   - `known` >= last is the highest seq that is known to be committed; while they differ the gap timer runs, or
 *     `behind` is set, or a catch-up read is on its way, so no hole stays open for good;
 *   - the history holds nothing beyond `last`, the held events lie beyond last + 1.
 * feed.c keeps them for what comes out of the lane; replay.c serves those who missed something, and reads the
 * table.
 */
#ifndef PARLEY_BROKER_FEED_H
#define PARLEY_BROKER_FEED_H

#include "broker/destination.h"
#include "broker/held.h"
#include "broker/history.h"

struct feed {
    unsigned magic;
    bool positioned; /* last means something */
    bool behind;     /* a catch-up read is owed */
    /* The portion on its way begins at what was `last`, not at a READING subscription's cursor. */
    bool catching_up;
    bool taking;      /* a portion is being taken: callbacks must not start the next one yet */
    uint8_t failures; /* of reads, in a row */
    struct broker *broker;
    struct destination *destination;
    struct list link, replaying, queued; /* in the broker's lists feeds, replaying, queued */
    struct list ready, reading, ahead;   /* subscriptions */
    uint64_t last, known;
    uint64_t asked; /* what the table had to have then: `known` for a catch-up, `last` for a replay */
    struct history history;
    struct history window; /* the latest portion that was read for a replay */
    struct held held;
    struct reading portion;
    struct timer gap, retry, aging;
};

struct feed *feed_new(struct broker *b, struct destination *d);
/* NULL is allowed. */
void feed_free(struct feed *f);
/* The list of READY, READING or AHEAD. */
struct list *feed_list(struct feed *f, enum subscription_state state);
void feed_drop_window(struct feed *f);

/* An event of the lane. */
void feed_event(struct feed *f, struct event *e);
/* Everything may have been missed. */
void feed_overflowed(struct feed *f);
/* The stream is known to have reached this. */
void feed_note_head(struct feed *f, uint64_t head);
/* The check of s, which is PENDING, has passed. May call live(). */
void feed_admit(struct feed *f, struct subscription *s, uint64_t after, uint64_t head);

/* For replay.c. */
/* The event at last + 1: to everybody live and into the history. False without memory: then it counts as a
 * hole, to be read again after a while. */
bool feed_accept(struct feed *f, struct event *e);
/* Accepts what was held and is due now; minds the gap timer. To be called after last has moved. */
void feed_settle(struct feed *f);
/* What lies between last and `upto` cannot be had any more: every admitted subscription that misses some of
 * it fails. */
void feed_lose(struct feed *f, uint64_t upto);
/* Fails the members of a list of admitted subscriptions. */
void feed_fail_all(struct feed *f, struct list *failing);
void feed_start_aging(struct feed *f);

#endif
