/* SPDX-License-Identifier: MIT
 *
 * broker/destination.h - one followed destination and who subscribes to it, in lists by state.
 *
 * It is there as long as somebody subscribes. A transient destination is this and nothing more; a durable one
 * has a feed.
 */
#ifndef PARLEY_BROKER_DESTINATION_H
#define PARLEY_BROKER_DESTINATION_H

#include "broker/broker.h"

struct feed;

struct destination {
    unsigned magic;
    uint32_t subscriptions;
    struct table_node node;
    struct list live;
    struct list parked; /* PENDING and STALLED: nothing happens to them by itself */
    struct feed *feed;  /* NULL: transient */
    uint32_t admitted;  /* subscriptions that are neither PENDING nor GONE */
    uint32_t replayed;  /* READY, STALLED or READING */
    uint32_t busy;      /* callbacks under way: not to be freed */
    uint32_t name_len;
    unsigned char name[];
};

static inline struct slice destination_name(const struct destination *d)
{
    return slice_of(d->name, d->name_len);
}

/* NULL when nobody follows it. */
struct destination *destination_find(struct broker *b, struct slice name);
/* A new one without subscriptions; NULL when out of memory. */
struct destination *destination_new(struct broker *b, struct slice name, bool durable);

/* Around whatever calls subscribers that may unsubscribe. After the second, d may be gone. */
void destination_enter(struct destination *d);
void destination_leave(struct broker *b, struct destination *d);

/* One message to everybody who is live. */
void destination_deliver(struct broker *b, struct destination *d, struct message *m);
/* One message to one subscription. */
void destination_deliver_one(struct broker *b, struct subscription *s, struct message *m);

/* broker_end(). After it d may be gone. */
void destination_end(struct broker *b, struct destination *d, enum error error);

/* The only door to a subscription's state: asserts that the step is allowed, keeps lists and counts. To GONE:
 * d forgets it, and is itself freed unless somebody is inside. */
void subscription_move(struct broker *b, struct subscription *s, enum subscription_state to);
void subscription_check(const struct subscription *s);
static inline struct subscription *subscription_of(struct list *link)
{
    return CONTAINER_OF(link, struct subscription, link);
}

#endif
