/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_store.h - struct store in PostgreSQL (design.md section 5): one thread that drives several
 * connections in pipeline mode.
 *
 *   lanes    write what has streams: all batches of a stream by the same connection, many in one transaction
 *   desks    write what has none: each its own transaction, whichever desk is free
 *   readers  read
 *
 * Nobody is answered before the COMMIT has been confirmed, events are published after it in the order of
 * their stream, and answers follow the events. A batch whose connection is lost is tried again on the next
 * one; while there is none, new batches are ERR_SERVICE_UNAVAILABLE at once. What a batch's error means
 * stands in log/port.h; causes go to report().
 *
 * Either postgres_store_start() gives it its thread, or the owner calls postgres_store_step() and
 * postgres_store_wait() in turns.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_STORE_H
#define PARLEY_ADAPTER_POSTGRES_STORE_H

#include <stdio.h>

#include "adapter/postgres_reader.h"
#include "adapter/postgres_schema.h"
#include "adapter/postgres_sweep.h"
#include "adapter/postgres_writer.h"
#include "base/hash.h"
#include "base/service.h"

enum { POSTGRES_LANES = 16, POSTGRES_DESKS = 4, POSTGRES_READERS = 8 /* at most */ };

struct postgres_options {
    struct postgres_address address;
    unsigned lanes, desks, readers; /* connections of each kind, at least 1 */
    unsigned group;                 /* batches one transaction takes at most */
    unsigned room;         /* batches of each kind that wait or run, shared equally by the lanes; more are
                                  ERR_SERVICE_UNAVAILABLE at once */
    int connect_timeout;   /* milliseconds one attempt may take */
    int statement_timeout; /* milliseconds the server gives a statement */
    int64_t wait;          /* microseconds to wait at the start for a server that does not answer yet */
    int64_t retention;     /* microseconds a row of the log is kept; 0: for ever */
    /* One line about a failure: the statement or the act, and what the server says. NULL: nobody listens.
     * Called by the store's thread. */
    void (*report)(void *to, const char *what, const char *detail);
    void *report_to;
};

/* lanes 4, desks 2, readers 2, group 128, room 8192, connect 5 s, statement 10 s, wait 30 s, retention 7 days */
extern const struct postgres_options postgres_defaults;

struct postgres_store {
    struct store port;
    unsigned magic;
    struct service service;
    int wakeups; /* an eventfd */
    struct postgres_ways ways;
    struct postgres_target writing, reading;
    unsigned room, lane_count, desk_count, reader_count;
    struct hash_key key; /* from the name of a stream to its lane */
    struct postgres_queue lane_queues[POSTGRES_LANES], desk_queue, read_queue;
    struct postgres_writer lanes[POSTGRES_LANES], desks[POSTGRES_DESKS];
    struct postgres_reader readers[POSTGRES_READERS];
    struct postgres_sweep sweep;
    struct store_stats stats;
    _Atomic uint64_t refused; /* batches, at once: no connection, or no room */
    struct uuid epoch;        /* of the database: `meta`, row `epoch`; constant while it is open */
};

/* Connects, brings the schema up to date, and makes the store ready to step. False with a problem, and
 * nothing held, when it cannot. `options` is copied but for the address, which it borrows, like publisher,
 * clock and random. */
bool postgres_store_open(struct postgres_store *s, const struct postgres_options *options,
                         struct publisher *publisher, const struct clock *clock, const struct random *random,
                         struct problem *why);
/* Starts the thread. False when there is none to be had; close all the same. */
bool postgres_store_start(struct postgres_store *s);
/* Without the thread: does what can be done without waiting. */
void postgres_store_step(struct postgres_store *s);
/* Without the thread: waits until a step has something to do, at most so many microseconds. */
void postgres_store_wait(struct postgres_store *s, int64_t most);
/* Nothing waits and nothing is under way. */
bool postgres_store_is_idle(struct postgres_store *s);
/* Every connection is there. The store's thread, or whoever steps. */
bool postgres_store_is_whole(struct postgres_store *s);
/* Any thread: batches that wait or run. */
unsigned postgres_store_waiting(const struct postgres_store *s, enum batch_kind kind);
/* Any thread: is there a connection of each kind? */
bool postgres_store_is_up(const struct postgres_store *s);
/* Does what waits, as long as the server answers; refuses the rest; ends the thread and the connections.
 * Nobody submits any more; the loops of the batches must still be there. */
void postgres_store_close(struct postgres_store *s);

/* Says on `out` what a start would do to the schema, and does nothing. False with a problem. */
bool postgres_store_check(const struct postgres_options *options, const struct clock *clock, FILE *out,
                          struct problem *why);

#endif
