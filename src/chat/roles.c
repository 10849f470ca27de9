// SPDX-License-Identifier: MIT
//
// chat/roles.c - giving a user another role, which ends his logins (discodeit.md 3.9, 4.8, 8.4, 8.6).
//
// What he is to have already ends nothing and tells nothing. Who has it is read before his logins end, and is a condition
// of the write again. His logins end before the write, so that a registry that does not answer changes nothing, and
// again behind it: whoever logs in between the two may have read the old role. A login reads its role when the registry
// has it (chat/logins.c), so that it either has the new one or ends here.
#include "chat/roles.h"

#include "chat/events.h"
#include "chat/notifications.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/values.h"

static const struct statement role_user = {
    "role_user",
    "SELECT " ROWS_USER_COLUMNS
    ", CASE WHEN " ROLES_SPARES("u") " THEN 1 ELSE 0 END FROM users u" ROWS_PROFILE " WHERE u.id = ?1",
    1};
/* ?1 user, ?2 role, ?3 now, ?4 the event that tells of it: once it is in the log this has been done */
static const struct statement role_update = {
    "role_update",
    "UPDATE users SET role = ?2, updated_at = ?3 WHERE id = ?1 AND role <> ?2 AND " ROLES_SPARES(
        "users") " AND NOT EXISTS (SELECT 1 FROM log l WHERE l.id = ?4)",
    4};

enum { ROLE = 3, IS_SPARED = ROWS_USER }; /* columns of role_user */

struct change {
    struct uuid user;
    struct slice role;
    const struct batch_event *told; /* NULL: nothing was to be written */
};

static enum error update_prepare(struct task *t)
{
    const Parley__V1__RoleUpdateRequest *in = (const void *)t->input;
    struct change *c = ARENA_NEW(&t->arena, struct change);
    if (c == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = c;
    c->role = dto_enum_name(&parley__v1__role__descriptor, (int)in->new_role);
    return dto_read_uuid(in->user_id, &c->user) ? ERR_NONE : ERR_INVALID_REQUEST;
}

static enum error update_read(struct task *t, struct batch *b)
{
    const struct change *c = t->state;
    batch_add(b, &role_user)->values[0] = value_uuid(&c->user);
    return ERR_NONE;
}

static bool has_role(const struct change *c, const struct rows *rows)
{
    return slice_equals(rows_at(rows, 0, ROLE)->octets, c->role);
}

static bool is_spared(const struct rows *rows)
{
    return rows_at(rows, 0, IS_SPARED)->number != 0;
}

static void revoke(const struct change *c, struct registry_call *call)
{
    call->operation = REGISTRY_REVOKE;
    call->login.user = c->user;
}

static enum error update_login(struct task *t, struct registry_call *call)
{
    const struct change *c = t->state;
    const struct rows *rows = &t->read->steps[0].rows;
    if (rows->count == 0)
        return ERR_USER_NOT_FOUND;
    t->skip = has_role(c, rows);
    if (!t->skip && !is_spared(rows))
        return ERR_LAST_ADMIN;
    revoke(c, call);
    return ERR_NONE;
}

static enum error update_write(struct task *t, struct batch *b)
{
    struct change *c = t->state;
    const Parley__V1__RoleUpdateRequest *in = (const void *)t->input;
    if (has_role(c, &t->read->steps[0].rows))
        return ERR_NONE;
    c->told = events_user_changed(t, b, &c->user);
    if (c->told == NULL)
        return ERR_OUT_OF_MEMORY;
    notifications_role_changed(t, b, &c->user, in->new_role);
    struct batch_step *update = batch_add(b, &role_update);
    update->values[0] = value_uuid(&c->user);
    update->values[1] = value_text(c->role);
    update->values[2] = value_instant(t->now);
    update->values[3] = value_uuid(&c->told->id);
    batch_add(b, &role_user)->values[0] = value_uuid(&c->user);
    return ERR_NONE;
}

static enum error update_settle(struct task *t, struct registry_call *call)
{
    const struct change *c = t->state;
    t->skip = c->told == NULL || c->told->seq == 0;
    revoke(c, call);
    return ERR_NONE;
}

/* As he stands now. Between the read and the write others may have been there. */
static enum error update_finish(struct task *t)
{
    const struct change *c = t->state;
    const struct batch *b = c->told == NULL ? t->read : t->write;
    const struct rows *rows = &b->steps[b->step_count - 1].rows;
    if (rows->count == 0)
        return ERR_USER_NOT_FOUND;
    if (c->told != NULL && c->told->seq == 0 && !has_role(c, rows))
        return ERR_LAST_ADMIN;
    t->output = (ProtobufCMessage *)rows_user(t, rows, 0, 0);
    return ERR_NONE;
}

const struct operation OPERATION_ROLE_UPDATE = {
    .name = "role_update",
    .who = WHO_ADMIN,
    .input = &parley__v1__role_update_request__descriptor,
    .validation = &VALIDATE_ROLE_UPDATE,
    .prepare = update_prepare,
    .read = update_read,
    .login = update_login,
    .write = update_write,
    .settle = update_settle,
    .finish = update_finish,
};
