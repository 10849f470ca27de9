// SPDX-License-Identifier: MIT
#include "adapter/postgres_sweep.h"

#include "base/object.h"

enum {
    PORTION = 1000, /* rows: what a batch may have to wait for */
    MEMORY = 1024   /* octets: one number */
};

#define INTERVAL (60 * MICROSECONDS_PER_SECOND)

static void wake(struct loop *l)
{
    (void)l; /* it is this very thread that posts */
}

void postgres_sweep_init(struct postgres_sweep *w, const struct clock *clock, const struct random *random,
                         int64_t retention)
{
    *w = (struct postgres_sweep){.retention = retention, .next = clock->mono(clock) + INTERVAL};
    loop_init(&w->loop, clock, random, wake);
    arena_init(&w->arena, MEMORY);
}

static void on_done(struct batch *b)
{
    struct postgres_sweep *w = CONTAINER_OF(b, struct postgres_sweep, batch);
    bool more = b->error == ERR_NONE && rows_at(&b->steps[0].rows, 0, 0)->number >= PORTION;
    w->running = false;
    w->next = more ? 0 : w->loop.clock->mono(w->loop.clock) + INTERVAL;
    arena_release(&w->arena);
}

void postgres_sweep_step(struct postgres_sweep *w, struct store *store)
{
    const struct clock *clock = w->loop.clock;
    (void)loop_turn(&w->loop);
    if (clock->mono(clock) < postgres_sweep_deadline(w))
        return;
    w->running = true;
    batch_init(&w->batch, BATCH_WRITE, &w->arena, &w->loop, on_done);
    struct batch_step *expire = batch_add(&w->batch, &LOG_EXPIRE);
    expire->values[0] = value_instant(clock->wall(clock) - w->retention);
    expire->values[1] = value_int(PORTION);
    store->submit(store, &w->batch);
}

int64_t postgres_sweep_deadline(const struct postgres_sweep *w)
{
    return w->retention == 0 || w->running ? INT64_MAX : w->next;
}
