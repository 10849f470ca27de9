/* SPDX-License-Identifier: MIT
 *
 * net/departure.h - how a worker leaves: no new connections, the old ones asked to go one after the other
 * over a window, so that their clients do not all come back in the same instant (protocols.md SL-18), and the
 * rest cut off at the deadline (design.md section 9). Within net/ only. The worker's thread, but
 * departure_post().
 */
#ifndef PARLEY_NET_DEPARTURE_H
#define PARLEY_NET_DEPARTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/mailbox.h"
#include "base/timers.h"

struct acceptor;
struct engine;

struct departure {
    unsigned magic;
    struct mail order; /* from the thread that wants us to leave */
    struct engine *engine;
    struct acceptor *acceptor;
    struct timer timer;    /* the next to be told, then the deadline */
    int64_t grace, spread; /* microseconds, as ordered */
    int64_t since;         /* when the order came */
    uint32_t total, told;  /* connections at that time; those that were asked to go */
    uint32_t slot;         /* of the engine's connections: those before it were asked */
    uint32_t cut;          /* those that were cut off */
    bool leaving, left;
    void (*on_left)(void *context, uint32_t worker, uint32_t cut);
    void *context;
};

void departure_init(struct departure *d, struct engine *engine, struct acceptor *acceptor);
/* Any thread, once. */
void departure_post(struct departure *d, int64_t grace, int64_t spread);
/* Once a turn: reports when the last connection has ended. */
void departure_check(struct departure *d, uint32_t connections);
void departure_release(struct departure *d);

#endif
