// SPDX-License-Identifier: MIT
#include "adapter/postgres_prepared.h"

#include <stdio.h>
#include <stdlib.h>

enum { FIRST_ROOM = 64 };

static struct postgres_prepared **slot_of(struct postgres_prepared **slots, size_t room,
                                          const struct statement *statement, uint64_t signature)
{
    /* Static tables: their addresses differ above the lowest bits. */
    uint64_t key = ((uint64_t)(uintptr_t)statement >> 3) + signature;
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 40) & (room - 1);
    while (slots[at] != NULL && (slots[at]->statement != statement || slots[at]->signature != signature))
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static bool grow(struct postgres_prepared_set *set)
{
    size_t room = set->room == 0 ? FIRST_ROOM : set->room * 2;
    struct postgres_prepared **slots = calloc(room, sizeof(struct postgres_prepared *));
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < set->room; i++) {
        struct postgres_prepared *p = set->slots[i];
        if (p != NULL)
            *slot_of(slots, room, p->statement, p->signature) = p;
    }
    free(set->slots);
    set->slots = slots;
    set->room = room;
    return true;
}

struct postgres_prepared *postgres_prepared_find(struct postgres_prepared_set *set,
                                                 const struct statement *statement, uint64_t signature)
{
    if (set->used * 2 >= set->room && !grow(set))
        return NULL;
    struct postgres_prepared **slot = slot_of(set->slots, set->room, statement, signature);
    if (*slot != NULL)
        return *slot;
    struct postgres_prepared *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->statement = statement;
    p->signature = signature;
    snprintf(p->name, sizeof p->name, "s%zu", set->used++);
    *slot = p;
    return p;
}

void postgres_prepared_release(struct postgres_prepared_set *set)
{
    for (size_t i = 0; i < set->room; i++)
        free(set->slots[i]);
    free(set->slots);
    *set = (struct postgres_prepared_set){0};
}
