/* SPDX-License-Identifier: MIT
 *
 * base/arena.h - memory that lives as long as one request, one frame or one task, and is given back as a
 * whole.
 *
 * Bounded: an arena refuses to grow past its limit, so that no peer decides how much memory a request takes.
 * An arena belongs to one thread at a time and may be handed from thread to thread with the object that holds
 * it.
 */
#ifndef PARLEY_BASE_ARENA_H
#define PARLEY_BASE_ARENA_H

#include "base/slice.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunks; /* newest first */
    size_t used;                /* of the newest chunk */
    size_t total, limit;        /* octets handed out, and how many may be */
};

void arena_init(struct arena *a, size_t limit);
/* Frees everything that came from it; usable again. */
void arena_release(struct arena *a);
/* n octets, zeroed, aligned for any type; NULL when the limit or the memory is reached.
 * Never freed singly. */
void *arena_alloc(struct arena *a, size_t n);
/* A copy; data is NULL on failure (and for an empty slice, with len 0: ask arena_ok()). */
struct slice arena_copy(struct arena *a, struct slice s);
/* A NUL-terminated copy; NULL on failure. */
char *arena_string(struct arena *a, struct slice s);
/* True as long as no allocation failed. */
bool arena_ok(const struct arena *a);

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))

#endif
