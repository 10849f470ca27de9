// SPDX-License-Identifier: MIT
#include <jwt.h>
#include <openssl/hmac.h>
#include <stdlib.h>

#include "adapter/digest.h"
#include "adapter/jwt_tokens.h"
#include "base/clock.h"
#include "support/test.h"

enum { NOW = 1772442930 };

#define SECONDS(n) ((int64_t)(n)*MICROSECONDS_PER_SECOND)

static const char access_key[] = "access-access-access-access-1234",
                  refresh_key[] = "refresh-refresh-refresh-refresh-";

struct opened {
    struct jwt_tokens tokens;
    struct arena arena;
    struct token_claims claims;
};

static void begin(struct opened *o)
{
    struct secret access, refresh;
    CHECK(secret_set(&access, slice_from_string(access_key)) &&
          secret_set(&refresh, slice_from_string(refresh_key)));
    jwt_tokens_init(&o->tokens, &access, &refresh);
    arena_init(&o->arena, 64 * 1024);
    o->claims = (struct token_claims){.kind = TOKEN_ACCESS,
                                      .username = "하늘\"\\",
                                      .role = "CHANNEL_MANAGER",
                                      .issued = SECONDS(NOW),
                                      .expires = SECONDS(NOW + 1800)};
    memset(o->claims.id.octets, 0x11, 16);
    memset(o->claims.login.octets, 0x22, 16);
    memset(o->claims.user.octets, 0x33, 16);
}

static void end(struct opened *o)
{
    arena_release(&o->arena);
    jwt_tokens_release(&o->tokens);
}

static struct slice issue(struct opened *o)
{
    struct slice token;
    CHECK_INT(o->tokens.port.issue(&o->tokens.port, &o->claims, &o->arena, &token), ERR_NONE);
    return token;
}

static enum error read_at(struct opened *o, enum token_kind kind, struct slice token, int64_t now)
{
    struct token_claims claims;
    return o->tokens.port.read(&o->tokens.port, kind, token, now, &claims);
}

static void check_invalid(struct opened *o, struct slice token)
{
    CHECK_INT(read_at(o, TOKEN_ACCESS, token, SECONDS(NOW)), ERR_INVALID_TOKEN);
}

TEST(kinds, "an access token is no refresh token, nor the reverse, even with one key for both; D3.4")
{
    struct opened o;
    struct secret same;
    begin(&o);
    CHECK_INT(read_at(&o, TOKEN_REFRESH, issue(&o), SECONDS(NOW)), ERR_INVALID_TOKEN);
    o.claims.kind = TOKEN_REFRESH;
    check_invalid(&o, issue(&o));
    jwt_tokens_release(&o.tokens);
    CHECK(secret_set(&same, slice_from_string(access_key)));
    jwt_tokens_init(&o.tokens, &same, &same);
    check_invalid(&o, issue(&o));
    end(&o);
}

TEST(other_key, "a token of another key is not ours; D3.4")
{
    struct opened ours, theirs;
    struct secret other;
    begin(&ours);
    begin(&theirs);
    jwt_tokens_release(&theirs.tokens);
    CHECK(secret_set(&other, SLICE("other-other-other-other-other-ot")));
    jwt_tokens_init(&theirs.tokens, &other, &other);
    check_invalid(&ours, issue(&theirs));
    end(&ours);
    end(&theirs);
}

/* What one claim or header does to an otherwise good token. */
struct forged {
    const char *what;
    jwt_alg_t algorithm;
    const char *remove, *json; /* a claim left out; claims put in instead */
};

static char *forge(const struct forged *f)
{
    static const char good[] = "{\"sub\":\"a\",\"jti\":\"11111111-1111-1111-1111-111111111111\","
                               "\"sid\":\"22222222-2222-2222-2222-222222222222\","
                               "\"userId\":\"33333333-3333-3333-3333-333333333333\",\"type\":\"access\","
                               "\"roles\":[\"ROLE_USER\"],\"iat\":1772442930,\"exp\":1772444730}";
    unsigned char key[64];
    memcpy(key, access_key, 32);
    memcpy(key + 32, access_key, 32);
    jwt_t *jwt = NULL;
    int key_len = f->algorithm == JWT_ALG_NONE ? 0 : f->algorithm == JWT_ALG_HS512 ? 64 : 32;
    bool made = jwt_new(&jwt) == 0 && jwt_add_grants_json(jwt, good) == 0 &&
                (f->remove == NULL || jwt_del_grants(jwt, f->remove) == 0) &&
                (f->json == NULL || jwt_add_grants_json(jwt, f->json) == 0) &&
                jwt_set_alg(jwt, f->algorithm, key_len == 0 ? NULL : key, key_len) == 0;
    assert(made);
    char *text = jwt_encode_str(jwt);
    jwt_free(jwt);
    return text;
}

TEST(missing_claims, "a token that verifies but lacks a claim, or has it in another form, is refused; D3.4")
{
    static const struct forged cases[] = {
        {"no sub", JWT_ALG_HS256, "sub", NULL},
        {"no jti", JWT_ALG_HS256, "jti", NULL},
        {"no sid", JWT_ALG_HS256, "sid", NULL},
        {"no userId", JWT_ALG_HS256, "userId", NULL},
        {"no type", JWT_ALG_HS256, "type", NULL},
        {"no roles", JWT_ALG_HS256, "roles", NULL},
        {"no iat", JWT_ALG_HS256, "iat", NULL},
        {"no exp", JWT_ALG_HS256, "exp", NULL},
        {"sub is a number", JWT_ALG_HS256, "sub", "{\"sub\":1}"},
        {"jti is no uuid", JWT_ALG_HS256, "jti", "{\"jti\":\"11111111-1111-1111-1111-11111111111\"}"},
        {"exp is text", JWT_ALG_HS256, "exp", "{\"exp\":\"1772444730\"}"},
        {"exp is negative", JWT_ALG_HS256, "exp", "{\"exp\":-1}"},
        {"exp overflows", JWT_ALG_HS256, "exp", "{\"exp\":9223372036854775807}"},
        {"nbf is to come", JWT_ALG_HS256, NULL, "{\"nbf\":1772442931}"},
        {"nbf is text", JWT_ALG_HS256, NULL, "{\"nbf\":\"1772442930\"}"},
        {"nbf is null", JWT_ALG_HS256, NULL, "{\"nbf\":null}"},
        {"exp is a fraction", JWT_ALG_HS256, "exp", "{\"exp\":1772444730.5}"},
        {"other type", JWT_ALG_HS256, "type", "{\"type\":\"Access\"}"},
        {"no role", JWT_ALG_HS256, "roles", "{\"roles\":[]}"},
        {"two roles", JWT_ALG_HS256, "roles", "{\"roles\":[\"ROLE_USER\",\"ROLE_ADMIN\"]}"},
        {"role without prefix", JWT_ALG_HS256, "roles", "{\"roles\":[\"ADMIN\"]}"},
        {"empty role", JWT_ALG_HS256, "roles", "{\"roles\":[\"ROLE_\"]}"},
        {"role is text", JWT_ALG_HS256, "roles", "{\"roles\":\"ROLE_ADMIN\"}"},
        {"role in lower case", JWT_ALG_HS256, "roles", "{\"roles\":[\"ROLE_user\"]}"},
        {"long role", JWT_ALG_HS256, "roles", "{\"roles\":[\"ROLE_AAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]}"},
    };
    struct opened o;
    begin(&o);
    static const struct forged good[] = {
        {"good", JWT_ALG_HS256, NULL, NULL},
        {"RFC 7519 4.1.5: nbf is now", JWT_ALG_HS256, NULL, "{\"nbf\":1772442930}"}};
    char *token;
    for (size_t i = 0; i < ARRAY_LEN(good); i++) {
        token = forge(&good[i]);
        CHECK_INT(read_at(&o, TOKEN_ACCESS, slice_from_string(token), SECONDS(NOW)), ERR_NONE);
        free(token);
    }
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        token = forge(&cases[i]);
        enum error error = read_at(&o, TOKEN_ACCESS, slice_from_string(token), SECONDS(NOW));
        if (error != ERR_INVALID_TOKEN)
            test_fail(__FILE__, __LINE__, cases[i].what);
        free(token);
    }
    end(&o);
}

TEST(critical, "RFC 7515 4.1.11: a header that demands what we do not know is refused, signed or not")
{
    struct opened o;
    jwt_t *jwt = NULL;
    begin(&o);
    struct forged good = {"good", JWT_ALG_HS256, NULL, NULL};
    char *token = forge(&good);
    CHECK(jwt_decode(&jwt, token, (const unsigned char *)access_key, 32) == 0);
    free(token);
    CHECK(jwt_add_header(jwt, "kid", "../../dev/null") == 0);
    token = jwt_encode_str(jwt);
    CHECK_INT(read_at(&o, TOKEN_ACCESS, slice_from_string(token), SECONDS(NOW)), ERR_NONE);
    free(token);
    CHECK(jwt_add_headers_json(jwt, "{\"crit\":[\"exp\"]}") == 0);
    token = jwt_encode_str(jwt);
    check_invalid(&o, slice_from_string(token));
    free(token);
    jwt_free(jwt);
    end(&o);
}

TEST(algorithms, "no other algorithm is looked at, least of all none; D3.4")
{
    static const struct forged cases[] = {{"none", JWT_ALG_NONE, NULL, NULL},
                                          {"HS384", JWT_ALG_HS384, NULL, NULL},
                                          {"HS512", JWT_ALG_HS512, NULL, NULL}};
    struct opened o;
    begin(&o);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char *token = forge(&cases[i]);
        check_invalid(&o, slice_from_string(token));
        free(token);
    }
    end(&o);
}

/* The header {"alg":ALG,"typ":"JWT"} as base64url, before the claims and signature of a good token. */
TEST(header_replaced, "a header that names another algorithm, or none, is refused before the key; D3.4")
{
    static const char *const heads[] = {
        "eyJhbGciOiJub25lIn0",                    /* {"alg":"none"} */
        "eyJhbGciOiJOb25lIn0",                    /* {"alg":"None"} */
        "eyJhbGciOiJoczI1NiJ9",                   /* {"alg":"hs256"} */
        "eyJhbGciOiJSUzI1NiJ9",                   /* {"alg":"RS256"} */
        "eyJhbGciOjB9",                           /* {"alg":0} */
        "e30",                                    /* {} */
        "W10",                                    /* [] */
        "eyJhbGciOiJIUzI1NiIsImFsZyI6Im5vbmUifQ", /* {"alg":"HS256","alg":"none"} */
        "",
        "x",
    };
    struct opened o;
    begin(&o);
    struct slice token = issue(&o);
    struct slice rest = token;
    (void)slice_cut(&rest, '.');
    for (size_t i = 0; i < ARRAY_LEN(heads); i++) {
        char text[2048];
        int n = snprintf(text, sizeof text, "%s.%.*s", heads[i], (int)rest.len, (const char *)rest.data);
        check_invalid(&o, slice_of(text, (size_t)n));
        struct slice claims = rest;
        claims = slice_cut(&claims, '.');
        n = snprintf(text, sizeof text, "%s.%.*s.", heads[i], (int)claims.len, (const char *)claims.data);
        check_invalid(&o, slice_of(text, (size_t)n)); /* and without the signature */
    }
    end(&o);
}

/* base64url (RFC 4648 section 5), without padding. */
static size_t encode(struct slice s, char *out)
{
    size_t len = base64_encode(s, out);
    while (len > 0 && out[len - 1] == '=')
        len--;
    for (size_t i = 0; i < len; i++)
        out[i] = out[i] == '+' ? '-' : out[i] == '/' ? '_' : out[i];
    return len;
}

/* The good token's claims under another header, signed with our key as HS256. */
static enum error read_signed(struct opened *o, const char *header)
{
    char text[2048];
    unsigned char signature[DIGEST_SHA256];
    unsigned int n = 0;
    struct slice rest = issue(o);
    (void)slice_cut(&rest, '.');
    struct slice claims = slice_cut(&rest, '.');
    size_t len = encode(slice_from_string(header), text);
    text[len++] = '.';
    memcpy(text + len, claims.data, claims.len);
    len += claims.len;
    (void)HMAC(EVP_sha256(), access_key, 32, (const unsigned char *)text, len, signature, &n);
    text[len] = '.';
    len += 1 + encode(slice_of(signature, n), text + len + 1);
    return read_at(o, TOKEN_ACCESS, slice_of(text, len), SECONDS(NOW));
}

TEST(header_signed, "the algorithm is written as RFC 7518 writes it; typ may be missing; D3.4")
{
    static const char *const bad[] = {"{\"alg\":\"hs256\"}", "{\"alg\":\"HS256 \"}", "{\"alg\":\"HS512\"}",
                                      "{\"alg\":\"none\"}",  "{\"typ\":\"JWT\"}",    "[\"HS256\"]"};
    struct opened o;
    begin(&o);
    CHECK_INT(read_signed(&o, "{\"alg\":\"HS256\"}"), ERR_NONE);
    CHECK_INT(read_signed(&o, "{\"typ\":\"JWT\",\"alg\":\"HS256\"}"), ERR_NONE);
    for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
        if (read_signed(&o, bad[i]) != ERR_INVALID_TOKEN)
            test_fail(__FILE__, __LINE__, bad[i]);
    }
    end(&o);
}

TEST(parts, "parts left out, repeated, in another order or followed by more are no token; D3.4")
{
    struct opened o;
    begin(&o);
    struct slice token = issue(&o), rest = token;
    struct slice h = slice_cut(&rest, '.'), c = slice_cut(&rest, '.'), s = rest;
    const struct slice orders[][4] = {
        {c, h, s, {0}},   {h, s, c, {0}}, {s, c, h, {0}}, {h, c, {0}, {0}},
        {h, {0}, s, {0}}, {h, c, s, s},   {h, h, s, {0}},
    };
    for (size_t i = 0; i < ARRAY_LEN(orders); i++) {
        char text[4096];
        int n = 0;
        for (size_t k = 0; k < 4 && (k == 0 || k < 3 || orders[i][k].len > 0); k++)
            n += snprintf(text + n, sizeof text - (size_t)n, "%s%.*s", k == 0 ? "" : ".",
                          (int)orders[i][k].len, (const char *)orders[i][k].data);
        check_invalid(&o, slice_of(text, (size_t)n));
    }
    check_invalid(&o, SLICE_NONE);
    check_invalid(&o, SLICE(".."));
    check_invalid(&o, slice_of(token.data, token.len - 1));
    end(&o);
}

TEST(long_texts, "what is as long as a token may be, or longer, is refused like any other text; D3.4")
{
    struct opened o;
    unsigned char text[JWT_TOKEN_MAX + 2];
    begin(&o);
    memset(text, 'A', sizeof text);
    text[10] = text[20] = '.';
    check_invalid(&o, slice_of(text, JWT_TOKEN_MAX));
    check_invalid(&o, slice_of(text, JWT_TOKEN_MAX + 1));
    end(&o);
}
