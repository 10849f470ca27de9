// SPDX-License-Identifier: MIT
//
// chat/driver.c - runs an operation's steps in their order (chat/operation.h). A step goes on, waits for a
// port, or has set task->error, which ends the task. Whoever waits has given the task's arena away and
// touches nothing any more.
#include "base/object.h"
#include "chat/operation.h"
#include "dto/values.h"

enum step_next { STEP_AGAIN, STEP_WAIT };

#define TASK_STEPS(X) X(token) X(allow) X(prepare) X(read) X(secret) X(login) X(write) X(settle) X(finish)
#define X(n)          static enum step_next step_##n(struct task *);
TASK_STEPS(X)
#undef X

static enum step_next (*const steps[])(struct task *) = {
#define X(n) step_##n,
    TASK_STEPS(X)
#undef X
};

static void tell_ended(struct task *t)
{
    bool is_news = !t->ended_told && t->ended_count > 0;
    t->ended_told |= is_news;
    if (is_news && t->on_ended != NULL)
        t->on_ended(t);
}

static void run(struct task *t)
{
    while (t->error == ERR_NONE && t->step < ARRAY_LEN(steps)) {
        OBJ_CHECK(t, TASK_MAGIC);
        if (steps[t->step++](t) == STEP_WAIT)
            return;
        if (t->error == ERR_NONE && !arena_ok(&t->arena))
            t->error = ERR_OUT_OF_MEMORY;
    }
    task_name_culprit(t);
    tell_ended(t);
    if (t->operation->end != NULL)
        t->operation->end(t);
    t->done(t);
    task_free(t);
}

void task_start(struct task *t)
{
    OBJ_CHECK(t, TASK_MAGIC);
    assert(!t->started);
    t->started = true;
    t->now = t->chat->clock->wall(t->chat->clock);
    t->began = t->chat->clock->mono(t->chat->clock);
    /* What it was given may be missing: a token for whose copy there is no room is not one that was not shown. */
    if (!arena_ok(&t->arena))
        t->error = ERR_OUT_OF_MEMORY;
    run(t);
}

static enum step_next fail(struct task *t, enum error error)
{
    t->error = error;
    return STEP_AGAIN;
}

static void resume(struct task *t, enum error error)
{
    OBJ_CHECK(t, TASK_MAGIC);
    t->error = error;
    run(t);
}

/* --- ports: each call remembers its task --- */

struct task_batch {
    struct batch batch;
    struct task *task;
};

struct task_registry {
    struct registry_call call;
    struct task *task;
};

struct task_password {
    struct password_call call;
    struct task *task;
};

static void on_batch(struct batch *b)
{
    struct task *t = CONTAINER_OF(b, struct task_batch, batch)->task;
    /* Rows over the arena are our bound, not the peer's body. */
    enum error error = b->error == ERR_CONTENT_TOO_LARGE ? ERR_OUT_OF_MEMORY : b->error;
    resume(t, t->operation->only_tells && b->kind == BATCH_WRITE ? ERR_NONE : error);
}

/* The logins that the registry ended; whoever holds sockets and streams of theirs ends those. At once, if the write that
 * follows only tells of it: the store may take its time (G6). Otherwise behind the write, so that what it tells the user
 * of reaches him there. */
static void note_ended(struct task *t, const struct registry_call *call)
{
    for (size_t i = 0; i < call->ended_count; i++)
        task_note_ended(t, &call->ended_users[i], &call->ended[i]);
    if (t->operation->only_tells)
        tell_ended(t);
}

/* What was written stands, whatever the registry makes of it afterwards. */
static void on_registry(struct registry_call *call)
{
    struct task *t = CONTAINER_OF(call, struct task_registry, call)->task;
    note_ended(t, call);
    resume(t, t->operation->forgiving || t->write != NULL ? ERR_NONE : call->error);
}

static void on_password(struct password_call *call)
{
    resume(CONTAINER_OF(call, struct task_password, call)->task, call->error);
}

/* True when there is no room to go on. */
static bool is_full(struct task *t)
{
    if (arena_ok(&t->arena))
        return false;
    t->error = ERR_OUT_OF_MEMORY;
    return true;
}

static enum step_next ask_store(struct task *t, enum batch_kind kind, struct batch **place,
                                enum error (*fill)(struct task *, struct batch *))
{
    struct task_batch *b = fill == NULL ? NULL : ARENA_NEW(&t->arena, struct task_batch);
    if (b == NULL)
        return STEP_AGAIN;
    b->task = t;
    batch_init(&b->batch, kind, &t->arena, t->home, on_batch);
    *place = &b->batch;
    t->error = fill(t, &b->batch);
    if (t->error != ERR_NONE || is_full(t) || b->batch.step_count + b->batch.event_count == 0)
        return STEP_AGAIN;
    t->chat->store->submit(t->chat->store, &b->batch);
    return STEP_WAIT;
}

static enum step_next ask_registry(struct task *t, enum error (*fill)(struct task *, struct registry_call *))
{
    struct task_registry *r = fill == NULL ? NULL : ARENA_NEW(&t->arena, struct task_registry);
    if (r == NULL)
        return STEP_AGAIN;
    r->task = t;
    r->call.home = t->home;
    r->call.done = on_registry;
    r->call.now = t->now;
    task_make_id(t, &r->call.id);
    t->registry = &r->call;
    t->skip = false;
    t->error = fill(t, &r->call);
    if (t->error != ERR_NONE || is_full(t) || t->skip)
        return STEP_AGAIN;
    t->chat->registry->submit(t->chat->registry, &r->call);
    return STEP_WAIT;
}

/* --- who asks --- */

/* An expired access token is as good as a live one to those who come back after a quiet hour, if they show a
 * refresh token of the same login (discodeit.md 6.4). One that was rotated out meanwhile will do: the page
 * may be refreshing at this very moment, and whether the login lives is asked of the registry anyway. */
static enum error vouch(struct task *t, const struct token_claims *access)
{
    struct token_claims refresh;
    struct tokens *tokens = t->chat->tokens;
    if (!t->operation->any_access || slice_is_empty(t->refresh))
        return ERR_LOGIN_ENDED;
    enum error error = tokens->read(tokens, TOKEN_REFRESH, t->refresh, t->now, &refresh);
    if (error == ERR_NONE && uuid_equals(&refresh.login, &access->login) &&
        uuid_equals(&refresh.user, &access->user))
        return ERR_NONE;
    return error == ERR_OUT_OF_MEMORY ? error : ERR_LOGIN_ENDED;
}

static enum error verify(struct task *t, struct registry_call *call)
{
    struct token_claims claims;
    struct tokens *tokens = t->chat->tokens;
    bool by_ticket = t->operation->any_access && t->ticket.len > 0;
    enum error error = by_ticket ? tokens->read(tokens, TOKEN_TICKET, t->ticket, t->now, &claims)
                                 : tokens->read(tokens, TOKEN_ACCESS, t->bearer, t->now, &claims);
    if (error == ERR_LOGIN_ENDED && !by_ticket)
        error = vouch(t, &claims);
    if (error != ERR_NONE)
        return error;
    int role;
    if (!dto_enum_value(&parley__v1__role__descriptor, slice_from_string(claims.role), &role))
        return ERR_INVALID_TOKEN;
    t->caller = (struct caller){true, claims.user, claims.login, (Parley__V1__Role)role};
    t->shown = claims.id;
    call->operation = REGISTRY_VERIFY;
    call->any_access = t->operation->any_access;
    call->login.id = claims.login;
    call->login.user = claims.user;
    call->login.access = claims.id;
    return ERR_NONE;
}

static enum step_next step_token(struct task *t)
{
    if (t->operation->who == WHO_ANYONE || t->caller.known)
        return STEP_AGAIN;
    if (slice_is_empty(t->bearer) && slice_is_empty(t->ticket))
        return fail(t, ERR_UNAUTHENTICATED);
    return ask_registry(t, verify);
}

/* Roles rise in their order (discodeit.md 3.10). */
static enum step_next step_allow(struct task *t)
{
    static const Parley__V1__Role least[] = {
        [WHO_USER] = PARLEY__V1__ROLE__ROLE_USER,
        [WHO_CHANNEL_MANAGER] = PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER,
        [WHO_ADMIN] = PARLEY__V1__ROLE__ROLE_ADMIN,
    };
    if (t->operation->who != WHO_ANYONE && t->caller.role < least[t->operation->who])
        return fail(t, ERR_AUTHORIZATION_DENIED);
    return STEP_AGAIN;
}

/* --- what is asked --- */

static enum step_next step_prepare(struct task *t)
{
    const struct operation *o = t->operation;
    if (t->input_error != ERR_NONE && t->input_error != ERR_VALIDATION_ERROR)
        return fail(t, t->input_error);
    if (o->validation != NULL && t->input == NULL)
        return fail(t, ERR_INVALID_REQUEST);
    if (o->validation != NULL)
        validate(t->file_count > 0 && o->with_files != NULL ? o->with_files : o->validation, t->input,
                 &t->problems);
    if (t->problems.count > 0)
        return fail(t, ERR_VALIDATION_ERROR);
    if (o->prepare != NULL)
        t->error = o->prepare(t);
    return STEP_AGAIN;
}

static enum step_next step_read(struct task *t)
{
    return ask_store(t, BATCH_READ, &t->read, t->operation->read);
}

static enum step_next step_secret(struct task *t)
{
    struct passwords *passwords = t->chat->passwords;
    if (t->operation->secret == NULL)
        return STEP_AGAIN;
    struct task_password *p = ARENA_NEW(&t->arena, struct task_password);
    if (p == NULL)
        return STEP_AGAIN;
    p->task = t;
    p->call.home = t->home;
    p->call.done = on_password;
    p->call.address = t->address;
    t->password = &p->call;
    t->skip = false;
    t->error = t->operation->secret(t, &p->call);
    if (t->error != ERR_NONE || is_full(t) || t->skip)
        return STEP_AGAIN;
    return passwords->submit(passwords, &p->call) ? STEP_WAIT : fail(t, ERR_SERVICE_UNAVAILABLE);
}

static enum step_next step_login(struct task *t)
{
    return ask_registry(t, t->operation->login);
}

static enum step_next step_write(struct task *t)
{
    return ask_store(t, BATCH_WRITE, &t->write, t->operation->write);
}

static enum step_next step_settle(struct task *t)
{
    return ask_registry(t, t->operation->settle);
}

static enum step_next step_finish(struct task *t)
{
    if (t->operation->finish != NULL)
        t->error = t->operation->finish(t);
    return STEP_AGAIN;
}
