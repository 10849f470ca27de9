// SPDX-License-Identifier: MIT
//
// chat/read_statuses.c - how far somebody has read, and whether he wants to be told (discodeit.md 4.5, 8.2).
//
// In a PRIVATE channel these rows are its members: there they come with the channel and are never made here.
#include "chat/channels.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/values.h"

#define COLUMNS "r.id, r.user_id, r.channel_id, r.last_read_at, r.notification_enabled"

static const struct statement status_of_user = {
    "status_of_user",
    "SELECT " COLUMNS " FROM read_statuses r WHERE r.user_id = ?1 ORDER BY r.created_at, r.id", 1};
/* ?1 id, ?2 now, ?3 user, ?4 channel, ?5 read up to. One that is there already stays as it is (4.5). */
static const struct statement status_insert = {
    "status_insert",
    "INSERT INTO read_statuses (id, created_at, updated_at, user_id, channel_id, last_read_at, "
    "notification_enabled)"
    " SELECT ?1, ?2, NULL, u.id, c.id, ?5, FALSE FROM channels c JOIN users u ON u.id = ?3"
    " WHERE c.id = ?4 AND c.type = 'PUBLIC' ON CONFLICT DO NOTHING",
    5};
static const struct statement status_of_pair = {
    "status_of_pair", "SELECT " COLUMNS " FROM read_statuses r WHERE r.user_id = ?1 AND r.channel_id = ?2",
    2};
/* What is null stays. */
static const struct statement status_update = {
    "status_update",
    "UPDATE read_statuses SET last_read_at = COALESCE(?3, last_read_at),"
    " notification_enabled = COALESCE(CAST(CAST(?4 AS integer) AS boolean), notification_enabled), "
    "updated_at = ?5 "
    "WHERE id = ?1 AND user_id = "
    "?2",
    5};
static const struct statement status_by_id = {"status_by_id",
                                              "SELECT " COLUMNS " FROM read_statuses r WHERE r.id = ?1", 1};

static ProtobufCMessage *status_at(struct task *t, const struct rows *rows, size_t row)
{
    struct uuid id, user, channel;
    Parley__V1__ReadStatusDto *status = dto_new(&t->arena, &parley__v1__read_status_dto__descriptor);
    if (status == NULL || !rows_uuid(rows, row, 0, &id) || !rows_uuid(rows, row, 1, &user) ||
        !rows_uuid(rows, row, 2, &channel))
        return NULL;
    status->id = dto_uuid(&t->arena, &id);
    status->user_id = dto_uuid(&t->arena, &user);
    status->channel_id = dto_uuid(&t->arena, &channel);
    status->last_read_at = dto_instant(&t->arena, rows_at(rows, row, 3)->number);
    status->has_notification_enabled = 1;
    status->notification_enabled = rows_at(rows, row, 4)->number != 0;
    return &status->base;
}

/* --- list --- */

static enum error list_read(struct task *t, struct batch *b)
{
    batch_add(b, &status_of_user)->values[0] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

static enum error list_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    bool given = task_begin_list(t, rows->count);
    for (size_t row = 0; given && row < rows->count; row++)
        t->list[t->list_count++] = status_at(t, rows, row);
    return ERR_NONE;
}

const struct operation OPERATION_READ_STATUS_LIST = {
    .name = "read_status_list",
    .who = WHO_USER,
    .lists = true,
    .prepare = task_check_own_list,
    .read = list_read,
    .finish = list_finish,
};

/* --- create --- */

struct creation {
    struct uuid id, channel;
    int64_t last_read_at;
};

static enum error create_prepare(struct task *t)
{
    const Parley__V1__ReadStatusCreateRequest *in = (const void *)t->input;
    struct creation *c = ARENA_NEW(&t->arena, struct creation);
    if (c == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = c;
    if (in->user_id != NULL && !task_is_caller(t, in->user_id))
        return ERR_AUTHORIZATION_DENIED;
    if (!dto_read_uuid(in->channel_id, &c->channel))
        return ERR_INVALID_REQUEST;
    c->last_read_at = in->last_read_at == NULL ? t->now : in->last_read_at->microseconds;
    task_make_id(t, &c->id);
    return ERR_NONE;
}

static enum error create_write(struct task *t, struct batch *b)
{
    const struct creation *c = t->state;
    struct batch_step *insert = batch_add(b, &status_insert);
    insert->values[0] = value_uuid(&c->id);
    insert->values[1] = value_instant(t->now);
    insert->values[2] = value_uuid(&t->caller.user);
    insert->values[3] = value_uuid(&c->channel);
    insert->values[4] = value_instant(c->last_read_at);
    struct batch_step *outcome = batch_add(b, &status_of_pair);
    outcome->values[0] = value_uuid(&t->caller.user);
    outcome->values[1] = value_uuid(&c->channel);
    return ERR_NONE;
}

/* A PRIVATE channel that he is no member of is not there for him. */
static enum error create_finish(struct task *t)
{
    const struct rows *rows = &t->write->steps[1].rows;
    if (rows->count == 0)
        return ERR_CHANNEL_NOT_FOUND;
    t->output = status_at(t, rows, 0);
    return ERR_NONE;
}

const struct operation OPERATION_READ_STATUS_CREATE = {
    .name = "read_status_create",
    .who = WHO_USER,
    .input = &parley__v1__read_status_create_request__descriptor,
    .validation = &VALIDATE_READ_STATUS_CREATE,
    .prepare = create_prepare,
    .write = create_write,
    .finish = create_finish,
};

/* --- update --- */

static enum error update_prepare(struct task *t)
{
    return task_read_id(t, ERR_READ_STATUS_NOT_FOUND);
}

static enum error update_write(struct task *t, struct batch *b)
{
    const Parley__V1__ReadStatusUpdateRequest *in = (const void *)t->input;
    struct batch_step *update = batch_add(b, &status_update);
    update->values[0] = value_uuid(t->state);
    update->values[1] = value_uuid(&t->caller.user);
    update->values[2] =
        in->new_last_read_at == NULL ? value_null() : value_instant(in->new_last_read_at->microseconds);
    update->values[3] =
        in->has_new_notification_enabled ? value_int(in->new_notification_enabled != 0) : value_null();
    update->values[4] = value_instant(t->now);
    batch_add(b, &status_by_id)->values[0] = value_uuid(t->state);
    return ERR_NONE;
}

static enum error update_finish(struct task *t)
{
    const struct rows *rows = &t->write->steps[1].rows;
    struct uuid user;
    if (rows->count == 0)
        return ERR_READ_STATUS_NOT_FOUND;
    if (!rows_uuid(rows, 0, 1, &user) || !uuid_equals(&user, &t->caller.user))
        return ERR_AUTHORIZATION_DENIED;
    t->output = status_at(t, rows, 0);
    return ERR_NONE;
}

const struct operation OPERATION_READ_STATUS_UPDATE = {
    .name = "read_status_update",
    .who = WHO_USER,
    .input = &parley__v1__read_status_update_request__descriptor,
    .prepare = update_prepare,
    .write = update_write,
    .finish = update_finish,
};
