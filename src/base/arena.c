// SPDX-License-Identifier: MIT
#include "base/arena.h"

#include <stdlib.h>

#include "base/object.h"

enum { CHUNK_ROOM = 4000, ALIGNMENT = 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t room;
    _Alignas(ALIGNMENT) unsigned char data[];
};

void arena_init(struct arena *a, size_t limit)
{
    *a = (struct arena){.limit = limit};
}

void arena_release(struct arena *a)
{
    while (a->chunks != NULL) {
        struct arena_chunk *next = a->chunks->next;
        free(a->chunks);
        a->chunks = next;
    }
    arena_init(a, a->limit);
}

static bool grow(struct arena *a, size_t n)
{
    size_t room = n > CHUNK_ROOM ? n : CHUNK_ROOM;
    struct arena_chunk *chunk = calloc(1, sizeof *chunk + room);
    if (chunk == NULL)
        return false;
    chunk->room = room;
    chunk->next = a->chunks;
    a->chunks = chunk;
    a->used = 0;
    return true;
}

void *arena_alloc(struct arena *a, size_t n)
{
    size_t rounded = (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (rounded < n || rounded > a->limit || a->total > a->limit - rounded) {
        a->total = a->limit + 1; /* arena_ok() says so from now on */
        return NULL;
    }
    if (a->chunks == NULL || rounded > a->chunks->room - a->used) {
        if (!grow(a, rounded)) {
            a->total = a->limit + 1;
            return NULL;
        }
    }
    void *p = a->chunks->data + a->used;
    a->used += rounded;
    a->total += rounded;
    return p;
}

struct slice arena_copy(struct arena *a, struct slice s)
{
    if (s.len == 0)
        return SLICE_NONE;
    unsigned char *p = arena_alloc(a, s.len);
    if (p == NULL)
        return SLICE_NONE;
    memcpy(p, s.data, s.len);
    return slice_of(p, s.len);
}

char *arena_string(struct arena *a, struct slice s)
{
    char *p = arena_alloc(a, s.len + 1);
    if (p != NULL && s.len > 0)
        memcpy(p, s.data, s.len);
    return p;
}

bool arena_ok(const struct arena *a)
{
    return a->total <= a->limit;
}
