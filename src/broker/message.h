/* SPDX-License-Identifier: MIT
 *
 * broker/message.h - how messages are made (their struct is in broker/port.h, for all who take delivery).
 */
#ifndef PARLEY_BROKER_MESSAGE_H
#define PARLEY_BROKER_MESSAGE_H

#include "broker/port.h"

/* Octets a message keeps alive, for bounded histories. Constant over its life: the body counts twice, for
 * itself and for the frame that most likely will be rendered of it. */
size_t message_size(const struct message *m);
/* A message of this event with a reference of its own to it: one reference to the caller. A durable event
 * goes through the renderer; if that says never, m->body stays NULL, and such a message must not be delivered.
 * NULL: out of memory, also the renderer. */
struct message *message_new(struct pool *home, struct event *e, struct renderer *renderer, int64_t now);
static inline bool message_is_rendered(const struct message *m)
{
    return m->body != NULL;
}

#endif
