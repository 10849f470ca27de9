// SPDX-License-Identifier: MIT
//
// chat/private_channels.c - making a PRIVATE channel: its read statuses are its members
// (discodeit.md 4.3, 8.1, 8.2).
//
// Members travel as one parameter, their ids one after the other, so that a statement is the same for any
// number. Two who have a channel of their own already get that one again.
#include <stdio.h>

#include "chat/events.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/values.h"

/* ?3 the members' ids, ?4 how many */
#define MEMBER                                                                                               \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?4),"                      \
    " member(i, id) AS (SELECT i, substr(?3, i * 16 + 1, 16) FROM n) "
/* The PRIVATE channel that these two have to themselves; `second` is null when there are more. */
#define PAIR(first, second)                                                                                  \
    "SELECT a.channel_id FROM read_statuses a"                                                               \
    " JOIN read_statuses b ON b.channel_id = a.channel_id AND b.user_id = " second                           \
    " JOIN channels x ON x.id = a.channel_id AND x.type = 'PRIVATE' WHERE a.user_id = " first                \
    " AND (SELECT count(*) FROM read_statuses o WHERE o.channel_id = a.channel_id) = 2"

/* Two who make a channel of their own at the same time wait for each other here, where the store itself does
 * not serialise them: both lock the one of them whose id is lower. */
static const struct statement private_lock = {"private_lock", "UPDATE users SET role = role WHERE id = ?1",
                                              1};
static const struct statement private_insert = {
    "private_insert",
    MEMBER "INSERT INTO channels (id, created_at, updated_at, name, description, type)"
           " SELECT ?1, ?2, NULL, NULL, NULL, 'PRIVATE'"
           " WHERE NOT EXISTS (SELECT 1 FROM member WHERE member.id NOT IN (SELECT u.id FROM users u WHERE "
           "u.id = member.id))"
           " AND NOT EXISTS (SELECT 1 FROM member WHERE (SELECT count(*) FROM read_statuses r JOIN channels z"
           " ON z.id = r.channel_id AND z.type = 'PRIVATE' WHERE r.user_id = member.id) >= ?7)"
           " AND NOT EXISTS (" PAIR("?5", "?6") ") ON CONFLICT (id) DO NOTHING",
    7};
/* ?3 and ?4 as above: which of them are no users */
static const struct statement private_unknown = {
    "private_unknown",
    MEMBER "SELECT member.id FROM member WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = member.id)", 4};
static const struct statement private_members = {
    "private_members",
    MEMBER "INSERT INTO read_statuses"
           " (id, created_at, updated_at, user_id, channel_id, last_read_at, notification_enabled)"
           " SELECT substr(?5, member.i * 16 + 1, 16), ?2, NULL, member.id, c.id, ?2, TRUE"
           " FROM member JOIN channels c ON c.id = ?1 WHERE c.type = 'PRIVATE' ON CONFLICT DO NOTHING",
    5};
static const struct statement private_outcome = {
    "private_outcome",
    "SELECT " ROWS_CHANNEL_COLUMNS ", " ROWS_USER_COLUMNS " FROM channels c" ROWS_MEMBERS
    " WHERE c.id = COALESCE((SELECT y.id FROM channels y WHERE y.id = ?1), (" PAIR(
        "?2", "?3") " LIMIT 1))"
                    " ORDER BY c.id, u.username",
    3};

struct members {
    struct uuid channel;
    size_t count;
    struct uuid *users;    /* the caller first */
    struct uuid *statuses; /* the ids of their read statuses */
};

static void add_member(struct members *m, const struct uuid *user)
{
    for (size_t i = 0; i < m->count; i++) {
        if (uuid_equals(&m->users[i], user))
            return;
    }
    m->users[m->count++] = *user;
}

/* The caller is a member whether he names himself or not. */
static enum error create_prepare(struct task *t)
{
    const Parley__V1__PrivateChannelCreateRequest *in = (const void *)t->input;
    struct members *m = ARENA_NEW(&t->arena, struct members);
    size_t room = in->n_participant_ids + 1;
    if (m == NULL)
        return ERR_OUT_OF_MEMORY;
    m->users = arena_alloc(&t->arena, room * sizeof *m->users);
    m->statuses = arena_alloc(&t->arena, room * sizeof *m->statuses);
    if (m->users == NULL || m->statuses == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = m;
    task_make_id(t, &m->channel);
    add_member(m, &t->caller.user);
    for (size_t i = 0; i < in->n_participant_ids; i++) {
        struct uuid user;
        if (dto_read_uuid(in->participant_ids[i], &user))
            add_member(m, &user);
    }
    for (size_t i = 0; i < m->count; i++)
        task_make_id(t, &m->statuses[i]);
    if (m->count >= 2)
        return ERR_NONE;
    problems_add(&t->problems, "participantIds", PROBLEM_TOO_FEW, 2);
    return ERR_VALIDATION_ERROR;
}

static struct value ids(const struct uuid *first, size_t count)
{
    return value_blob(slice_of(first, count * sizeof *first));
}

static const struct uuid *lowest(const struct members *m)
{
    const struct uuid *low = &m->users[0];
    for (size_t i = 1; i < m->count; i++) {
        if (memcmp(&m->users[i], low, sizeof *low) < 0)
            low = &m->users[i];
    }
    return low;
}

static enum error create_write(struct task *t, struct batch *b)
{
    const struct members *m = t->state;
    struct value other = m->count == 2 ? value_uuid(&m->users[1]) : value_null();
    batch_add(b, &private_lock)->values[0] = value_uuid(lowest(m));
    struct batch_step *channel = batch_add(b, &private_insert);
    channel->values[0] = value_uuid(&m->channel);
    channel->values[1] = value_instant(t->now);
    channel->values[2] = ids(m->users, m->count);
    channel->values[3] = value_int((int64_t)m->count);
    channel->values[4] = value_uuid(&m->users[0]);
    channel->values[5] = other;
    channel->values[6] = value_int(CHAT_MEMBERSHIPS);
    struct batch_step *members = batch_add(b, &private_members);
    memcpy(members->values, channel->values, 4 * sizeof channel->values[0]);
    members->values[4] = ids(m->statuses, m->count);
    struct batch_step *outcome = batch_add(b, &private_outcome);
    outcome->values[0] = value_uuid(&m->channel);
    outcome->values[1] = value_uuid(&m->users[0]);
    outcome->values[2] = other;
    struct batch_step *unknown = batch_add(b, &private_unknown);
    memcpy(unknown->values, channel->values, 4 * sizeof channel->values[0]);
    events_channel_created(t, b, &m->channel);
    return ERR_NONE;
}

/* Says which of the participants this is. */
static void name_participant(struct task *t, const struct uuid *user)
{
    const Parley__V1__PrivateChannelCreateRequest *in = (const void *)t->input;
    struct uuid one;
    char name[40], text[UUID_TEXT];
    uuid_format(user, text);
    for (size_t i = 0; i < in->n_participant_ids; i++) {
        if (!dto_read_uuid(in->participant_ids[i], &one) || !uuid_equals(&one, user))
            continue;
        snprintf(name, sizeof name, "participantIds[%zu]", i);
        problems_quote(&t->problems, name, slice_of(text, sizeof text));
    }
}

static enum error refuse_members(struct task *t, const struct rows *unknown)
{
    struct uuid user;
    for (size_t row = 0; row < unknown->count; row++) {
        if (rows_uuid(unknown, row, 0, &user))
            name_participant(t, &user);
    }
    return unknown->count > 0 ? ERR_USER_NOT_FOUND : ERR_CHANNEL_LIMIT;
}

static enum error create_finish(struct task *t)
{
    const struct rows *rows = &t->write->steps[3].rows, *unknown = &t->write->steps[4].rows;
    size_t row = 0;
    if (rows->count == 0)
        return refuse_members(t, unknown);
    t->output = (ProtobufCMessage *)rows_channel(t, rows, &row);
    return ERR_NONE;
}

const struct operation OPERATION_CHANNEL_CREATE_PRIVATE = {
    .name = "channel_create_private",
    .who = WHO_USER,
    .input = &parley__v1__private_channel_create_request__descriptor,
    .validation = &VALIDATE_PRIVATE_CHANNEL_CREATE,
    .prepare = create_prepare,
    .write = create_write,
    .finish = create_finish,
};
