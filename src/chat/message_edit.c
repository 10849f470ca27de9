// SPDX-License-Identifier: MIT
//
// chat/message_edit.c - changing and deleting a message, which only its author may (discodeit.md 3.10, 4.4, 8.3).
//
// The right is a condition of the statement that changes. It comes first: what is read behind it, for the answer,
// nobody else can change any more.
#include "chat/operation.h"
#include "chat/rows.h"

static const struct statement message_update = {
    "message_update", "UPDATE messages SET content = ?3, updated_at = ?4 WHERE id = ?1 AND author_id = ?2",
    4};
static const struct statement message_by_id = {
    "message_by_id", "SELECT " ROWS_MESSAGE_COLUMNS " FROM messages m" ROWS_AUTHOR " WHERE m.id = ?1", 1};
/* What is noted as removed by this call goes; so a call that is made again, because its outcome was lost, finds that it
 * has done it. */
static const struct statement message_remove = {
    "message_remove",
    "INSERT INTO removals (id, owner_id, cause, removed_at) SELECT m.id, m.author_id, ?3, ?4 FROM messages m"
    " WHERE m.id = ?1 AND m.author_id = ?2 ON CONFLICT (id) DO NOTHING",
    4};
static const struct statement message_delete = {
    "message_delete", "DELETE FROM messages WHERE id IN (SELECT r.id FROM removals r WHERE r.cause = ?1)", 1};
static const struct statement message_removed = {"message_removed",
                                                 "SELECT 1 FROM removals r WHERE r.cause = ?1", 1};
static const struct statement message_exists = {"message_exists", "SELECT 1 FROM messages m WHERE m.id = ?1",
                                                1};

static enum error edit_prepare(struct task *t)
{
    return task_read_id(t, ERR_MESSAGE_NOT_FOUND);
}

static enum error update_write(struct task *t, struct batch *b)
{
    const Parley__V1__MessageUpdateRequest *in = (const void *)t->input;
    struct batch_step *update = batch_add(b, &message_update);
    update->values[0] = value_uuid(t->state);
    update->values[1] = value_uuid(&t->caller.user);
    update->values[2] = value_text(slice_from_string(in->new_content));
    update->values[3] = value_instant(t->now);
    batch_add(b, &message_by_id)->values[0] = value_uuid(t->state);
    return ERR_NONE;
}

/* Nobody's, when its author was deleted. */
static bool is_own(const struct task *t, const struct rows *rows)
{
    struct uuid author;
    return rows_uuid(rows, 0, ROWS_MESSAGE_AUTHOR, &author) && uuid_equals(&author, &t->caller.user);
}

static enum error update_finish(struct task *t)
{
    const struct rows *rows = &t->write->steps[1].rows;
    if (rows->count == 0)
        return ERR_MESSAGE_NOT_FOUND;
    if (!is_own(t, rows))
        return ERR_AUTHORIZATION_DENIED;
    t->output = (ProtobufCMessage *)rows_message(t, rows, 0);
    return ERR_NONE;
}

const struct operation OPERATION_MESSAGE_UPDATE = {
    .name = "message_update",
    .who = WHO_USER,
    .input = &parley__v1__message_update_request__descriptor,
    .validation = &VALIDATE_MESSAGE_UPDATE,
    .prepare = edit_prepare,
    .write = update_write,
    .finish = update_finish,
};

static enum error delete_write(struct task *t, struct batch *b)
{
    struct uuid *cause = ARENA_NEW(&t->arena, struct uuid);
    if (cause == NULL)
        return ERR_OUT_OF_MEMORY;
    task_make_id(t, cause);
    struct batch_step *remove = batch_add(b, &message_remove);
    remove->values[0] = value_uuid(t->state);
    remove->values[1] = value_uuid(&t->caller.user);
    remove->values[2] = value_uuid(cause);
    remove->values[3] = value_instant(t->now);
    batch_add(b, &message_delete)->values[0] = value_uuid(cause);
    batch_add(b, &message_removed)->values[0] = value_uuid(cause);
    batch_add(b, &message_exists)->values[0] = value_uuid(t->state);
    return ERR_NONE;
}

static enum error delete_finish(struct task *t)
{
    const struct rows *removed = &t->write->steps[2].rows, *left = &t->write->steps[3].rows;
    if (removed->count > 0)
        return ERR_NONE;
    return left->count == 0 ? ERR_MESSAGE_NOT_FOUND : ERR_AUTHORIZATION_DENIED;
}

const struct operation OPERATION_MESSAGE_DELETE = {
    .name = "message_delete",
    .who = WHO_USER,
    .prepare = edit_prepare,
    .write = delete_write,
    .finish = delete_finish,
};
