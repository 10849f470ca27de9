/* SPDX-License-Identifier: MIT
 *
 * broker/port.h - what the broker asks of those above it: how an event looks as a message, and who takes
 * delivery.
 *
 * The broker does not know which protocol a subscriber speaks. One broker per worker; everything here runs on
 * that worker's thread.
 */
#ifndef PARLEY_BROKER_PORT_H
#define PARLEY_BROKER_PORT_H

#include "base/error.h"
#include "base/frame.h"
#include "base/pool.h"
#include "base/slice.h"
#include "log/event.h"

enum {
    MESSAGE_DIALECTS = 4 /* renderings a message can have at a time: STOMP 1.0, 1.1, 1.2, one to spare */
};

/* An event as it is delivered on one worker: made once, however many subscribe. A transient event has its
 * headers in event->headers. The position is event->seq (0: transient). */
struct message {
    unsigned magic;
    uint32_t references; /* plain: one worker */
    struct event *event;
    struct slice destination;  /* what MESSAGE shows */
    struct slice content_type; /* may be empty */
    struct slice audience;     /* the users it is for, as the envelope says; empty: everybody */
    struct frame *body;        /* rendered for clients */
    struct frame *named; /* holds the destination when neither the event nor static memory does; or NULL */
    /* Filled in by subscribers at first need, shared by all later ones. */
    struct frame *rendered[MESSAGE_DIALECTS];
    struct pool *home;
    bool is_binary; /* the body may not go out as text (SE-6, SE-7); known once something is rendered */
    int64_t born;   /* the loop's monotonic time, for histories */
};

/* Returns m; the caller owns one more. */
static inline struct message *message_ref(struct message *m)
{
    m->references++;
    return m;
}
/* Gives one back; the last frees it with its frames. NULL is allowed. All must be back before the broker is
 * released. */
void message_unref(struct message *m);

/* Turns a durable event into what clients get. The api's event rows do it. Transient events need none: their
 * destination, headers and body are what was sent. */
struct renderer {
    /* Fills in destination, content_type, audience and body. The frame's reference passes to the message; the
     * slices must live as long as the event, be static, or lie in `named`. Must not call the broker. With an
     * error nothing was filled in. ERR_OUT_OF_MEMORY: it may be tried again, and will be. Any other: it can
     * never be rendered; the event is counted and skipped. */
    enum error (*render)(struct renderer *, const struct event *, struct message *into);
};

struct subscription;

/* What a subscriber is to the broker. All are called on the worker's thread. All but deliver() and has_room()
 * may subscribe, admit, unsubscribe and resume, themselves or others. */
struct subscriber {
    /* One message. The subscriber queues references of its own and returns at once. A live subscription is
     * delivered to whether it has room or not: its connection's own limit cuts it (LM-2). */
    void (*deliver)(struct subscription *, struct message *);
    /* May more be replayed now? False while its output is over its watermark; it calls broker_resume() when
     * drained. */
    bool (*has_room)(struct subscription *);
    /* All that was missed is delivered, and every later publish reaches it (SB-13). Once. */
    void (*live)(struct subscription *);
    /* The subscription cannot go on; already removed. ERR_POSITION_GONE: what it missed is no longer in the
     * log. Others: what broker_end() was told. */
    void (*failed)(struct subscription *, enum error error);
};

#endif
