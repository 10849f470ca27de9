/* SPDX-License-Identifier: MIT
 *
 * base/pool.h - objects of one size, taken and given back in O(1) without the allocator.
 *
 * Memory comes in slabs and goes back when the pool is released; in between the pool keeps the most it ever
 * held. `live` says how many objects are out, for tests that ask what is still alive. One thread.
 */
#ifndef PARLEY_BASE_POOL_H
#define PARLEY_BASE_POOL_H

#include <stddef.h>

struct pool_slab;
struct pool_free;

struct pool {
    unsigned magic;
    size_t size;     /* octets of one object, rounded up */
    size_t per_slab; /* objects */
    size_t live;
    struct pool_slab *slabs;
    struct pool_free *free;
};

void pool_init(struct pool *p, size_t object_size, size_t per_slab);
/* Every object must have come back. */
void pool_release(struct pool *p);
/* An object whose octets are undefined, aligned for any type; NULL when out of memory. */
void *pool_get(struct pool *p);
/* NULL is allowed. */
void pool_put(struct pool *p, void *object);

#endif
