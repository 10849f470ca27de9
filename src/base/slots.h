/* SPDX-License-Identifier: MIT
 *
 * base/slots.h - names that outlive what they name.
 *
 * Whoever may come back to an object that can be gone by then keeps its slot and generation, never a pointer.
 * A slot is used again, its generation is not (until 2^32 objects have had the slot). All O(1), but
 * slots_next(). Memory grows by segments that never move, 16 octets per slot, and is kept until the release.
 * Not shared between threads.
 */
#ifndef PARLEY_BASE_SLOTS_H
#define PARLEY_BASE_SLOTS_H

#include <stdbool.h>
#include <stdint.h>

struct slots_segment;

struct slots {
    struct slots_segment **segments;
    uint32_t segment_count, segment_room;
    uint32_t vacant; /* the first of a list of slots that are free; SLOTS_NONE */
    uint32_t used, most;
};

#define SLOTS_NONE UINT32_MAX

/* For at most `most` objects at a time. Owns nothing yet. */
void slots_init(struct slots *s, uint32_t most);
/* Whatever is still in it is forgotten. */
void slots_release(struct slots *s);
/* Enters an object, which is not NULL. False when all slots are taken or there is no memory. */
bool slots_add(struct slots *s, void *object, uint32_t *slot, uint32_t *generation);
/* The object in that slot goes. */
void slots_remove(struct slots *s, uint32_t slot);
/* The object of that slot and generation; NULL when it is gone. */
void *slots_find(const struct slots *s, uint32_t slot, uint32_t generation);
/* The first object at or behind *slot, which is moved behind it; NULL when there is none. Begin with 0: each
 * one that stays is met once, whatever comes and goes meanwhile. */
void *slots_next(const struct slots *s, uint32_t *slot);

#endif
