// SPDX-License-Identifier: MIT
//
// chat/message_create.c - a message and its event in one commit (design.md section 4; discodeit.md 4.4, 6.3).
//
// Nothing is checked before the write: who may and where are conditions of the INSERT, the event follows from
// the row, and the outcome is read from what stands there in the end. So a batch that is repeated after an
// unknown outcome, with the ids of the first try, changes nothing and gives the same answer.
#include "chat/channels.h"
#include "chat/files.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "chat/streams.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"

/* For a caller who has no snapshot of himself at hand. Judges nothing. */
static const struct statement author_by_id = {
    "author_by_id", "SELECT " ROWS_USER_COLUMNS " FROM users u" ROWS_PROFILE " WHERE u.id = ?1", 1};
/* ?1 message, ?2 now, ?3 content, ?4 channel, ?5 author, ?6 stream. Its time is that of its event: later than
 * all before it in the stream. */
static const struct statement message_insert = {
    "message_insert",
    "INSERT INTO messages (id, created_at, updated_at, content, channel_id, author_id)"
    " SELECT ?1, CASE WHEN s.time >= ?2 THEN s.time + 1 ELSE ?2 END, NULL, ?3, c.id, u.id"
    " FROM channels c JOIN users u ON u.id = ?5 JOIN streams s ON s.name = ?6"
    " WHERE c.id = ?4 AND " CHANNELS_VISIBLE_TO("?5") " ON CONFLICT (id) DO NOTHING",
    6};
/* ?1 message, ?2 channel, ?3 author: what became of it, and when */
static const struct statement message_outcome = {
    "message_outcome",
    "SELECT (SELECT count(*) FROM channels c WHERE c.id = ?2),"
    " (SELECT m.created_at FROM messages m WHERE m.id = ?1 AND m.channel_id = ?2 AND m.author_id = ?3)",
    3};
/* ?1 stream, ?2 message, ?3 envelope */
static const struct statement message_append = {
    "message_append",
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT s.name, s.seq + 1, m.created_at, '*', m.id, ?3 FROM streams s JOIN messages m ON m.id = ?2"
    " WHERE s.name = ?1 ON CONFLICT (id) DO NOTHING",
    3};

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

static enum error create_read(struct task *t, struct batch *b)
{
    if (t->author == NULL)
        batch_add(b, &author_by_id)->values[0] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

/* A copy without `online`, which is filled in when an event is rendered and never stored; NULL when there is
 * none. */
static Parley__V1__UserDto *snapshot(struct task *t)
{
    Parley__V1__UserDto *copy = NULL;
    if (t->author != NULL) {
        copy =
            dto_unpack(&t->arena, &parley__v1__user_dto__descriptor, dto_pack(&t->arena, &t->author->base));
    } else if (t->read->steps[0].rows.count > 0) {
        copy = rows_user(t, &t->read->steps[0].rows, 0, 0);
    }
    if (copy != NULL)
        copy->has_online = 0;
    return copy;
}

/* Without seq and time, which are columns of the log. */
static struct slice pack_envelope(struct task *t, const struct creation *c)
{
    static char everybody[] = "*";
    Parley__V1__Envelope envelope = PARLEY__V1__ENVELOPE__INIT;
    envelope.id = c->message->id;
    envelope.stream = arena_string(&t->arena, c->stream);
    envelope.audience = everybody;
    envelope.payload_case = PARLEY__V1__ENVELOPE__PAYLOAD_MESSAGE_CREATED;
    envelope.message_created = c->message;
    return arena_ok(&t->arena) ? dto_pack(&t->arena, &envelope.base) : SLICE_NONE;
}

static enum error create_write(struct task *t, struct batch *b)
{
    struct creation *c = t->state;
    struct uuid *author = &t->caller.user;
    c->message->author = snapshot(t);
    if (c->message->author == NULL)
        return arena_ok(&t->arena) ? ERR_AUTHORIZATION_DENIED : ERR_OUT_OF_MEMORY; /* deleted meanwhile */
    struct slice envelope = pack_envelope(t, c);
    size_t stream = batch_stream(b, c->stream);
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
    struct batch_step *append = batch_event(b, stream, &c->id, &message_append);
    append->values[0] = value_text(c->stream);
    append->values[1] = value_uuid(&c->id);
    append->values[2] = value_blob(envelope);
    return ERR_NONE;
}

static enum error create_finish(struct task *t)
{
    struct creation *c = t->state;
    const struct rows *rows = &t->write->steps[t->write->step_count - 1].rows;
    if (rows->count == 0 || rows_at(rows, 0, 0)->number == 0)
        return ERR_CHANNEL_NOT_FOUND;
    if (rows_at(rows, 0, 1)->kind == VALUE_NULL)
        return ERR_AUTHORIZATION_DENIED;
    c->message->created_at = dto_instant(&t->arena, rows_at(rows, 0, 1)->number);
    chat_fill_online(t->chat, c->message->author);
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
    .read = create_read,
    .write = create_write,
    .finish = create_finish,
};
