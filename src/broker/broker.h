/* SPDX-License-Identifier: MIT
 *
 * broker/broker.h - from a worker's lane to the subscriptions of that worker.
 *
 * One broker per worker, all of it on the worker's thread: no lock, no atomic. Destinations are compared as
 * octets (SB-16). Must not know: protocols, sockets, who may do what.
 *
 * The life of a subscription (the checks of rights run outside, between subscribe and admit):
 *
 *   GONE -subscribe-> PENDING -admit-> READY <-> STALLED (no room) / READING (the table is asked) -> LIVE
 *                                   -> AHEAD (the check saw a head that the lane has not brought yet) -> LIVE
 *   any state -unsubscribe, or failed()-> GONE
 *
 * Promises, for a durable destination: each event with seq > `after` is delivered once, in order of seq,
 * without a gap (G2, G3); after broker_admit() nothing that is published later is missed (SB-13). An event
 * that arrives twice is dropped, one that arrives too early is held for a while, and what does not come at
 * all is read from the log table, with retries as long as the store fails. A transient destination delivers
 * in the order of the lane from broker_admit() on and keeps nothing.
 *
 * Memory: a subscription is embedded by its owner; a destination keeps a bounded history while somebody
 * follows it, and nothing afterwards.
 */
#ifndef PARLEY_BROKER_BROKER_H
#define PARLEY_BROKER_BROKER_H

#include "base/hash.h"
#include "base/list.h"
#include "base/loop.h"
#include "base/metrics.h"
#include "base/table.h"
#include "broker/port.h"
#include "log/lane.h"
#include "log/reader.h"

enum subscription_state {
    SUBSCRIPTION_GONE,
    SUBSCRIPTION_PENDING, /* its check is running */
    SUBSCRIPTION_READY,   /* to be replayed to */
    SUBSCRIPTION_STALLED, /* waits for broker_resume() */
    SUBSCRIPTION_READING, /* waits for the log table */
    SUBSCRIPTION_AHEAD,   /* nothing is missed: waits until the stream has reached its cursor */
    SUBSCRIPTION_LIVE,
    SUBSCRIPTION_STATES
};

struct destination;

struct subscription {
    unsigned magic;
    uint8_t state; /* enum subscription_state */
    bool withdrawn;
    struct list link; /* in its destination, in the list of its state */
    struct destination *destination;
    const struct subscriber *subscriber;
    uint64_t cursor; /* READY to AHEAD: the last seq it has, or need not have */
};

struct broker_options {
    size_t history_count, history_octets; /* of each followed durable destination */
    int64_t history_age;                  /* microseconds */
    size_t held_count, held_octets;       /* events of a destination that came too early */
    int64_t gap_hold;                     /* microseconds until a gap is read from the table */
    int64_t retry_first, retry_most;      /* microseconds between tries while the store fails, doubling */
    struct reader_options read;           /* portions of the log table */
    size_t reads;                         /* portions on their way at a time; other destinations queue */
    size_t turn_replays;                  /* replayed deliveries in one turn of the loop */
};

extern const struct broker_options broker_options_default;

/* One writer, the worker; any thread reads (base/metrics.h). */
struct broker_counters {
    _Atomic uint64_t events;      /* that came from the lane */
    _Atomic uint64_t unfollowed;  /* of those: nobody here follows the destination */
    _Atomic uint64_t deliveries;  /* live and replayed */
    _Atomic uint64_t replays;     /* of those: replayed, */
    _Atomic uint64_t reread;      /* of which so many were not in the history any more */
    _Atomic uint64_t duplicates;  /* durable events that had been seen */
    _Atomic uint64_t early;       /* durable events that were held */
    _Atomic uint64_t gaps;        /* holes that did not close by themselves */
    _Atomic uint64_t overflows;   /* of the lane */
    _Atomic uint64_t reads;       /* of the log table */
    _Atomic uint64_t read_errors; /* of those */
    _Atomic uint64_t unrendered;  /* events that were skipped */
    _Atomic uint64_t lost;        /* subscriptions that failed because what they missed is gone */
    _Atomic uint64_t subscribed, unsubscribed;
    _Atomic uint64_t followed, forgotten; /* destinations: their first subscriber came, their last one left */
    struct histogram fanout;              /* subscribers per live message */
};

struct broker {
    unsigned magic;
    struct lane_sink sink; /* for lane_init() */
    struct loop *loop;
    struct renderer *renderer;
    struct broker_options options;
    struct reader reader;
    struct hash_key key;
    struct table destinations;
    struct list feeds;     /* of the durable destinations */
    struct list replaying; /* of those: the ones with READY subscriptions */
    struct list queued;    /* of those: the ones that wait for their turn to read */
    size_t reads;          /* portions on their way */
    struct mail turn;
    bool turn_posted;
    struct pool messages;
    struct broker_counters counters;
};

/* Borrows all; options are copied. */
void broker_init(struct broker *b, struct loop *loop, struct store *store, struct renderer *renderer,
                 const struct broker_options *options);
/* After the last turn of the loop, when nothing subscribes and no message is referenced any more. */
void broker_release(struct broker *b);

/* Makes s GONE: broker_unsubscribe() is harmless from here on. subscriber is borrowed, usually static. */
void subscription_init(struct subscription *s, const struct subscriber *subscriber);

/* Enters s as PENDING, so that a withdrawal finds it while its check runs; nothing is delivered yet. s must
 * be GONE. The name is copied; which class it has is the same for all subscriptions of one destination.
 * durable: the name is that of the stream. ERR_NONE or ERR_OUT_OF_MEMORY. */
enum error broker_subscribe(struct broker *b, struct subscription *s, struct slice destination, bool durable);

/* The check of a PENDING subscription has passed. Durable: `head` is the seq of the stream that the check
 * found, `after` the position from which the subscriber wants all: head itself, or less to have missed events
 * replayed. (A position beyond the head is the caller's to refuse.) Transient: both 0. live() may be called
 * at once, replays are delivered from a later turn of the loop on. False, and nothing done, when the right
 * was withdrawn meanwhile. */
bool broker_admit(struct broker *b, struct subscription *s, uint64_t after, uint64_t head);

/* The right to it ended: nothing is delivered from now on, whatever the state. The owner unsubscribes when he
 * can. */
void broker_withdraw(struct subscription *s);
/* What a destination stands for is gone, and with it all subscriptions to it: each is removed and its failed() is called
 * with this error; one whose check is running is withdrawn. */
void broker_end(struct broker *b, struct slice destination, enum error error);
/* At any state, from anywhere but deliver() and has_room(). No callback comes afterwards. */
void broker_unsubscribe(struct broker *b, struct subscription *s);
/* Its output has drained. Cheap and harmless in any state. */
void broker_resume(struct broker *b, struct subscription *s);

/* What s follows; SLICE_NONE when it is GONE. Good until it is. */
struct slice subscription_name(const struct subscription *s);

/* One event of the lane, borrowed. Also called through `sink`. */
void broker_event(struct broker *b, struct event *e);
/* The lane has dropped durable events: all followed durable streams catch up from the table. Also through
 * `sink`. */
void broker_overflowed(struct broker *b);
/* Somebody saw that a stream has reached this head: what has not come after the usual hold is read from the
 * table. */
void broker_note_head(struct broker *b, struct slice stream, uint64_t head);

#endif
