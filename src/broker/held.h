/* SPDX-License-Identifier: MIT
 *
 * broker/held.h - events of one stream that came before their time, in order of seq.
 *
 * Bounded, and only a convenience: what is refused here is read from the log table later. Empty it holds no
 * memory.
 */
#ifndef PARLEY_BROKER_HELD_H
#define PARLEY_BROKER_HELD_H

#include "log/event.h"

struct held {
    struct event **events; /* ascending by seq */
    size_t count, room, octets;
};

enum held_result {
    HELD_KEPT,
    HELD_TWICE,   /* it is here already */
    HELD_REFUSED, /* over a limit, or no memory */
};

/* Takes a reference of its own if it keeps the event. */
enum held_result held_add(struct held *h, struct event *e, size_t most, size_t most_octets);
/* Drops all up to and including `last`. */
void held_drop(struct held *h, uint64_t last);
/* The earliest, still held; NULL when there is none. */
struct event *held_first(const struct held *h);
void held_clear(struct held *h);

#endif
