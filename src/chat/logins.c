// SPDX-License-Identifier: MIT
//
// chat/logins.c - login, refresh, logout, and opening a session (discodeit.md 3.5 to 3.8, 6.4).
//
// A login is a row of the registry and a pair of tokens that name it. Tokens are made from what the registry
// holds, so that a refresh that comes twice gets the same pair.
#include <stdio.h>

#include "base/utf8.h"
#include "chat/events.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "chat/tickets.h"
#include "dto/values.h"

static const struct statement user_by_name = {
    "user_by_name",
    "SELECT " ROWS_USER_COLUMNS ", u.password FROM users u" ROWS_PROFILE " WHERE u.username = ?1", 1};
/* As he stands when the registry has his login: a role or a password that was changed before that counts already, and
 * whoever changes them afterwards ends this login. */
static const struct statement user_logged_in = {
    "user_logged_in", "SELECT " ROWS_USER_COLUMNS ", u.password FROM users u" ROWS_PROFILE " WHERE u.id = ?1",
    1};
static const struct statement user_by_id = {
    "user_by_id", "SELECT " ROWS_USER_COLUMNS " FROM users u" ROWS_PROFILE " WHERE u.id = ?1", 1};

/* --- tokens --- */

static void fill_claims(struct task *t, const Parley__V1__UserDto *user, enum token_kind kind,
                        struct token_claims *claims)
{
    const struct login *login = &t->issued.login;
    struct slice role = dto_enum_name(&parley__v1__role__descriptor, (int)user->role);
    memset(claims, 0, sizeof *claims);
    claims->kind = kind;
    claims->id = kind == TOKEN_ACCESS ? login->access : login->refresh;
    claims->login = login->id;
    claims->user = login->user;
    claims->issued = login->issued;
    claims->expires = kind == TOKEN_ACCESS ? t->issued.access_expires : t->issued.refresh_expires;
    snprintf(claims->username, sizeof claims->username, "%s", user->username);
    snprintf(claims->role, sizeof claims->role, "%.*s", (int)role.len, (const char *)role.data);
}

static enum error issue_token(struct task *t, const Parley__V1__UserDto *user, enum token_kind kind,
                              struct slice *token)
{
    struct token_claims claims;
    fill_claims(t, user, kind, &claims);
    return t->chat->tokens->issue(t->chat->tokens, &claims, &t->arena, token);
}

/* The answer of login and refresh: the tokens of a login that the registry holds now. */
static enum error hand_out(struct task *t, const struct login *login, Parley__V1__UserDto *user)
{
    struct task_login *issued = &t->issued;
    Parley__V1__JwtDto *jwt = dto_new(&t->arena, &parley__v1__jwt_dto__descriptor);
    if (jwt == NULL || user == NULL || user->username == NULL)
        return ERR_OUT_OF_MEMORY;
    issued->login = *login;
    issued->access_expires = login->issued + t->chat->access_lifetime;
    issued->refresh_expires = login->issued + t->chat->refresh_lifetime;
    enum error error = issue_token(t, user, TOKEN_ACCESS, &issued->access_token);
    if (error == ERR_NONE)
        error = issue_token(t, user, TOKEN_REFRESH, &issued->refresh_token);
    jwt->user_dto = user;
    jwt->access_token = arena_string(&t->arena, issued->access_token);
    t->output = &jwt->base;
    return error;
}

/* What a new pair of tokens is known by. */
static void make_pair(struct task *t, struct login *login)
{
    task_make_id(t, &login->access);
    task_make_id(t, &login->refresh);
    login->issued = t->now;
    login->expires = t->now + t->chat->refresh_lifetime;
}

/* --- login --- */

/* What cannot be a name cannot be a known one; the store is not asked with what is not text. */
static bool is_text(const char *s)
{
    return s != NULL && utf8_valid(slice_from_string(s));
}

/* Before anything is looked up: who is refused costs no bcrypt, and learns nothing of the name he gave. */
static enum error login_prepare(struct task *t)
{
    const struct chat *chat = t->chat;
    const Parley__V1__LoginRequest *in = (const void *)t->input;
    if (in == NULL || !is_text(in->username) || in->password == NULL)
        return ERR_INVALID_USER_CREDENTIALS;
    if (chat->attempts == NULL)
        return ERR_NONE;
    struct slice account = slice_from_string(in->username);
    if (!attempts_take(chat->attempts, account, &t->address, chat->clock->mono(chat->clock), &t->retry_after))
        return ERR_TOO_MANY_LOGIN_ATTEMPTS;
    t->state = chat->attempts; /* taken */
    return ERR_NONE;
}

/* Only wrong credentials count: neither those that were right, nor those that nobody could judge. */
static void login_end(struct task *t)
{
    const struct chat *chat = t->chat;
    const Parley__V1__LoginRequest *in = (const void *)t->input;
    if (t->state != NULL && t->error != ERR_INVALID_USER_CREDENTIALS)
        attempts_give_back(chat->attempts, slice_from_string(in->username), &t->address,
                           chat->clock->mono(chat->clock));
}

static enum error login_read(struct task *t, struct batch *b)
{
    const Parley__V1__LoginRequest *in = (const void *)t->input;
    batch_add(b, &user_by_name)->values[0] = value_text(slice_from_string(in->username));
    return ERR_NONE;
}

/* An unknown user has an empty hash, which costs the same time (design.md section 8). */
static enum error login_secret(struct task *t, struct password_call *call)
{
    const Parley__V1__LoginRequest *in = (const void *)t->input;
    const struct rows *rows = &t->read->steps[0].rows;
    call->operation = PASSWORD_VERIFY;
    call->password = slice_from_string(in->password);
    if (rows->count == 0)
        return ERR_NONE;
    struct slice hash = rows_at(rows, 0, ROWS_USER)->octets;
    if (hash.len < sizeof call->hash)
        memcpy(call->hash, hash.data, hash.len);
    return ERR_NONE;
}

static enum error login_login(struct task *t, struct registry_call *call)
{
    const struct rows *rows = &t->read->steps[0].rows;
    if (!t->password->matches || rows->count == 0)
        return ERR_INVALID_USER_CREDENTIALS;
    call->operation = REGISTRY_CREATE;
    if (!rows_uuid(rows, 0, 0, &call->login.user))
        return ERR_INTERNAL_SERVER_ERROR;
    task_make_id(t, &call->login.id);
    make_pair(t, &call->login);
    return ERR_NONE;
}

/* Who renders the event must find him online already. */
static enum error login_write(struct task *t, struct batch *b)
{
    const struct login *login = &t->registry->login;
    presence_put(t->chat->presence, &login->user, &login->id, login->expires, t->now);
    batch_add(b, &user_logged_in)->values[0] = value_uuid(&login->user);
    events_user_updated(t, b, &login->user);
    return ERR_NONE;
}

/* Is his password the one that was judged? */
static bool is_judged(const struct task *t, const struct rows *rows)
{
    return slice_equals(rows_at(rows, 0, ROWS_USER)->octets,
                        rows_at(&t->read->steps[0].rows, 0, ROWS_USER)->octets);
}

static enum error login_finish(struct task *t)
{
    const struct batch *b = t->write->error == ERR_NONE ? t->write : t->read;
    const struct rows *rows = &b->steps[0].rows;
    if (rows->count == 0 || !is_judged(t, rows))
        return ERR_INVALID_USER_CREDENTIALS;
    return hand_out(t, &t->registry->login, rows_user(t, rows, 0, 0));
}

const struct operation OPERATION_LOGIN = {
    .name = "login",
    .who = WHO_ANYONE,
    .only_tells = true,
    .input = &parley__v1__login_request__descriptor,
    .prepare = login_prepare,
    .read = login_read,
    .secret = login_secret,
    .login = login_login,
    .write = login_write,
    .finish = login_finish,
    .end = login_end,
};

/* --- refresh: state is the claims of the presented token --- */

static enum error refresh_prepare(struct task *t)
{
    struct tokens *tokens = t->chat->tokens;
    struct token_claims *claims = ARENA_NEW(&t->arena, struct token_claims);
    if (claims == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = claims;
    enum error error = ERR_INVALID_TOKEN;
    if (!slice_is_empty(t->refresh))
        error = tokens->read(tokens, TOKEN_REFRESH, t->refresh, t->now, claims);
    return error == ERR_LOGIN_ENDED ? ERR_INVALID_TOKEN : error;
}

/* Fresh, since the page learns of its own new name and role here (discodeit.md 3.7). */
static enum error refresh_read(struct task *t, struct batch *b)
{
    const struct token_claims *claims = t->state;
    batch_add(b, &user_by_id)->values[0] = value_uuid(&claims->user);
    return ERR_NONE;
}

static enum error refresh_login(struct task *t, struct registry_call *call)
{
    const struct token_claims *claims = t->state;
    if (t->read->steps[0].rows.count == 0)
        return ERR_INVALID_TOKEN; /* the user was deleted */
    call->operation = REGISTRY_ROTATE;
    call->login.id = call->next.id = claims->login;
    call->login.user = call->next.user = claims->user;
    call->login.refresh = claims->id;
    make_pair(t, &call->next);
    return ERR_NONE;
}

static enum error refresh_finish(struct task *t)
{
    const struct login *login = &t->registry->login;
    presence_put(t->chat->presence, &login->user, &login->id, login->expires, t->now);
    return hand_out(t, login, rows_user(t, &t->read->steps[0].rows, 0, 0));
}

const struct operation OPERATION_REFRESH = {
    .name = "refresh",
    .who = WHO_ANYONE,
    .prepare = refresh_prepare,
    .read = refresh_read,
    .login = refresh_login,
    .finish = refresh_finish,
};

/* --- logout: whatever the cookie is, the answer is yes (discodeit.md 3.8) --- */

static enum error logout_login(struct task *t, struct registry_call *call)
{
    struct token_claims claims;
    struct tokens *tokens = t->chat->tokens;
    enum error error = slice_is_empty(t->refresh)
                           ? ERR_INVALID_TOKEN
                           : tokens->read(tokens, TOKEN_REFRESH, t->refresh, t->now, &claims);
    t->skip = error != ERR_NONE && error != ERR_LOGIN_ENDED;
    if (t->skip)
        return ERR_NONE;
    call->operation = REGISTRY_REMOVE;
    call->login.id = claims.login;
    call->login.user = claims.user;
    call->login.refresh = claims.id;
    return ERR_NONE;
}

static enum error logout_write(struct task *t, struct batch *b)
{
    if (t->ended_count > 0)
        events_user_updated(t, b, &t->registry->login.user);
    return ERR_NONE;
}

const struct operation OPERATION_LOGOUT = {
    .name = "logout",
    .who = WHO_ANYONE,
    .forgiving = true,
    .only_tells = true,
    .login = logout_login,
    .write = logout_write,
};

/* --- sweep: logins that have expired end, and with them what they have open (discodeit.md 3.5) --- */

/* Longer than anybody can be asking again what became of it. */
#define REMOVALS_KEPT (INT64_C(3600) * MICROSECONDS_PER_SECOND)

static const struct statement removals_forget = {"removals_forget",
                                                 "DELETE FROM removals WHERE removed_at < ?1", 1};

static enum error sweep_login(struct task *t, struct registry_call *call)
{
    (void)t;
    call->operation = REGISTRY_SWEEP;
    return ERR_NONE;
}

static enum error sweep_write(struct task *t, struct batch *b)
{
    batch_add(b, &removals_forget)->values[0] = value_instant(t->now - REMOVALS_KEPT);
    return ERR_NONE;
}

const struct operation OPERATION_LOGIN_SWEEP = {
    .name = "login_sweep",
    .who = WHO_ANYONE,
    .only_tells = true,
    .login = sweep_login,
    .write = sweep_write,
};

/* --- expired: everybody is told of a user whose last login has ended by itself (discodeit.md 3.5, 8.6) --- */

static enum error expired_login(struct task *t, struct registry_call *call)
{
    call->operation = REGISTRY_ONLINE;
    call->login.user = t->caller.user;
    return ERR_NONE;
}

static enum error expired_write(struct task *t, struct batch *b)
{
    if (!t->registry->online)
        events_user_updated(t, b, &t->caller.user);
    return ERR_NONE;
}

const struct operation OPERATION_LOGIN_EXPIRED = {
    .name = "login_expired",
    .who = WHO_ANYONE,
    .login = expired_login,
    .write = expired_write,
};

/* --- session: STOMP CONNECT and, by the same rule, SSE (discodeit.md 6.4, 7.6) --- */

static enum error session_read(struct task *t, struct batch *b)
{
    batch_add(b, &user_by_id)->values[0] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

static enum error session_write(struct task *t, struct batch *b)
{
    ticket_use(t, b);
    return ERR_NONE;
}

static enum error session_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    if (rows->count == 0 || !ticket_was_good(t))
        return ERR_INVALID_TOKEN;
    t->output = (ProtobufCMessage *)rows_user(t, rows, 0, 0);
    return ERR_NONE;
}

const struct operation OPERATION_SESSION_OPEN = {
    .name = "session_open",
    .who = WHO_USER,
    .any_access = true,
    .read = session_read,
    .write = session_write,
    .finish = session_finish,
};
