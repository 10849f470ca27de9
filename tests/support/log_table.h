/* SPDX-License-Identifier: MIT
 *
 * tests/support/log_table.h - a store of one table, the log, for tests of those who read it.
 *
 * Batches wait until the test lets them run, so that everything may happen in between; they can be made to
 * fail.
 */
#ifndef PARLEY_TESTS_LOG_TABLE_H
#define PARLEY_TESTS_LOG_TABLE_H

#include <stdio.h>

#include "log/port.h"

enum { LOG_TABLE_STREAMS = 4, LOG_TABLE_WAITING = 64 };

struct log_table {
    struct store store;
    struct slice names[LOG_TABLE_STREAMS];
    uint64_t head[LOG_TABLE_STREAMS], expired[LOG_TABLE_STREAMS]; /* rows are (expired, head] */
    uint64_t hole[LOG_TABLE_STREAMS]; /* a row that is missing in between; 0: none */
    struct batch *waiting[LOG_TABLE_WAITING];
    size_t count;
    unsigned failures; /* so many of the next batches fail */
    unsigned reads;
    size_t most_rows; /* more do not fit into the arena; 0: no such limit */
};

static inline size_t log_table_index(const struct log_table *t, struct slice stream)
{
    for (size_t i = 0; i < LOG_TABLE_STREAMS; i++)
        if (slice_equals(t->names[i], stream))
            return i;
    assert(false);
    return 0;
}

/* What the row of this position says: its envelope is "<stream>:<seq>". */
static inline struct event_source log_table_source(const struct log_table *t, size_t stream, uint64_t seq,
                                                   char body[32])
{
    int n = snprintf(body, 32, "%.*s:%llu", (int)t->names[stream].len, (const char *)t->names[stream].data,
                     (unsigned long long)seq);
    struct event_source source = {.kind = EVENT_DURABLE,
                                  .seq = seq,
                                  .time = (int64_t)seq * 1000,
                                  .stream = t->names[stream],
                                  .body = slice_of(body, (size_t)n)};
    memcpy(source.id.octets, &seq, sizeof seq);
    return source;
}

static inline struct event *log_table_event(const struct log_table *t, size_t stream, uint64_t seq)
{
    char body[32];
    struct event_source source = log_table_source(t, stream, seq, body);
    return event_new(&source);
}

static inline void log_table_row(struct log_table *t, struct batch *b, size_t stream, uint64_t seq,
                                 struct value *row)
{
    char body[32];
    struct event_source source = log_table_source(t, stream, seq, body);
    row[0] = value_int((int64_t)seq);
    row[1] = value_int(source.time);
    row[2] = value_text(SLICE("*"));
    row[3] = value_blob(arena_copy(b->arena, slice_of(source.id.octets, sizeof source.id.octets)));
    row[4] = value_blob(arena_copy(b->arena, source.body));
}

static inline enum error log_table_fill(struct log_table *t, struct batch *b)
{
    struct batch_step *step = &b->steps[0];
    assert(b->kind == BATCH_READ && b->step_count == 1 && step->statement == &LOG_READ);
    size_t stream = log_table_index(t, step->values[0].octets);
    uint64_t seq = (uint64_t)step->values[1].number, limit = (uint64_t)step->values[2].number;
    if (seq < t->expired[stream])
        seq = t->expired[stream];
    uint64_t count = t->head[stream] > seq ? t->head[stream] - seq : 0;
    if (count > limit)
        count = limit;
    if (t->most_rows > 0 && count > t->most_rows)
        return ERR_CONTENT_TOO_LARGE;
    bool holed = t->hole[stream] > seq && t->hole[stream] <= seq + count;
    step->rows = (struct rows){.count = count - (holed ? 1U : 0U), .columns = 5};
    step->rows.values = arena_alloc(b->arena, (count * 5 + 1) * sizeof(struct value));
    for (uint64_t i = 0; arena_ok(b->arena) && i < step->rows.count; i++) {
        seq += seq + 1 == t->hole[stream] ? 2 : 1;
        log_table_row(t, b, stream, seq, step->rows.values + i * 5);
    }
    return arena_ok(b->arena) ? ERR_NONE : ERR_CONTENT_TOO_LARGE;
}

static inline void log_table_done(struct mail *mail)
{
    struct batch *b = CONTAINER_OF(mail, struct batch, mail);
    b->done(b);
}

/* Runs the batch that has waited longest (or the one at `index`). */
static inline void log_table_run(struct log_table *t, size_t index)
{
    struct batch *b = t->waiting[index];
    memmove(t->waiting + index, t->waiting + index + 1, (--t->count - index) * sizeof(struct batch *));
    t->reads++;
    if (t->failures > 0) {
        t->failures--;
        b->error = ERR_SERVICE_UNAVAILABLE;
    } else {
        b->error = log_table_fill(t, b);
    }
    b->mail.run = log_table_done;
    loop_post(b->home, &b->mail);
}

static inline void log_table_submit(struct store *store, struct batch *b)
{
    struct log_table *t = CONTAINER_OF(store, struct log_table, store);
    assert(t->count < LOG_TABLE_WAITING);
    t->waiting[t->count++] = b;
}

/* Streams "a", "b", "c", "d". */
static inline void log_table_init(struct log_table *t)
{
    *t = (struct log_table){.store = {.submit = log_table_submit}};
    t->names[0] = SLICE("a");
    t->names[1] = SLICE("b");
    t->names[2] = SLICE("c");
    t->names[3] = SLICE("d");
}

#endif
