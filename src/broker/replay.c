// SPDX-License-Identifier: MIT
#include "broker/replay.h"

/* --- delivering --- */

static void post_turn(struct broker *b)
{
    if (b->turn_posted)
        return;
    b->turn_posted = true;
    loop_post(b->loop, &b->turn);
}

void replay_schedule(struct feed *f)
{
    if (!list_is_linked(&f->replaying))
        list_append(&f->broker->replaying, &f->replaying);
    post_turn(f->broker);
}

static struct message *next_message(const struct feed *f, uint64_t seq)
{
    struct message *kept = history_at(&f->history, seq);
    return kept != NULL ? kept : history_at(&f->window, seq);
}

/* The state s leaves READY for, or READY as long as it can go on. */
static enum subscription_state next_state(const struct feed *f, struct subscription *s, struct message **next)
{
    if (s->withdrawn)
        return SUBSCRIPTION_STALLED;
    if (s->cursor == f->last)
        return SUBSCRIPTION_LIVE;
    if (!s->subscriber->has_room(s))
        return SUBSCRIPTION_STALLED;
    *next = next_message(f, s->cursor + 1);
    return *next == NULL ? SUBSCRIPTION_READING : SUBSCRIPTION_READY;
}

static void replay_one(struct feed *f, struct subscription *s, size_t *budget)
{
    struct message *next = NULL;
    enum subscription_state state = next_state(f, s, &next);
    for (; state == SUBSCRIPTION_READY && *budget > 0; state = next_state(f, s, &next)) {
        if (history_at(&f->history, ++s->cursor) != next)
            counter_add(&f->broker->counters.reread, 1);
        --*budget;
        if (message_is_rendered(next))
            destination_deliver_one(f->broker, s, next);
    }
    if (state == SUBSCRIPTION_READY) {
        list_remove(&s->link); /* the others first, in the next turn */
        list_append(&f->ready, &s->link);
        return;
    }
    subscription_move(f->broker, s, state);
    if (state == SUBSCRIPTION_LIVE)
        s->subscriber->live(s);
}

static void replay_feed(struct feed *f, size_t *budget)
{
    struct broker *b = f->broker;
    struct destination *d = f->destination;
    destination_enter(d);
    while (*budget > 0 && !list_is_empty(&f->ready))
        replay_one(f, subscription_of(f->ready.next), budget);
    if (!list_is_empty(&f->ready))
        replay_schedule(f);
    replay_read(f);
    destination_leave(b, d);
}

void replay_turn(struct broker *b)
{
    size_t budget = b->options.turn_replays;
    while (budget > 0) {
        struct list *link = list_pop(&b->replaying);
        if (link == NULL)
            return;
        replay_feed(CONTAINER_OF(link, struct feed, replaying), &budget);
    }
    if (!list_is_empty(&b->replaying))
        post_turn(b);
}

/* --- reading --- */

static void start_read(struct feed *f, bool catching_up, uint64_t after)
{
    struct broker *b = f->broker;
    if (!reader_read(&b->reader, &f->portion, destination_name(f->destination), after)) {
        replay_back_off(f);
        return;
    }
    f->catching_up = catching_up;
    f->asked = catching_up ? f->known : f->last;
    if (catching_up)
        f->behind = false; /* what is missed from now on is another read's */
    b->reads++;
    counter_add(&b->counters.reads, 1);
}

/* Catching up comes first: everybody waits for that. Replays are read for in the order of asking. */
void replay_read(struct feed *f)
{
    struct broker *b = f->broker;
    bool owed = f->behind && f->destination->admitted > 0;
    bool wanted = owed || !list_is_empty(&f->reading);
    if (!wanted || f->taking || reading_is_busy(&f->portion) || timer_is_running(&f->retry))
        return;
    if (b->reads >= b->options.reads) {
        if (!list_is_linked(&f->queued))
            list_append(&b->queued, &f->queued);
        return;
    }
    list_remove(&f->queued);
    start_read(f, owed, owed ? f->last : subscription_of(f->reading.next)->cursor);
}

static void read_next(struct broker *b)
{
    b->reads--;
    while (b->reads < b->options.reads) {
        struct list *link = list_pop(&b->queued);
        if (link == NULL)
            return;
        replay_read(CONTAINER_OF(link, struct feed, queued));
    }
}

/* Doubling, and not all at the same moment. */
void replay_back_off(struct feed *f)
{
    struct broker *b = f->broker;
    int64_t wait = b->options.retry_first;
    for (unsigned i = 0; i < f->failures && wait < b->options.retry_most; i++)
        wait *= 2;
    if (wait > b->options.retry_most)
        wait = b->options.retry_most;
    if (f->failures < UINT8_MAX)
        f->failures++;
    uint32_t dice;
    b->loop->random->fill(b->loop->random, &dice, sizeof dice);
    timer_start(&b->loop->timers, &f->retry, b->loop->now + wait / 2 + (int64_t)dice % (wait / 2 + 1));
}

void replay_cancel(struct feed *f)
{
    list_remove(&f->replaying);
    list_remove(&f->queued);
    if (!reading_is_busy(&f->portion))
        return;
    reader_cancel(&f->portion);
    read_next(f->broker);
}

/* What the table has no more although it was committed before it was asked: gone by retention. (Without
 * memory for what was held, everything is asked again after the backoff.) */
static void lose_missing(struct feed *f)
{
    while (f->last < f->asked && !timer_is_running(&f->retry)) {
        struct event *held = held_first(&f->held);
        feed_lose(f, held != NULL && held->seq <= f->asked ? held->seq - 1 : f->asked);
        feed_settle(f);
    }
}

static void take_catch_up(struct feed *f, const struct portion *p)
{
    for (size_t i = 0; i < p->count; i++) {
        struct event *e = p->events[i];
        if (e->seq > f->last + 1)
            feed_lose(f, e->seq - 1); /* a callback may have moved last further */
        if (e->seq == f->last + 1 && !feed_accept(f, e))
            return;
    }
    feed_settle(f);
    if (p->more)
        f->behind = true;
    else
        lose_missing(f);
}

/* Everybody who waits for the table and misses what lay before the first row that is left. */
static void fail_too_late(struct feed *f, uint64_t upto)
{
    struct list failing;
    list_init(&failing);
    LIST_FOREACH (link, &f->reading) {
        if (subscription_of(link)->cursor >= upto)
            continue;
        list_remove(link);
        list_append(&failing, link);
    }
    feed_fail_all(f, &failing);
}

/* The portion as messages, those that the history has already rendered included. False without memory for the
 * first. */
static bool make_window(struct feed *f, const struct portion *p)
{
    struct broker *b = f->broker;
    struct history_limits limits = {p->count, SIZE_MAX};
    history_clear(&f->window);
    for (size_t i = 0; i < p->count && p->events[i]->seq <= f->last; i++) {
        struct event *e = p->events[i];
        if (i > 0 && e->seq != p->events[i - 1]->seq + 1)
            break;
        struct message *had = history_at(&f->history, e->seq);
        struct message *m =
            had != NULL ? message_ref(had) : message_new(&b->messages, e, b->renderer, b->loop->now);
        if (m == NULL)
            break;
        history_push(&f->window, m, &limits);
        message_unref(m);
    }
    feed_start_aging(f);
    return p->count == 0 || f->window.count > 0;
}

static void take_replay(struct feed *f, const struct portion *p)
{
    uint64_t gone = p->count > 0 ? p->events[0]->seq - 1 : f->asked;
    if (gone > p->after)
        fail_too_late(f, gone);
    if (list_is_empty(&f->reading))
        return;
    if (!make_window(f, p)) {
        replay_back_off(f);
        return;
    }
    while (!list_is_empty(&f->reading))
        subscription_move(f->broker, subscription_of(f->reading.next), SUBSCRIPTION_READY);
    replay_schedule(f);
}

static void take_failure(struct feed *f)
{
    counter_add(&f->broker->counters.read_errors, 1);
    f->behind = f->behind || f->catching_up;
    replay_back_off(f);
}

void replay_on_portion(struct reading *reading, const struct portion *p)
{
    struct feed *f = CONTAINER_OF(reading, struct feed, portion);
    struct broker *b = f->broker;
    struct destination *d = f->destination;
    destination_enter(d);
    f->taking = true;
    if (p->error == ERR_NONE)
        f->failures = 0;
    if (p->error != ERR_NONE)
        take_failure(f);
    else if (f->catching_up)
        take_catch_up(f, p);
    else
        take_replay(f, p);
    f->taking = false;
    read_next(b);
    replay_read(f);
    destination_leave(b, d);
}
