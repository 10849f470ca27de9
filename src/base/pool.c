// SPDX-License-Identifier: MIT
#include "base/pool.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/object.h"

#if defined(__SANITIZE_ADDRESS__)
#define POOL_POISON 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define POOL_POISON 1
#endif
#endif
#ifdef POOL_POISON
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n)   ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum { POOL_MAGIC = 0x504f4f4c };

struct pool_free {
    struct pool_free *next;
};

struct pool_slab {
    struct pool_slab *next;
    max_align_t objects[];
};

static size_t round_up(size_t n, size_t to)
{
    return (n + to - 1) / to * to;
}

void pool_init(struct pool *p, size_t object_size, size_t per_slab)
{
    OBJ_INIT(p, POOL_MAGIC);
    assert(object_size > 0 && object_size <= SIZE_MAX / 2 && per_slab > 0);
    p->size = round_up(object_size, alignof(max_align_t));
    p->per_slab = per_slab;
    assert(p->per_slab <= (SIZE_MAX / 2) / p->size);
}

void pool_release(struct pool *p)
{
    OBJ_CHECK(p, POOL_MAGIC);
    assert(p->live == 0);
    while (p->slabs != NULL) {
        struct pool_slab *slab = p->slabs;
        p->slabs = slab->next;
        ASAN_UNPOISON_MEMORY_REGION(slab->objects, p->size * p->per_slab);
        free(slab);
    }
    OBJ_DEAD(p);
}

/* A free object holds the link of the free list in its first octets; the rest of it must not be touched. */
static void put_free(struct pool *p, void *object)
{
    struct pool_free *f = object;
    f->next = p->free;
    p->free = f;
    ASAN_POISON_MEMORY_REGION(object, p->size);
}

static bool add_slab(struct pool *p)
{
    struct pool_slab *slab = malloc(sizeof *slab + p->size * p->per_slab);
    if (slab == NULL)
        return false;
    slab->next = p->slabs;
    p->slabs = slab;
    for (size_t i = p->per_slab; i-- > 0;)
        put_free(p, (unsigned char *)slab->objects + i * p->size);
    return true;
}

void *pool_get(struct pool *p)
{
    OBJ_CHECK(p, POOL_MAGIC);
    if (p->free == NULL && !add_slab(p))
        return NULL;
    struct pool_free *f = p->free;
    ASAN_UNPOISON_MEMORY_REGION(f, p->size);
    p->free = f->next;
    p->live++;
    return f;
}

void pool_put(struct pool *p, void *object)
{
    OBJ_CHECK(p, POOL_MAGIC);
    if (object == NULL)
        return;
    assert(p->live > 0);
    p->live--;
    put_free(p, object);
}
