/* SPDX-License-Identifier: MIT
 *
 * broker/port.h - what the broker asks of those above it: how an event looks as a message, and who takes delivery.
 *
 * The broker does not know which protocol a subscriber speaks. One broker per worker; everything here runs on that
 * worker's thread.
 */
#ifndef PARLEY_BROKER_PORT_H
#define PARLEY_BROKER_PORT_H

#include "base/frame.h"
#include "base/slice.h"
#include "log/event.h"

enum {
    MESSAGE_DIALECTS = 4 /* renderings a message can have at a time: STOMP 1.0, 1.1, 1.2, one to spare */
};

/* An event as it is delivered on one worker: made once, however many subscribe. */
struct message {
    unsigned magic;
    uint32_t references; /* plain: one worker */
    struct event *event;
    struct slice destination;                 /* what MESSAGE shows */
    struct slice content_type;                /* may be empty */
    struct frame *body;                       /* rendered for clients */
    struct frame *rendered[MESSAGE_DIALECTS]; /* filled in by subscribers at first need, shared by all later ones */
};

struct message *message_ref(struct message *m);
void message_unref(struct message *m);

/* Turns an event into what clients get: destination, content type, body. The api's event rows do it. */
struct renderer {
    /* False when it cannot be rendered (unknown type, no memory): the event is counted and skipped. The slices and the
     * frame's reference pass to the message; the slices must live as long as the event or be static. */
    bool (*render)(struct renderer *, const struct event *, struct message *into);
};

struct subscription;

/* What a subscriber is to the broker. All are called on the worker's thread and must not unsubscribe or subscribe
 * synchronously from inside deliver(). */
struct subscriber {
    /* One message. The subscriber queues references of its own and returns at once. */
    void (*deliver)(struct subscription *, struct message *);
    /* May more be replayed now? False while its output is over its watermark; it calls broker_resume() when drained. */
    bool (*has_room)(struct subscription *);
    /* The subscription went live: every later publish reaches it (SB-13). Once. */
    void (*live)(struct subscription *);
    /* The subscription cannot go on (its missed events are gone, the store failed): error says why. Already removed. */
    void (*failed)(struct subscription *, int error);
};

#endif
