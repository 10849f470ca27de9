// SPDX-License-Identifier: MIT
//
// chat/bootstrap.c - what a process does before it serves: an administrator if there is none
// (discodeit.md 3.11), a first channel in a new store, and who is online.
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/values.h"

static const struct statement admin_count = {"admin_count",
                                             "SELECT count(*) FROM users u WHERE u.role = 'ADMIN'", 0};
static const struct statement login_live = {
    "login_live", "SELECT l.user_id, l.id, l.expires FROM logins l WHERE l.expires > ?1", 1};

static const struct statement admin_insert = {
    "admin_insert",
    "INSERT INTO users (id, created_at, updated_at, username, email, password, profile_id, role)"
    " SELECT ?1, ?2, NULL, ?3, ?4, ?5, NULL, 'ADMIN'"
    " WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.role = 'ADMIN') ON CONFLICT DO NOTHING",
    5};
/* A channel that was made here once and deleted later does not come back: the row of `meta` stays. It comes first
 * and says whose channel it is: of instances that start at a time, one makes it. */
static const struct statement first_channel_mark = {
    "first_channel_mark",
    "INSERT INTO meta (name, value) VALUES ('first_channel', ?1) ON CONFLICT (name) DO NOTHING", 1};
static const struct statement first_channel_insert = {
    "first_channel_insert",
    "INSERT INTO channels (id, created_at, updated_at, name, description, type)"
    " SELECT ?1, ?2, NULL, 'general', '', 'PUBLIC'"
    " WHERE EXISTS (SELECT 1 FROM meta WHERE name = 'first_channel' AND value = ?3)"
    " AND NOT EXISTS (SELECT 1 FROM channels) ON CONFLICT (id) DO NOTHING",
    3};

enum { READ_ADMINS, READ_LOGINS };

static enum error start_prepare(struct task *t)
{
    struct uuid *ids = arena_alloc(&t->arena, 2 * sizeof *ids);
    if (ids == NULL)
        return ERR_OUT_OF_MEMORY;
    task_make_id(t, &ids[0]);
    task_make_id(t, &ids[1]);
    t->state = ids;
    if (t->input == NULL || validate(&VALIDATE_FIRST_ADMIN, t->input, &t->problems))
        return ERR_NONE;
    return ERR_VALIDATION_ERROR;
}

static enum error start_read(struct task *t, struct batch *b)
{
    batch_add(b, &admin_count);
    if (!t->chat->logins_elsewhere)
        batch_add(b, &login_live)->values[0] = value_instant(t->now);
    return ERR_NONE;
}

static bool needs_admin(const struct task *t)
{
    return t->input != NULL && rows_at(&t->read->steps[READ_ADMINS].rows, 0, 0)->number == 0;
}

static enum error start_secret(struct task *t, struct password_call *call)
{
    const Parley__V1__UserCreateRequest *in = (const void *)t->input;
    t->skip = !needs_admin(t);
    if (t->skip)
        return ERR_NONE;
    call->operation = PASSWORD_MAKE;
    call->password = slice_from_string(in->password);
    return ERR_NONE;
}

static enum error start_write(struct task *t, struct batch *b)
{
    const Parley__V1__UserCreateRequest *in = (const void *)t->input;
    const struct uuid *ids = t->state;
    struct value mark = value_blob(slice_of(ids[0].octets, sizeof ids[0].octets));
    batch_add(b, &first_channel_mark)->values[0] = mark;
    struct batch_step *channel = batch_add(b, &first_channel_insert);
    channel->values[0] = value_uuid(&ids[0]);
    channel->values[1] = value_instant(t->now);
    channel->values[2] = mark;
    if (needs_admin(t)) {
        struct batch_step *admin = batch_add(b, &admin_insert);
        admin->values[0] = value_uuid(&ids[1]);
        admin->values[1] = value_instant(t->now);
        admin->values[2] = value_text(slice_from_string(in->username));
        admin->values[3] = value_text(slice_from_string(in->email));
        admin->values[4] = value_text(slice_from_string(t->password->hash));
    }
    batch_add(b, &admin_count);
    return ERR_NONE;
}

static void fill_presence(struct task *t)
{
    const struct rows *rows = &t->read->steps[READ_LOGINS].rows;
    for (size_t i = 0; i < rows->count; i++) {
        struct uuid user, login;
        if (rows_uuid(rows, i, 0, &user) && rows_uuid(rows, i, 1, &login))
            presence_put(t->chat->presence, &user, &login, rows_at(rows, i, 2)->number, t->now);
    }
}

static enum error start_finish(struct task *t)
{
    const struct rows *admins = &t->write->steps[t->write->step_count - 1].rows;
    if (!t->chat->logins_elsewhere)
        fill_presence(t);
    return needs_admin(t) && rows_at(admins, 0, 0)->number == 0 ? ERR_DUPLICATE_USER : ERR_NONE;
}

const struct operation OPERATION_BOOTSTRAP = {
    .name = "bootstrap",
    .who = WHO_ANYONE,
    .lists = true,
    .input = &parley__v1__user_create_request__descriptor,
    .prepare = start_prepare,
    .read = start_read,
    .secret = start_secret,
    .write = start_write,
    .finish = start_finish,
};

/* --- the claim: of instances that start at a time over one store, one makes the administrator, so that the password that
 * was shown is his --- */

/* Whoever claims has the password to hash; if he is gone, another one may. */
#define CLAIM_LIFE (15 * MICROSECONDS_PER_SECOND)

enum { CLAIM_TIME = 8, CLAIM = CLAIM_TIME + 16 };

/* A claim is its time, the highest octet first, and an id: what is older compares as less. */
static const struct statement claim_make = {
    "claim_make",
    "INSERT INTO meta (name, value) SELECT 'first_admin', ?1"
    " WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.role = 'ADMIN')"
    " ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE meta.value < ?2",
    2};
static const struct statement claim_read = {
    "claim_read", "SELECT 1 FROM meta m WHERE m.name = 'first_admin' AND m.value = ?1", 1};

static void write_time(int64_t time, unsigned char *octets)
{
    for (int i = 0; i < CLAIM_TIME; i++)
        octets[i] = (unsigned char)((uint64_t)time >> (8 * (CLAIM_TIME - 1 - i)));
}

static enum error claim_write(struct task *t, struct batch *b)
{
    unsigned char *claim = arena_alloc(&t->arena, CLAIM), *oldest = arena_alloc(&t->arena, CLAIM_TIME);
    struct uuid id;
    if (claim == NULL || oldest == NULL)
        return ERR_OUT_OF_MEMORY;
    task_make_id(t, &id);
    write_time(t->now, claim);
    memcpy(claim + CLAIM_TIME, id.octets, sizeof id.octets);
    write_time(t->now - CLAIM_LIFE, oldest);
    struct value mine = value_blob(slice_of(claim, CLAIM));
    struct batch_step *make = batch_add(b, &claim_make);
    make->values[0] = mine;
    make->values[1] = value_blob(slice_of(oldest, CLAIM_TIME));
    batch_add(b, &claim_read)->values[0] = mine;
    batch_add(b, &admin_count);
    return ERR_NONE;
}

static enum error claim_finish(struct task *t)
{
    const struct batch_step *steps = t->write->steps;
    bool is_needless = rows_at(&steps[2].rows, 0, 0)->number > 0;
    return is_needless || steps[1].rows.count > 0 ? ERR_NONE : ERR_SERVICE_UNAVAILABLE;
}

const struct operation OPERATION_BOOTSTRAP_CLAIM = {
    .name = "bootstrap_claim",
    .who = WHO_ANYONE,
    .write = claim_write,
    .finish = claim_finish,
};
