/* SPDX-License-Identifier: MIT
 *
 * log/port.h - what the log and the domain ask of a store: batches of statements that commit as a whole, and
 * the hand that publishes what was committed.
 *
 * A batch is what one operation reads or writes (design.md section 4). Statements are rows of static tables,
 * written once with ?N; an adapter may override one where its dialect demands it. A write batch that
 * publishes declares its streams: the adapter locks their rows in name order before the first statement, so
 * that inside the batch `streams.seq` and `streams.time` are stable; it raises them after the last statement
 * if, and only if, log rows were inserted. An event whose id is already in the log is "already done": nothing
 * is raised, and it counts as success.
 *
 * Threads: a batch belongs to the worker that made it until submit(), to the store until done() is posted,
 * and to the worker again from then on; its arena goes with it. done() always runs, exactly once, on
 * batch->home.
 */
#ifndef PARLEY_LOG_PORT_H
#define PARLEY_LOG_PORT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/loop.h"
#include "base/mailbox.h"
#include "base/uuid.h"
#include "log/event.h"

enum value_kind {
    VALUE_NULL,
    VALUE_INT,
    VALUE_TEXT,
    VALUE_BLOB,
    VALUE_UUID,    /* octets: 16 */
    VALUE_INSTANT, /* number: microseconds since 1970 */
};

/* A parameter or a column. Stores without the types UUID and INSTANT give back BLOB and INT. */
struct value {
    enum value_kind kind;
    int64_t number;
    struct slice octets;
};

struct statement {
    const char *name; /* for logs, metrics and prepared statements; unique in the program */
    const char *sql;
    unsigned parameters; /* the N of its highest ?N */
};

enum { BATCH_STEPS = 12, BATCH_STREAMS = 4, BATCH_EVENTS = 4, BATCH_VALUES = 12 };
enum { EVENT_ID_COUNTER = 4 /* octets at the end of an id in which the rows of one event differ */ };

struct rows {
    size_t count, columns;
    struct value *values; /* count * columns, row by row, in the batch's arena */
};

struct batch_step {
    const struct statement *statement;
    struct value values[BATCH_VALUES];
    struct rows rows; /* what it returned */
};

/* Events of this batch. `append` is a statement of the domain that inserts log rows at streams.seq + 1, + 2 and so on
 * if, and only if, the change that they announce was made (by this batch or by an earlier try of it) and they are not
 * in the log yet:
 *
 *   INSERT INTO log (stream, seq, time, audience, id, envelope)
 *   SELECT ... FROM streams JOIN ... ON CONFLICT (id) DO NOTHING
 *
 * It runs after the steps of the batch, or before them, for what they delete. It cannot depend on what the program saw of the statements before it: stores pipeline the whole batch. What stands in
 * the log under the ids of the event is published after the commit. */
struct batch_event {
    struct uuid id, last; /* of its rows: the least and the greatest; the same for a single row */
    size_t stream;        /* index into batch->streams */
    bool before;          /* appended before the steps, for what they take away */
    struct batch_step append;
    /* Set by the store: where the first of them stands in its stream; seq 0 when the change was not made. */
    uint64_t seq;
    int64_t time;
};

enum batch_kind { BATCH_READ, BATCH_WRITE };

struct batch {
    unsigned magic;
    struct mail mail;
    struct loop *home;
    void (*done)(struct batch *);
    struct arena *arena;
    enum batch_kind kind;
    int64_t submitted; /* the store's own: when it came, monotonic */
    size_t step_count, stream_count, event_count;
    struct batch_step steps[BATCH_STEPS];
    struct slice streams[BATCH_STREAMS];
    struct batch_event events[BATCH_EVENTS];
    /* ERR_NONE: committed (or read). ERR_SERVICE_UNAVAILABLE: the store refused or failed, nothing was
     * written. ERR_INTERNAL_SERVER_ERROR: a statement failed, nothing was written. ERR_CONTENT_TOO_LARGE:
     * rows over the arena, or over what memory there was: nothing was written, and fewer may do. */
    enum error error;
};

/* In a write batch each statement sees what those before it did, and the last step usually returns the
 * outcome. Times of durable changes come from the stream, in SQL: the later of now and streams.time + 1. */
void batch_init(struct batch *b, enum batch_kind kind, struct arena *arena, struct loop *home,
                void (*done)(struct batch *));
/* The next step, for its values to be filled in; steps beyond BATCH_STEPS are a programming error. */
struct batch_step *batch_add(struct batch *b, const struct statement *statement);
/* Declares a stream; the name is borrowed until done. Returns its index. */
size_t batch_stream(struct batch *b, struct slice name);
/* The append step of one event, for its values to be filled in. */
struct batch_step *batch_event(struct batch *b, size_t stream, const struct uuid *id,
                               const struct statement *append);
/* The same for any number of rows. They have the ids event_id(first, 1), event_id(first, 2), ... of SQL; the last
 * EVENT_ID_COUNTER octets of the first are zero. */
struct batch_step *batch_events(struct batch *b, size_t stream, const struct uuid *first,
                                const struct statement *append);

static inline struct value value_null(void)
{
    return (struct value){.kind = VALUE_NULL};
}
static inline struct value value_int(int64_t n)
{
    return (struct value){.kind = VALUE_INT, .number = n};
}
static inline struct value value_text(struct slice s)
{
    return (struct value){.kind = VALUE_TEXT, .octets = s};
}
/* NULL: null. */
static inline struct value value_text_or_null(const char *text)
{
    return text == NULL ? value_null() : value_text(slice_from_string(text));
}
static inline struct value value_blob(struct slice s)
{
    return (struct value){.kind = VALUE_BLOB, .octets = s};
}
/* Borrows the uuid until the batch is done. */
static inline struct value value_uuid(const struct uuid *u)
{
    return (struct value){.kind = VALUE_UUID, .octets = {u->octets, sizeof u->octets}};
}
static inline struct value value_instant(int64_t microseconds)
{
    return (struct value){.kind = VALUE_INSTANT, .number = microseconds};
}
static inline const struct value *rows_at(const struct rows *r, size_t row, size_t column)
{
    assert(row < r->count && column < r->columns);
    return &r->values[row * r->columns + column];
}

static inline bool rows_uuid(const struct rows *r, size_t row, size_t column, struct uuid *u)
{
    const struct value *v = rows_at(r, row, column);
    if (v->octets.len != sizeof u->octets)
        return false;
    memcpy(u->octets, v->octets.data, sizeof u->octets);
    return true;
}

/* The store, as everybody above adapter/ sees it. Any worker may submit. */
struct store {
    void (*submit)(struct store *, struct batch *);
    /* So many writes wait that some may soon be refused: whoever can wait (a STOMP session) leaves the room
     * to those who cannot. Any thread. */
    bool (*is_crowded)(struct store *);
};

/* Hands a committed event to every worker's lane, in commit order. Called by the store's writer after its
 * COMMIT; the callee takes references of its own. Any one thread at a time. */
struct publisher {
    void (*publish)(struct publisher *, struct event *);
};

/* The tables of the log that every store has:
 *   streams(name PRIMARY KEY, seq, time)   seq 0 and time 0 before the first event
 *   log(stream, seq, time, audience, id UNIQUE, envelope), PRIMARY KEY (stream, seq)
 *   meta(name PRIMARY KEY, value) with the row `epoch`
 *
 *   LOG_LOCK    ?1 stream                            makes its row if there is none, changes nothing
 *   LOG_RAISE   ?1 stream                            to the seq and time of its last row, if that is beyond
 *   LOG_FIND    ?1, ?2 the least and greatest id     -> seq, time, audience, id, envelope, in the order of seq
 *   LOG_HEAD    ?1 stream                            -> seq (no row: no stream yet, head 0)
 *   LOG_READ    ?1 stream, ?2 after seq, ?3 limit    -> seq, time, audience, id, envelope
 *   LOG_TIDY    ?1 stream                            takes its row away if no event has ever come to it
 *   LOG_EXPIRE  ?1 rows older than, ?2 limit */
extern const struct statement LOG_LOCK, LOG_RAISE, LOG_FIND, LOG_HEAD, LOG_READ, LOG_TIDY, LOG_EXPIRE;

#endif
