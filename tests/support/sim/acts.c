// SPDX-License-Identifier: MIT
// What people do: rows with weights, and what hurts, with the rates of the plan.
#include "support/sim/person_internal.h"
#include "support/sim/revocation.h"
#include "support/sim/sim.h"

struct session *person_session(struct person *p)
{
    unsigned first = dice_below(&p->sim->people, PERSON_SESSIONS);
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        struct session *s = &p->sessions[(first + i) % PERSON_SESSIONS];
        if (s->phase == SESSION_OPEN && session_may_ask(s))
            return s;
    }
    return NULL;
}

static bool asks_receipt(struct person *p)
{
    return dice_chance(&p->sim->people, 700);
}

/* Mostly a channel that he may see. */
static unsigned some_channel(struct person *p)
{
    const struct model *m = &p->sim->model;
    unsigned channel = dice_below(&p->sim->people, m->channel_count);
    bool strays = p->sim->faults_on && dice_chance(&p->sim->people, p->sim->plan.nonsense);
    for (unsigned i = 0; i < m->channel_count && !strays; i++) {
        const struct model_channel *c = &m->channels[(channel + i) % m->channel_count];
        if (model_is_member(c, p->index) && c->revoked[p->index] == MODEL_NEVER)
            return (channel + i) % m->channel_count;
    }
    return channel;
}

/* In which order arguments are evaluated is the compiler's choice: who throws twice throws in two statements, or a
 * seed would be another run with another compiler. */
static void subscribe_somewhere(struct person *p, struct session *s)
{
    unsigned channel = some_channel(p);
    session_subscribe(s, false, channel, asks_receipt(p));
}

static void listen_somewhere(struct person *p, struct session *s)
{
    unsigned topic = dice_below(&p->sim->people, SIM_TOPICS);
    session_subscribe(s, true, topic, asks_receipt(p));
}

static void say_somewhere(struct person *p, struct session *s)
{
    unsigned channel = some_channel(p);
    session_say(s, channel, asks_receipt(p));
}

static void publish_somewhere(struct person *p, struct session *s)
{
    unsigned topic = dice_below(&p->sim->people, SIM_TOPICS);
    session_publish(s, topic, asks_receipt(p));
}

static bool act_open(struct person *p)
{
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        if (p->sessions[i].phase != SESSION_FREE || p->access[0] == '\0')
            continue;
        session_open(&p->sessions[i], p->sim, p->index);
        if (p->sim->faults_on && dice_chance(&p->sim->people, p->sim->plan.cut_lines)) {
            p->short_lived = &p->sessions[i];
            p->act_at = p->sim->now + dice_between(&p->sim->people, 0, 1000);
        }
        return true;
    }
    return false;
}

static bool act_subscribe(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        subscribe_somewhere(p, s);
    return s != NULL;
}

static bool act_listen(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        listen_somewhere(p, s);
    return s != NULL;
}

static bool act_hear_errors(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        session_hear_errors(s);
    return s != NULL;
}

static bool act_unsubscribe(struct person *p)
{
    struct session *s = person_session(p);
    unsigned place = s == NULL || s->sub_count == 0 ? 0 : dice_below(&p->sim->people, s->sub_count);
    if (s == NULL || (s->subs[place].phase != SUB_ASKED && s->subs[place].phase != SUB_LIVE))
        return false;
    session_unsubscribe(s, place, asks_receipt(p));
    return true;
}

static bool act_say(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        say_somewhere(p, s);
    return s != NULL;
}

/* Without waiting, to channels and topics. */
static bool act_burst(struct person *p)
{
    struct session *s = person_session(p);
    unsigned count = 2 + dice_below(&p->sim->people, 14);
    if (s != NULL && dice_chance(&p->sim->people, 300))
        session_gather(s);
    for (unsigned i = 0; s != NULL && i < count && session_may_ask(s); i++) {
        if (dice_chance(&p->sim->people, 300))
            publish_somewhere(p, s);
        else
            say_somewhere(p, s);
    }
    if (s != NULL && s->gathers && dice_chance(&p->sim->people, 500))
        subscribe_somewhere(p, s);
    if (s != NULL)
        session_let_go(s);
    return s != NULL;
}

static bool act_publish(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        publish_somewhere(p, s);
    return s != NULL;
}

static bool act_ask(struct person *p)
{
    static const enum rest_kind kinds[] = {REST_CHANNELS, REST_USERS, REST_HEALTH};
    if (p->rest.kind != REST_NONE || p->access[0] == '\0')
        return false;
    if (dice_chance(&p->sim->people, 600))
        person_read_history(p, some_channel(p));
    else
        rest_ask(&p->rest, p->sim, p->index, kinds[dice_below(&p->sim->people, ARRAY_LEN(kinds))], "", "",
                 "");
    return true;
}

static bool act_refresh(struct person *p)
{
    if (p->rest.kind != REST_NONE || p->refresh[0] == '\0')
        return false;
    person_refresh(p);
    return true;
}

static bool act_disconnect(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        session_disconnect(s, asks_receipt(p));
    return s != NULL;
}

/* ---- acts that hurt ---- */

/* Whoever comes next to the worker that somebody has just left may be taken for the one who left. */
static void cut_short(struct session *s)
{
    struct sim *sim = s->sim;
    if (s->phase == SESSION_FREE)
        return;
    NOTE(sim, CUTS, .client = s->person + 1, .a = s->line->number, .text = "both ways");
    sim->near = s->line->worker;
    session_drop(s);
}

static bool act_cut(struct person *p)
{
    struct session *s = &p->sessions[dice_below(&p->sim->people, PERSON_SESSIONS)];
    if (s->phase == SESSION_FREE)
        return false;
    if (dice_chance(&p->sim->people, 600)) {
        cut_short(s);
        return true;
    }
    NOTE(p->sim, CUTS, .client = p->index + 1, .a = s->line->number, .text = "one way");
    line_end(s->line);
    return true;
}

static bool act_freeze(struct person *p)
{
    struct session *s = &p->sessions[dice_below(&p->sim->people, PERSON_SESSIONS)];
    if (s->phase == SESSION_FREE)
        return false;
    bool for_good = dice_chance(&p->sim->people, 300);
    int64_t time = dice_between(&p->sim->people, 10, 5000) * MICROSECONDS_PER_MS;
    s->frozen_until = for_good ? INT64_MAX : p->sim->now + time;
    s->line->excuses |= LINE_SLOW;
    s->line->room = s->line->room / 8;
    NOTE(p->sim, FREEZES, .client = p->index + 1, .a = for_good ? -1 : time);
    return true;
}

/* Often while he is subscribing to it. */
static bool lose_channel(struct person *p)
{
    struct dice *dice = &p->sim->people;
    unsigned channel = dice_below(dice, p->sim->model.channel_count);
    struct session *s = person_session(p);
    if (!revocation_is_possible(p->sim, p->index, channel))
        return false;
    bool first = dice_chance(dice, 500);
    if (first)
        revocation_begin(p->sim, p->index, channel);
    if (s != NULL && dice_chance(dice, 700))
        session_subscribe(s, false, channel, asks_receipt(p));
    if (!first)
        revocation_begin(p->sim, p->index, channel);
    return true;
}

static bool act_withdraw(struct person *p)
{
    unsigned choice = dice_below(&p->sim->people, 3);
    if (choice == 0)
        return lose_channel(p);
    if (p->rest.kind != REST_NONE)
        return false;
    if (choice == 1)
        person_log_out(p);
    else
        person_log_in(p);
    return true;
}

static bool act_nonsense(struct person *p)
{
    struct session *s = person_session(p);
    if (s != NULL)
        session_nonsense(s, dice_below(&p->sim->people, 1000));
    return s != NULL;
}

static const struct {
    bool (*act)(struct person *);
    unsigned weight;
} acts[] = {
    {act_open, 20},       {act_subscribe, 25}, {act_listen, 10},    {act_hear_errors, 3},
    {act_unsubscribe, 5}, {act_say, 40},       {act_burst, 20},     {act_publish, 15},
    {act_ask, 12},        {act_refresh, 3},    {act_disconnect, 2},
};

static const struct {
    bool (*act)(struct person *);
    size_t rate; /* of the plan */
} faults[] = {
    {act_cut, offsetof(struct plan, cut_lines)},
    {act_freeze, offsetof(struct plan, freezes)},
    {act_withdraw, offsetof(struct plan, withdrawals)},
    {act_nonsense, offsetof(struct plan, nonsense)},
};

static bool act_badly(struct person *p)
{
    for (size_t i = 0; i < ARRAY_LEN(faults); i++) {
        unsigned rate;
        memcpy(&rate, (const char *)&p->sim->plan + faults[i].rate, sizeof rate);
        if (dice_chance(&p->sim->people, rate) && faults[i].act(p))
            return true;
    }
    return false;
}

static bool act_once(struct person *p)
{
    unsigned all = 0, at;
    if (p->access[0] == '\0') {
        if (p->rest.kind == REST_NONE)
            person_log_in(p);
        return true;
    }
    if (person_session(p) == NULL && dice_chance(&p->sim->people, 700) && act_open(p))
        return true;
    for (size_t i = 0; i < ARRAY_LEN(acts); i++)
        all += acts[i].weight;
    at = dice_below(&p->sim->people, all);
    size_t row = 0;
    for (; at >= acts[row].weight; row++)
        at -= acts[row].weight;
    return acts[row].act(p);
}

void person_act(struct person *p)
{
    struct sim *sim = p->sim;
    p->act_at = sim->now + dice_between(&sim->people, 0, sim->plan.pause);
    if (p->short_lived != NULL)
        cut_short(p->short_lived);
    p->short_lived = NULL;
    sim->acts++;
    if (sim->faults_on && act_badly(p))
        return;
    (void)act_once(p);
}
