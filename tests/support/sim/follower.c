// SPDX-License-Identifier: MIT
#include "support/sim/follower.h"

#include "chat/operation.h"
#include "support/sim/sim.h"

enum { MOST_ROOM = 20 };

/* ---- what the broker calls ---- */

static struct follower *self(struct subscription *s)
{
    return CONTAINER_OF(s, struct follower, sub);
}

static void on_deliver(struct subscription *s, struct message *m)
{
    struct follower *f = self(s);
    const struct model_channel *c = &f->sim->model.channels[f->channel];
    uint64_t seq = m->event->seq;
    NOTE(f->sim, FOLLOWED, .follower = f->index + 1, .a = f->channel, .b = (int64_t)seq);
    if (seq != f->last + 1)
        sim_fail(f->sim, "G4", "follower %u is given event %llu behind position %llu", f->index + 1,
                 (unsigned long long)seq, (unsigned long long)f->last);
    if (seq > c->count || !uuid_equals(&c->events[seq - 1].id, &m->event->id))
        sim_fail(f->sim, "G2", "follower %u is given an event that was never committed", f->index + 1);
    f->last = seq;
    f->room -= f->room > 0;
}

static bool on_has_room(struct subscription *s)
{
    return self(s)->room > 0;
}

static void on_live(struct subscription *s)
{
    (void)s;
}

static void on_failed(struct subscription *s, enum error error)
{
    struct follower *f = self(s);
    const struct model_channel *c = &f->sim->model.channels[f->channel];
    f->worker = NULL;
    f->admitted = f->has_position = false; /* he is told that there is a gap, and begins anew */
    if (!model_is_expired(f->sim, c, f->last + 1))
        sim_fail(f->sim, "G4", "follower %u is told that what is behind position %llu is gone (%s)",
                 f->index + 1, (unsigned long long)f->last, error_row(error)->line);
}

static const struct subscriber subscriber = {on_deliver, on_has_room, on_live, on_failed};

/* ---- coming and going ---- */

static void leave(struct follower *f)
{
    NOTE(f->sim, UNFOLLOWS, .follower = f->index + 1, .a = f->channel, .b = (int64_t)f->last);
    broker_unsubscribe(&f->worker->broker, &f->sub);
    f->worker = NULL;
    f->admitted = false;
}

static void on_checked(struct task *t)
{
    struct follower *f = (struct follower *)(uintptr_t)t->context[0];
    atomic_fetch_sub(&f->sim->house.shared.tasks, 1);
    if (f->worker == NULL || f->visit != (uint32_t)t->context[1])
        return;
    if (t->error != ERR_NONE) {
        leave(f);
        return;
    }
    if (!f->has_position)
        f->last = t->head;
    f->has_position = f->admitted = true;
    if (f->last > t->head)
        sim_fail(f->sim, "G3", "the head of channel %u is event %llu, but event %llu was delivered",
                 f->channel, (unsigned long long)t->head, (unsigned long long)f->last);
    else
        (void)broker_admit(&f->worker->broker, &f->sub, f->last, t->head);
}

/* Pending before the check, as in api/stomp.c. */
static void come(struct follower *f)
{
    struct sim *sim = f->sim;
    struct house_worker *w = &sim->house.workers[dice_below(&sim->people, sim->plan.workers)];
    const struct model_channel *c = &sim->model.channels[f->channel];
    struct task *t =
        task_new(&sim->house.shared.chat[LANGUAGE_ENGLISH], &OPERATION_CHANNEL_WATCH, &w->loop, on_checked);
    if (t == NULL)
        abort();
    NOTE(sim, FOLLOWS, .follower = f->index + 1, .worker = w->index + 1, .a = f->channel,
         .b = (int64_t)f->last);
    f->worker = w;
    f->visit++;
    subscription_init(&f->sub, &subscriber);
    if (broker_subscribe(&w->broker, &f->sub, slice_from_string(c->stream), true) != ERR_NONE)
        abort();
    t->caller = (struct caller){.known = true, .role = PARLEY__V1__ROLE__ROLE_USER};
    t->parameters.channel_id = slice_from_string(c->id_text);
    t->context[0] = (uint64_t)(uintptr_t)f;
    t->context[1] = f->visit;
    atomic_fetch_add(&sim->house.shared.tasks, 1);
    task_start(t);
    desk_collect(&sim->house.desk);
}

void follower_init(struct follower *f, struct sim *sim, unsigned index)
{
    *f = (struct follower){.sim = sim, .index = index, .act_at = sim->now};
    f->channel = dice_below(&sim->people, sim->plan.public_channels);
}

bool follower_is_ready(const struct follower *f, bool may_act)
{
    return f->sim->now >= f->act_at && (may_act || (f->calm && f->worker == NULL));
}

void follower_step(struct follower *f)
{
    struct sim *sim = f->sim;
    f->act_at = sim->now + dice_between(&sim->people, 0, 4 * sim->plan.pause);
    if (f->worker == NULL) {
        f->room = f->calm ? UINT32_MAX : dice_below(&sim->people, MOST_ROOM);
        come(f);
    } else if (dice_chance(&sim->people, 300)) {
        leave(f);
    } else {
        f->room += dice_below(&sim->people, MOST_ROOM);
        broker_resume(&f->worker->broker, &f->sub);
    }
    desk_collect(&sim->house.desk);
}

void follower_calm(struct follower *f)
{
    f->calm = true;
    f->room = UINT32_MAX;
    f->act_at = f->sim->now;
    if (f->worker != NULL)
        broker_resume(&f->worker->broker, &f->sub);
}

void follower_check(struct follower *f)
{
    const struct model_channel *c = &f->sim->model.channels[f->channel];
    if (f->worker == NULL || !f->admitted)
        sim_fail(f->sim, "progress", "follower %u is never admitted", f->index + 1);
    else if (f->last != c->count)
        sim_fail(f->sim, "G4", "follower %u has channel %u up to event %llu, but there are %zu", f->index + 1,
                 f->channel, (unsigned long long)f->last, c->count);
}

void followers_stop(struct sim *sim)
{
    for (unsigned i = 0; i < sim->plan.followers; i++) {
        if (sim->followers[i].worker != NULL)
            leave(&sim->followers[i]);
    }
}
