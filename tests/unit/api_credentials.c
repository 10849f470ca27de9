// SPDX-License-Identifier: MIT
// With what a STOMP session may log in: notes, CONNECT, CSRF. The handshake itself is tests/integration/stomp_login.test.js.
#include "api/credentials.h"

#include "support/test.h"

static struct arena arena;

TEST(notes, "what a handshake brought comes out of its note as it was put in")
{
    arena_init(&arena, 4096);
    struct handshake_credentials h = {
        .kind = CREDENTIAL_TICKET, .token = SLICE("a.b.c"), .csrf = SLICE("x"), .has_cookies = true};
    struct handshake_credentials got = handshake_credentials_unpack(handshake_credentials_pack(&arena, &h));
    CHECK_INT(got.kind, CREDENTIAL_TICKET);
    CHECK(got.has_cookies && slice_equals(got.token, SLICE("a.b.c")) && slice_equals(got.csrf, SLICE("x")));
    CHECK(got.refresh.data == NULL);
    struct handshake_credentials none = {.kind = CREDENTIALS};
    CHECK_INT(handshake_credentials_pack(&arena, &none).len, 0);
    CHECK_INT(handshake_credentials_unpack(SLICE_NONE).kind, CREDENTIALS);
    arena_release(&arena);
}

TEST(names, "SC-6: each way has a name, and what is none is known")
{
    CHECK_INT(credential_named(SLICE("handshake")), 1 << CREDENTIAL_HANDSHAKE);
    CHECK_INT(credential_named(SLICE("passcode")), 1 << CREDENTIAL_PASSCODE);
    CHECK_INT(credential_named(SLICE("Passcode")), 0);
    CHECK_INT(credential_named(SLICE("")), 0);
}

/* base64url of mask and token under it */
static size_t mask(const char *token, unsigned char key, char *to)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned char octets[256];
    size_t n = strlen(token), len = 0;
    for (size_t i = 0; i < n; i++) {
        octets[i] = (unsigned char)(key + 7 * i);
        octets[n + i] = (unsigned char)(octets[i] ^ (unsigned char)token[i]);
    }
    for (size_t bit = 0; bit < 16 * n; bit += 6) {
        unsigned six = 0;
        for (size_t b = bit; b < bit + 6; b++)
            six = six << 1 | (b < 16 * n ? octets[b / 8] >> (7 - b % 8) & 1u : 0);
        to[len++] = digits[six];
    }
    return len;
}

TEST(csrf, "SC-4: the token as it was given, or masked; nothing else")
{
    static const char token[] = "0f8fad5b-d9cb-469f-a165-70867728950e";
    struct slice cookie = slice_from_string(token);
    char masked[512];
    CHECK(csrf_matches(cookie, cookie));
    for (unsigned key = 0; key < 256; key += 51) {
        size_t len = mask(token, (unsigned char)key, masked);
        CHECK(csrf_matches(cookie, slice_of(masked, len)));
        CHECK(!csrf_matches(cookie, slice_of(masked, len - 2)));
        masked[len] = '=';
        CHECK(csrf_matches(cookie, slice_of(masked, len + 1)));
        masked[len / 2] = masked[len / 2] == 'A' ? 'B' : 'A';
        CHECK(!csrf_matches(cookie, slice_of(masked, len)));
        masked[0] = '+';
        CHECK(!csrf_matches(cookie, slice_of(masked, len)));
    }
    CHECK(!csrf_matches(cookie, SLICE("")) && !csrf_matches(cookie, SLICE_NONE));
    CHECK(!csrf_matches(SLICE(""), SLICE("")) && !csrf_matches(SLICE_NONE, SLICE_NONE));
    memset(masked, 'a', sizeof masked);
    CHECK(!csrf_matches(slice_of(masked, 129), slice_of(masked, 129)));
    CHECK(csrf_matches(slice_of(masked, 128), slice_of(masked, 128)));
}
