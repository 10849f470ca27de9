// SPDX-License-Identifier: MIT
#include "support/sim/person.h"

#include "support/sim/oracle.h"
#include "support/sim/person_internal.h"
#include "support/sim/sim.h"

#define FORM "application/x-www-form-urlencoded"
#define JSON "application/json"

void person_init(struct person *p, struct sim *sim, unsigned index)
{
    *p = (struct person){.sim = sim, .index = index, .act_at = sim->now};
    snprintf(p->name, sizeof p->name, index == 0 ? "admin" : "person%u", index + 1);
    p->signed_up = index == 0;
}

/* ---- requests ---- */

static void sign_up(struct person *p)
{
    char body[512];
    snprintf(body, sizeof body,
             "--b\r\nContent-Disposition: form-data; name=\"userCreateRequest\"\r\nContent-Type: " JSON
             "\r\n\r\n"
             "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"pass1234!\"}\r\n--b--\r\n",
             p->name, p->name);
    rest_ask(&p->rest, p->sim, p->index, REST_SIGN_UP, "", "multipart/form-data; boundary=b", body);
}

void person_log_in(struct person *p)
{
    char body[128];
    snprintf(body, sizeof body, "username=%s&password=pass1234!", p->name);
    p->access[0] = p->refresh[0] = '\0';
    rest_ask(&p->rest, p->sim, p->index, REST_LOGIN, "", FORM, body);
}

void person_log_out(struct person *p)
{
    rest_ask(&p->rest, p->sim, p->index, REST_LOGOUT, "", "", "");
}

void person_refresh(struct person *p)
{
    rest_ask(&p->rest, p->sim, p->index, REST_REFRESH, "", "", "");
}

void person_read_history(struct person *p, unsigned channel)
{
    char query[128];
    const struct model_channel *c = &p->sim->model.channels[channel];
    snprintf(query, sizeof query, "?channelId=%s&size=%u", c->id_text, 1 + dice_below(&p->sim->people, 50));
    p->rest.channel = channel;
    p->rest.floor = c->count;
    rest_ask(&p->rest, p->sim, p->index, REST_HISTORY, query, "", "");
}

void person_make_channel(struct person *p, bool is_private)
{
    struct sim *sim = p->sim;
    char body[512];
    if (!is_private) {
        snprintf(body, sizeof body, "{\"name\":\"channel %u\",\"description\":\"\"}",
                 sim->model.channel_count);
        rest_ask(&p->rest, sim, p->index, REST_PUBLIC, "", JSON, body);
        return;
    }
    unsigned other = (p->index + 1 + dice_below(&sim->people, sim->plan.people - 1)) % sim->plan.people;
    p->rest.members = 1u << p->index | 1u << other;
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\",\"%s\"]}", p->id_text,
             sim->persons[other].id_text);
    rest_ask(&p->rest, sim, p->index, REST_PRIVATE, "", JSON, body);
}

bool person_prepare(struct person *p)
{
    if (p->rest.kind != REST_NONE)
        return true;
    if (!p->signed_up)
        sign_up(p);
    else if (p->access[0] == '\0')
        person_log_in(p);
    return p->rest.kind != REST_NONE;
}

/* ---- answers ---- */

static bool take_text(struct slice in, const char *mark, char end, char *out, size_t room)
{
    const unsigned char *at = memmem(in.data, in.len, mark, strlen(mark));
    if (at == NULL)
        return false;
    at += strlen(mark);
    const unsigned char *stop = memchr(at, end, (size_t)(in.data + in.len - at));
    if (stop == NULL || (size_t)(stop - at) >= room)
        return false;
    memcpy(out, at, (size_t)(stop - at));
    out[stop - at] = '\0';
    return true;
}

/* The tokens of support/memory_ports.c are text: KIND.jti.sid.user... */
static void take_tokens(struct person *p, const struct rest_answer *a)
{
    if (!take_text(a->body, "\"accessToken\":\"", '"', p->access, sizeof p->access) ||
        !take_text(a->head, "REFRESH_TOKEN=", ';', p->refresh, sizeof p->refresh) ||
        !take_text(a->body, "\"id\":\"", '"', p->id_text, sizeof p->id_text) ||
        !uuid_parse(slice_from_string(p->id_text), &p->id) ||
        !uuid_parse(slice_of(p->access + 2 + UUID_TEXT + 1, UUID_TEXT), &p->login))
        sim_fail(p->sim, "the protocol", "person %u gets no tokens", p->index + 1);
    model_login_given(&p->sim->model, p->index, &p->login);
    p->uncertain = false;
}

static void forget_tokens(struct person *p)
{
    p->access[0] = p->refresh[0] = '\0';
    p->uncertain = false;
}

static void take_channel(struct person *p, const struct rest_answer *a)
{
    char id[UUID_TEXT + 1];
    bool is_private = a->kind == REST_PRIVATE;
    if (!take_text(a->body, "\"id\":\"", '"', id, sizeof id))
        sim_fail(p->sim, "the protocol", "person %u gets no channel", p->index + 1);
    else
        (void)model_add_channel(&p->sim->model, id, is_private, is_private ? p->rest.members : 0);
}

static void take_success(struct person *p, const struct rest_answer *a)
{
    switch (a->kind) {
    case REST_SIGN_UP: p->signed_up = true; return;
    case REST_LOGIN:
    case REST_REFRESH: take_tokens(p, a); return;
    case REST_LOGOUT: forget_tokens(p); return;
    case REST_PUBLIC:
    case REST_PRIVATE: take_channel(p, a); return;
    case REST_HISTORY: oracle_history(p->sim, p->index, p->rest.channel, p->rest.floor, a->body); return;
    default: return;
    }
}

/* May this have been refused? */
static bool is_fair(const struct person *p, const struct rest_answer *a)
{
    const struct sim *sim = p->sim;
    const struct model_channel *c = &sim->model.channels[p->rest.channel];
    bool ended = model_login_end(&sim->model, &p->login) != MODEL_NEVER;
    bool may_expire =
        sim->plan.jumps > 0 && sim->plan.access_lifetime < INT64_C(7200) * MICROSECONDS_PER_SECOND;
    switch (a->status) {
    case 401: return ended || p->uncertain || may_expire;
    case 403:
        return a->kind == REST_HISTORY &&
               (!model_is_member(c, p->index) || c->revoked[p->index] != MODEL_NEVER);
    case 409: return a->kind == REST_SIGN_UP && p->uncertain;
    case 503:
        if (a->kind == REST_HEALTH)
            return (p->rest.line->excuses & LINE_RESTART) != 0;
        return memmem(a->head.data, a->head.len, "Retry-After: 1\r\n", 16) != NULL;
    default: return false;
    }
}

static void take_refusal(struct person *p, const struct rest_answer *a)
{
    if (!is_fair(p, a))
        sim_fail(p->sim, "the protocol", "person %u is answered %u to %s: %.*s", p->index + 1, a->status,
                 rest_name(a->kind), (int)a->body.len, (const char *)a->body.data);
    if (a->status == 401)
        forget_tokens(p);
    if (a->status == 409)
        p->signed_up = true;
}

static void take_answer(struct person *p, const struct rest_answer *a)
{
    char status[32] = "the connection ended";
    if (a->status == 0 && !oracle_is_excused(p->sim, p->rest.line))
        sim_fail(p->sim, "the protocol", "person %u gets no answer to %s: the connection ended", p->index + 1,
                 rest_name(a->kind));
    if (a->status == 0)
        p->uncertain = true;
    else if (a->status < 300)
        take_success(p, a);
    else
        take_refusal(p, a);
    if (a->status != 0)
        snprintf(status, sizeof status, "%s", rest_name(a->kind));
    NOTE(p->sim, ANSWERED, .client = p->index + 1, .a = a->status, .text = status);
}

static void read_answer(struct person *p)
{
    struct rest_answer a;
    if (!rest_answered(&p->rest, &a))
        return;
    if (a.kind != REST_NONE)
        take_answer(p, &a);
    else if (a.status != 0)
        sim_fail(p->sim, "the protocol", "person %u gets an answer to nothing", p->index + 1);
    rest_done(&p->rest, &a);
}

/* ---- steps ---- */

static bool has_something(const struct session *s)
{
    if (s->phase == SESSION_FREE || s->sim->now < s->frozen_until)
        return false;
    return line_has_news(s->line);
}

static bool wants_beat(const struct session *s)
{
    return s->phase == SESSION_OPEN && s->beat_every > 0 && s->sim->now >= s->beat_at;
}

bool person_is_ready(const struct person *p, bool may_act)
{
    const struct line *l = p->rest.line;
    if (may_act && p->sim->now >= p->act_at)
        return true;
    if (l != NULL && line_has_news(l))
        return true;
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        if (has_something(&p->sessions[i]) || wants_beat(&p->sessions[i]))
            return true;
    }
    return false;
}

void person_step(struct person *p, bool may_act)
{
    read_answer(p);
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        struct session *s = &p->sessions[i];
        if (has_something(s))
            session_read(s);
        if (wants_beat(s))
            session_beat(s);
    }
    if (may_act && !p->sim->failed && p->sim->now >= p->act_at)
        person_act(p);
}

int64_t person_wakes(const struct person *p, bool may_act)
{
    int64_t at = may_act ? p->act_at : INT64_MAX;
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        const struct session *s = &p->sessions[i];
        if (s->phase == SESSION_FREE)
            continue;
        if (s->frozen_until > p->sim->now && s->frozen_until < at)
            at = s->frozen_until;
        if (s->phase == SESSION_OPEN && s->beat_every > 0 && s->beat_at < at)
            at = s->beat_at;
    }
    return at;
}

void person_thaw(struct person *p)
{
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        struct session *s = &p->sessions[i];
        if (s->phase == SESSION_FREE || p->sim->now >= s->frozen_until)
            continue;
        s->frozen_until = p->sim->now;
        NOTE(p->sim, THAWS, .client = p->index + 1);
    }
}

bool person_last_word(struct person *p, unsigned channel)
{
    const struct model_channel *c = &p->sim->model.channels[channel];
    struct session *s = person_session(p);
    if (s == NULL || !session_is_healthy(s) || !model_is_member(c, p->index) ||
        c->revoked[p->index] != MODEL_NEVER)
        return false;
    session_say(s, channel, true);
    return true;
}

void person_leave(struct person *p)
{
    for (unsigned i = 0; i < PERSON_SESSIONS; i++) {
        if (p->sessions[i].phase != SESSION_FREE)
            session_drop(&p->sessions[i]);
        fifo_release(&p->sessions[i].out);
        fifo_release(&p->sessions[i].text);
    }
    rest_drop(&p->rest);
}
