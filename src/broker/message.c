// SPDX-License-Identifier: MIT
#include "broker/message.h"

#include "base/object.h"

enum { MESSAGE_MAGIC = 0x4d455353 };

size_t message_size(const struct message *m)
{
    size_t body = m->body == NULL ? 0 : m->body->len, named = m->named == NULL ? 0 : m->named->len;
    return sizeof *m + event_size(m->event) + named + 2 * body;
}

static enum error message_render(struct message *m, struct renderer *renderer)
{
    if (m->event->kind == EVENT_DURABLE)
        return renderer->render(renderer, m->event, m);
    m->destination = m->event->stream;
    m->content_type = m->event->content_type;
    m->body = frame_copy(m->event->body);
    return m->body != NULL ? ERR_NONE : ERR_OUT_OF_MEMORY;
}

struct message *message_new(struct pool *home, struct event *e, struct renderer *renderer, int64_t now)
{
    struct message *m = pool_get(home);
    if (m == NULL)
        return NULL;
    OBJ_INIT(m, MESSAGE_MAGIC);
    m->references = 1;
    m->home = home;
    m->born = now;
    m->event = event_ref(e);
    enum error error = message_render(m, renderer);
    assert((error == ERR_NONE) == message_is_rendered(m));
    if (error != ERR_OUT_OF_MEMORY)
        return m;
    message_unref(m);
    return NULL;
}

void message_unref(struct message *m)
{
    if (m == NULL)
        return;
    OBJ_CHECK(m, MESSAGE_MAGIC);
    assert(m->references > 0);
    if (--m->references > 0)
        return;
    for (size_t i = 0; i < MESSAGE_DIALECTS; i++)
        frame_unref(m->rendered[i]);
    frame_unref(m->body);
    frame_unref(m->named);
    event_unref(m->event);
    OBJ_DEAD(m);
    pool_put(m->home, m);
}
