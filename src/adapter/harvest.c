// SPDX-License-Identifier: MIT
#include "adapter/harvest.h"

#include <stdlib.h>

enum { FIRST_ROOM = 256 };

void harvest_init(struct harvest *h)
{
    *h = (struct harvest){.count = 0};
}

void harvest_release(struct harvest *h)
{
    harvest_drop(h, 0);
    free(h->events);
    harvest_init(h);
}

static bool make_room(struct harvest *h)
{
    if (h->count < h->room)
        return true;
    size_t room = h->room == 0 ? FIRST_ROOM : h->room * 2;
    struct event **events = realloc(h->events, room * sizeof(struct event *));
    if (events == NULL)
        return false;
    h->events = events;
    h->room = room;
    return true;
}

bool harvest_add(struct harvest *h, const struct event_source *source)
{
    struct event *event = make_room(h) ? event_new(source) : NULL;
    if (event == NULL)
        return false;
    h->events[h->count++] = event;
    return true;
}

void harvest_drop(struct harvest *h, size_t from)
{
    while (h->count > from)
        event_unref(h->events[--h->count]);
}

void harvest_publish(struct harvest *h, struct publisher *publisher)
{
    for (size_t i = 0; i < h->count; i++)
        publisher->publish(publisher, h->events[i]);
    harvest_drop(h, 0);
}
