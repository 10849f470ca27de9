/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/house.h - the process under test, wired as main/server.c wires it, without threads and
 * descriptors: the real store, registry, hub, lanes, brokers, engines, api and operations of several workers.
 * Passwords and tokens are those of support/memory_ports.h.
 *
 * A worker's turn is that of net/worker.c: the sockets that are ready, mail and timers, what is to be written.
 */
#ifndef PARLEY_TESTS_SIM_HOUSE_H
#define PARLEY_TESTS_SIM_HOUSE_H

#include "adapter/store_registry.h"
#include "api/api.h"
#include "support/memory_ports.h"
#include "support/scratch.h"
#include "support/sim/desk.h"
#include "support/sim/notices.h"

struct sim;

struct house_worker {
    struct sim *sim;
    unsigned index;
    struct loop loop;
    struct lane lane;
    struct lane_sink sink; /* in front of the broker's: allocations fail */
    struct lane *only;     /* = &lane, for `alone` */
    struct hub alone;      /* to this lane: the desk places events one worker at a time */
    struct broker broker;
    struct api api;
    struct engine engine;
    struct list lines;
    int64_t held_until; /* the thread does not run before */
};

struct house {
    struct sim *sim;
    bool open;
    struct sqlite_store store;
    struct desk desk;
    struct store_registry registry;
    struct memory_passwords passwords;
    struct memory_tokens tokens;
    struct api_shared shared;
    struct hub hub;
    struct house_worker workers[SIM_WORKERS];
    struct notices notices;
    struct lane *lanes[SIM_WORKERS];
    struct api *apis[SIM_WORKERS];
    struct scratch folder;
};

/* Once per run: a folder for the store, if it is on disk. */
void house_init(struct house *h, struct sim *sim);
void house_release(struct house *h);

/* Starts the process: opens the store, makes the ADMIN ("admin", "pass1234!") if there is none. */
void house_start(struct house *h);
/* Ends it. dies: connections are cut where they are and what waits for the store may be lost; otherwise all
 * are told to go first (and `house_leave` was called some time ago). Everything that is still alive then is a
 * finding. */
void house_stop(struct house *h, bool dies);
/* SIGTERM: tells all connections to go. */
void house_leave(struct house *h);

bool house_writer_is_ready(struct house *h);
void house_write(struct house *h);
bool house_reader_is_ready(struct house *h, unsigned reader);
void house_read(struct house *h, unsigned reader);
/* Microseconds until somebody's timer is due. */
int64_t house_wait(struct house *h);

/* ---- workers (worker.c) ---- */

void worker_open(struct house *h, unsigned index);
/* All connections are broken off. */
void worker_cut_lines(struct house_worker *w);
/* Everything that is still alive is a finding. */
void worker_check_is_empty(struct house_worker *w);
void worker_close(struct house_worker *w);

bool worker_is_ready(struct house_worker *w);
/* One turn; afterwards its queues must be within their limits (G5). */
void worker_turn(struct house_worker *w);

/* From now on the n-th allocation of our own code fails; until the second, which says whether one did and excuses
 * every connection of the worker then. */
void worker_arm(struct house_worker *w, uint64_t n);
bool worker_disarm(struct house_worker *w);

#endif
