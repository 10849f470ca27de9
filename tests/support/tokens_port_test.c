// SPDX-License-Identifier: MIT
#include "support/tokens_port_test.h"

#include "support/test.h"

enum { NOW = 1772442930, TOKEN_ROOM = 4096 };

#define SECONDS(n) ((int64_t)(n)*MICROSECONDS_PER_SECOND)

struct fixture {
    const struct tokens_adapter *adapter;
    struct tokens *port;
    struct arena arena;
    struct token_claims claims;
};

static void begin(struct fixture *f, const struct tokens_adapter *adapter)
{
    f->adapter = adapter;
    f->port = adapter->open();
    arena_init(&f->arena, 64 * 1024);
    f->claims = (struct token_claims){.kind = TOKEN_ACCESS,
                                      .username = "하늘.\"\\",
                                      .role = "CHANNEL_MANAGER",
                                      .issued = SECONDS(NOW),
                                      .expires = SECONDS(NOW + 1800)};
    memset(f->claims.id.octets, 0x11, 16);
    memset(f->claims.login.octets, 0x22, 16);
    memset(f->claims.user.octets, 0x33, 16);
}

static void end(struct fixture *f)
{
    arena_release(&f->arena);
    f->adapter->close();
}

static struct slice issue(struct fixture *f)
{
    struct slice token;
    CHECK_INT(f->port->issue(f->port, &f->claims, &f->arena, &token), ERR_NONE);
    return token;
}

static enum error read_at(struct fixture *f, enum token_kind kind, struct slice token, int64_t now)
{
    struct token_claims claims;
    return f->port->read(f->port, kind, token, now, &claims);
}

static void check_invalid(struct fixture *f, struct slice token)
{
    CHECK_INT(read_at(f, TOKEN_ACCESS, token, SECONDS(NOW)), ERR_INVALID_TOKEN);
}

void tokens_port_round_trip(const struct tokens_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    for (int kind = TOKEN_ACCESS; kind <= TOKEN_TICKET; kind++) {
        struct token_claims got;
        f.claims.kind = (enum token_kind)kind;
        struct slice token = issue(&f);
        CHECK_INT(f.port->read(f.port, f.claims.kind, token, SECONDS(NOW), &got), ERR_NONE);
        CHECK(got.kind == f.claims.kind && uuid_equals(&got.id, &f.claims.id));
        CHECK(uuid_equals(&got.login, &f.claims.login) && uuid_equals(&got.user, &f.claims.user));
        CHECK_SLICE(slice_from_string(got.username), f.claims.username);
        CHECK_SLICE(slice_from_string(got.role), "CHANNEL_MANAGER");
        CHECK_INT(got.issued, f.claims.issued);
        CHECK_INT(got.expires, f.claims.expires);
    }
    end(&f);
}

void tokens_port_same_again(const struct tokens_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    struct slice first = issue(&f), second = issue(&f);
    CHECK(slice_equals(first, second));
    end(&f);
}

void tokens_port_expiry(const struct tokens_adapter *adapter)
{
    struct fixture f;
    struct token_claims got;
    begin(&f, adapter);
    struct slice token = issue(&f);
    CHECK_INT(read_at(&f, TOKEN_ACCESS, token, f.claims.expires - 1), ERR_NONE);
    CHECK_INT(read_at(&f, TOKEN_ACCESS, token, 0), ERR_NONE); /* no clock but the caller's */
    CHECK_INT(f.port->read(f.port, TOKEN_ACCESS, token, f.claims.expires, &got), ERR_LOGIN_ENDED);
    CHECK(uuid_equals(&got.login, &f.claims.login));
    end(&f);
}

void tokens_port_kinds(const struct tokens_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    CHECK_INT(read_at(&f, TOKEN_REFRESH, issue(&f), SECONDS(NOW)), ERR_INVALID_TOKEN);
    f.claims.kind = TOKEN_REFRESH;
    check_invalid(&f, issue(&f));
    end(&f);
}

void tokens_port_octets(const struct tokens_adapter *adapter)
{
    static const unsigned char others[] = {'\0', '.', '=', ' ', 'A', '_', '+', 0x80};
    struct fixture f;
    unsigned char text[TOKEN_ROOM];
    begin(&f, adapter);
    struct slice token = issue(&f);
    CHECK(token.len + 1 < sizeof text);
    memcpy(text, token.data, token.len);
    for (size_t i = 0; i < token.len; i++) {
        for (size_t k = 0; k < ARRAY_LEN(others); k++) {
            if (text[i] == others[k])
                continue;
            unsigned char kept = text[i];
            text[i] = others[k];
            check_invalid(&f, slice_of(text, token.len));
            text[i] = kept;
        }
    }
    for (size_t k = 0; k < ARRAY_LEN(others); k++) {
        text[token.len] = others[k];
        check_invalid(&f, slice_of(text, token.len + 1));
    }
    for (size_t len = 0; len < token.len; len++)
        check_invalid(&f, slice_of(text, len));
    end(&f);
}

void tokens_port_no_room(const struct tokens_adapter *adapter)
{
    struct fixture f;
    struct slice token;
    begin(&f, adapter);
    arena_init(&f.arena, 100);
    CHECK(f.port->issue(f.port, &f.claims, &f.arena, &token) != ERR_NONE && token.len == 0);
    end(&f);
}
