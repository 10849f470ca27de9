/* SPDX-License-Identifier: MIT
 *
 * base/ring.h - a bounded queue of pointers: any thread pushes, one thread pops, nobody takes a lock.
 *
 * Each slot carries the number of the turn it is ready for (Vyukov's bounded queue), so a producer and the
 * consumer meet only at their slot. Order of one producer is kept. A producer that is stopped between taking
 * its slot and filling it hides what was pushed behind it until it goes on; whoever sleeps on an empty ring
 * must be woken after each push.
 */
#ifndef PARLEY_BASE_RING_H
#define PARLEY_BASE_RING_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RING_LINE = 64 }; /* octets between what producers and the consumer write */

struct ring_slot;

struct ring {
    struct ring_slot *slots;
    size_t capacity; /* a power of two */
    char apart1[RING_LINE];
    _Atomic size_t head; /* the next to be pushed */
    char apart2[RING_LINE];
    size_t tail; /* the next to be popped; the consumer's own */
};

/* False when out of memory. capacity is rounded up to a power of two, at least 2. */
bool ring_init(struct ring *r, size_t capacity);
/* What is still inside is the caller's: he pops first. */
void ring_release(struct ring *r);
/* Any thread. False, and nothing done, when the ring is full. item must not be NULL. */
bool ring_push(struct ring *r, void *item);
/* The consumer. NULL when nothing is ready. */
void *ring_pop(struct ring *r);

#endif
