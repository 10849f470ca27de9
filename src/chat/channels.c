// SPDX-License-Identifier: MIT
//
// chat/channels.c - listing channels, making PUBLIC ones, and watching the stream of one
// (discodeit.md 4.3, 8.1).
#include "chat/channels.h"

#include "chat/events.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "chat/streams.h"
#include "dto/values.h"

/* One statement, so that channels and members are of one moment. */
static const struct statement channel_visible = {
    "channel_visible",
    "SELECT " ROWS_CHANNEL_COLUMNS ", " ROWS_USER_COLUMNS " FROM channels c" ROWS_MEMBERS
    " WHERE " CHANNELS_SHOWN_TO("?1") " ORDER BY c.created_at, c.id, u.username",
    1};
static const struct statement channel_insert = {
    "channel_insert",
    "INSERT INTO channels (id, created_at, updated_at, name, description, type)"
    " VALUES (?1, ?2, NULL, ?3, ?4, 'PUBLIC') ON CONFLICT (id) DO NOTHING",
    4};
/* Right and head in one statement: a message that is committed after the check has a seq beyond this head. */
static const struct statement channel_head = {
    "channel_head",
    "SELECT COALESCE((SELECT s.seq FROM streams s WHERE s.name = ?3), 0) FROM channels c"
    " WHERE c.id = ?1 AND " CHANNELS_VISIBLE_TO("?2"),
    3};

/* --- list --- */

static enum error list_read(struct task *t, struct batch *b)
{
    batch_add(b, &channel_visible)->values[0] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

static enum error list_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    bool given = task_begin_list(t, rows->count);
    for (size_t row = 0; given && row < rows->count;)
        t->list[t->list_count++] = (ProtobufCMessage *)rows_channel(t, rows, &row);
    return ERR_NONE;
}

const struct operation OPERATION_CHANNEL_LIST = {
    .name = "channel_list",
    .who = WHO_USER,
    .lists = true,
    .prepare = task_check_own_list,
    .read = list_read,
    .finish = list_finish,
};

/* --- a PUBLIC channel --- */

static enum error create_prepare(struct task *t)
{
    const Parley__V1__PublicChannelCreateRequest *in = (const void *)t->input;
    Parley__V1__ChannelDto *channel = dto_new(&t->arena, &parley__v1__channel_dto__descriptor);
    struct uuid *id = ARENA_NEW(&t->arena, struct uuid);
    if (channel == NULL || id == NULL)
        return ERR_OUT_OF_MEMORY;
    task_make_id(t, id);
    channel->id = dto_uuid(&t->arena, id);
    channel->has_type = 1;
    channel->type = PARLEY__V1__CHANNEL_TYPE__CHANNEL_TYPE_PUBLIC;
    channel->name = in->name;
    channel->description = in->description;
    t->output = &channel->base;
    t->state = id;
    return ERR_NONE;
}

static enum error create_write(struct task *t, struct batch *b)
{
    const Parley__V1__PublicChannelCreateRequest *in = (const void *)t->input;
    struct batch_step *insert = batch_add(b, &channel_insert);
    insert->values[0] = value_uuid(t->state);
    insert->values[1] = value_instant(t->now);
    insert->values[2] = value_text(slice_from_string(in->name));
    insert->values[3] =
        in->description == NULL ? value_null() : value_text(slice_from_string(in->description));
    events_channel_created(t, b, t->state);
    return ERR_NONE;
}

const struct operation OPERATION_CHANNEL_CREATE_PUBLIC = {
    .name = "channel_create_public",
    .who = WHO_CHANNEL_MANAGER,
    .input = &parley__v1__public_channel_create_request__descriptor,
    .validation = &VALIDATE_PUBLIC_CHANNEL_CREATE,
    .prepare = create_prepare,
    .write = create_write,
};

/* --- watch: unknown and forbidden are the same answer (discodeit.md 6.4) --- */

static enum error watch_prepare(struct task *t)
{
    struct uuid *channel = ARENA_NEW(&t->arena, struct uuid);
    if (channel == NULL)
        return ERR_OUT_OF_MEMORY;
    if (!uuid_parse(t->parameters.channel_id, channel))
        return ERR_AUTHORIZATION_DENIED;
    t->state = channel;
    t->stream = stream_of_channel(&t->arena, channel);
    return ERR_NONE;
}

static enum error watch_read(struct task *t, struct batch *b)
{
    struct batch_step *head = batch_add(b, &channel_head);
    head->values[0] = value_uuid(t->state);
    head->values[1] = value_uuid(&t->caller.user);
    head->values[2] = value_text(t->stream);
    return ERR_NONE;
}

static enum error watch_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    if (rows->count == 0)
        return ERR_AUTHORIZATION_DENIED;
    t->head = (uint64_t)rows_at(rows, 0, 0)->number;
    return ERR_NONE;
}

const struct operation OPERATION_CHANNEL_WATCH = {
    .name = "channel_watch",
    .who = WHO_USER,
    .prepare = watch_prepare,
    .read = watch_read,
    .finish = watch_finish,
};
