// SPDX-License-Identifier: MIT
#include "base/slots.h"

#include <stdlib.h>

#include "base/object.h"

enum { SEGMENT = 256, SEGMENTS_FIRST = 8 };

struct slot {
    void *object;        /* NULL: vacant */
    uint32_t generation; /* raised when the slot is taken */
    uint32_t next;       /* vacant one */
};

struct slots_segment {
    struct slot slots[SEGMENT];
};

void slots_init(struct slots *s, uint32_t most)
{
    assert(most < SLOTS_NONE - SEGMENT);
    *s = (struct slots){.vacant = SLOTS_NONE, .most = most};
}

void slots_release(struct slots *s)
{
    for (uint32_t i = 0; i < s->segment_count; i++)
        free(s->segments[i]);
    free(s->segments);
    slots_init(s, s->most);
}

static struct slot *slot_at(const struct slots *s, uint32_t slot)
{
    return &s->segments[slot / SEGMENT]->slots[slot % SEGMENT];
}

static bool make_room_for_segment(struct slots *s)
{
    if (s->segment_count < s->segment_room)
        return true;
    uint32_t room = s->segment_room == 0 ? SEGMENTS_FIRST : s->segment_room * 2;
    struct slots_segment **segments = realloc(s->segments, room * sizeof(struct slots_segment *));
    if (segments == NULL)
        return false;
    s->segments = segments;
    s->segment_room = room;
    return true;
}

static bool add_segment(struct slots *s)
{
    struct slots_segment *segment = make_room_for_segment(s) ? calloc(1, sizeof *segment) : NULL;
    if (segment == NULL)
        return false;
    uint32_t first = s->segment_count * SEGMENT;
    s->segments[s->segment_count++] = segment;
    for (uint32_t i = SEGMENT; i-- > 0;) {
        segment->slots[i].next = s->vacant;
        s->vacant = first + i;
    }
    return true;
}

bool slots_add(struct slots *s, void *object, uint32_t *slot, uint32_t *generation)
{
    assert(object != NULL);
    if (s->used >= s->most || (s->vacant == SLOTS_NONE && !add_segment(s)))
        return false;
    struct slot *taken = slot_at(s, s->vacant);
    *slot = s->vacant;
    *generation = ++taken->generation;
    s->vacant = taken->next;
    taken->object = object;
    s->used++;
    return true;
}

void slots_remove(struct slots *s, uint32_t slot)
{
    struct slot *left = slot_at(s, slot);
    assert(left->object != NULL);
    left->object = NULL;
    left->next = s->vacant;
    s->vacant = slot;
    s->used--;
}

void *slots_find(const struct slots *s, uint32_t slot, uint32_t generation)
{
    if (slot / SEGMENT >= s->segment_count)
        return NULL;
    const struct slot *found = slot_at(s, slot);
    return found->generation == generation ? found->object : NULL;
}

void *slots_next(const struct slots *s, uint32_t *slot)
{
    while (*slot / SEGMENT < s->segment_count) {
        void *object = slot_at(s, (*slot)++)->object;
        if (object != NULL)
            return object;
    }
    return NULL;
}
