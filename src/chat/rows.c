// SPDX-License-Identifier: MIT
#include "chat/rows.h"

#include "dto/values.h"

static bool is_null(const struct rows *rows, size_t row, size_t column)
{
    return rows_at(rows, row, column)->kind == VALUE_NULL;
}

char *rows_string(struct task *t, const struct rows *rows, size_t row, size_t column)
{
    return is_null(rows, row, column) ? NULL : arena_string(&t->arena, rows_at(rows, row, column)->octets);
}

static Parley__V1__Uuid *uuid_at(struct task *t, const struct rows *rows, size_t row, size_t column)
{
    struct uuid u;
    return rows_uuid(rows, row, column, &u) ? dto_uuid(&t->arena, &u) : NULL;
}

static Parley__V1__Instant *instant_at(struct task *t, const struct rows *rows, size_t row, size_t column)
{
    if (is_null(rows, row, column))
        return NULL;
    return dto_instant(&t->arena, rows_at(rows, row, column)->number);
}

/* False, and *value untouched, for what no version of the schema lets in. */
static bool enum_at(const ProtobufCEnumDescriptor *type, const struct rows *rows, size_t row, size_t column,
                    int *value)
{
    return dto_enum_value(type, rows_at(rows, row, column)->octets, value);
}

Parley__V1__BinaryContentDto *rows_file(struct task *t, const struct rows *rows, size_t row, size_t column)
{
    int status = PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_PROCESSING;
    if (is_null(rows, row, column))
        return NULL;
    Parley__V1__BinaryContentDto *file = dto_new(&t->arena, &parley__v1__binary_content_dto__descriptor);
    if (file == NULL)
        return NULL;
    file->id = uuid_at(t, rows, row, column);
    file->file_name = rows_string(t, rows, row, column + 1);
    file->has_size = 1;
    file->size = (uint64_t)rows_at(rows, row, column + 2)->number;
    file->content_type = rows_string(t, rows, row, column + 3);
    file->has_status =
        enum_at(&parley__v1__binary_content_status__descriptor, rows, row, column + 4, &status);
    file->status = (Parley__V1__BinaryContentStatus)status;
    return file;
}

void chat_fill_online(const struct chat *chat, Parley__V1__UserDto *user)
{
    struct uuid id;
    user->has_online = 1;
    user->online = dto_read_uuid(user->id, &id) &&
                   presence_is_online(chat->presence, &id, chat->clock->wall(chat->clock));
}

Parley__V1__UserDto *rows_user(struct task *t, const struct rows *rows, size_t row, size_t column)
{
    int role = PARLEY__V1__ROLE__ROLE_USER;
    if (is_null(rows, row, column))
        return NULL;
    Parley__V1__UserDto *user = dto_new(&t->arena, &parley__v1__user_dto__descriptor);
    if (user == NULL)
        return NULL;
    user->id = uuid_at(t, rows, row, column);
    user->username = rows_string(t, rows, row, column + 1);
    user->email = rows_string(t, rows, row, column + 2);
    enum_at(&parley__v1__role__descriptor, rows, row, column + 3, &role);
    user->has_role = 1; /* never absent: the page cannot do without it (discodeit.md 2.1) */
    user->role = (Parley__V1__Role)role;
    user->profile = rows_file(t, rows, row, column + 4);
    chat_fill_online(t->chat, user);
    return user;
}

/* How many rows from `row` on belong to the same channel. */
static size_t channel_rows(const struct rows *rows, size_t row)
{
    struct slice id = rows_at(rows, row, 0)->octets;
    size_t end = row + 1;
    while (end < rows->count && slice_equals(rows_at(rows, end, 0)->octets, id))
        end++;
    return end - row;
}

static void read_members(struct task *t, const struct rows *rows, size_t row, size_t count,
                         Parley__V1__ChannelDto *channel)
{
    channel->participants = arena_alloc(&t->arena, count * sizeof *channel->participants);
    if (channel->participants == NULL)
        return;
    for (size_t i = row; i < row + count; i++) {
        Parley__V1__UserDto *user = rows_user(t, rows, i, ROWS_CHANNEL);
        if (user != NULL)
            channel->participants[channel->n_participants++] = user;
    }
}

Parley__V1__ChannelDto *rows_channel(struct task *t, const struct rows *rows, size_t *row)
{
    int type = PARLEY__V1__CHANNEL_TYPE__CHANNEL_TYPE_PRIVATE;
    size_t first = *row, count = channel_rows(rows, first);
    *row += count;
    Parley__V1__ChannelDto *channel = dto_new(&t->arena, &parley__v1__channel_dto__descriptor);
    if (channel == NULL)
        return NULL;
    channel->id = uuid_at(t, rows, first, 0);
    enum_at(&parley__v1__channel_type__descriptor, rows, first, 1, &type);
    channel->has_type = 1;
    channel->type = (Parley__V1__ChannelType)type;
    channel->name = rows_string(t, rows, first, 2);
    channel->description = rows_string(t, rows, first, 3);
    channel->last_message_at = instant_at(t, rows, first, 4);
    read_members(t, rows, first, count, channel);
    return channel;
}

/* A message with its attachments alone. */
static Parley__V1__MessageDto *attachments_at(struct task *t, const struct rows *rows, size_t row,
                                              size_t column)
{
    struct slice packed = rows_at(rows, row, column)->octets;
    if (packed.len == 0)
        return dto_new(&t->arena, &parley__v1__message_dto__descriptor);
    return dto_unpack(&t->arena, &parley__v1__message_dto__descriptor, packed);
}

Parley__V1__MessageDto *rows_message(struct task *t, const struct rows *rows, size_t row)
{
    Parley__V1__MessageDto *message = attachments_at(t, rows, row, ROWS_MESSAGE_AUTHOR - 1);
    if (message == NULL)
        return NULL;
    message->id = uuid_at(t, rows, row, 0);
    message->created_at = instant_at(t, rows, row, 1);
    message->updated_at = instant_at(t, rows, row, 2);
    message->content = rows_string(t, rows, row, 3);
    message->channel_id = uuid_at(t, rows, row, 4);
    message->author = rows_user(t, rows, row, ROWS_MESSAGE_AUTHOR);
    return message;
}
