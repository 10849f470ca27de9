// SPDX-License-Identifier: MIT
//
// chat/message_create.c - a message and its event in one commit (design.md section 4; discodeit.md 4.4, 6.3).
//
// Nothing is read before the write: who may and where are conditions of the INSERT, the event follows from the row and its
// author as he stands then, and the outcome is read from what stands there in the end. So a batch that is repeated after an
// unknown outcome, with the ids of the first try, changes nothing and gives the same answer.
#include "chat/channels.h"
#include "chat/files.h"
#include "chat/operation.h"
#include "chat/snapshots.h"
#include "chat/streams.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"

/* ?1 message, ?2 now, ?3 content, ?4 channel, ?5 author, ?6 stream. Its time is that of its event: later than
 * all before it in the stream. */
static const struct statement message_insert = {
    "message_insert",
    "INSERT INTO messages (id, created_at, updated_at, content, channel_id, author_id)"
    " SELECT ?1, CASE WHEN s.time >= ?2 THEN s.time + 1 ELSE ?2 END, NULL, ?3, c.id, u.id"
    " FROM channels c JOIN users u ON u.id = ?5 JOIN streams s ON s.name = ?6"
    " WHERE c.id = ?4 AND " CHANNELS_VISIBLE_TO("?5") " ON CONFLICT (id) DO NOTHING",
    6};
/* ?1 message, ?2 channel, ?3 author: is there such a channel; when the message was made, if it was, and its author */
static const struct statement message_outcome = {
    "message_outcome",
    "SELECT x.channels, m.created_at, " ROWS_USER_COLUMNS
    " FROM (SELECT count(*) AS channels FROM channels c WHERE c.id = ?2) x"
    " LEFT JOIN messages m ON m.id = ?1 AND m.channel_id = ?2 AND m.author_id = ?3" ROWS_AUTHOR,
    3};
enum { OUTCOME_CHANNELS, OUTCOME_CREATED, OUTCOME_AUTHOR };
/* ?1 stream, ?2 message, ?3 its envelope, ?4 to ?8 what that says of the author, ?9 and ?10 the envelope and the message
 * without him. An author who is known from his login has seldom changed since, and where he has not, nothing has to be
 * made of him here: in PostgreSQL that would cost more than all the rest. */
static const struct statement message_append = {
    "message_append",
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT s.name, s.seq + 1, m.created_at, '*', m.id,"
    " CASE WHEN u.username = ?4 AND u.email = ?5 AND u.role = ?6 AND p.id IS NOT DISTINCT FROM ?7"
    " AND p.status IS NOT DISTINCT FROM ?8 THEN ?3"
    " ELSE pb_cat(?9, pb_message(16, pb_cat(?10, pb_message(6, " SNAPSHOT_USER ")))) END"
    " FROM streams s JOIN messages m ON m.id = ?2 JOIN users u ON u.id = m.author_id" ROWS_PROFILE
    " WHERE s.name = ?1 ON CONFLICT (id) DO NOTHING",
    10};
enum { APPEND_ENVELOPE = 2, APPEND_AUTHOR, APPEND_PICTURE = 6, APPEND_STATUS, APPEND_REST };

struct creation {
    struct uuid id, channel;
    struct slice stream;
    Parley__V1__MessageDto *message;
};

static char no_text[] = ""; /* of a message that is its attachments alone (discodeit.md 2.4) */

/* The author is who is logged in; the body can only agree (discodeit.md 4.4). */
static enum error create_prepare(struct task *t)
{
    const Parley__V1__MessageCreateRequest *in = (const void *)t->input;
    struct creation *c = ARENA_NEW(&t->arena, struct creation);
    if (c == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = c;
    if (in->author_id != NULL && !task_is_caller(t, in->author_id))
        return ERR_AUTHORIZATION_DENIED;
    if (!dto_read_uuid(in->channel_id, &c->channel))
        return ERR_INVALID_REQUEST;
    task_make_id(t, &c->id);
    c->stream = stream_of_channel(&t->arena, &c->channel);
    c->message = dto_new(&t->arena, &parley__v1__message_dto__descriptor);
    if (c->message == NULL)
        return ERR_OUT_OF_MEMORY;
    c->message->id = dto_uuid(&t->arena, &c->id);
    c->message->channel_id = dto_uuid(&t->arena, &c->channel);
    c->message->content = in->content == NULL ? no_text : in->content;
    c->message->attachments = files_attachments(t);
    c->message->n_attachments = t->file_count;
    return ERR_NONE;
}

/* Without seq and time, which are columns of the log; with this message, or none. */
static struct value pack_envelope(struct task *t, const struct creation *c, Parley__V1__MessageDto *message)
{
    static char everybody[] = "*";
    Parley__V1__Envelope envelope = PARLEY__V1__ENVELOPE__INIT;
    envelope.id = c->message->id;
    envelope.stream = arena_string(&t->arena, c->stream);
    envelope.audience = everybody;
    if (message != NULL)
        envelope.payload_case = PARLEY__V1__ENVELOPE__PAYLOAD_MESSAGE_CREATED;
    envelope.message_created = message;
    return value_blob(arena_ok(&t->arena) ? dto_pack(&t->arena, &envelope.base) : SLICE_NONE);
}

static struct value name_of(const ProtobufCEnumDescriptor *type, int value)
{
    return value_text(dto_enum_name(type, value));
}

/* The envelope with the author that the task brought, and what it says of him. */
static void guess_author(struct task *t, const struct creation *c, struct value *values)
{
    Parley__V1__UserDto author = *t->author;
    Parley__V1__MessageDto message = *c->message;
    struct uuid *picture = ARENA_NEW(&t->arena, struct uuid);
    author.has_online = 0; /* filled in when an event is rendered, and never stored */
    message.author = &author;
    values[APPEND_ENVELOPE] = pack_envelope(t, c, &message);
    values[APPEND_AUTHOR] = value_text(slice_from_string(author.username));
    values[APPEND_AUTHOR + 1] = value_text(slice_from_string(author.email));
    values[APPEND_AUTHOR + 2] = name_of(&parley__v1__role__descriptor, (int)author.role);
    if (picture == NULL || author.profile == NULL || !dto_read_uuid(author.profile->id, picture))
        return;
    values[APPEND_PICTURE] = value_uuid(picture);
    values[APPEND_STATUS] =
        name_of(&parley__v1__binary_content_status__descriptor, (int)author.profile->status);
}

static void append_event(struct task *t, struct batch *b, const struct creation *c)
{
    struct value *values = batch_event(b, batch_stream(b, c->stream), &c->id, &message_append)->values;
    values[0] = value_text(c->stream);
    values[1] = value_uuid(&c->id);
    if (t->author != NULL)
        guess_author(t, c, values);
    values[APPEND_REST] = pack_envelope(t, c, NULL);
    values[APPEND_REST + 1] = value_blob(dto_pack(&t->arena, &c->message->base));
}

static enum error create_write(struct task *t, struct batch *b)
{
    struct creation *c = t->state;
    const struct uuid *author = &t->caller.user;
    struct batch_step *insert = batch_add(b, &message_insert);
    insert->values[0] = value_uuid(&c->id);
    insert->values[1] = value_instant(t->now);
    insert->values[2] = value_text(slice_from_string(c->message->content));
    insert->values[3] = value_uuid(&c->channel);
    insert->values[4] = value_uuid(author);
    insert->values[5] = value_text(c->stream);
    files_attach(t, b, &c->id);
    struct batch_step *outcome = batch_add(b, &message_outcome);
    outcome->values[0] = value_uuid(&c->id);
    outcome->values[1] = value_uuid(&c->channel);
    outcome->values[2] = value_uuid(author);
    append_event(t, b, c);
    return ERR_NONE;
}

static enum error create_finish(struct task *t)
{
    struct creation *c = t->state;
    const struct rows *rows = &t->write->steps[t->write->step_count - 1].rows;
    if (rows->count == 0 || rows_at(rows, 0, OUTCOME_CHANNELS)->number == 0)
        return ERR_CHANNEL_NOT_FOUND;
    if (rows_at(rows, 0, OUTCOME_CREATED)->kind == VALUE_NULL)
        return ERR_AUTHORIZATION_DENIED;
    c->message->created_at = dto_instant(&t->arena, rows_at(rows, 0, OUTCOME_CREATED)->number);
    c->message->author = rows_user(t, rows, 0, OUTCOME_AUTHOR);
    t->output = &c->message->base;
    return ERR_NONE;
}

const struct operation OPERATION_MESSAGE_CREATE = {
    .name = "message_create",
    .who = WHO_USER,
    .input = &parley__v1__message_create_request__descriptor,
    .validation = &VALIDATE_MESSAGE_CREATE,
    .with_files = &VALIDATE_MESSAGE_CREATE_WITH_FILES,
    .prepare = create_prepare,
    .write = create_write,
    .finish = create_finish,
};
