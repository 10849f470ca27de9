// SPDX-License-Identifier: MIT
#include "support/memory_ports.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/object.h"

/* --- passwords --- */

enum { PASSWORD_OCTETS = 72 };

/* FNV-1a */
static uint64_t sum(struct slice s)
{
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ s.data[i]) * UINT64_C(1099511628211);
    return h;
}

static bool has_nul(struct slice s)
{
    return s.len > 0 && memchr(s.data, '\0', s.len) != NULL;
}

static void hash_password(struct slice password, char hash[PASSWORD_HASH])
{
    uint64_t h =
        sum(slice_of(password.data, password.len < PASSWORD_OCTETS ? password.len : PASSWORD_OCTETS));
    snprintf(hash, PASSWORD_HASH, "$2b$10$%016" PRIx64 "%016" PRIx64 "%016" PRIx64 "12345", h, ~h, h);
}

struct password_answer {
    struct mail mail;
    struct memory_passwords *of;
    struct password_call *call;
};

static void run_password(struct mail *mail)
{
    struct password_answer *answer = CONTAINER_OF(mail, struct password_answer, mail);
    struct password_call *call = answer->call;
    answer->of->unanswered--;
    free(answer);
    call->done(call);
}

static void run_call(struct memory_passwords *p, struct password_call *call)
{
    char hash[PASSWORD_HASH];
    bool fits = call->password.len > 0 && !has_nul(call->password);
    hash_password(call->password, hash);
    call->error = ERR_NONE;
    if (call->operation == PASSWORD_VERIFY) {
        p->verified++;
        call->matches = fits && strcmp(call->hash, hash) == 0;
        return;
    }
    p->made++;
    if (fits)
        memcpy(call->hash, hash, sizeof hash);
    else
        call->error = ERR_INVALID_REQUEST;
}

static bool submit_password(struct passwords *port, struct password_call *call)
{
    struct memory_passwords *p = CONTAINER_OF(port, struct memory_passwords, port);
    if (p->full || (p->queue > 0 && p->unanswered >= p->queue))
        return false;
    struct password_answer *answer = malloc(sizeof *answer);
    if (answer == NULL)
        return false;
    p->unanswered++;
    run_call(p, call);
    *answer = (struct password_answer){.mail = {.run = run_password}, .of = p, .call = call};
    loop_post(call->home, &answer->mail);
    return true;
}

void memory_passwords_init(struct memory_passwords *p)
{
    *p = (struct memory_passwords){.port = {submit_password}};
}

/* --- tokens: K.jti.sid.user.issued.expires.role.username.sum --- */

enum { SUM_TEXT = 16 };

static enum error issue(struct tokens *port, const struct token_claims *c, struct arena *arena,
                        struct slice *token)
{
    char text[512], ids[3][UUID_TEXT];
    (void)port;
    uuid_format(&c->id, ids[0]);
    uuid_format(&c->login, ids[1]);
    uuid_format(&c->user, ids[2]);
    int n = snprintf(text, sizeof text, "%c.%.36s.%.36s.%.36s.%" PRId64 ".%" PRId64 ".%s.%s.", "ART"[c->kind],
                     ids[0], ids[1], ids[2], c -> issued, c -> expires, c -> role, c -> username);
    n += snprintf(text + n, sizeof text - (size_t)n, "%016" PRIx64, sum(slice_of(text, (size_t)n)));
    *token = arena_copy(arena, slice_of(text, (size_t)n));
    return token->data == NULL ? ERR_OUT_OF_MEMORY : ERR_NONE;
}

/* What stands before the dot and the sum, if the sum is right. */
static bool take_sum(struct slice *token)
{
    char text[SUM_TEXT + 1];
    if (token->len <= SUM_TEXT)
        return false;
    size_t before = token->len - SUM_TEXT;
    snprintf(text, sizeof text, "%016" PRIx64, sum(slice_of(token->data, before)));
    bool right = memcmp(text, token->data + before, SUM_TEXT) == 0;
    *token = slice_of(token->data, before - 1);
    return right;
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
    if (!take_sum(&token) || !slice_equals(slice_cut(&token, '.'), slice_of(&"ART"[kind], 1)))
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
    if (repeating->between != NULL)
        repeating->between(repeating);
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
