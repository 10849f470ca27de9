// SPDX-License-Identifier: MIT
#include "broker/broker.h"

#include "broker/destination.h"
#include "broker/feed.h"
#include "broker/message.h"
#include "broker/replay.h"

enum { BROKER_MAGIC = 0x42524f4b, MESSAGES_PER_SLAB = 64 };

const struct broker_options broker_options_default = {
    .history_count = 256,
    .history_octets = 256 * 1024,
    .history_age = 60 * MICROSECONDS_PER_SECOND,
    .held_count = 64,
    .held_octets = 256 * 1024,
    .gap_hold = 200 * MICROSECONDS_PER_MS,
    .retry_first = 100 * MICROSECONDS_PER_MS,
    .retry_most = 5 * MICROSECONDS_PER_SECOND,
    .read = {.rows = 256, .octets = 1024 * 1024},
    .reads = 16,
    .turn_replays = 4096,
};

static void on_event(struct lane_sink *sink, struct event *e)
{
    broker_event(CONTAINER_OF(sink, struct broker, sink), e);
}

static void on_overflowed(struct lane_sink *sink)
{
    broker_overflowed(CONTAINER_OF(sink, struct broker, sink));
}

static void on_turn(struct mail *mail)
{
    struct broker *b = CONTAINER_OF(mail, struct broker, turn);
    OBJ_CHECK(b, BROKER_MAGIC);
    b->turn_posted = false;
    replay_turn(b);
}

void broker_init(struct broker *b, struct loop *loop, struct store *store, struct renderer *renderer,
                 const struct broker_options *options)
{
    OBJ_INIT(b, BROKER_MAGIC);
    assert(options->reads > 0 && options->turn_replays > 0);
    b->sink = (struct lane_sink){on_event, on_overflowed};
    b->loop = loop;
    b->renderer = renderer;
    b->options = *options;
    b->turn.run = on_turn;
    b->key = hash_key_draw(loop->random);
    reader_init(&b->reader, store, loop, &options->read);
    table_init(&b->destinations);
    list_init(&b->feeds);
    list_init(&b->replaying);
    list_init(&b->queued);
    pool_init(&b->messages, sizeof(struct message), MESSAGES_PER_SLAB);
}

void broker_release(struct broker *b)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    assert(b->destinations.count == 0);
    assert(b->reader.outstanding == 0);
    table_release(&b->destinations);
    pool_release(&b->messages);
    OBJ_DEAD(b);
}

enum error broker_subscribe(struct broker *b, struct subscription *s, struct slice destination, bool durable)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    subscription_check(s);
    assert(s->state == SUBSCRIPTION_GONE);
    struct destination *d = destination_find(b, destination);
    if (d == NULL)
        d = destination_new(b, destination, durable);
    if (d == NULL)
        return ERR_OUT_OF_MEMORY;
    assert((d->feed != NULL) == durable);
    s->destination = d;
    s->withdrawn = false;
    s->cursor = 0;
    subscription_move(b, s, SUBSCRIPTION_PENDING);
    return ERR_NONE;
}

bool broker_admit(struct broker *b, struct subscription *s, uint64_t after, uint64_t head)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    subscription_check(s);
    assert(s->state == SUBSCRIPTION_PENDING);
    if (s->withdrawn)
        return false;
    struct destination *d = s->destination;
    destination_enter(d);
    if (d->feed != NULL) {
        feed_admit(d->feed, s, after, head);
    } else {
        subscription_move(b, s, SUBSCRIPTION_LIVE);
        s->subscriber->live(s);
    }
    destination_leave(b, d);
    return true;
}

void broker_withdraw(struct subscription *s)
{
    subscription_check(s);
    s->withdrawn = true;
}

void broker_end(struct broker *b, struct slice destination, enum error error)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    struct destination *d = destination_find(b, destination);
    if (d != NULL)
        destination_end(b, d, error);
}

void broker_unsubscribe(struct broker *b, struct subscription *s)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    subscription_check(s);
    if (s->state != SUBSCRIPTION_GONE)
        subscription_move(b, s, SUBSCRIPTION_GONE);
}

void broker_resume(struct broker *b, struct subscription *s)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    subscription_check(s);
    if (s->state != SUBSCRIPTION_STALLED)
        return;
    subscription_move(b, s, SUBSCRIPTION_READY);
    replay_schedule(s->destination->feed);
}

/* A transient event is made a message only when somebody takes it. */
static void transient_event(struct broker *b, struct destination *d, struct event *e)
{
    if (list_is_empty(&d->live))
        return;
    struct message *m = message_new(&b->messages, e, b->renderer, b->loop->now);
    if (m != NULL && message_is_rendered(m))
        destination_deliver(b, d, m);
    else
        counter_add(&b->counters.unrendered, 1);
    message_unref(m);
}

void broker_event(struct broker *b, struct event *e)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    counter_add(&b->counters.events, 1);
    struct destination *d = destination_find(b, e->stream);
    if (d == NULL || (e->kind == EVENT_DURABLE && d->feed == NULL)) {
        counter_add(&b->counters.unfollowed, 1);
        return;
    }
    if (e->kind == EVENT_TRANSIENT)
        transient_event(b, d, e);
    else
        feed_event(d->feed, e);
}

void broker_overflowed(struct broker *b)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    counter_add(&b->counters.overflows, 1);
    LIST_FOREACH (link, &b->feeds)
        feed_overflowed(CONTAINER_OF(link, struct feed, link));
}

void broker_note_head(struct broker *b, struct slice stream, uint64_t head)
{
    OBJ_CHECK(b, BROKER_MAGIC);
    struct destination *d = destination_find(b, stream);
    if (d != NULL && d->feed != NULL)
        feed_note_head(d->feed, head);
}
