// SPDX-License-Identifier: MIT
#include "support/sim/oracle.h"

#include "base/instant.h"
#include "support/sim/sim.h"

/* G6: a withdrawal takes effect within this time. */
/* Runs are shorter than this, so what is kept for longer is there. */
#define G4_KEPT  (3600 * MICROSECONDS_PER_SECOND)
#define G6_GRACE MICROSECONDS_PER_SECOND

/* ---- text ---- */

static bool contains(struct slice s, const char *text)
{
    return memmem(s.data, s.len, text, strlen(text)) != NULL;
}

/* The number behind a mark such as "say#"; -1: none. */
static int number_behind(struct slice s, const char *mark)
{
    const unsigned char *at = memmem(s.data, s.len, mark, strlen(mark)), *end = s.data + s.len;
    int n = 0;
    if (at == NULL)
        return -1;
    for (at += strlen(mark); at < end && *at >= '0' && *at <= '9'; at++)
        n = n * 10 + (*at - '0');
    return n;
}

static bool carries(struct slice body, const struct model_channel *c, const struct model_event *e)
{
    char id[UUID_TEXT + 1] = "", time[INSTANT_ROOM], member[128];
    uuid_format(&e->id, id);
    (void)instant_format(e->time, time);
    snprintf(member, sizeof member, "\"id\":\"%s\"", id);
    bool all = contains(body, member);
    snprintf(member, sizeof member, "\"createdAt\":\"%s\"", time);
    all = all && contains(body, member);
    snprintf(member, sizeof member, "\"channelId\":\"%s\"", c->id_text);
    return all && contains(body, member) && number_behind(body, "say#") == e->send;
}

/* ---- messages of channels ---- */

/* G6 for one event. */
static void check_right(struct session *s, const struct model_channel *c, const struct model_event *e)
{
    struct sim *sim = s->sim;
    int64_t revoked = c->revoked[s->person], ended = model_login_end(&sim->model, &s->login);
    if (!model_is_member(c, s->person))
        sim_fail(sim, "G6", "person %u gets a message of channel %s, which he is no member of", s->person + 1,
                 c->id_text);
    if (revoked != MODEL_NEVER && e->at > revoked + G6_GRACE)
        sim_fail(sim, "G6", "person %u gets a message that was sent %lld ms after he had lost channel %s",
                 s->person + 1, (long long)(e->at - revoked) / 1000, c->id_text);
    if (ended != MODEL_NEVER && e->at > ended + G6_GRACE)
        sim_fail(sim, "G6", "session %u gets a message that was sent %lld ms after its login had ended",
                 s->number, (long long)(e->at - ended) / 1000);
}

/* Did a check that was made for this subscription find that head? */
static bool was_found(const struct session *s, const struct session_sub *sub, uint64_t head)
{
    const struct model *m = &s->sim->model;
    for (unsigned i = m->check_count; i > 0; i--) {
        const struct model_check *check = &m->checks[i - 1];
        if (check->at < sub->asked_at)
            break;
        if (check->person == s->person && check->channel == (int)sub->to && check->head == head)
            return true;
    }
    return false;
}

static bool was_checked(const struct session *s, const struct session_sub *sub)
{
    const struct model *m = &s->sim->model;
    for (unsigned i = m->check_count; i > 0 && m->checks[i - 1].at >= sub->asked_at; i--) {
        if (m->checks[i - 1].person == s->person && m->checks[i - 1].channel == (int)sub->to)
            return true;
    }
    return false;
}

static void check_place(struct session *s, struct session_sub *sub, uint64_t seq)
{
    struct sim *sim = s->sim;
    if (!sub->started && !was_found(s, sub, seq - 1))
        sim_fail(sim, "G3",
                 "the first message of a subscription of session %u is event %llu, but no check found the "
                 "event before it as the head",
                 s->number, (unsigned long long)seq);
    else if (sub->started && seq <= sub->last)
        sim_fail(sim, "G2", "session %u sees event %llu again, behind event %llu", s->number,
                 (unsigned long long)seq, (unsigned long long)sub->last);
    else if (sub->started && seq != sub->last + 1)
        sim_fail(sim, "G3", "session %u sees event %llu behind event %llu: what is between is missing",
                 s->number, (unsigned long long)seq, (unsigned long long)sub->last);
}

static void take_durable(struct session *s, struct session_sub *sub, unsigned place, struct slice id,
                         struct slice destination, struct slice body)
{
    struct sim *sim = s->sim;
    const struct model_channel *c = &sim->model.channels[sub->to];
    struct uuid event;
    char name[8];
    uint64_t seq = uuid_parse(id, &event) ? model_find(c, &event) : 0;
    if (seq == 0) {
        sim_fail(sim, "G2", "session %u gets a message that was never committed: %.*s", s->number,
                 (int)id.len, (const char *)id.data);
        return;
    }
    snprintf(name, sizeof name, "s%u", place % 1000);
    NOTE(sim, RECEIVES, .client = s->person + 1, .a = sub->to, .b = (int64_t)seq, .text = name);
    check_place(s, sub, seq);
    check_right(s, c, &c->events[seq - 1]);
    if (!carries(body, c, &c->events[seq - 1]) ||
        !slice_equals(destination, slice_from_string(c->destination)))
        sim_fail(sim, "G2", "session %u gets event %llu with another content: %.*s", s->number,
                 (unsigned long long)seq, (int)body.len, (const char *)body.data);
    sub->started = true;
    sub->last = seq;
}

/* ---- messages of topics ---- */

static void take_transient(struct session *s, struct session_sub *sub, struct slice body)
{
    struct sim *sim = s->sim;
    int number = number_behind(body, "hey#");
    if (number < 0 || (unsigned)number >= sim->model.transient_count) {
        sim_fail(sim, "G2", "session %u hears what nobody said: %.*s", s->number, (int)body.len,
                 (const char *)body.data);
        return;
    }
    const struct model_transient *t = &sim->model.transients[number];
    int *newest = &sub->newest[t->session];
    NOTE(sim, HEARS, .client = s->person + 1, .a = sub->to, .b = number);
    if (t->topic != sub->to)
        sim_fail(sim, "G6", "session %u hears transient %d of another topic", s->number, number);
    if (number < *newest)
        sim_fail(sim, "G3", "session %u hears transient %d behind %d of the same publisher", s->number,
                 number, *newest - 1);
    *newest = number + 1;
    sub->heard[number / 64] |= UINT64_C(1) << number % 64;
}

void oracle_message(struct session *s, struct slice subscription, struct slice id, struct slice destination,
                    struct slice body)
{
    uint64_t place = SESSION_SUBS;
    if (slice_equals(subscription, SLICE("e")) && slice_equals(destination, SLICE("/user/queue/errors")))
        return;
    bool known = subscription.len > 1 && slice_to_uint(slice_after(subscription, 1), SESSION_SUBS, &place) &&
                 place < s->sub_count;
    struct session_sub *sub = known ? &s->subs[place] : NULL;
    if (!known || sub->phase == SUB_FREE || sub->phase == SUB_GONE) {
        sim_fail(s->sim, "the protocol",
                 "session %u gets a message for the subscription \"%.*s\", which it has not", s->number,
                 (int)subscription.len, (const char *)subscription.data);
        return;
    }
    if (sub->is_topic)
        take_transient(s, sub, body);
    else
        take_durable(s, sub, (unsigned)place, id, destination, body);
}

/* ---- receipts ---- */

static void become_live(struct session *s, struct session_sub *sub)
{
    sub->phase = SUB_LIVE;
    sub->live_at = s->sim->now;
    if (!sub->is_topic && !was_checked(s, sub))
        sim_fail(s->sim, "G6", "session %u may follow channel %u, although its right was never found",
                 s->number, sub->to);
}

static void take_promise(struct session *s, const struct expectation *e)
{
    struct model *m = &s->sim->model;
    switch (e->kind) {
    case EXPECT_SENT:
        m->sends[e->what].promised = true;
        if (m->sends[e->what].committed != 1)
            sim_fail(s->sim, "G1", "SEND %d has its RECEIPT, but is not committed", e->what);
        return;
    case EXPECT_PUBLISHED: m->transients[e->what].promised = true; return;
    case EXPECT_UNSUBSCRIBED: s->subs[e->what].phase = SUB_GONE; return;
    case EXPECT_SUBSCRIBED:
    case EXPECT_GONE: return;
    }
}

void oracle_receipt(struct session *s, uint32_t frame)
{
    if (s->count == 0 || s->expected[s->first].frame != frame) {
        sim_fail(s->sim, "receipts", "session %u gets the RECEIPT of frame %u, but that of frame %u is due",
                 s->number, frame, s->count == 0 ? 0 : s->expected[s->first].frame);
        return;
    }
    struct expectation e = s->expected[s->first];
    s->first = (s->first + 1) % SESSION_EXPECTED;
    s->count--;
    take_promise(s, &e);
    /* All but SENDs wait for those before them, and the others for them. */
    for (unsigned i = 0; i < s->sub_count; i++) {
        if (s->subs[i].phase == SUB_ASKED && s->subs[i].frame <= frame)
            become_live(s, &s->subs[i]);
    }
}

/* Whoever has waited too long for the store is told so, even if SENDs before his still wait there. */
void oracle_error(struct session *s, struct slice receipt, struct slice message)
{
    uint64_t frame;
    if (slice_equals(message, slice_from_string(error_row(ERR_SERVICE_UNAVAILABLE)->line)) ||
        receipt.len < 2 || !slice_to_uint(slice_after(receipt, 1), UINT32_MAX, &frame))
        return;
    if (s->count == 0 || s->expected[s->first].frame != frame)
        sim_fail(s->sim, "receipts",
                 "session %u gets the ERROR of frame %llu, but the answer to frame %u is due", s->number,
                 (unsigned long long)frame, s->count == 0 ? 0 : s->expected[s->first].frame);
}

/* ---- ends ---- */

bool oracle_is_excused(const struct sim *sim, const struct line *l)
{
    if (l->excuses != 0)
        return true;
    switch (l->cause) {
    case ERR_SEND_LIMIT: return l->was_full;
    case ERR_SERVICE_UNAVAILABLE: return sim->store_was_held || sim->store_has_failed;
    case ERR_POSITION_GONE: return sim->plan.retention < G4_KEPT;
    default: return false;
    }
}

void oracle_session_over(const struct session *s)
{
    struct sim *sim = s->sim;
    bool withdrawn = s->has_login && model_login_end(&sim->model, &s->login) != MODEL_NEVER;
    for (unsigned i = 0; i < sim->model.channel_count; i++)
        withdrawn |=
            sim->model.channels[i].revoked[s->person] != MODEL_NEVER; /* a SEND may have come too late */
    if (withdrawn || oracle_is_excused(sim, s->line))
        return;
    sim_fail(sim, "G5", "session %u was ended without a reason (%s)", s->number,
             s->line->cause == ERR_NONE ? "none" : error_row(s->line->cause)->line);
}

/* ---- history ---- */

/* Walks the ids of a page, newest first. */
void oracle_history(struct sim *sim, unsigned person, unsigned channel, uint64_t floor, struct slice page)
{
    static const char mark[] = "\"id\":\"";
    const struct model_channel *c = &sim->model.channels[channel];
    uint64_t last = 0;
    struct slice rest = page;
    for (;;) {
        /* A message begins with its id; its author has one too, behind "author". */
        const unsigned char *at = memmem(rest.data, rest.len, "{\"id\":\"", sizeof mark);
        if (at == NULL)
            break;
        rest = slice_after(rest, (size_t)(at + sizeof mark - rest.data));
        struct uuid id;
        uint64_t seq =
            rest.len < UUID_TEXT || !uuid_parse(slice_of(rest.data, UUID_TEXT), &id) ? 0 : model_find(c, &id);
        if (seq == 0)
            continue; /* an author */
        if (last == 0 && seq < floor)
            sim_fail(sim, "G1", "person %u reads a history that ends at event %llu when %llu were committed",
                     person + 1, (unsigned long long)seq, (unsigned long long)floor);
        if (last != 0 && seq != last - 1)
            sim_fail(sim, "G3", "person %u reads event %llu before event %llu", person + 1,
                     (unsigned long long)seq, (unsigned long long)last);
        last = seq;
    }
    if (last == 0 && floor > 0)
        sim_fail(sim, "G1", "person %u reads an empty history when %llu events were committed", person + 1,
                 (unsigned long long)floor);
    if (!model_is_member(c, person))
        sim_fail(sim, "G6", "person %u reads the history of channel %u, which he is no member of", person + 1,
                 channel);
}
