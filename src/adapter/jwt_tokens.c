// SPDX-License-Identifier: MIT
#include "adapter/jwt_tokens.h"

#include <errno.h>
#include <jwt.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>

#include "adapter/digest.h"
#include "base/clock.h"
#include "base/object.h"

enum { JWT_TOKENS_MAGIC = 0x4a575454 };

/* Beyond this a number of seconds is no date (the year 5138),
 * and microseconds would overflow far above it. */
#define LAST_SECOND UINT64_C(100000000000)

#define ALGORITHM    "HS256"
#define EMPTY_CLAIMS ".e30." /* "{}" in base64url, and no signature */
#define ROLES_BEGIN  "[\"ROLE_"
#define ROLES_END    "\"]"

static const char *const type_names[] = {
    [TOKEN_ACCESS] = "access", [TOKEN_REFRESH] = "refresh", [TOKEN_TICKET] = "ticket"};

/* libjwt does not say why it failed, but malloc() does, to this thread: errno was 0 before. */
static bool has_lacked_memory(void)
{
    return errno == ENOMEM;
}

static enum error failure(enum error otherwise)
{
    return has_lacked_memory() ? ERR_OUT_OF_MEMORY : otherwise;
}

/* --- issuing --- */

static bool add_uuid(jwt_t *jwt, const char *name, const struct uuid *u)
{
    char text[UUID_TEXT + 1];
    uuid_format(u, text);
    text[UUID_TEXT] = '\0';
    return jwt_add_grant(jwt, name, text) == 0;
}

static bool add_claims(jwt_t *jwt, const struct token_claims *c)
{
    char roles[TOKEN_ROLE + 32];
    (void)snprintf(roles, sizeof roles, "{\"roles\":" ROLES_BEGIN "%s" ROLES_END "}", c->role);
    return jwt_add_grant(jwt, "sub", c->username) == 0 && add_uuid(jwt, "jti", &c->id) &&
           add_uuid(jwt, "sid", &c->login) && add_uuid(jwt, "userId", &c->user) &&
           jwt_add_grant(jwt, "type", type_names[c->kind]) == 0 && jwt_add_grants_json(jwt, roles) == 0 &&
           jwt_add_grant_int(jwt, "iat", (long)(c->issued / MICROSECONDS_PER_SECOND)) == 0 &&
           jwt_add_grant_int(jwt, "exp", (long)(c->expires / MICROSECONDS_PER_SECOND)) == 0;
}

static bool set_key(jwt_t *jwt, const struct secret *secret)
{
    struct slice key = secret_expose(secret);
    return jwt_set_alg(jwt, JWT_ALG_HS256, key.data, (int)key.len) == 0;
}

/* libjwt overlooks that HMAC() had no memory: the signature is then whatever was in its place. */
static bool is_signed(struct slice token, const struct secret *secret)
{
    enum { SIGNATURE = (DIGEST_SHA256 * 8 + 5) / 6 }; /* base64url, without padding */
    unsigned char mac[DIGEST_SHA256];
    char text[BASE64_LENGTH(DIGEST_SHA256) + 1];
    struct slice key = secret_expose(secret);
    if (token.len <= SIGNATURE)
        return false;
    size_t head = token.len - SIGNATURE - 1; /* without the dot behind it */
    if (HMAC(EVP_sha256(), key.data, (int)key.len, token.data, head, mac, NULL) == NULL)
        return false;
    (void)base64_encode(slice_of(mac, sizeof mac), text);
    for (size_t i = 0; i < SIGNATURE; i++)
        text[i] = text[i] == '+' ? '-' : text[i] == '/' ? '_' : text[i];
    return slice_equals_secret(slice_after(token, head + 1), slice_of(text, SIGNATURE));
}

static enum error encode(jwt_t *jwt, const struct secret *secret, struct arena *arena, struct slice *token)
{
    char *text = jwt_encode_str(jwt);
    if (text == NULL)
        return failure(ERR_INTERNAL_SERVER_ERROR);
    if (is_signed(slice_from_string(text), secret))
        *token = arena_copy(arena, slice_from_string(text));
    free(text);
    return token->data == NULL ? ERR_OUT_OF_MEMORY : ERR_NONE;
}

static enum error issue(struct tokens *port, const struct token_claims *c, struct arena *arena,
                        struct slice *token)
{
    struct jwt_tokens *t = CONTAINER_OF(port, struct jwt_tokens, port);
    OBJ_CHECK(t, JWT_TOKENS_MAGIC);
    jwt_t *jwt = NULL;
    *token = SLICE_NONE;
    errno = 0;
    if (jwt_new(&jwt) != 0)
        return failure(ERR_INTERNAL_SERVER_ERROR);
    bool filled = add_claims(jwt, c) && set_key(jwt, &t->secrets[c->kind]);
    enum error error =
        filled ? encode(jwt, &t->secrets[c->kind], arena, token) : failure(ERR_INTERNAL_SERVER_ERROR);
    jwt_free(jwt);
    return error;
}

/* --- reading --- */

static bool is_base64url(unsigned char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Three parts of base64url (RFC 7515 3.1): so it holds no NUL, at which libjwt would stop reading. Returns
 * the length of the first, 0 if it is no token. */
static size_t head_length(struct slice token)
{
    size_t dots = 0, head = 0;
    if (token.len > JWT_TOKEN_MAX)
        return 0;
    for (size_t i = 0; i < token.len; i++) {
        if (token.data[i] == '.' && dots++ == 0)
            head = i;
        else if (token.data[i] != '.' && !is_base64url(token.data[i]))
            return 0;
    }
    return dots == 2 ? head : 0;
}

/* libjwt takes the algorithm from the header that it is given, and goes on with the key. So the header is
 * decoded alone first, without a key, and nothing but the pinned algorithm, written as RFC 7518 writes it,
 * comes further; nor does a header that demands what we do not know (RFC 7515 4.1.11). */
static bool is_pinned(struct slice head)
{
    char text[JWT_TOKEN_MAX + sizeof EMPTY_CLAIMS];
    memcpy(text, head.data, head.len);
    memcpy(text + head.len, EMPTY_CLAIMS, sizeof EMPTY_CLAIMS);
    jwt_t *jwt = NULL;
    if (jwt_decode(&jwt, text, NULL, 0) != 0)
        return false;
    const char *algorithm = jwt_get_header(jwt, "alg");
    char *critical = jwt_get_headers_json(jwt, "crit");
    bool pinned = algorithm != NULL && strcmp(algorithm, ALGORITHM) == 0 && critical == NULL;
    free(critical);
    jwt_free(jwt);
    return pinned;
}

static jwt_t *verify(struct slice token, const struct secret *secret)
{
    char text[JWT_TOKEN_MAX + 1];
    size_t head = head_length(token);
    if (head == 0 || !is_pinned(slice_of(token.data, head)))
        return NULL;
    memcpy(text, token.data, token.len);
    text[token.len] = '\0';
    jwt_t *jwt = NULL;
    struct slice key = secret_expose(secret);
    if (jwt_decode(&jwt, text, key.data, (int)key.len) != 0)
        return NULL;
    if (jwt_get_alg(jwt) == JWT_ALG_HS256 && !has_lacked_memory())
        return jwt;
    jwt_free(jwt);
    return NULL;
}

static bool take_text(jwt_t *jwt, const char *name, char *to, size_t room)
{
    struct slice text = slice_from_string(jwt_get_grant(jwt, name));
    if (text.data == NULL || text.len >= room)
        return false;
    memcpy(to, text.data, text.len);
    to[text.len] = '\0';
    return true;
}

static bool take_uuid(jwt_t *jwt, const char *name, struct uuid *u)
{
    const char *text = jwt_get_grant(jwt, name);
    return text != NULL && uuid_parse(slice_from_string(text), u);
}

/* By its JSON, since libjwt gives 0 for what is no integer. */
static bool take_instant(jwt_t *jwt, const char *name, int64_t *to)
{
    uint64_t seconds = 0;
    char *json = jwt_get_grants_json(jwt, name);
    bool taken = json != NULL && slice_to_uint(slice_from_string(json), LAST_SECOND, &seconds);
    free(json);
    if (taken)
        *to = (int64_t)seconds * MICROSECONDS_PER_SECOND;
    return taken;
}

static bool is_role(struct slice s)
{
    for (size_t i = 0; i < s.len; i++) {
        if ((s.data[i] < 'A' || s.data[i] > 'Z') && s.data[i] != '_')
            return false;
    }
    return s.len > 0 && s.len < TOKEN_ROLE;
}

/* We write a list of one, and libjwt gives it back as compact JSON. */
static bool take_role(jwt_t *jwt, char to[TOKEN_ROLE])
{
    char *json = jwt_get_grants_json(jwt, "roles");
    struct slice text = slice_from_string(json);
    size_t frame = sizeof ROLES_BEGIN - 1 + sizeof ROLES_END - 1;
    bool taken = false;
    if (text.len > frame && slice_starts_with(text, SLICE(ROLES_BEGIN)) &&
        slice_equals(slice_after(text, text.len - (sizeof ROLES_END - 1)), SLICE(ROLES_END))) {
        struct slice role = slice_of(text.data + sizeof ROLES_BEGIN - 1, text.len - frame);
        taken = is_role(role);
        if (taken) {
            memcpy(to, role.data, role.len);
            to[role.len] = '\0';
        }
    }
    free(json);
    return taken;
}

static bool take_claims(jwt_t *jwt, enum token_kind kind, struct token_claims *c)
{
    const char *type = jwt_get_grant(jwt, "type");
    c->kind = kind;
    return type != NULL && strcmp(type, type_names[kind]) == 0 &&
           take_text(jwt, "sub", c->username, sizeof c->username) && take_uuid(jwt, "jti", &c->id) &&
           take_uuid(jwt, "sid", &c->login) && take_uuid(jwt, "userId", &c->user) &&
           take_role(jwt, c->role) && take_instant(jwt, "iat", &c->issued) &&
           take_instant(jwt, "exp", &c->expires);
}

/* We give tokens no `nbf`, but who has the key may (RFC 7519 4.1.5). */
static bool has_begun(jwt_t *jwt, int64_t now)
{
    int64_t from;
    char *json = jwt_get_grants_json(jwt, "nbf");
    bool begun = json == NULL || (take_instant(jwt, "nbf", &from) && from <= now);
    free(json);
    return begun;
}

static enum error read_token(struct tokens *port, enum token_kind kind, struct slice token, int64_t now,
                             struct token_claims *c)
{
    struct jwt_tokens *t = CONTAINER_OF(port, struct jwt_tokens, port);
    OBJ_CHECK(t, JWT_TOKENS_MAGIC);
    memset(c, 0, sizeof *c);
    errno = 0;
    jwt_t *jwt = verify(token, &t->secrets[kind]);
    if (jwt == NULL)
        return failure(ERR_INVALID_TOKEN);
    bool ours = take_claims(jwt, kind, c) && has_begun(jwt, now);
    enum error error = ours && !has_lacked_memory() ? ERR_NONE : failure(ERR_INVALID_TOKEN);
    jwt_free(jwt);
    if (error != ERR_NONE)
        return error;
    return c->expires <= now ? ERR_LOGIN_ENDED : ERR_NONE;
}

void jwt_tokens_init(struct jwt_tokens *t, const struct secret *access, const struct secret *refresh)
{
    OBJ_INIT(t, JWT_TOKENS_MAGIC);
    t->port.issue = issue;
    t->port.read = read_token;
    t->secrets[TOKEN_ACCESS] = *access;
    t->secrets[TOKEN_REFRESH] = *refresh;
    t->secrets[TOKEN_TICKET] = *access;
}

void jwt_tokens_release(struct jwt_tokens *t)
{
    OBJ_CHECK(t, JWT_TOKENS_MAGIC);
    secret_wipe(&t->secrets[TOKEN_ACCESS]);
    secret_wipe(&t->secrets[TOKEN_REFRESH]);
    secret_wipe(&t->secrets[TOKEN_TICKET]);
    OBJ_DEAD(t);
}
