// SPDX-License-Identifier: MIT
#include "adapter/redis_call.h"

#include <stdio.h>

#include "adapter/digest.h"
#include "base/object.h"

void redis_dialect_init(struct redis_dialect *d, const struct registry_options *logins, const char *prefix)
{
    static const char digits[] = "0123456789abcdef";
    assert(strlen(prefix) <= REDIS_PREFIX);
    *d = (struct redis_dialect){.logins = *logins};
    (void)snprintf(d->prefix, sizeof d->prefix, "%s", prefix);
    for (int s = 0; s < REDIS_SCRIPTS; s++) {
        unsigned char digest[DIGEST_SHA1];
        digest_sha1(slice_from_string(redis_scripts[s]), digest);
        for (size_t i = 0; i < sizeof digest; i++) {
            d->sha1[s][2 * i] = digits[digest[i] >> 4];
            d->sha1[s][2 * i + 1] = digits[digest[i] & 15];
        }
    }
}

/* ---- words ---- */

void redis_command_add(struct redis_command *c, struct slice word)
{
    assert(c->count < REDIS_WORDS);
    c->words[c->count++] = word;
}

static void add_written(struct redis_command *c, int len)
{
    assert(len >= 0 && len < REDIS_WORD);
    redis_command_add(c, slice_of(c->texts[c->written++], (size_t)len));
}

void redis_command_key(struct redis_command *c, const struct redis_dialect *d, const char *name)
{
    add_written(c, snprintf(c->texts[c->written], REDIS_WORD, "%s%s", d->prefix, name));
}

void redis_command_number(struct redis_command *c, int64_t n)
{
    add_written(c, snprintf(c->texts[c->written], REDIS_WORD, "%lld", (long long)n));
}

static void add_uuid(struct redis_command *c, const struct uuid *id)
{
    uuid_format(id, c->texts[c->written]);
    add_written(c, UUID_TEXT);
}

static void begin_script(struct redis_command *c, const struct redis_dialect *d, enum redis_script script)
{
    redis_command_add(c, SLICE("EVALSHA"));
    redis_command_add(c, slice_of(d->sha1[script], REDIS_SHA1));
    redis_command_add(c, SLICE("1"));
    redis_command_add(c, slice_from_string(d->prefix));
}

/* ---- what each operation asks ---- */

static void ask_create(const struct redis_dialect *d, const struct registry_call *call,
                       struct redis_command *c)
{
    const struct login *l = &call->login;
    begin_script(c, d, REDIS_SCRIPT_CREATE);
    add_uuid(c, &call->id);
    add_uuid(c, &l->id);
    add_uuid(c, &l->user);
    add_uuid(c, &l->access);
    add_uuid(c, &l->refresh);
    redis_command_number(c, l->issued);
    redis_command_number(c, l->expires);
    redis_command_number(c, call->now);
    redis_command_number(c, d->logins.live);
}

static void ask_verify(const struct redis_dialect *d, const struct registry_call *call,
                       struct redis_command *c)
{
    static const char *const fields[] = {"user", "access", "refresh", "rotated", "expires"};
    char name[sizeof "login:" + UUID_TEXT] = "login:";
    uuid_format(&call->login.id, name + strlen("login:"));
    redis_command_add(c, SLICE("HMGET"));
    redis_command_key(c, d, name);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++)
        redis_command_add(c, slice_from_string(fields[i]));
}

static void ask_rotate(const struct redis_dialect *d, const struct registry_call *call,
                       struct redis_command *c)
{
    const struct login *next = &call->next;
    begin_script(c, d, REDIS_SCRIPT_ROTATE);
    add_uuid(c, &call->login.id);
    add_uuid(c, &call->login.refresh);
    add_uuid(c, &next->access);
    add_uuid(c, &next->refresh);
    redis_command_number(c, next->issued);
    redis_command_number(c, next->expires);
    redis_command_number(c, call->now);
    redis_command_number(c, call->now - d->logins.grace);
}

static void ask_remove(const struct redis_dialect *d, const struct registry_call *call,
                       struct redis_command *c)
{
    begin_script(c, d, REDIS_SCRIPT_REMOVE);
    add_uuid(c, &call->id);
    add_uuid(c, &call->login.id);
    add_uuid(c, &call->login.refresh);
    redis_command_number(c, call->now - d->logins.grace);
}

static void ask_revoke(const struct redis_dialect *d, const struct registry_call *call,
                       struct redis_command *c)
{
    begin_script(c, d, REDIS_SCRIPT_REVOKE);
    add_uuid(c, &call->id);
    add_uuid(c, &call->login.user);
    add_uuid(c, &call->login.id);
}

static void ask_sweep(const struct redis_dialect *d, const struct registry_call *call,
                      struct redis_command *c)
{
    begin_script(c, d, REDIS_SCRIPT_SWEEP);
    add_uuid(c, &call->id);
    redis_command_number(c, call->now);
    redis_command_number(c, REGISTRY_ENDED);
}

static void ask_online(const struct redis_dialect *d, const struct registry_call *call,
                       struct redis_command *c)
{
    begin_script(c, d, REDIS_SCRIPT_ONLINE);
    add_uuid(c, &call->login.user);
    redis_command_number(c, call->now);
}

static void ask_undo(const struct redis_dialect *d, const struct redis_doubt *doubt, int64_t now,
                     struct redis_command *c)
{
    begin_script(c, d, REDIS_SCRIPT_UNDO);
    add_uuid(c, &doubt->login);
    add_uuid(c, &doubt->presented);
    add_uuid(c, &doubt->refresh);
    redis_command_number(c, now);
}

void redis_doubt_ask(const struct redis_dialect *d, const struct redis_doubt *doubt, int64_t now,
                     struct redis_command *c)
{
    struct registry_call removal = {
        .id = doubt->call, .now = doubt->now, .login = {.id = doubt->login, .refresh = doubt->presented}};
    c->count = c->written = 0;
    if (doubt->operation == REGISTRY_REMOVE)
        ask_remove(d, &removal, c);
    else
        ask_undo(d, doubt, now, c);
}

/* ---- what each makes of the reply ---- */

bool redis_number(const redisReply *r, int64_t *n)
{
    uint64_t value;
    if (!slice_to_uint(redis_text(r), INT64_MAX, &value))
        return false;
    *n = (int64_t)value;
    return true;
}

/* Only as many as there is room for; the feed tells of all. */
static enum error take_ended(struct registry_call *call, const redisReply *r)
{
    if (r->type != REDIS_REPLY_ARRAY)
        return ERR_SERVICE_UNAVAILABLE;
    for (size_t i = 0; i < r->elements && call->ended_count < REGISTRY_ENDED; i++) {
        struct slice user = redis_text(r->element[i]), login = slice_cut(&user, ':');
        if (!uuid_parse(login, &call->ended[i]) || !uuid_parse(user, &call->ended_users[i]))
            return ERR_SERVICE_UNAVAILABLE;
        call->ended_count++;
    }
    return ERR_NONE;
}

static enum error take_created(struct registry_call *call, const redisReply *r)
{
    return r->type == REDIS_REPLY_NIL ? ERR_INVALID_TOKEN : take_ended(call, r);
}

/* user, access, refresh, rotated, expires, in this order */
static bool take_login(struct login *l, redisReply *const *values)
{
    return uuid_parse(redis_text(values[0]), &l->user) && uuid_parse(redis_text(values[1]), &l->access) &&
           uuid_parse(redis_text(values[2]), &l->refresh) && redis_number(values[3], &l->issued) &&
           redis_number(values[4], &l->expires);
}

static enum error take_verified(struct registry_call *call, const redisReply *r)
{
    struct login l = {.id = call->login.id};
    if (r->type != REDIS_REPLY_ARRAY || r->elements != 5)
        return ERR_SERVICE_UNAVAILABLE;
    if (r->element[0]->type == REDIS_REPLY_NIL)
        return ERR_INVALID_TOKEN;
    if (!take_login(&l, r->element))
        return ERR_SERVICE_UNAVAILABLE;
    if (l.expires <= call->now || !uuid_equals(&l.user, &call->login.user) ||
        !(call->any_access || uuid_equals(&l.access, &call->login.access)))
        return ERR_INVALID_TOKEN;
    call->login = l;
    return ERR_NONE;
}

static enum error take_rotated(struct registry_call *call, const redisReply *r)
{
    struct login l;
    if (r->type == REDIS_REPLY_ARRAY && r->elements == 0)
        return ERR_INVALID_TOKEN;
    if (r->type != REDIS_REPLY_ARRAY || r->elements != 6 || !uuid_parse(redis_text(r->element[0]), &l.id) ||
        !take_login(&l, r->element + 1))
        return ERR_SERVICE_UNAVAILABLE;
    call->login = l;
    return ERR_NONE;
}

static enum error take_online(struct registry_call *call, const redisReply *r)
{
    if (r->type != REDIS_REPLY_INTEGER)
        return ERR_SERVICE_UNAVAILABLE;
    call->online = r->integer > 0;
    return ERR_NONE;
}

static const struct {
    void (*ask)(const struct redis_dialect *, const struct registry_call *, struct redis_command *);
    enum error (*take)(struct registry_call *, const redisReply *);
} operations[] = {
    [REGISTRY_CREATE] = {ask_create, take_created}, [REGISTRY_VERIFY] = {ask_verify, take_verified},
    [REGISTRY_ROTATE] = {ask_rotate, take_rotated}, [REGISTRY_REMOVE] = {ask_remove, take_ended},
    [REGISTRY_REVOKE] = {ask_revoke, take_ended},   [REGISTRY_SWEEP] = {ask_sweep, take_ended},
    [REGISTRY_ONLINE] = {ask_online, take_online},
};

void redis_call_ask(const struct redis_dialect *d, const struct registry_call *call,
                    struct redis_command *command)
{
    command->count = command->written = 0;
    operations[call->operation].ask(d, call, command);
}

enum error redis_call_take(struct registry_call *call, const redisReply *reply)
{
    call->ended_count = 0;
    call->online = false;
    return operations[call->operation].take(call, reply);
}
