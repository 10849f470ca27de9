// SPDX-License-Identifier: MIT
#include "log/reader.h"

#include <stdlib.h>

enum {
    READER_TASK_MAGIC = 0x52454144,
    READER_ROW_OVERHEAD = 1024 /* octets of the arena for one row's values and event, besides its envelope */
};

/* The columns of LOG_READ. */
enum { COLUMN_SEQ, COLUMN_TIME, COLUMN_AUDIENCE, COLUMN_ID, COLUMN_ENVELOPE, COLUMNS };

struct reader_task {
    unsigned magic;
    struct reader *reader;
    struct reading *reading; /* NULL: cancelled */
    struct batch batch;
    struct arena arena;
    uint64_t after;
    size_t rows;
    struct slice stream;
    unsigned char name[];
};

void reader_init(struct reader *r, struct store *store, struct loop *loop,
                 const struct reader_options *options)
{
    *r = (struct reader){.store = store, .loop = loop, .options = *options};
    assert(options->rows > 0);
}

void reading_init(struct reading *g, void (*done)(struct reading *, const struct portion *))
{
    *g = (struct reading){.done = done};
}

static void on_batch(struct batch *batch);

static void submit(struct reader_task *t)
{
    batch_init(&t->batch, BATCH_READ, &t->arena, t->reader->loop, on_batch);
    struct batch_step *step = batch_add(&t->batch, &LOG_READ);
    step->values[0] = value_text(t->stream);
    step->values[1] = value_int((int64_t)t->after);
    step->values[2] = value_int((int64_t)t->rows);
    t->reader->store->submit(t->reader->store, &t->batch);
}

bool reader_read(struct reader *r, struct reading *g, struct slice stream, uint64_t after)
{
    assert(!reading_is_busy(g));
    struct reader_task *t = malloc(sizeof *t + stream.len);
    if (t == NULL)
        return false;
    OBJ_INIT(t, READER_TASK_MAGIC);
    t->reader = r;
    t->reading = g;
    t->after = after;
    t->rows = r->options.rows;
    arena_init(&t->arena, r->options.octets + r->options.rows * READER_ROW_OVERHEAD);
    if (stream.len > 0)
        memcpy(t->name, stream.data, stream.len);
    t->stream = slice_of(t->name, stream.len);
    g->task = t;
    r->outstanding++;
    submit(t);
    return true;
}

void reader_cancel(struct reading *g)
{
    if (g->task == NULL)
        return;
    OBJ_CHECK(g->task, READER_TASK_MAGIC);
    g->task->reading = NULL;
    g->task = NULL;
}

static struct event *event_of_row(const struct reader_task *t, const struct rows *rows, size_t row)
{
    struct event_source source = {
        .kind = EVENT_DURABLE,
        .seq = (uint64_t)rows_at(rows, row, COLUMN_SEQ)->number,
        .time = rows_at(rows, row, COLUMN_TIME)->number,
        .stream = t->stream,
        .body = rows_at(rows, row, COLUMN_ENVELOPE)->octets,
    };
    if (!rows_uuid(rows, row, COLUMN_ID, &source.id))
        return NULL;
    return event_new(&source);
}

/* Fills in the portion; the events are ours until release(). One row that is no event spoils all. */
static void take_rows(struct reader_task *t, struct portion *p)
{
    const struct rows *rows = &t->batch.steps[0].rows;
    if (rows->count == 0)
        return;
    struct event **events = malloc(rows->count * sizeof *events);
    p->events = events;
    p->more = rows->count >= t->rows;
    uint64_t before = t->after;
    for (size_t i = 0; events != NULL && i < rows->count; i++) {
        struct event *e = rows->columns == COLUMNS ? event_of_row(t, rows, i) : NULL;
        if (e == NULL)
            break;
        if (e->seq <= before) {
            event_unref(e);
            break;
        }
        before = e->seq;
        events[p->count++] = e;
    }
    if (p->count < rows->count)
        p->error = ERR_INTERNAL_SERVER_ERROR;
}

static void release(struct reader_task *t, struct portion *p)
{
    for (size_t i = 0; i < p->count; i++)
        event_unref(p->events[i]);
    free((void *)p->events);
    arena_release(&t->arena);
    t->reader->outstanding--;
    OBJ_DEAD(t);
    free(t);
}

static void hand_over(struct reader_task *t, struct portion *p)
{
    struct reading *g = t->reading;
    g->task = NULL; /* done() may ask for more at once */
    if (p->error != ERR_NONE) {
        struct portion failure = {.error = p->error, .after = p->after};
        g->done(g, &failure);
        return;
    }
    g->done(g, p);
}

/* Rows that pass the arena are asked for again, fewer; a single one that does fails. */
static void on_batch(struct batch *batch)
{
    struct reader_task *t = CONTAINER_OF(batch, struct reader_task, batch);
    OBJ_CHECK(t, READER_TASK_MAGIC);
    if (t->reading != NULL && batch->error == ERR_CONTENT_TOO_LARGE && t->rows > 1) {
        t->rows /= 4;
        t->rows += t->rows == 0;
        arena_release(&t->arena);
        submit(t);
        return;
    }
    struct portion p = {.error = batch->error, .after = t->after};
    if (t->reading != NULL && p.error == ERR_NONE)
        take_rows(t, &p);
    if (t->reading != NULL)
        hand_over(t, &p);
    release(t, &p);
}
