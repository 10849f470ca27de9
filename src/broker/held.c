// SPDX-License-Identifier: MIT
#include "broker/held.h"

#include <stdlib.h>

enum { HELD_LEAST = 4 };

static bool make_room(struct held *h)
{
    if (h->count < h->room)
        return true;
    size_t room = h->room == 0 ? HELD_LEAST : h->room * 2;
    struct event **events = realloc(h->events, room * sizeof(struct event *));
    if (events == NULL)
        return false;
    h->events = events;
    h->room = room;
    return true;
}

enum held_result held_add(struct held *h, struct event *e, size_t most, size_t most_octets)
{
    size_t at = h->count; /* nearly always the end */
    while (at > 0 && h->events[at - 1]->seq > e->seq)
        at--;
    if (at > 0 && h->events[at - 1]->seq == e->seq)
        return HELD_TWICE;
    size_t size = event_size(e);
    if (h->count >= most || size > most_octets || h->octets > most_octets - size || !make_room(h))
        return HELD_REFUSED;
    memmove(h->events + at + 1, h->events + at, (h->count - at) * sizeof(struct event *));
    h->events[at] = event_ref(e);
    h->count++;
    h->octets += size;
    return HELD_KEPT;
}

void held_drop(struct held *h, uint64_t last)
{
    size_t gone = 0;
    while (gone < h->count && h->events[gone]->seq <= last) {
        h->octets -= event_size(h->events[gone]);
        event_unref(h->events[gone++]);
    }
    if (gone == h->count) {
        free(h->events);
        *h = (struct held){.events = NULL};
        return;
    }
    if (gone > 0)
        memmove(h->events, h->events + gone, (h->count - gone) * sizeof(struct event *));
    h->count -= gone;
}

struct event *held_first(const struct held *h)
{
    return h->count == 0 ? NULL : h->events[0];
}

void held_clear(struct held *h)
{
    held_drop(h, UINT64_MAX);
}
