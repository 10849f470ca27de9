// SPDX-License-Identifier: MIT
#include "support/sim/notices.h"

#include <sqlite3.h>

#include "support/sim/sim.h"

static const struct notifier_options options = {
    .interval = 5 * MICROSECONDS_PER_SECOND,
    .quiet = MICROSECONDS_PER_SECOND,
    .retry = MICROSECONDS_PER_SECOND,
};

struct lane_sink *notices_sink(struct house *h, struct house_worker *w)
{
    unsigned last = h->sim->plan.workers - 1;
    if (w->index != 0 && w->index != last)
        return &w->sink;
    struct notifier *n = &h->notices.notifiers[w->index == 0 ? 0 : 1];
    struct notifier_house house = {.chat = &h->shared.chat[LANGUAGE_KOREAN],
                                   .loop = &w->loop,
                                   .next = &w->sink,
                                   .leaving = &h->shared.leaving,
                                   .tasks = &h->shared.tasks};
    if (!notifier_init(n, &house, &options))
        abort();
    return &n->sink;
}

void notices_start(struct house *h)
{
    for (unsigned i = 0; i < SIM_NOTIFIERS; i++)
        notifier_start(&h->notices.notifiers[i]);
}

void notices_stop(struct house *h)
{
    for (unsigned i = 0; i < SIM_NOTIFIERS; i++) {
        struct notifier *n = &h->notices.notifiers[i];
        timer_stop(&n->house.loop->timers, &n->timer);
    }
}

void notices_close(struct house *h)
{
    for (unsigned i = 0; i < SIM_NOTIFIERS; i++)
        notifier_release(&h->notices.notifiers[i]);
}

/* ---- what must hold ---- */

void notices_told(struct sim *sim, int number, const struct uuid *receiver)
{
    struct model *m = &sim->model;
    int person = model_person(sim, receiver);
    if (number < 0 || (unsigned)number >= m->send_count || person < 0) {
        sim_fail(sim, "notifications", "somebody is told of what nobody has said");
        return;
    }
    struct model_send *send = &m->sends[number];
    const struct model_channel *c = &m->channels[send->channel];
    unsigned bit = 1U << person;
    NOTE(sim, TOLD, .client = (unsigned)person + 1, .a = number);
    if ((send->told & bit) != 0)
        sim_fail(sim, "notifications", "person %d is told of SEND %d twice", person + 1, number);
    if (send->committed == 0)
        sim_fail(sim, "notifications", "person %d is told of SEND %d, which is not there", person + 1,
                 number);
    if (send->person == (unsigned)person)
        sim_fail(sim, "notifications", "person %d is told of his own SEND %d", person + 1, number);
    if (!c->is_private || !model_is_member(c, (unsigned)person) || c->revoked[person] < sim->now)
        sim_fail(sim, "G6", "person %d is told of SEND %d, and has no bell there", person + 1, number);
    send->told |= bit;
}

void notices_read(struct sim *sim)
{
    sqlite3 *handle = (sqlite3 *)sim->house.store.writer.db.handle;
    NOTE(sim, READ_NOTICES, .a = 0);
    (void)sqlite3_exec(handle, "DELETE FROM notifications", NULL, NULL, NULL); /* unless it fails just now */
}

static void check_event(struct sim *sim, const struct model_channel *c, const struct model_event *e)
{
    const struct model_send *send = &sim->model.sends[e->send];
    for (unsigned p = 0; p < sim->plan.people; p++) {
        bool wants = p != send->person && model_is_member(c, p) && c->revoked[p] == MODEL_NEVER;
        if (wants && (send->told >> p & 1) == 0)
            sim_fail(sim, "notifications", "person %u is never told of SEND %d", p + 1, e->send);
    }
}

void notices_check(struct sim *sim)
{
    for (unsigned i = 0; i < sim->model.channel_count; i++) {
        const struct model_channel *c = &sim->model.channels[i];
        for (size_t e = 0; c->is_private && e < c->count; e++) {
            if (c->events[e].send >= 0 && !model_is_expired(sim, c, e + 1))
                check_event(sim, c, &c->events[e]);
        }
    }
}
