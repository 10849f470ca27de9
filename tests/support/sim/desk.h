/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/desk.h - between the workers and the real store: what threads that are interrupted at the
 * wrong moment do to answers and events.
 *
 * The store executes batches in its own steps, which the scheduler calls. What comes of them stays on the
 * desk: each worker's lane gets the events one by one, at its own time, in commit order; a write is answered
 * when the events before it are on every lane; a read is answered at any time. All of it happens in real
 * processes, where a thread may stop between two instructions.
 * The desk also tells the model what was executed.
 */
#ifndef PARLEY_TESTS_SIM_DESK_H
#define PARLEY_TESTS_SIM_DESK_H

#include "adapter/sqlite_store.h"
#include "log/hub.h"
#include "support/sim/plan.h"

struct sim;

enum { DESK_BATCHES = 2048 };

/* A batch with the way home that it came with. */
struct desk_batch {
    struct batch *batch;
    struct loop *home;
    void (*done)(struct batch *);
    uint64_t behind;  /* events that must be placed before it is answered */
    int64_t ready_at; /* the thread that answers it is interrupted until then */
};

struct desk_pile {
    struct desk_batch batches[DESK_BATCHES];
    size_t count;
};

struct desk {
    struct store port;          /* for everybody above the store */
    struct publisher publisher; /* for the store */
    struct sim *sim;
    struct sqlite_store *store;
    struct loop loop; /* where executed batches come to */
    struct desk_pile under_way, writes, reads;
    struct desk_pile starving; /* answered; there will be no memory for what is made of it */
    struct event **events;     /* committed, in order; NULL once they are placed everywhere */
    size_t room;
    uint64_t committed, placed[SIM_WORKERS];
    int64_t place_at[SIM_WORKERS]; /* nothing is placed there before */
};

void desk_init(struct desk *d, struct sim *sim, struct sqlite_store *store);
void desk_release(struct desk *d);
/* Takes what the store has executed. After everything that may have submitted or executed. */
void desk_collect(struct desk *d);

bool desk_can_place(const struct desk *d, unsigned worker);
void desk_place(struct desk *d, unsigned worker);
bool desk_can_answer(const struct desk *d, bool write);
void desk_answer(struct desk *d, bool write);
/* When something that waits on the desk may go; INT64_MAX: nothing does. */
int64_t desk_wakes(const struct desk *d);
/* Nothing is executed, placed or answered any more unless somebody submits. */
bool desk_is_empty(struct desk *d);
/* Nothing is interrupted any more. */
void desk_hurry(struct desk *d);
/* The process dies: batches that wait in front of the writer are lost; or the store has just committed them. */
void desk_lose(struct desk *d);

#endif
