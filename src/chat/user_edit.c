// SPDX-License-Identifier: MIT
//
// chat/user_edit.c - changing and deleting a user, which only he himself may (discodeit.md 3.10, 4.2, 8.7).
//
// A new password ends his other logins, and the deletion all of them: before the write and again behind it, as for a role
// (chat/roles.c).
#include "chat/events.h"
#include "chat/files.h"
#include "chat/operation.h"
#include "chat/roles.h"
#include "chat/rows.h"
#include "chat/users.h"

/* May he go? */
static const struct statement edit_user = {
    "edit_user", "SELECT CASE WHEN " ROLES_SPARES("u") " THEN 1 ELSE 0 END FROM users u WHERE u.id = ?1", 1};

struct edit {
    struct uuid user;
    const struct batch_event *told;
};

static enum error edit_prepare(struct task *t)
{
    struct edit *e = ARENA_NEW(&t->arena, struct edit);
    if (e == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = e;
    return uuid_parse(t->parameters.id, &e->user) ? ERR_NONE : ERR_USER_NOT_FOUND;
}

static enum error edit_read(struct task *t, struct batch *b)
{
    const struct edit *e = t->state;
    batch_add(b, &edit_user)->values[0] = value_uuid(&e->user);
    return ERR_NONE;
}

/* Whose name is known is no secret: an unknown user is told from a foreign one. */
static enum error may_edit(const struct task *t)
{
    const struct edit *e = t->state;
    if (t->read->steps[0].rows.count == 0)
        return ERR_USER_NOT_FOUND;
    return uuid_equals(&e->user, &t->caller.user) ? ERR_NONE : ERR_AUTHORIZATION_DENIED;
}

static bool is_done(const struct edit *e)
{
    return e->told != NULL && e->told->seq != 0;
}

/* --- update --- */

/* ?1 user, ?2 name, ?3 e-mail: are these another's? What is null is nobody's. */
#define TAKEN "SELECT 1 FROM users o WHERE o.id <> ?1 AND (o.username = ?2 OR o.email = ?3)"

/* ?4 password, ?5 now, ?6 is there a picture, ?7 the event that tells of it. What is null stays. */
static const struct statement user_update = {
    "user_update",
    "UPDATE users SET username = COALESCE(?2, username), email = COALESCE(?3, email),"
    " password = COALESCE(?4, password), updated_at = ?5"
    " WHERE id = ?1 AND NOT EXISTS (" TAKEN ")"
    " AND (username <> COALESCE(?2, username) OR email <> COALESCE(?3, email)"
    " OR password <> COALESCE(?4, password) OR ?6 = 1)"
    " AND NOT EXISTS (SELECT 1 FROM log l WHERE l.id = ?7)",
    7};
static const struct statement user_updated = {
    "user_updated", "SELECT " ROWS_USER_COLUMNS " FROM users u" ROWS_PROFILE " WHERE u.id = ?1", 1};

static const char *new_password(const struct task *t)
{
    return ((const Parley__V1__UserUpdateRequest *)(const void *)t->input)->new_password;
}

static enum error update_secret(struct task *t, struct password_call *call)
{
    t->skip = new_password(t) == NULL;
    call->operation = PASSWORD_MAKE;
    call->password = slice_from_string(new_password(t));
    return may_edit(t);
}

/* Who knows the old password may be why there is a new one. This login goes on. */
static enum error update_login(struct task *t, struct registry_call *call)
{
    t->skip = new_password(t) == NULL;
    call->operation = REGISTRY_REVOKE;
    call->login.user = t->caller.user;
    call->login.id = t->caller.login;
    return ERR_NONE;
}

static enum error update_write(struct task *t, struct batch *b)
{
    const Parley__V1__UserUpdateRequest *in = (const void *)t->input;
    struct edit *e = t->state;
    e->told = events_user_changed(t, b, &e->user);
    if (e->told == NULL)
        return ERR_OUT_OF_MEMORY;
    struct batch_step *update = batch_add(b, &user_update);
    update->values[0] = value_uuid(&e->user);
    update->values[1] = value_text_or_null(in->new_username);
    update->values[2] = value_text_or_null(in->new_email);
    update->values[3] = value_text_or_null(in->new_password == NULL ? NULL : t->password->hash);
    update->values[4] = value_instant(t->now);
    update->values[5] = value_int(t->file_count > 0);
    update->values[6] = value_uuid(&e->told->id);
    files_give_picture(t, b, &e->user);
    batch_add(b, &user_updated)->values[0] = value_uuid(&e->user);
    memcpy(batch_add(b, &USERS_TAKEN)->values, update->values, 3 * sizeof update->values[0]);
    return ERR_NONE;
}

static enum error update_settle(struct task *t, struct registry_call *call)
{
    enum error error = update_login(t, call);
    t->skip |= !is_done(t->state);
    return error;
}

static bool is_any(const struct rows *taken)
{
    return rows_at(taken, 0, 0)->number + rows_at(taken, 0, 1)->number > 0;
}

/* Who is as he was has asked for nothing, or for what is another's. */
static enum error update_finish(struct task *t)
{
    static const char *const fields[] = {"newUsername", "newEmail"};
    const struct batch_step *updated = &t->write->steps[t->write->step_count - 2], *taken = updated + 1;
    if (updated->rows.count == 0)
        return ERR_USER_NOT_FOUND;
    if (!is_done(t->state) && is_any(&taken->rows))
        return users_refuse_taken(t, &taken->rows, fields);
    t->output = (ProtobufCMessage *)rows_user(t, &updated->rows, 0, 0);
    return ERR_NONE;
}

const struct operation OPERATION_USER_UPDATE = {
    .name = "user_update",
    .who = WHO_USER,
    .input = &parley__v1__user_update_request__descriptor,
    .validation = &VALIDATE_USER_UPDATE,
    .prepare = edit_prepare,
    .read = edit_read,
    .secret = update_secret,
    .login = update_login,
    .write = update_write,
    .settle = update_settle,
    .finish = update_finish,
};

/* --- delete --- */

/* ?1 user, ?2 the event that tells of it: it stands in the log if he may go. What else is his goes with him by its
 * foreign keys, and his messages lose their author. */
#define TOLD "EXISTS (SELECT 1 FROM log l WHERE l.id = ?2)"

/* The PRIVATE channels in which nobody is left. */
static const struct statement user_channels = {
    "user_channels",
    "DELETE FROM channels WHERE type = 'PRIVATE'"
    " AND id IN (SELECT r.channel_id FROM read_statuses r WHERE r.user_id = ?1)"
    " AND NOT EXISTS (SELECT 1 FROM read_statuses o WHERE o.channel_id = channels.id AND o.user_id <> ?1)"
    " AND " TOLD,
    2};
static const struct statement user_picture = {
    "user_picture",
    "DELETE FROM binary_contents WHERE id = (SELECT u.profile_id FROM users u WHERE u.id = ?1) AND " TOLD, 2};
/* Where the registry is in the store its rows go with him: whoever logged in meanwhile ends too. */
static const struct statement user_logins = {
    "user_logins", "DELETE FROM logins WHERE user_id = ?1 AND " TOLD " RETURNING id", 2};
static const struct statement user_delete = {"user_delete", "DELETE FROM users WHERE id = ?1 AND " TOLD, 2};

/* This login goes on until the write is done: if that fails, he can ask again. */
static enum error delete_login(struct task *t, struct registry_call *call)
{
    enum error error = may_edit(t);
    if (error == ERR_NONE && rows_at(&t->read->steps[0].rows, 0, 0)->number == 0)
        error = ERR_LAST_ADMIN;
    call->operation = REGISTRY_REVOKE;
    call->login.user = t->caller.user;
    call->login.id = t->caller.login;
    return error;
}

static enum error delete_write(struct task *t, struct batch *b)
{
    static const struct statement *const statements[] = {&user_logins, &user_channels, &user_picture,
                                                         &user_delete};
    struct edit *e = t->state;
    e->told = events_user_deleted(t, b, &e->user);
    if (e->told == NULL)
        return ERR_OUT_OF_MEMORY;
    for (size_t i = 0; i < ARRAY_LEN(statements); i++) {
        struct batch_step *step = batch_add(b, statements[i]);
        step->values[0] = value_uuid(&e->user);
        step->values[1] = value_uuid(&e->told->id);
    }
    batch_add(b, &edit_user)->values[0] = value_uuid(&e->user);
    return ERR_NONE;
}

/* His own is known also where an answer of the store was lost. */
static void note_logins(struct task *t, const struct rows *ended)
{
    struct uuid login;
    task_note_ended(t, &t->caller.user, &t->caller.login);
    for (size_t i = 0; i < ended->count; i++) {
        if (rows_uuid(ended, i, 0, &login))
            task_note_ended(t, &t->caller.user, &login);
    }
}

static enum error delete_settle(struct task *t, struct registry_call *call)
{
    t->skip = !is_done(t->state);
    if (!t->skip)
        note_logins(t, &t->write->steps[0].rows);
    call->operation = REGISTRY_REVOKE;
    call->login.user = t->caller.user;
    return ERR_NONE;
}

/* He is still there if the other administrator went meanwhile. */
static enum error delete_finish(struct task *t)
{
    if (is_done(t->state))
        return ERR_NONE;
    return t->write->steps[t->write->step_count - 1].rows.count == 0 ? ERR_USER_NOT_FOUND : ERR_LAST_ADMIN;
}

const struct operation OPERATION_USER_DELETE = {
    .name = "user_delete",
    .who = WHO_USER,
    .prepare = edit_prepare,
    .read = edit_read,
    .login = delete_login,
    .write = delete_write,
    .settle = delete_settle,
    .finish = delete_finish,
};
