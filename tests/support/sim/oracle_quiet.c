// SPDX-License-Identifier: MIT
// What must hold when everything has come to rest.
#include <sqlite3.h>

#include "support/sim/oracle.h"
#include "support/sim/sim.h"

/* ---- subscriptions ---- */

static void check_channel(const struct session *s, const struct session_sub *sub)
{
    struct sim *sim = s->sim;
    const struct model_channel *c = &sim->model.channels[sub->to];
    if (c->revoked[s->person] != MODEL_NEVER)
        return; /* removed without a word */
    if (sub->phase == SUB_ASKED && !sub->started)
        return; /* it asked for no RECEIPT: perhaps nothing has happened since */
    uint64_t last = sub->last;
    for (unsigned i = 0; !sub->started && i < sim->model.check_count; i++) {
        const struct model_check *check = &sim->model.checks[i];
        if (check->person == s->person && check->channel == (int)sub->to && check->at >= sub->asked_at &&
            check->head > last)
            last = check->head;
    }
    if (last != c->count)
        sim_fail(sim, "G2",
                 "session %u has channel %u up to event %llu, but there are %zu: it will never see the rest",
                 s->number, sub->to, (unsigned long long)last, c->count);
}

static void check_topic(const struct session *s, const struct session_sub *sub)
{
    const struct model *m = &s->sim->model;
    if (sub->phase != SUB_LIVE || s->sim->transients_lost)
        return;
    for (unsigned i = 0; i < m->transient_count; i++) {
        const struct model_transient *t = &m->transients[i];
        bool heard = (sub->heard[i / 64] >> i % 64 & 1) != 0;
        if (t->topic == sub->to && t->promised && t->at > sub->live_at && !heard)
            sim_fail(s->sim, "G2", "session %u never hears transient %u, which had its RECEIPT", s->number,
                     i);
    }
}

static void check_session(const struct session *s)
{
    struct sim *sim = s->sim;
    if (s->phase == SESSION_FREE || sim->now < s->frozen_until)
        return;
    if (s->phase != SESSION_OPEN) {
        sim_fail(sim, "progress", "session %u never gets beyond phase %d", s->number, (int)s->phase);
        return;
    }
    if (model_login_end(&sim->model, &s->login) != MODEL_NEVER)
        sim_fail(sim, "G6", "session %u is still open, although its login has ended", s->number);
    if (s->count > 0)
        sim_fail(sim, "progress", "session %u waits for the RECEIPT of frame %u for ever", s->number,
                 s->expected[s->first].frame);
    for (unsigned i = 0; i < s->sub_count; i++) {
        const struct session_sub *sub = &s->subs[i];
        if (sub->phase != SUB_ASKED && sub->phase != SUB_LIVE)
            continue;
        if (sub->is_topic)
            check_topic(s, sub);
        else
            check_channel(s, sub);
    }
}

void oracle_quiet(struct sim *sim)
{
    for (unsigned i = 0; i < sim->plan.people; i++) {
        struct person *p = &sim->persons[i];
        for (unsigned k = 0; k < PERSON_SESSIONS; k++)
            check_session(&p->sessions[k]);
        if (model_live_logins(&sim->model, i) > sim->plan.logins)
            sim_fail(sim, "G6", "person %u has %u live logins, %u are allowed", i + 1,
                     model_live_logins(&sim->model, i), sim->plan.logins);
        if (p->rest.kind != REST_NONE)
            sim_fail(sim, "progress", "person %u waits for an answer (%s) for ever", i + 1,
                     rest_name(p->rest.kind));
    }
    for (unsigned i = 0; i < sim->plan.followers; i++) {
        if (sim->followers[i].calm)
            follower_check(&sim->followers[i]);
    }
}

/* ---- tables ---- */

static void check_row(struct sim *sim, struct model_channel *c, uint64_t seq, sqlite3_stmt *row)
{
    struct uuid id;
    memcpy(id.octets, sqlite3_column_blob(row, 1), sizeof id.octets);
    if (seq > c->count || !uuid_equals(&id, &c->events[seq - 1].id) ||
        sqlite3_column_int64(row, 2) != c->events[seq - 1].time)
        sim_fail(sim, "G2", "event %llu of channel %s is in the log, but was not published so",
                 (unsigned long long)seq, c->id_text);
}

static void check_log(struct sim *sim, sqlite3 *handle, struct model_channel *c)
{
    sqlite3_stmt *rows = NULL;
    uint64_t count = 0;
    if (sqlite3_prepare_v2(handle, "SELECT seq, id, time FROM log WHERE stream = ?1 ORDER BY seq", -1, &rows,
                           NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_text(rows, 1, c->stream, -1, SQLITE_STATIC);
    while (count < c->count && model_is_expired(sim, c, count + 1))
        count++;
    uint64_t expired = count;
    while (!sim->failed && sqlite3_step(rows) == SQLITE_ROW) {
        uint64_t seq = (uint64_t)sqlite3_column_int64(rows, 0);
        if (seq <= expired && count == expired)
            count = seq - 1; /* it may have left, but has not yet */
        if (seq != ++count)
            sim_fail(sim, "G3", "the log of channel %s has a hole at %llu", c->id_text,
                     (unsigned long long)count);
        check_row(sim, c, count, rows);
    }
    sqlite3_finalize(rows);
    if (count != c->count)
        sim_fail(sim, "G2", "%zu events of channel %s were published, but %llu are in the log", c->count,
                 c->id_text, (unsigned long long)count);
}

/* The messages themselves: each that was promised, once, in the order of the log. */
static void check_messages(struct sim *sim, sqlite3 *handle, struct model_channel *c)
{
    sqlite3_stmt *rows = NULL;
    uint64_t count = 0;
    if (sqlite3_prepare_v2(
            handle, "SELECT id, id, created_at FROM messages WHERE channel_id = ?1 ORDER BY created_at", -1,
            &rows, NULL) != SQLITE_OK)
        abort();
    sqlite3_bind_blob(rows, 1, c->id.octets, sizeof c->id.octets, SQLITE_STATIC);
    while (!sim->failed && sqlite3_step(rows) == SQLITE_ROW)
        check_row(sim, c, ++count, rows);
    sqlite3_finalize(rows);
    if (count != c->count)
        sim_fail(sim, "G2", "%zu events of channel %s were published, but it has %llu messages", c->count,
                 c->id_text, (unsigned long long)count);
}

void oracle_store(struct sim *sim)
{
    struct model *m = &sim->model;
    sqlite3 *handle = (sqlite3 *)sim->house.store.writer.db.handle;
    for (unsigned i = 0; i < m->channel_count; i++) {
        check_log(sim, handle, &m->channels[i]);
        check_messages(sim, handle, &m->channels[i]);
    }
    for (unsigned i = 0; i < m->send_count; i++) {
        if (m->sends[i].promised && m->sends[i].committed != 1)
            sim_fail(sim, "G1", "SEND %u had its RECEIPT and is lost", i);
    }
}
