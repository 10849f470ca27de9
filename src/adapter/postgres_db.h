/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_db.h - one connection in pipeline mode that is made anew whenever it is lost: statements
 * go in, their results come out in the same order, and nothing ever waits.
 *
 * Knows nothing of transactions, streams and events. One thread at a time. What was sent and not yet answered
 * when the connection is lost is forgotten here: whoever sent it is told by postgres_db_step(). The first new
 * attempt follows at once, later ones after pauses that double up to a bound; host names are resolved within
 * an attempt, so the thread may be held up by that.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_DB_H
#define PARLEY_ADAPTER_POSTGRES_DB_H

#include "adapter/postgres_prepared.h"
#include "adapter/postgres_target.h"
#include "adapter/postgres_verdict.h"
#include "adapter/store_stats.h"
#include "base/clock.h"

struct pg_conn;
struct pg_result;

struct postgres_report {
    void (*line)(void *to, const char *what, const char *detail);
    void *to;
};

/* What all connections of a store share; outlives them. */
struct postgres_ways {
    const struct clock *clock;
    const struct random *random;
    int64_t connect_timeout; /* of one attempt, microseconds */
    int64_t patience; /* silence, while something is to be answered, after which it is taken for lost */
    struct postgres_report report;
    struct store_stats *stats;
};

enum postgres_phase { POSTGRES_DOWN, POSTGRES_CONNECTING, POSTGRES_READY };

/* What a sent statement was for; the caller gets it back with the result. */
struct postgres_piece {
    const struct statement *statement;  /* NULL: a Sync */
    struct postgres_prepared *prepares; /* our own: the preparation of a statement */
    struct batch *batch;
    unsigned char role, index; /* the caller's */
};

struct postgres_db {
    unsigned magic;
    const struct postgres_ways *ways;
    const struct postgres_target *target;
    struct pg_conn *handle;
    enum postgres_phase phase;
    short events;      /* of poll() that it waits for; 0: none */
    bool stirred;      /* they came */
    bool given_up;     /* of no use any more: the next step loses it */
    int64_t deadline;  /* DOWN: of the next attempt. Else: when it is taken for lost; INT64_MAX: never */
    unsigned failures; /* attempts in a row */
    unsigned losses;   /* of connections that had not answered anything, nor lived long */
    int64_t since;     /* READY: when it became so */
    struct postgres_prepared_set prepared;
    struct postgres_piece *pieces; /* a ring: those sent and not yet answered */
    size_t room, first, count;     /* room: a power of two */
    bool answered;                 /* the first of them has been given out; its end is still to come */
};

enum postgres_outcome {
    POSTGRES_NOTHING, /* to be had now */
    POSTGRES_ROWS,    /* `result`, to be given back by postgres_db_clear() */
    POSTGRES_FAILED,  /* verdict; reported already */
    POSTGRES_SKIPPED, /* something before it in the same Sync has failed */
    POSTGRES_SYNCED
};

struct postgres_answer {
    struct postgres_piece piece;
    struct pg_result *result;
    enum postgres_verdict verdict;
};

/* Borrows both. Not connected yet: the first step begins that. */
void postgres_db_init(struct postgres_db *db, const struct postgres_ways *ways,
                      const struct postgres_target *target);
void postgres_db_release(struct postgres_db *db);

/* Connects, receives, sends, as far as that goes without waiting. True when the connection was lost in this
 * step (or could not be made): pieces are gone. */
bool postgres_db_step(struct postgres_db *db);
/* For poll(): -1 when there is nothing to wait for but the deadline. */
int postgres_db_descriptor(const struct postgres_db *db);
/* Lost, and the last attempt to make it anew has failed: nobody knows when it will be back. */
bool postgres_db_is_down(const struct postgres_db *db);

/* Only when READY. Prepares the statement first when this connection does not know it. Borrows the values
 * until it returns. What cannot be sent shows as a loss in the next step. */
void postgres_db_send(struct postgres_db *db, const struct postgres_piece *piece, const struct value *values);
/* Ends a segment: what fails in it skips the rest of it, and nothing behind. */
void postgres_db_sync(struct postgres_db *db);
/* Asks for the answers so far, without ending the segment. */
void postgres_db_flush(struct postgres_db *db);
/* The next answer. */
enum postgres_outcome postgres_db_next(struct postgres_db *db, struct postgres_answer *answer);
void postgres_db_clear(struct postgres_answer *answer);
/* Gives the connection up; the next step says that it is lost. Until then what is sent goes nowhere. */
void postgres_db_give_up(struct postgres_db *db);

#endif
