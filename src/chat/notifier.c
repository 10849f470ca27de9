// SPDX-License-Identifier: MIT
#include "chat/notifier.h"

#include <stdlib.h>

#include "chat/operation.h"
#include "chat/streams.h"

enum { NOTIFIER_MAGIC = 0x4E4F5446 };

const struct notifier_options notifier_defaults = {
    .interval = 30 * MICROSECONDS_PER_SECOND,
    .quiet = 5 * MICROSECONDS_PER_SECOND,
    .retry = MICROSECONDS_PER_SECOND,
};

static void go_on(struct notifier *n);

static struct notifier *of_task(const struct task *t)
{
    struct notifier *n = (struct notifier *)(uintptr_t)t->context[0];
    OBJ_CHECK(n, NOTIFIER_MAGIC);
    return n;
}

static int64_t now_of(const struct notifier *n)
{
    return n->house.loop->clock->mono(n->house.loop->clock);
}

/* --- the channels it knows of --- */

static bool is_channel(const struct table_node *node, const void *key)
{
    return uuid_equals(&CONTAINER_OF(node, struct notifier_channel, node)->id, key);
}

static struct notifier_channel *channel_at(struct list *link)
{
    return CONTAINER_OF(link, struct notifier_channel, link);
}

/* There is, or may be, something new in this channel. True when there is something to do that was not known. */
static bool note(struct notifier *n, const struct uuid *id)
{
    uint32_t hash = (uint32_t)hash_slice(&n->key, slice_of(id->octets, sizeof id->octets));
    struct table_node *node = table_find(&n->known, hash, is_channel, id);
    if (node != NULL) {
        CONTAINER_OF(node, struct notifier_channel, node)->again = true;
        return false;
    }
    struct list *link = list_pop(&n->unused);
    if (link == NULL) {
        n->missed = true;
        return false;
    }
    struct notifier_channel *channel = channel_at(link);
    channel->id = *id;
    table_insert(&n->known, &channel->node, hash);
    list_append(&n->waiting, &channel->link);
    return true;
}

static void forget(struct notifier *n, struct notifier_channel *channel)
{
    table_remove(&n->known, &channel->node);
    list_append(&n->unused, &channel->link);
}

/* --- work --- */

static struct task *begin(struct notifier *n, const struct operation *operation, void (*done)(struct task *))
{
    struct task *t = task_new(n->house.chat, operation, n->house.loop, done);
    if (t == NULL)
        return NULL;
    t->context[0] = (uint64_t)(uintptr_t)n;
    atomic_fetch_add(n->house.tasks, 1);
    return t;
}

/* Working and resting take turns, of a tick each at least: shorter ones the timers cannot tell. */
static bool may_begin(const struct notifier *n, int64_t now)
{
    int64_t rest = n->rest > now ? n->rest - now : 0, busy = n->running > 0 ? now - n->busy_since : 0;
    return n->running < NOTIFIER_TASKS && rest + NOTIFIER_REST * busy <= TIMERS_TICK;
}

static void rest(struct notifier *n, int64_t how_long)
{
    int64_t now = now_of(n);
    n->rest = (n->rest > now ? n->rest : now) + how_long;
}

static void on_told(struct task *t)
{
    struct notifier *n = of_task(t);
    struct notifier_channel *channel = &n->channels[t->context[1]];
    atomic_fetch_sub(n->house.tasks, 1);
    if (--n->running == 0)
        rest(n, NOTIFIER_REST * (now_of(n) - n->busy_since));
    if (t->error != ERR_NONE)
        rest(n, n->options.retry);
    if (t->error != ERR_NONE || t->notify.more || channel->again)
        list_append(&n->waiting, &channel->link);
    else
        forget(n, channel);
    go_on(n);
}

static void tell(struct notifier *n, struct notifier_channel *channel)
{
    struct task *t = begin(n, &OPERATION_NOTIFY_CHANNEL, on_told);
    if (t == NULL) {
        list_append(&n->waiting, &channel->link);
        rest(n, n->options.retry);
        return;
    }
    channel->again = false;
    if (n->running++ == 0)
        n->busy_since = now_of(n);
    t->notify.channel = channel->id;
    t->context[1] = (uint64_t)(channel - n->channels);
    task_start(t);
}

/* --- looking for what is left behind --- */

static void end_look(struct notifier *n)
{
    n->looking = false;
    n->next_look = now_of(n) + n->options.interval;
}

static void begin_look(struct notifier *n, int64_t quiet)
{
    n->looking = true;
    n->missed = false;
    n->next_look = TIMERS_NEVER;
    n->quiet = quiet;
    memset(&n->after, 0, sizeof n->after);
}

static void on_found(struct task *t)
{
    struct notifier *n = of_task(t);
    atomic_fetch_sub(n->house.tasks, 1);
    n->asking = false;
    if (t->error != ERR_NONE) {
        rest(n, n->options.retry); /* the same portion again */
        go_on(n);
        return;
    }
    for (size_t i = 0; i < t->notify.channel_count; i++)
        (void)note(n, &t->notify.channels[i]);
    n->after = t->notify.after;
    if (!t->notify.more)
        end_look(n);
    go_on(n);
}

static void look(struct notifier *n)
{
    struct task *t = begin(n, &OPERATION_NOTIFY_BEHIND, on_found);
    if (t == NULL) {
        rest(n, n->options.retry);
        return;
    }
    n->asking = true;
    t->notify.after = n->after;
    t->notify.quiet = n->quiet;
    task_start(t);
}

/* What it knows of is done first: then there is room for all that a portion may bring. */
static bool may_look(const struct notifier *n)
{
    return n->looking && !n->asking && n->running == 0 && list_is_empty(&n->waiting);
}

static void go_on(struct notifier *n)
{
    int64_t now = now_of(n);
    if (atomic_load(n->house.leaving))
        return;
    if (!n->looking && (n->missed || now >= n->next_look))
        begin_look(n, n->missed ? 0 : n->options.quiet);
    while (!list_is_empty(&n->waiting) && may_begin(n, now))
        tell(n, channel_at(list_pop(&n->waiting)));
    if (may_look(n) && may_begin(n, now))
        look(n);
    bool rests = n->running == 0 && (!list_is_empty(&n->waiting) || may_look(n));
    int64_t at = rests ? n->rest : n->next_look;
    if (at != TIMERS_NEVER)
        timer_start(&n->house.loop->timers, &n->timer, at);
}

static void on_timer(struct timer *timer)
{
    struct notifier *n = CONTAINER_OF(timer, struct notifier, timer);
    OBJ_CHECK(n, NOTIFIER_MAGIC);
    go_on(n);
}

/* --- hearing --- */

static void on_event(struct lane_sink *sink, struct event *e)
{
    struct notifier *n = CONTAINER_OF(sink, struct notifier, sink);
    struct uuid channel;
    OBJ_CHECK(n, NOTIFIER_MAGIC);
    if (n->house.next != NULL)
        n->house.next->event(n->house.next, e);
    if (e->kind == EVENT_DURABLE && stream_channel(e->stream, &channel) && note(n, &channel))
        go_on(n);
}

static void on_overflow(struct lane_sink *sink)
{
    struct notifier *n = CONTAINER_OF(sink, struct notifier, sink);
    OBJ_CHECK(n, NOTIFIER_MAGIC);
    if (n->house.next != NULL)
        n->house.next->overflowed(n->house.next);
    n->missed = true;
    go_on(n);
}

/* --- life --- */

bool notifier_init(struct notifier *n, const struct notifier_house *house,
                   const struct notifier_options *options)
{
    OBJ_INIT(n, NOTIFIER_MAGIC);
    n->sink = (struct lane_sink){on_event, on_overflow};
    n->house = *house;
    n->options = *options;
    n->key = hash_key_draw(house->loop->random);
    n->next_look = TIMERS_NEVER;
    table_init(&n->known);
    list_init(&n->waiting);
    list_init(&n->unused);
    timer_init(&n->timer, on_timer);
    n->channels = calloc(NOTIFIER_CHANNELS, sizeof *n->channels);
    for (size_t i = 0; n->channels != NULL && i < NOTIFIER_CHANNELS; i++) {
        list_init(&n->channels[i].link);
        list_append(&n->unused, &n->channels[i].link);
    }
    return n->channels != NULL;
}

void notifier_start(struct notifier *n)
{
    OBJ_CHECK(n, NOTIFIER_MAGIC);
    n->missed = true; /* whatever happened before */
    timer_start(&n->house.loop->timers, &n->timer, n->house.loop->now);
}

void notifier_release(struct notifier *n)
{
    OBJ_CHECK(n, NOTIFIER_MAGIC);
    timer_stop(&n->house.loop->timers, &n->timer);
    table_release(&n->known);
    free(n->channels);
    OBJ_DEAD(n);
}
