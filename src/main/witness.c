// SPDX-License-Identifier: MIT
#include "main/witness.h"

#include "base/object.h"

#define INTERVAL (300 * MICROSECONDS_PER_MS)

enum {
    OVERLAP = 1000,    /* events before the head that are seen once more: what was under way at the start */
    HEAD_MEMORY = 1024 /* octets: one number */
};

static const struct reader_options portions = {.rows = 256, .octets = 1 << 20};

static void on_publish(struct publisher *p, struct event *e)
{
    struct witness *w = CONTAINER_OF(p, struct witness, publisher);
    hub_publish(w->hub, e);
    api_witness(w->shared, e);
}

void witness_init(struct witness *w, struct hub *hub, struct api_shared *shared)
{
    *w = (struct witness){.publisher = {on_publish}, .hub = hub, .shared = shared};
}

/* ---- what others commit ---- */

static void read_on(struct witness_view *v)
{
    if (!v->witness->stopped && !reading_is_busy(&v->reading))
        (void)reader_read(&v->witness->reader, &v->reading, v->stream,
                          v->last); /* without memory: the next look */
}

/* What this instance has committed is among it, and is seen twice. */
static void on_portion(struct reading *g, const struct portion *p)
{
    struct witness_view *v = CONTAINER_OF(g, struct witness_view, reading);
    for (size_t i = 0; i < p->count; i++) {
        api_witness(v->witness->shared, p->events[i]);
        v->last = p->events[i]->seq;
    }
    if (p->error == ERR_NONE && p->more)
        read_on(v);
}

static void on_head(struct batch *b)
{
    struct witness_view *v = CONTAINER_OF(b, struct witness_view, head);
    const struct rows *rows = &b->steps[0].rows;
    v->is_asked = false;
    v->is_known = b->error == ERR_NONE;
    if (v->is_known && rows->count > 0 && rows_at(rows, 0, 0)->number > OVERLAP)
        v->last = (uint64_t)rows_at(rows, 0, 0)->number - OVERLAP;
    arena_release(&v->arena);
    if (v->is_known)
        read_on(v);
}

static void ask_head(struct witness_view *v)
{
    struct witness *w = v->witness;
    if (v->is_asked)
        return;
    v->is_asked = true;
    arena_init(&v->arena, HEAD_MEMORY);
    memset(&v->head, 0, sizeof v->head);
    batch_init(&v->head, BATCH_READ, &v->arena, w->reader.loop, on_head);
    batch_add(&v->head, &LOG_HEAD)->values[0] = value_text(v->stream);
    w->reader.store->submit(w->reader.store, &v->head);
}

static void look(struct timer *t)
{
    struct witness *w = CONTAINER_OF(t, struct witness, timer);
    if (w->stopped)
        return;
    for (size_t i = 0; i < WITNESS_STREAMS; i++) {
        if (w->views[i].is_known)
            read_on(&w->views[i]);
        else
            ask_head(&w->views[i]);
    }
    timer_start(&w->reader.loop->timers, t, w->reader.loop->now + INTERVAL);
}

void witness_follow(struct witness *w, struct store *store, struct loop *loop)
{
    static const struct slice streams[WITNESS_STREAMS] = {SLICE_INIT("events"), SLICE_INIT("logins")};
    reader_init(&w->reader, store, loop, &portions);
    for (size_t i = 0; i < WITNESS_STREAMS; i++) {
        w->views[i] = (struct witness_view){.witness = w, .stream = streams[i]};
        reading_init(&w->views[i].reading, on_portion);
    }
    timer_init(&w->timer, look);
    timer_start(&loop->timers, &w->timer, loop->now);
}

void witness_stop(struct witness *w)
{
    w->stopped = true;
}
