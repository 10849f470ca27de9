/* SPDX-License-Identifier: MIT
 *
 * tests/support/broker_world.h - a broker with a loop whose clock the test moves, a log table, and
 * subscribers that check what they get: the next position, once, in order.
 */
#ifndef PARLEY_TESTS_BROKER_WORLD_H
#define PARLEY_TESTS_BROKER_WORLD_H

#include <stdlib.h>

#include "broker/broker.h"
#include "support/log_table.h"
#include "support/test.h"

struct world {
    struct clock clock;
    struct random random;
    int64_t now;
    struct loop loop;
    struct log_table table;
    struct renderer renderer;
    uint64_t unrenderable; /* every so many-th event cannot be rendered; 0: all can */
    unsigned starving;     /* so many more find no memory to be rendered with */
    unsigned rendered;
    struct broker broker;
};

static inline int64_t world_tell(const struct clock *c)
{
    return CONTAINER_OF(c, struct world, clock)->now;
}

static inline void world_fill(const struct random *r, void *octets, size_t n)
{
    (void)r;
    memset(octets, 42, n);
}

static inline void world_wake(struct loop *l)
{
    (void)l;
}

static inline bool world_can_render(const struct world *w, uint64_t seq)
{
    return w->unrenderable == 0 || seq % w->unrenderable != 0;
}

static inline enum error world_render(struct renderer *r, const struct event *e, struct message *into)
{
    struct world *w = CONTAINER_OF(r, struct world, renderer);
    w->rendered++;
    if (!world_can_render(w, e->seq))
        return ERR_INTERNAL_SERVER_ERROR;
    if (w->starving > 0) {
        w->starving--;
        return ERR_OUT_OF_MEMORY;
    }
    into->destination = e->stream;
    into->content_type = SLICE("text/plain");
    into->body = frame_copy(e->body);
    return into->body != NULL ? ERR_NONE : ERR_OUT_OF_MEMORY;
}

static inline void world_init(struct world *w, const struct broker_options *options)
{
    memset(w, 0, sizeof *w);
    w->clock = (struct clock){world_tell, world_tell};
    w->random = (struct random){world_fill};
    w->now = 1000000;
    loop_init(&w->loop, &w->clock, &w->random, world_wake);
    log_table_init(&w->table);
    w->renderer.render = world_render;
    broker_init(&w->broker, &w->loop, &w->table.store, &w->renderer, options);
}

/* All that is due now, and then all the mail that it made. */
static inline void world_turn(struct world *w)
{
    do
        loop_turn(&w->loop);
    while (!mailbox_is_empty(&w->loop.mail));
}

static inline void world_pass(struct world *w, int64_t ms)
{
    w->now += ms * MICROSECONDS_PER_MS;
    world_turn(w);
}

/* The table answers all that waits, and what that leads to. */
static inline void world_read(struct world *w)
{
    world_turn(w);
    while (w->table.count > 0) {
        log_table_run(&w->table, 0);
        world_turn(w);
    }
}

/* Everything must be given back: no subscription, no message, no read. */
static inline void world_release(struct world *w)
{
    world_read(w);
    CHECK_INT(w->broker.destinations.count, 0);
    CHECK_INT(w->broker.messages.live, 0);
    CHECK_INT(w->loop.timers.count, 0);
    broker_release(&w->broker);
}

/* One event of the stream as the lane brings it. */
static inline void world_bring(struct world *w, size_t stream, uint64_t seq)
{
    struct event *e = log_table_event(&w->table, stream, seq);
    broker_event(&w->broker, e);
    event_unref(e);
}

/* Commits the next event; brings it as well, unless it is to be lost on its way. */
static inline void world_commit(struct world *w, size_t stream, bool bring)
{
    w->table.head[stream]++;
    if (bring)
        world_bring(w, stream, w->table.head[stream]);
}

static inline void world_say(struct world *w, const char *destination, const char *body)
{
    struct event_source source = {
        .kind = EVENT_TRANSIENT, .stream = slice_from_string(destination), .body = slice_from_string(body)};
    struct event *e = event_new(&source);
    broker_event(&w->broker, e);
    event_unref(e);
}

enum client_reaction {
    CLIENT_STAYS,
    CLIENT_LEAVES,  /* unsubscribes from inside live() */
    CLIENT_RETURNS, /* subscribes anew from inside failed(), admitted at the head */
};

struct client {
    struct subscription sub;
    struct world *world;
    size_t stream;
    uint64_t last; /* position of the last that came; begins as `after` */
    unsigned came, live, failed;
    unsigned room;  /* messages that may still be replayed */
    uint64_t wrong; /* a position that was not the next one; 0: none */
    bool forbidden; /* nothing may come any more */
    enum client_reaction reaction;
    char heard[64]; /* transient bodies */
};

static inline struct client *client_of(struct subscription *s)
{
    return CONTAINER_OF(s, struct client, sub);
}

static inline void client_deliver(struct subscription *s, struct message *m)
{
    struct client *c = client_of(s);
    c->came++;
    c->room -= c->room > 0;
    if (c->forbidden)
        c->wrong = m->event->seq;
    if (m->event->kind == EVENT_TRANSIENT) {
        struct slice body = frame_slice(m->body);
        strncat(c->heard, (const char *)body.data, body.len);
        return;
    }
    do
        c->last++;
    while (!world_can_render(c->world, c->last));
    if (m->event->seq != c->last || log_table_index(&c->world->table, m->event->stream) != c->stream)
        c->wrong = m->event->seq;
}

static inline bool client_has_room(struct subscription *s)
{
    return client_of(s)->room > 0;
}

static inline void client_live(struct subscription *s)
{
    struct client *c = client_of(s);
    c->live++;
    if (c->reaction == CLIENT_LEAVES)
        broker_unsubscribe(&c->world->broker, s);
}

static inline void client_failed(struct subscription *s, enum error error);

static const struct subscriber client_subscriber = {client_deliver, client_has_room, client_live,
                                                    client_failed};

/* PENDING, with room for everything. */
static inline void client_subscribe(struct client *c, struct world *w, size_t stream)
{
    *c = (struct client){.world = w, .stream = stream, .room = UINT32_MAX};
    subscription_init(&c->sub, &client_subscriber);
    CHECK(broker_subscribe(&w->broker, &c->sub, w->table.names[stream], true) == ERR_NONE);
}

static inline void client_admit(struct client *c, uint64_t after, uint64_t head)
{
    c->last = after;
    broker_admit(&c->world->broker, &c->sub, after, head);
}

/* Subscribes and is admitted at once, at the head as it is, without a past. */
static inline void client_join(struct client *c, struct world *w, size_t stream)
{
    client_subscribe(c, w, stream);
    client_admit(c, w->table.head[stream], w->table.head[stream]);
}

static inline void client_leave(struct client *c)
{
    broker_unsubscribe(&c->world->broker, &c->sub);
    c->forbidden = true;
}

static inline void client_failed(struct subscription *s, enum error error)
{
    struct client *c = client_of(s);
    CHECK_INT(error, ERR_POSITION_GONE);
    CHECK_INT(s->state, SUBSCRIPTION_GONE);
    if (c->reaction == CLIENT_RETURNS) {
        unsigned failed = c->failed;
        client_join(c, c->world, c->stream);
        c->failed = failed;
    }
    c->failed++;
}

#define CHECK_AT(client, position)                                                                           \
    do {                                                                                                     \
        CHECK_INT((client).wrong, 0);                                                                        \
        CHECK_INT((client).last, (position));                                                                \
    } while (0)

#endif
