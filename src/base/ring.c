// SPDX-License-Identifier: MIT
#include "base/ring.h"

#include <stdlib.h>

#include "base/object.h"

/* Slot i is free for push number n when turn == n, and holds what push n brought when turn == n + 1; the
 * consumer sets it to n + capacity, the number of the next push that comes by. */
struct ring_slot {
    _Atomic size_t turn;
    void *item;
};

bool ring_init(struct ring *r, size_t capacity)
{
    size_t rounded = 2;
    while (rounded < capacity)
        rounded *= 2;
    *r = (struct ring){.capacity = rounded};
    r->slots = calloc(rounded, sizeof *r->slots);
    if (r->slots == NULL)
        return false;
    for (size_t i = 0; i < rounded; i++)
        atomic_init(&r->slots[i].turn, i);
    atomic_init(&r->head, 0);
    return true;
}

void ring_release(struct ring *r)
{
    free(r->slots);
    r->slots = NULL;
}

bool ring_push(struct ring *r, void *item)
{
    assert(item != NULL);
    size_t n = atomic_load_explicit(&r->head, memory_order_relaxed);
    for (;;) {
        struct ring_slot *slot = &r->slots[n & (r->capacity - 1)];
        size_t turn = atomic_load_explicit(&slot->turn, memory_order_acquire);
        ptrdiff_t late = (ptrdiff_t)(turn - n);
        if (late < 0)
            return false; /* still holds what was pushed one round earlier */
        if (late > 0) {
            n = atomic_load_explicit(&r->head, memory_order_relaxed);
            continue;
        }
        if (atomic_compare_exchange_weak_explicit(&r->head, &n, n + 1, memory_order_relaxed,
                                                  memory_order_relaxed)) {
            slot->item = item;
            atomic_store_explicit(&slot->turn, n + 1, memory_order_release);
            return true;
        }
    }
}

void *ring_pop(struct ring *r)
{
    size_t n = r->tail;
    struct ring_slot *slot = &r->slots[n & (r->capacity - 1)];
    if (atomic_load_explicit(&slot->turn, memory_order_acquire) != n + 1)
        return NULL;
    void *item = slot->item;
    r->tail = n + 1;
    atomic_store_explicit(&slot->turn, n + r->capacity, memory_order_release);
    return item;
}
