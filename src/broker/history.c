// SPDX-License-Identifier: MIT
#include "broker/history.h"

#include <stdlib.h>

#include "base/object.h"

enum { HISTORY_LEAST = 4 };

static struct message **slot(const struct history *h, uint32_t index)
{
    return &h->ring[(h->start + index) & (h->room - 1)];
}

static void drop_oldest(struct history *h)
{
    struct message *m = *slot(h, 0);
    h->octets -= message_size(m);
    message_unref(m);
    h->start = (h->start + 1) & (h->room - 1);
    h->first++;
    h->count--;
}

static void free_if_empty(struct history *h)
{
    if (h->count > 0)
        return;
    free(h->ring);
    *h = (struct history){.ring = NULL};
}

void history_clear(struct history *h)
{
    while (h->count > 0)
        drop_oldest(h);
    free_if_empty(h);
}

static bool make_room(struct history *h)
{
    if (h->count < h->room)
        return true;
    uint32_t room = h->room == 0 ? HISTORY_LEAST : h->room * 2;
    struct message **ring = malloc(room * sizeof(struct message *));
    if (ring == NULL)
        return false;
    for (uint32_t i = 0; i < h->count; i++)
        ring[i] = *slot(h, i);
    free(h->ring);
    h->ring = ring;
    h->room = room;
    h->start = 0;
    return true;
}

void history_push(struct history *h, struct message *m, const struct history_limits *limits)
{
    uint64_t seq = m->event->seq;
    if (h->count > 0 && seq != h->first + h->count)
        history_clear(h);
    /* Before there is need of more room: a full history of the greatest count never grows. */
    while (h->count > 0 && (h->count >= limits->count || h->octets + message_size(m) > limits->octets))
        drop_oldest(h);
    if (limits->count == 0 || message_size(m) > limits->octets || !make_room(h)) {
        history_clear(h);
        return;
    }
    if (h->count == 0)
        h->first = seq;
    *slot(h, h->count++) = message_ref(m);
    h->octets += message_size(m);
}

void history_expire(struct history *h, int64_t before)
{
    while (h->count > 0 && (*slot(h, 0))->born < before)
        drop_oldest(h);
    free_if_empty(h);
}

int64_t history_oldest(const struct history *h)
{
    assert(h->count > 0);
    return (*slot(h, 0))->born;
}

struct message *history_at(const struct history *h, uint64_t seq)
{
    if (seq < h->first || seq - h->first >= h->count)
        return NULL;
    return *slot(h, (uint32_t)(seq - h->first));
}
