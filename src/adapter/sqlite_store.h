/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_store.h - struct store in one SQLite file (design.md section 5): one writer that commits all
 * waiting batches together, and readers with read-only connections of their own.
 *
 * Nobody is answered before the COMMIT (synchronous=FULL: it is on the disk by then), events are published
 * after it in commit order, and answers follow the events. A batch that fails is rolled back alone. What a
 * batch's error means stands in log/port.h; causes go to report().
 *
 * Either sqlite_store_start() gives writer and readers their threads, or the owner calls sqlite_store_step().
 */
#ifndef PARLEY_ADAPTER_SQLITE_STORE_H
#define PARLEY_ADAPTER_SQLITE_STORE_H

#include "adapter/data_folder.h"
#include "adapter/sqlite_reader.h"
#include "adapter/sqlite_writer.h"
#include "log/port.h"

enum {
    SQLITE_READERS = 8 /* at most */
};

struct sqlite_options {
    /* The data folder, made if missing and locked while open; the file in it is "parley.db". Or ":memory:":
     * nothing lasts, all share one connection, and there are no threads. */
    const char *folder;
    unsigned readers;  /* 1 to SQLITE_READERS */
    unsigned group;    /* batches one transaction takes at most */
    unsigned lane;     /* batches of each kind that wait or run; more are ERR_SERVICE_UNAVAILABLE at once */
    int busy;          /* milliseconds to wait for a lock that another program holds */
    int64_t retention; /* microseconds a row of the log is kept; 0: for ever */
    /* One line about a failure: the statement or the act, and what SQLite says. NULL: nobody listens. Called
     * by any of the store's threads. */
    void (*report)(void *to, const char *what, const char *detail);
    void *report_to;
};

/* readers 2, group 512, lane 8192, busy 5 s, retention 7 days */
extern const struct sqlite_options sqlite_defaults;

struct sqlite_store {
    struct store port;
    unsigned magic;
    bool in_memory;
    unsigned lane;
    struct data_folder folder;
    struct sqlite_writer writer;
    struct sqlite_reader readers[SQLITE_READERS];
    unsigned reader_count;
    _Atomic unsigned turn; /* where the search for a reader begins */
    const struct clock *clock;
    _Atomic uint64_t refused; /* batches, at once: the lane was full */
    struct uuid epoch;        /* of the database: `meta`, row `epoch`; constant while it is open */
};

/* Opens or makes the database and brings its schema up to date. False with a problem, and nothing held, when
 * it cannot: a locked folder, a newer schema, a damaged file. `options` is copied; publisher, clock and
 * random must outlive it. */
bool sqlite_store_open(struct sqlite_store *s, const struct sqlite_options *options,
                       struct publisher *publisher, const struct clock *clock, const struct random *random,
                       struct problem *why);
/* Starts the threads; not with ":memory:". False when one cannot be had; close all the same. */
bool sqlite_store_start(struct sqlite_store *s);
/* Any thread: batches that wait or run. */
unsigned sqlite_store_waiting(const struct sqlite_store *s, enum batch_kind kind);
/* Any thread: can it be used, as far as the last write tells? */
bool sqlite_store_is_up(const struct sqlite_store *s);
/* Without threads: runs the writer once, then every reader once. */
void sqlite_store_step(struct sqlite_store *s);
/* Does what waits, ends the threads, moves the write-ahead log into the file, gives the folder back. Nobody
 * submits any more; the loops of the batches must still be there. */
void sqlite_store_close(struct sqlite_store *s);

#endif
