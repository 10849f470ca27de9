/* SPDX-License-Identifier: MIT
 *
 * log/lane.h - the one way by which events reach a worker: a bounded queue of references, filled by any
 * thread.
 *
 * When a lane is full, a durable event is dropped and the lane says so to its worker, who reads from the log
 * table what it missed (design.md section 4); a transient event is refused before it is placed anywhere,
 * which is why room is reserved first. The worker's loop is woken only when it does not know yet that
 * something waits. Knows nothing of who subscribes.
 */
#ifndef PARLEY_LOG_LANE_H
#define PARLEY_LOG_LANE_H

#include "base/loop.h"
#include "base/ring.h"
#include "log/event.h"

enum {
    LANE_CAPACITY = 8192, /* a fair default: events */
    /* What is handed out in one turn of the loop, so that sockets get theirs in between: without the bound on
     * octets a burst would pass the send limit of peers that read as fast as they can.
     * Rendering may grow an event sixfold. */
    LANE_TURN = 512,              /* events */
    LANE_TURN_OCTETS = 64 * 1024, /* of events; the last one may pass it */
};

/* Who takes the events, on the worker's thread. */
struct lane_sink {
    /* Borrowed: whoever keeps it takes a reference. */
    void (*event)(struct lane_sink *, struct event *);
    /* Durable events were dropped. All that were are committed already, so the table has them. */
    void (*overflowed)(struct lane_sink *);
};

struct lane {
    unsigned magic;
    struct ring ring;
    char apart[RING_LINE];
    _Atomic size_t used; /* placed, or reserved for what is about to be */
    _Atomic bool overflowed;
    _Atomic bool signalled; /* the mail is on its way */
    _Atomic uint64_t dropped;
    struct mail mail;
    struct loop *loop;
    struct lane_sink *sink;
};

/* False, and nothing to be released, when out of memory. The worker's loop must outlive the lane's producers. */
bool lane_init(struct lane *l, size_t capacity, struct loop *loop, struct lane_sink *sink);
/* The worker, when nobody publishes any more and its loop takes no more turns. Gives back what is still
 * inside. */
void lane_release(struct lane *l);

/* Any thread. A durable event: placed with a reference of its own, or dropped with the overflow noted. */
void lane_publish(struct lane *l, struct event *e);

/* Any thread. Room for one event, to be given back or filled by lane_place(). False when the lane is full. */
bool lane_reserve(struct lane *l);
void lane_give_back(struct lane *l);
/* Any thread, after lane_reserve(). Takes a reference of its own. */
void lane_place(struct lane *l, struct event *e);

#endif
