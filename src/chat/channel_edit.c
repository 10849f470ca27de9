// SPDX-License-Identifier: MIT
//
// chat/channel_edit.c - changing a PUBLIC channel and deleting any (discodeit.md 3.10, 4.3, 8.1).
#include "chat/events.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "chat/streams.h"

/* What is null stays. */
static const struct statement channel_update = {
    "channel_update",
    "UPDATE channels SET name = COALESCE(?2, name), description = COALESCE(?3, description), updated_at = ?4"
    " WHERE id = ?1 AND type = 'PUBLIC'",
    4};
static const struct statement channel_by_id = {"channel_by_id",
                                               "SELECT " ROWS_CHANNEL_COLUMNS ", " ROWS_USER_COLUMNS
                                               " FROM channels c" ROWS_MEMBERS " WHERE c.id = ?1",
                                               1};
/* Its messages and read statuses go with it, by their foreign keys. */
static const struct statement channel_delete = {"channel_delete",
                                                "DELETE FROM channels WHERE id = ?1 RETURNING id", 1};

/* Nothing is published on its stream any more. What was, stays in the log for the retention, where nobody may read it. */
static const struct statement channel_forget = {"channel_forget", "DELETE FROM streams WHERE name = ?1", 1};

static enum error edit_prepare(struct task *t)
{
    return task_read_id(t, ERR_CHANNEL_NOT_FOUND);
}

static enum error update_write(struct task *t, struct batch *b)
{
    const Parley__V1__PublicChannelUpdateRequest *in = (const void *)t->input;
    struct batch_step *update = batch_add(b, &channel_update);
    update->values[0] = value_uuid(t->state);
    update->values[1] = value_text_or_null(in->new_name);
    update->values[2] = value_text_or_null(in->new_description);
    update->values[3] = value_instant(t->now);
    batch_add(b, &channel_by_id)->values[0] = value_uuid(t->state);
    events_channel_updated(t, b, t->state);
    return ERR_NONE;
}

static enum error update_finish(struct task *t)
{
    const struct rows *rows = &t->write->steps[1].rows;
    size_t row = 0;
    if (rows->count == 0)
        return ERR_CHANNEL_NOT_FOUND;
    Parley__V1__ChannelDto *channel = rows_channel(t, rows, &row);
    if (channel != NULL && channel->type == PARLEY__V1__CHANNEL_TYPE__CHANNEL_TYPE_PRIVATE)
        return ERR_PRIVATE_CHANNEL_UPDATE;
    t->output = (ProtobufCMessage *)channel;
    return ERR_NONE;
}

const struct operation OPERATION_CHANNEL_UPDATE = {
    .name = "channel_update",
    .who = WHO_CHANNEL_MANAGER,
    .input = &parley__v1__public_channel_update_request__descriptor,
    .validation = &VALIDATE_PUBLIC_CHANNEL_UPDATE,
    .prepare = edit_prepare,
    .write = update_write,
    .finish = update_finish,
};

/* Its stream is locked like that of a message in it: those who write to the channel meanwhile are through, or find no
 * channel. */
static enum error delete_write(struct task *t, struct batch *b)
{
    struct slice stream = stream_of_channel(&t->arena, t->state);
    if (stream.data == NULL)
        return ERR_OUT_OF_MEMORY;
    (void)batch_stream(b, stream);
    events_channel_deleted(t, b, t->state);
    batch_add(b, &channel_delete)->values[0] = value_uuid(t->state);
    batch_add(b, &channel_forget)->values[0] = value_text(stream);
    return ERR_NONE;
}

/* Where the batch is repeated after an unknown outcome the channel is gone, but the event of the first try is there. */
static enum error delete_finish(struct task *t)
{
    const struct batch *b = t->write;
    return b->steps[0].rows.count == 0 && b->events[0].seq == 0 ? ERR_CHANNEL_NOT_FOUND : ERR_NONE;
}

const struct operation OPERATION_CHANNEL_DELETE = {
    .name = "channel_delete",
    .who = WHO_CHANNEL_MANAGER,
    .prepare = edit_prepare,
    .write = delete_write,
    .finish = delete_finish,
};
