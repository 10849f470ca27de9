// SPDX-License-Identifier: MIT
#include "broker/destination.h"

#include <stdlib.h>

#include "broker/feed.h"

enum { DESTINATION_MAGIC = 0x44455354, SUBSCRIPTION_MAGIC = 0x53554253 };

#define BIT(state) (1u << SUBSCRIPTION_##state)

/* The drawing of broker/broker.h as rows: from each state, where to. */
static const unsigned allowed[SUBSCRIPTION_STATES] = {
    [SUBSCRIPTION_GONE] = BIT(PENDING),
    [SUBSCRIPTION_PENDING] = BIT(READY) | BIT(AHEAD) | BIT(LIVE) | BIT(GONE),
    [SUBSCRIPTION_READY] = BIT(STALLED) | BIT(READING) | BIT(LIVE) | BIT(GONE),
    [SUBSCRIPTION_STALLED] = BIT(READY) | BIT(GONE),
    [SUBSCRIPTION_READING] = BIT(READY) | BIT(GONE),
    [SUBSCRIPTION_AHEAD] = BIT(LIVE) | BIT(GONE),
    [SUBSCRIPTION_LIVE] = BIT(GONE),
};

static const unsigned admitted_states = BIT(READY) | BIT(STALLED) | BIT(READING) | BIT(AHEAD) | BIT(LIVE);
static const unsigned replayed_states = BIT(READY) | BIT(STALLED) | BIT(READING);

struct name_key {
    struct slice name;
};

static bool has_name(const struct table_node *node, const void *key)
{
    const struct destination *d = CONTAINER_OF(node, struct destination, node);
    return slice_equals(destination_name(d), ((const struct name_key *)key)->name);
}

static uint32_t hash_of(const struct broker *b, struct slice name)
{
    return (uint32_t)hash_slice(&b->key, name);
}

struct destination *destination_find(struct broker *b, struct slice name)
{
    struct name_key key = {name};
    struct table_node *node = table_find(&b->destinations, hash_of(b, name), has_name, &key);
    return node == NULL ? NULL : CONTAINER_OF(node, struct destination, node);
}

struct destination *destination_new(struct broker *b, struct slice name, bool durable)
{
    if (name.len > UINT32_MAX)
        return NULL;
    struct destination *d = malloc(sizeof *d + name.len);
    if (d == NULL)
        return NULL;
    OBJ_INIT(d, DESTINATION_MAGIC);
    list_init(&d->live);
    list_init(&d->parked);
    d->name_len = (uint32_t)name.len;
    if (name.len > 0)
        memcpy(d->name, name.data, name.len);
    if (durable) {
        d->feed = feed_new(b, d);
        if (d->feed == NULL) {
            free(d);
            return NULL;
        }
    }
    table_insert(&b->destinations, &d->node, hash_of(b, name));
    counter_add(&b->counters.followed, 1);
    return d;
}

static void destination_free(struct broker *b, struct destination *d)
{
    assert(list_is_empty(&d->live) && list_is_empty(&d->parked));
    table_remove(&b->destinations, &d->node);
    counter_add(&b->counters.forgotten, 1);
    feed_free(d->feed);
    OBJ_DEAD(d);
    free(d);
}

void destination_enter(struct destination *d)
{
    OBJ_CHECK(d, DESTINATION_MAGIC);
    d->busy++;
}

void destination_leave(struct broker *b, struct destination *d)
{
    OBJ_CHECK(d, DESTINATION_MAGIC);
    if (--d->busy == 0 && d->subscriptions == 0)
        destination_free(b, d);
}

/* The hot loop: one flag test and one call per subscriber. */
void destination_deliver(struct broker *b, struct destination *d, struct message *m)
{
    uint64_t deliveries = 0;
    LIST_FOREACH (link, &d->live) {
        struct subscription *s = subscription_of(link);
        if (s->withdrawn)
            continue;
        s->subscriber->deliver(s, m);
        deliveries++;
    }
    counter_add(&b->counters.deliveries, deliveries);
    histogram_observe(&b->counters.fanout, &histogram_count, deliveries, b->loop->now);
}

void destination_deliver_one(struct broker *b, struct subscription *s, struct message *m)
{
    s->subscriber->deliver(s, m);
    counter_add(&b->counters.deliveries, 1);
    counter_add(&b->counters.replays, 1);
}

void subscription_init(struct subscription *s, const struct subscriber *subscriber)
{
    OBJ_INIT(s, SUBSCRIPTION_MAGIC);
    list_init(&s->link);
    s->subscriber = subscriber;
}

void subscription_check(const struct subscription *s)
{
    OBJ_CHECK(s, SUBSCRIPTION_MAGIC);
}

struct slice subscription_name(const struct subscription *s)
{
    subscription_check(s);
    return s->destination == NULL ? SLICE_NONE : destination_name(s->destination);
}

static struct list *list_of(struct destination *d, enum subscription_state state)
{
    switch (state) {
    case SUBSCRIPTION_LIVE: return &d->live;
    case SUBSCRIPTION_PENDING:
    case SUBSCRIPTION_STALLED: return &d->parked;
    default: return feed_list(d->feed, state);
    }
}

static unsigned is_in(unsigned states, unsigned state)
{
    return states >> state & 1u;
}

void subscription_move(struct broker *b, struct subscription *s, enum subscription_state to)
{
    struct destination *d = s->destination;
    OBJ_CHECK(d, DESTINATION_MAGIC);
    assert(is_in(allowed[s->state], to));
    d->admitted += is_in(admitted_states, to) - is_in(admitted_states, s->state);
    d->replayed += is_in(replayed_states, to) - is_in(replayed_states, s->state);
    d->subscriptions += (to != SUBSCRIPTION_GONE) - (unsigned)(s->state != SUBSCRIPTION_GONE);
    if (s->state == SUBSCRIPTION_GONE)
        counter_add(&b->counters.subscribed, 1);
    if (to == SUBSCRIPTION_GONE)
        counter_add(&b->counters.unsubscribed, 1);
    s->state = (uint8_t)to;
    list_remove(&s->link);
    if (to != SUBSCRIPTION_GONE)
        list_append(list_of(d, to), &s->link);
    else
        s->destination = NULL;
    if (d->replayed == 0 && d->feed != NULL)
        feed_drop_window(d->feed);
    if (d->subscriptions == 0 && d->busy == 0)
        destination_free(b, d);
}

static void take_admitted(struct list *ending, struct list *from)
{
    LIST_FOREACH (link, from) {
        struct subscription *s = subscription_of(link);
        s->withdrawn = true;
        if (s->state == SUBSCRIPTION_PENDING)
            continue;
        list_remove(link);
        list_append(ending, link);
    }
}

/* A callback may remove any of them from the list, so the list is asked anew each time. */
void destination_end(struct broker *b, struct destination *d, enum error error)
{
    struct list ending;
    list_init(&ending);
    destination_enter(d);
    take_admitted(&ending, &d->live);
    take_admitted(&ending, &d->parked);
    for (unsigned state = SUBSCRIPTION_READY; d->feed != NULL && state < SUBSCRIPTION_LIVE; state++) {
        if (state != SUBSCRIPTION_STALLED) /* parked */
            take_admitted(&ending, feed_list(d->feed, (enum subscription_state)state));
    }
    for (struct list *link = list_pop(&ending); link != NULL; link = list_pop(&ending)) {
        struct subscription *s = subscription_of(link);
        subscription_move(b, s, SUBSCRIPTION_GONE);
        s->subscriber->failed(s, error);
    }
    destination_leave(b, d);
}
