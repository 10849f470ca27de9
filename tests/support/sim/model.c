// SPDX-License-Identifier: MIT
#include "support/sim/model.h"

#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/sim/sim.h"

enum { NOTIFICATION_MEMORY = 1 << 20 };

void model_init(struct model *m)
{
    memset(m, 0, sizeof *m);
}

void model_release(struct model *m)
{
    for (unsigned i = 0; i < m->channel_count; i++)
        free(m->channels[i].events);
}

int model_add_channel(struct model *m, const char *id, bool is_private, unsigned members)
{
    struct model_channel *c = &m->channels[m->channel_count];
    if (m->channel_count == SIM_CHANNELS || !uuid_parse(slice_from_string(id), &c->id))
        return -1;
    for (unsigned i = 0; i < m->channel_count; i++) {
        if (uuid_equals(&m->channels[i].id, &c->id))
            return -1; /* the private channel of the same two */
    }
    snprintf(c->id_text, sizeof c->id_text, "%s", id);
    snprintf(c->stream, sizeof c->stream, "channels.%s.messages", id);
    snprintf(c->destination, sizeof c->destination, "/sub/channels.%s.messages", id);
    c->is_private = is_private;
    c->members = members;
    for (unsigned i = 0; i < SIM_PEOPLE; i++)
        c->revoked[i] = MODEL_NEVER;
    return (int)m->channel_count++;
}

int model_add_send(struct model *m, unsigned person, int channel)
{
    assert(m->send_count < MODEL_SENDS);
    m->sends[m->send_count] = (struct model_send){.person = person, .channel = channel};
    return (int)m->send_count++;
}

void model_content(int send, size_t padding, char *out, size_t room)
{
    int n = snprintf(out, room, "say#%d ", send);
    size_t len = (size_t)n;
    while (len + 1 < room && len < padding)
        out[len++] = 'x';
    out[len] = '\0';
}

static int send_of(struct slice envelope)
{
    const unsigned char *at = memmem(envelope.data, envelope.len, "say#", 4);
    int n = 0;
    if (at == NULL)
        return -1;
    for (at += 4; *at >= '0' && *at <= '9'; at++)
        n = n * 10 + (*at - '0');
    return n;
}

/* ---- from the desk ---- */

int model_channel(const struct model *m, const struct uuid *id)
{
    for (unsigned i = 0; i < m->channel_count; i++) {
        if (uuid_equals(&m->channels[i].id, id))
            return (int)i;
    }
    return -1;
}

static struct model_channel *channel_of_stream(struct model *m, struct slice stream)
{
    for (unsigned i = 0; i < m->channel_count; i++) {
        if (slice_equals(stream, slice_from_string(m->channels[i].stream)))
            return &m->channels[i];
    }
    return NULL;
}

int model_person(const struct sim *sim, const struct uuid *user)
{
    for (unsigned i = 0; i < sim->plan.people; i++) {
        if (uuid_equals(&sim->persons[i].id, user))
            return (int)i;
    }
    return -1;
}

static void append(struct model_channel *c, struct model_event event)
{
    if (c->count == c->room) {
        c->room = c->room == 0 ? 64 : c->room * 2;
        c->events = realloc(c->events, c->room * sizeof *c->events);
        if (c->events == NULL)
            abort();
    }
    c->events[c->count++] = event;
}

static void check_send(struct sim *sim, const struct model_channel *c, int number)
{
    struct model *m = &sim->model;
    if (number < 0 || (unsigned)number >= m->send_count) {
        sim_fail(sim, "G2", "event %zu of channel %s comes from no SEND", c->count, c->id_text);
        return;
    }
    struct model_send *send = &m->sends[number];
    if (&m->channels[send->channel] != c)
        sim_fail(sim, "G2", "SEND %d was for another channel than %s", number, c->id_text);
    if (++send->committed > 1)
        sim_fail(sim, "G1", "SEND %d is in the history twice", number);
    if (!model_is_member(c, send->person) || c->revoked[send->person] < sim->now)
        sim_fail(sim, "G6", "person %u has written to channel %s, where he is not", send->person + 1,
                 c->id_text);
}

static void notification(struct sim *sim, const struct event *e)
{
    struct arena arena;
    struct uuid receiver = {{0}};
    arena_init(&arena, NOTIFICATION_MEMORY);
    Parley__V1__Envelope *envelope = dto_unpack(&arena, &parley__v1__envelope__descriptor, e->body);
    if (envelope != NULL && envelope->payload_case == PARLEY__V1__ENVELOPE__PAYLOAD_NOTIFICATION_CREATED) {
        (void)dto_read_uuid(envelope->notification_created->receiver_id, &receiver);
        notices_told(sim, send_of(e->body), &receiver);
    }
    arena_release(&arena);
}

/* The stream of what changes tell: nobody follows it yet, but it has no holes and its time rises. */
static void told(struct sim *sim, const struct event *e)
{
    struct model *m = &sim->model;
    if (e->seq != m->told + 1)
        sim_fail(sim, "G3", "event %llu is told behind event %llu", (unsigned long long)e->seq,
                 (unsigned long long)m->told);
    if (m->told > 0 && e->time <= m->told_at)
        sim_fail(sim, "G3", "the time of what is told does not rise at %llu", (unsigned long long)e->seq);
    m->told = e->seq;
    m->told_at = e->time;
    notification(sim, e);
}

void model_committed(struct sim *sim, const struct event *e)
{
    if (slice_equals(e->stream, SLICE("events"))) {
        told(sim, e);
        return;
    }
    struct model_channel *c = channel_of_stream(&sim->model, e->stream);
    if (c == NULL) {
        sim_fail(sim, "G2", "an event of an unknown stream is published");
        return;
    }
    int number = send_of(e->body);
    if (e->seq != c->count + 1)
        sim_fail(sim, "G3", "event %llu of channel %s is published behind event %zu",
                 (unsigned long long)e->seq, c->id_text, c->count);
    if (c->count > 0 && e->time <= c->events[c->count - 1].time)
        sim_fail(sim, "G3", "createdAt of event %llu does not rise", (unsigned long long)e->seq);
    append(c, (struct model_event){.id = e->id, .time = e->time, .at = sim->now, .send = number});
    check_send(sim, c, number);
    NOTE(sim, COMMITTED, .a = c - sim->model.channels, .b = (int64_t)e->seq);
}

void model_checked(struct sim *sim, const struct uuid *channel, const struct uuid *user, uint64_t head)
{
    struct model *m = &sim->model;
    int person = model_person(sim, user), number = model_channel(m, channel);
    if (person < 0 || number < 0)
        return;
    NOTE(sim, CHECKED, .client = (unsigned)person + 1, .a = number, .b = (int64_t)head);
    if (m->check_count < MODEL_CHECKS)
        m->checks[m->check_count++] =
            (struct model_check){.person = (unsigned)person, .channel = number, .at = sim->now, .head = head};
}

void model_login_ended(struct sim *sim, const struct uuid *login)
{
    struct model *m = &sim->model;
    char text[UUID_TEXT + 1] = "";
    uuid_format(login, text);
    NOTE(sim, LOGIN_ENDED, .text = text);
    assert(m->login_count < MODEL_LOGINS);
    m->logins[m->login_count++] = (struct model_login){*login, sim->now};
}

void model_revoked(struct sim *sim, const struct uuid *channel, const struct uuid *user)
{
    int person = model_person(sim, user), number = model_channel(&sim->model, channel);
    if (person < 0 || number < 0)
        return;
    int64_t *since = &sim->model.channels[number].revoked[person];
    if (*since == MODEL_NEVER)
        *since = sim->now;
}

/* ---- asking ---- */

void model_login_given(struct model *m, unsigned person, const struct uuid *login)
{
    for (unsigned i = 0; i < m->given_count; i++) {
        if (uuid_equals(&m->given[i].id, login))
            return;
    }
    assert(m->given_count < MODEL_LOGINS);
    m->given[m->given_count++] = (struct model_given){*login, person};
}

unsigned model_live_logins(const struct model *m, unsigned person)
{
    unsigned count = 0;
    for (unsigned i = 0; i < m->given_count; i++)
        count += m->given[i].person == person && model_login_end(m, &m->given[i].id) == MODEL_NEVER;
    return count;
}

bool model_is_expired(const struct sim *sim, const struct model_channel *c, uint64_t seq)
{
    return seq >= 1 && seq <= c->count && c->events[seq - 1].time < sim->wall_most - sim->plan.retention;
}

int64_t model_login_end(const struct model *m, const struct uuid *login)
{
    for (unsigned i = 0; i < m->login_count; i++) {
        if (uuid_equals(&m->logins[i].id, login))
            return m->logins[i].ended;
    }
    return MODEL_NEVER;
}

uint64_t model_find(const struct model_channel *c, const struct uuid *id)
{
    for (size_t i = c->count; i > 0; i--) {
        if (uuid_equals(&c->events[i - 1].id, id))
            return i;
    }
    return 0;
}

bool model_is_member(const struct model_channel *c, unsigned person)
{
    return !c->is_private || (c->members >> person & 1) != 0;
}
