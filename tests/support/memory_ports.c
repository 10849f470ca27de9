// SPDX-License-Identifier: MIT
#include "support/memory_ports.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/object.h"

/* --- passwords --- */

static void hash_password(struct slice password, char hash[PASSWORD_HASH])
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < password.len; i++)
        h = (h ^ password.data[i]) * UINT64_C(1099511628211);
    snprintf(hash, PASSWORD_HASH, "$2b$10$%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "12345", h, ~h, h);
}

static void run_password(struct mail *mail)
{
    struct password_call *call = CONTAINER_OF(mail, struct password_call, mail);
    call->done(call);
}

static bool submit_password(struct passwords *port, struct password_call *call)
{
    struct memory_passwords *p = CONTAINER_OF(port, struct memory_passwords, port);
    char hash[PASSWORD_HASH];
    if (p->full)
        return false;
    hash_password(call->password, hash);
    if (call->operation == PASSWORD_MAKE) {
        p->made++;
        memcpy(call->hash, hash, sizeof hash);
    } else {
        p->verified++;
        call->matches = strcmp(call->hash, hash) == 0;
    }
    call->mail.run = run_password;
    loop_post(call->home, &call->mail);
    return true;
}

void memory_passwords_init(struct memory_passwords *p)
{
    *p = (struct memory_passwords){.port = {submit_password}};
}

/* --- tokens: K.jti.sid.user.issued.expires.role.username --- */

static enum error issue(struct tokens *port, const struct token_claims *c, struct arena *arena,
                        struct slice *token)
{
    char text[512], ids[3][UUID_TEXT];
    (void)port;
    uuid_format(&c->id, ids[0]);
    uuid_format(&c->login, ids[1]);
    uuid_format(&c->user, ids[2]);
    int n = snprintf(text, sizeof text, "%c.%.36s.%.36s.%.36s.%" PRId64 ".%" PRId64 ".%s.%s",
                     c->kind == TOKEN_ACCESS ? 'A' : 'R', ids[0], ids[1], ids[2], c->issued, c->expires,
                     c->role, c->username);
    *token = arena_copy(arena, slice_of(text, (size_t)n));
    return token->data == NULL ? ERR_OUT_OF_MEMORY : ERR_NONE;
}

static bool take_number(struct slice *rest, int64_t *n)
{
    uint64_t value;
    if (!slice_to_uint(slice_cut(rest, '.'), INT64_MAX, &value))
        return false;
    *n = (int64_t)value;
    return true;
}

static bool take_string(struct slice s, char *out, size_t room)
{
    if (s.len >= room)
        return false;
    memcpy(out, s.data, s.len);
    out[s.len] = '\0';
    return true;
}

static enum error read_token(struct tokens *port, enum token_kind kind, struct slice token, int64_t now,
                             struct token_claims *c)
{
    (void)port;
    memset(c, 0, sizeof *c);
    c->kind = kind;
    if (!slice_equals(slice_cut(&token, '.'), kind == TOKEN_ACCESS ? SLICE("A") : SLICE("R")))
        return ERR_INVALID_TOKEN;
    if (!uuid_parse(slice_cut(&token, '.'), &c->id) || !uuid_parse(slice_cut(&token, '.'), &c->login) ||
        !uuid_parse(slice_cut(&token, '.'), &c->user))
        return ERR_INVALID_TOKEN;
    if (!take_number(&token, &c->issued) || !take_number(&token, &c->expires))
        return ERR_INVALID_TOKEN;
    if (!take_string(slice_cut(&token, '.'), c->role, sizeof c->role) ||
        !take_string(token, c->username, sizeof c->username))
        return ERR_INVALID_TOKEN;
    return now < c->expires ? ERR_NONE : ERR_LOGIN_ENDED;
}

void memory_tokens_init(struct memory_tokens *t)
{
    t->port = (struct tokens){issue, read_token};
}

/* --- store --- */

static struct memory_store *repeating; /* tests are single-threaded */

static void run_batch(struct mail *mail)
{
    struct batch *b = CONTAINER_OF(mail, struct batch, mail);
    b->done(b);
}

static void repeat(struct batch *b)
{
    b->done = repeating->again;
    repeating->behind->submit(repeating->behind, b);
}

static void submit_batch(struct store *port, struct batch *b)
{
    struct memory_store *s = CONTAINER_OF(port, struct memory_store, port);
    if (b->kind == BATCH_READ)
        s->reads++;
    else
        s->writes++;
    if (s->fail_in > 0 && --s->fail_in == 0) {
        b->error = s->error;
        b->mail.run = run_batch;
        loop_post(b->home, &b->mail);
        return;
    }
    if (s->twice && b->kind == BATCH_WRITE) {
        repeating = s;
        s->again = b->done;
        b->done = repeat;
    }
    s->behind->submit(s->behind, b);
}

static bool is_crowded(struct store *port)
{
    struct memory_store *s = CONTAINER_OF(port, struct memory_store, port);
    return s->behind->is_crowded(s->behind);
}

void memory_store_init(struct memory_store *s, struct store *behind)
{
    *s = (struct memory_store){.port = {.submit = submit_batch, .is_crowded = is_crowded}, .behind = behind};
}
