// SPDX-License-Identifier: MIT
//
// chat/users.c - signing up and the list of users (discodeit.md 4.2).
#include "chat/users.h"

#include "chat/events.h"
#include "chat/files.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/values.h"

/* Taken names are no error of the store: nothing is inserted, and the outcome says so. */
static const struct statement user_insert = {
    "user_insert",
    "INSERT INTO users (id, created_at, updated_at, username, email, password, profile_id, role)"
    " VALUES (?1, ?2, NULL, ?3, ?4, ?5, NULL, 'USER') ON CONFLICT DO NOTHING",
    5};
static const struct statement user_inserted = {
    "user_inserted", "SELECT " ROWS_USER_COLUMNS " FROM users u" ROWS_PROFILE " WHERE u.id = ?1", 1};
const struct statement USERS_TAKEN = {
    "user_taken",
    "SELECT (SELECT count(*) FROM users u WHERE u.username = ?2 AND u.id <> ?1),"
    " (SELECT count(*) FROM users u WHERE u.email = ?3 AND u.id <> ?1)",
    3};
static const struct statement user_all = {
    "user_all", "SELECT " ROWS_USER_COLUMNS " FROM users u" ROWS_PROFILE " ORDER BY u.username", 0};

static enum error create_secret(struct task *t, struct password_call *call)
{
    const Parley__V1__UserCreateRequest *in = (const void *)t->input;
    call->operation = PASSWORD_MAKE;
    call->password = slice_from_string(in->password);
    return ERR_NONE;
}

static enum error create_write(struct task *t, struct batch *b)
{
    const Parley__V1__UserCreateRequest *in = (const void *)t->input;
    struct uuid *id = ARENA_NEW(&t->arena, struct uuid);
    if (id == NULL)
        return ERR_OUT_OF_MEMORY;
    task_make_id(t, id);
    struct batch_step *insert = batch_add(b, &user_insert);
    insert->values[0] = value_uuid(id);
    insert->values[1] = value_instant(t->now);
    insert->values[2] = value_text(slice_from_string(in->username));
    insert->values[3] = value_text(slice_from_string(in->email));
    insert->values[4] = value_text(slice_from_string(t->password->hash));
    files_give_picture(t, b, id);
    batch_add(b, &user_inserted)->values[0] = value_uuid(id);
    struct batch_step *taken = batch_add(b, &USERS_TAKEN);
    taken->values[0] = value_uuid(id);
    memcpy(&taken->values[1], &insert->values[2], 2 * sizeof taken->values[0]);
    events_user_created(t, b, id);
    return ERR_NONE;
}

/* Whoever asks could find out by asking twice: nothing is told that the refusal would hide. */
enum error users_refuse_taken(struct task *t, const struct rows *taken, const char *const fields[2])
{
    for (size_t i = 0; i < 2; i++) {
        if (rows_at(taken, 0, i)->number > 0)
            problems_add(&t->problems, fields[i], PROBLEM_TAKEN, 0);
    }
    return ERR_DUPLICATE_USER;
}

static enum error create_finish(struct task *t)
{
    static const char *const fields[] = {"username", "email"};
    const struct batch_step *inserted = &t->write->steps[t->write->step_count - 2], *taken = inserted + 1;
    const struct rows *rows = &inserted->rows;
    if (rows->count == 0)
        return users_refuse_taken(t, &taken->rows, fields);
    t->output = (ProtobufCMessage *)rows_user(t, rows, 0, 0);
    return ERR_NONE;
}

const struct operation OPERATION_USER_CREATE = {
    .name = "user_create",
    .who = WHO_ANYONE,
    .input = &parley__v1__user_create_request__descriptor,
    .validation = &VALIDATE_USER_CREATE,
    .secret = create_secret,
    .write = create_write,
    .finish = create_finish,
};

static enum error list_read(struct task *t, struct batch *b)
{
    (void)t;
    batch_add(b, &user_all);
    return ERR_NONE;
}

static ProtobufCMessage *list_element(struct task *t, size_t row)
{
    return (ProtobufCMessage *)rows_user(t, &t->read->steps[0].rows, row, 0);
}

static enum error list_finish(struct task *t)
{
    t->list_count = t->read->steps[0].rows.count;
    t->element = list_element;
    return ERR_NONE;
}

const struct operation OPERATION_USER_LIST = {
    .name = "user_list",
    .who = WHO_USER,
    .lists = true,
    .read = list_read,
    .finish = list_finish,
};
