// SPDX-License-Identifier: MIT
#include "broker/feed.h"

#include <stdlib.h>

#include "broker/replay.h"

enum { FEED_MAGIC = 0x46454544 };

static void on_gap(struct timer *t);
static void on_retry(struct timer *t);
static void on_aging(struct timer *t);

struct feed *feed_new(struct broker *b, struct destination *d)
{
    struct feed *f = malloc(sizeof *f);
    if (f == NULL)
        return NULL;
    OBJ_INIT(f, FEED_MAGIC);
    f->broker = b;
    f->destination = d;
    list_init(&f->link);
    list_init(&f->replaying);
    list_init(&f->queued);
    list_init(&f->ready);
    list_init(&f->reading);
    list_init(&f->ahead);
    reading_init(&f->portion, replay_on_portion);
    timer_init(&f->gap, on_gap);
    timer_init(&f->retry, on_retry);
    timer_init(&f->aging, on_aging);
    list_append(&b->feeds, &f->link);
    return f;
}

void feed_free(struct feed *f)
{
    if (f == NULL)
        return;
    OBJ_CHECK(f, FEED_MAGIC);
    assert(list_is_empty(&f->ready) && list_is_empty(&f->reading) && list_is_empty(&f->ahead));
    struct timers *timers = &f->broker->loop->timers;
    timer_stop(timers, &f->gap);
    timer_stop(timers, &f->retry);
    timer_stop(timers, &f->aging);
    replay_cancel(f);
    history_clear(&f->history);
    history_clear(&f->window);
    held_clear(&f->held);
    list_remove(&f->link);
    OBJ_DEAD(f);
    free(f);
}

struct list *feed_list(struct feed *f, enum subscription_state state)
{
    OBJ_CHECK(f, FEED_MAGIC);
    switch (state) {
    case SUBSCRIPTION_READY: return &f->ready;
    case SUBSCRIPTION_READING: return &f->reading;
    default: assert(state == SUBSCRIPTION_AHEAD); return &f->ahead;
    }
}

void feed_drop_window(struct feed *f)
{
    history_clear(&f->window);
}

/* --- ageing --- */

void feed_start_aging(struct feed *f)
{
    if (timer_is_running(&f->aging) || (f->history.count == 0 && f->window.count == 0))
        return;
    int64_t oldest = f->history.count > 0 ? history_oldest(&f->history) : INT64_MAX;
    if (f->window.count > 0 && history_oldest(&f->window) < oldest)
        oldest = history_oldest(&f->window);
    timer_start(&f->broker->loop->timers, &f->aging, oldest + f->broker->options.history_age);
}

static void on_aging(struct timer *t)
{
    struct feed *f = CONTAINER_OF(t, struct feed, aging);
    OBJ_CHECK(f, FEED_MAGIC);
    int64_t before = f->broker->loop->now - f->broker->options.history_age + 1;
    history_expire(&f->history, before);
    history_expire(&f->window, before);
    feed_start_aging(f);
}

/* --- holes --- */

/* Runs from the moment in which the hole behind `last` was first seen. */
static void mind_gap(struct feed *f)
{
    if (f->known > f->last && !timer_is_running(&f->gap))
        timer_start(&f->broker->loop->timers, &f->gap, f->broker->loop->now + f->broker->options.gap_hold);
}

static void on_gap(struct timer *t)
{
    struct feed *f = CONTAINER_OF(t, struct feed, gap);
    OBJ_CHECK(f, FEED_MAGIC);
    bool on_its_way = f->behind || (f->catching_up && reading_is_busy(&f->portion));
    if (f->known <= f->last || on_its_way)
        return;
    counter_add(&f->broker->counters.gaps, 1);
    f->behind = true;
    replay_read(f);
}

static void on_retry(struct timer *t)
{
    struct feed *f = CONTAINER_OF(t, struct feed, retry);
    OBJ_CHECK(f, FEED_MAGIC);
    replay_read(f);
}

static void raise_known(struct feed *f, uint64_t seq)
{
    if (seq > f->known)
        f->known = seq;
}

void feed_settle(struct feed *f)
{
    held_drop(&f->held, f->last);
    struct event *e = held_first(&f->held);
    while (e != NULL && e->seq == f->last + 1 && feed_accept(f, e)) {
        held_drop(&f->held, f->last);
        e = held_first(&f->held);
    }
    raise_known(f, f->last);
    timer_stop(&f->broker->loop->timers, &f->gap); /* if there is another hole, its time begins now */
    mind_gap(f);
}

void feed_overflowed(struct feed *f)
{
    f->behind = true;
    replay_read(f);
}

void feed_note_head(struct feed *f, uint64_t head)
{
    raise_known(f, head);
    if (f->positioned)
        mind_gap(f);
}

/* --- events --- */

static void welcome_ahead(struct feed *f)
{
    LIST_FOREACH (link, &f->ahead) {
        struct subscription *s = subscription_of(link);
        if (s->cursor == f->last)
            subscription_move(f->broker, s, SUBSCRIPTION_LIVE);
    }
}

bool feed_accept(struct feed *f, struct event *e)
{
    struct broker *b = f->broker;
    assert(e->seq == f->last + 1);
    struct message *m = message_new(&b->messages, e, b->renderer, b->loop->now);
    if (m == NULL) {
        raise_known(f, e->seq);
        f->behind = true;
        replay_back_off(f);
        return false;
    }
    f->last = e->seq;
    history_push(&f->history, m,
                 &(struct history_limits){b->options.history_count, b->options.history_octets});
    feed_start_aging(f);
    if (message_is_rendered(m))
        destination_deliver(b, f->destination, m);
    else
        counter_add(&b->counters.unrendered, 1);
    message_unref(m);
    welcome_ahead(f);
    return true;
}

static void hold(struct feed *f, struct event *e)
{
    struct broker *b = f->broker;
    raise_known(f, e->seq);
    if (held_add(&f->held, e, b->options.held_count, b->options.held_octets) == HELD_TWICE)
        counter_add(&b->counters.duplicates, 1);
    else
        counter_add(&b->counters.early, 1);
    mind_gap(f);
}

/* What arrives before anybody was admitted positions the feed wherever it stands: what came before it is in
 * the table. */
void feed_event(struct feed *f, struct event *e)
{
    if (!f->positioned) {
        f->positioned = true;
        f->last = e->seq == 0 ? 0 : e->seq - 1; /* seq begins at 1: a 0 is dropped below */
    }
    if (e->seq <= f->last) {
        counter_add(&f->broker->counters.duplicates, 1);
        return;
    }
    if (e->seq > f->last + 1) {
        hold(f, e);
        return;
    }
    if (feed_accept(f, e))
        feed_settle(f);
}

/* --- subscriptions --- */

/* Nobody depends on what lies before: go on from here. */
static void reposition(struct feed *f, uint64_t last)
{
    f->positioned = true;
    f->last = last;
    feed_settle(f);
}

void feed_admit(struct feed *f, struct subscription *s, uint64_t after, uint64_t head)
{
    struct broker *b = f->broker;
    if (!f->positioned || (f->destination->admitted == 0 && f->last < head))
        reposition(f, head);
    feed_note_head(f, head);
    s->cursor = after;
    if (after < f->last) {
        subscription_move(b, s, SUBSCRIPTION_READY);
        replay_schedule(f);
    } else {
        subscription_move(b, s, after == f->last ? SUBSCRIPTION_LIVE : SUBSCRIPTION_AHEAD);
    }
    replay_read(f); /* what came while only pending ones were here may have left a catch-up owing */
    if (s->state != SUBSCRIPTION_READY)
        s->subscriber->live(s);
}

/* A callback may remove any of them from the list, so the list is asked anew each time. */
void feed_fail_all(struct feed *f, struct list *failing)
{
    struct broker *b = f->broker;
    for (struct list *link = list_pop(failing); link != NULL; link = list_pop(failing)) {
        struct subscription *s = subscription_of(link);
        subscription_move(b, s, SUBSCRIPTION_GONE);
        counter_add(&b->counters.lost, 1);
        s->subscriber->failed(s, ERR_POSITION_GONE);
    }
}

/* A LIVE one's cursor has stayed where it joined, which is before the hole as well. */
static void take_missing(struct list *failing, struct list *from, uint64_t upto)
{
    LIST_FOREACH (link, from) {
        struct subscription *s = subscription_of(link);
        if (s->state == SUBSCRIPTION_PENDING || s->cursor >= upto)
            continue;
        list_remove(link);
        list_append(failing, link);
    }
}

void feed_lose(struct feed *f, uint64_t upto)
{
    struct destination *d = f->destination;
    assert(upto > f->last && d->busy > 0);
    struct list failing;
    list_init(&failing);
    take_missing(&failing, &d->live, upto);
    take_missing(&failing, &d->parked, upto);
    take_missing(&failing, &f->ready, upto);
    take_missing(&failing, &f->reading, upto);
    take_missing(&failing, &f->ahead, upto);
    f->last = upto;
    welcome_ahead(f);
    feed_fail_all(f, &failing);
}
