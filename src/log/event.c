// SPDX-License-Identifier: MIT
#include "log/event.h"

#include <stdlib.h>

#include "base/object.h"

enum { EVENT_MAGIC = 0x45564e54 };

static struct slice place(unsigned char **to, struct slice s)
{
    struct slice placed = slice_of(*to, s.len);
    if (s.len > 0)
        memcpy(*to, s.data, s.len);
    *to += s.len;
    return placed;
}

struct event *event_new(const struct event_source *source)
{
    struct event *e = malloc(sizeof *e + source->stream.len + source->headers.len + source->content_type.len +
                             source->body.len);
    if (e == NULL)
        return NULL;
    OBJ_INIT(e, EVENT_MAGIC);
    atomic_init(&e->references, 1);
    e->kind = source->kind;
    e->id = source->id;
    e->seq = source->seq;
    e->time = source->time;
    unsigned char *to = e->octets;
    e->stream = place(&to, source->stream);
    e->headers = place(&to, source->headers);
    e->content_type = place(&to, source->content_type);
    e->body = place(&to, source->body);
    return e;
}

struct event *event_ref(struct event *e)
{
    OBJ_CHECK(e, EVENT_MAGIC);
    atomic_fetch_add_explicit(&e->references, 1, memory_order_relaxed);
    return e;
}

void event_unref(struct event *e)
{
    if (e == NULL)
        return;
    OBJ_CHECK(e, EVENT_MAGIC);
    if (atomic_fetch_sub_explicit(&e->references, 1, memory_order_acq_rel) == 1) {
        OBJ_DEAD(e);
        free(e);
    }
}

size_t event_size(const struct event *e)
{
    return sizeof *e + e->stream.len + e->headers.len + e->content_type.len + e->body.len;
}
