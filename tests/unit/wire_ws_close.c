// SPDX-License-Identifier: MIT
#include "wire/ws_close.h"

#include "support/guarded.h"
#include "support/test.h"

static bool may_be_sent(unsigned code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

TEST(codes, "RFC 6455 7.4: of all codes, those are taken that a peer may send")
{
    for (unsigned code = 0; code <= 0xFFFF; code++) {
        unsigned char payload[2] = {(unsigned char)(code >> 8), (unsigned char)code};
        struct ws_close close;
        enum error error = ws_close_parse(slice_of(payload, 2), &close);
        CHECK_INT(error, may_be_sent(code) ? ERR_NONE : ERR_WS_PROTOCOL);
        CHECK_INT(close.code, may_be_sent(code) ? code : WS_CLOSE_NONE);
    }
}

TEST(payloads, "RFC 6455 5.5.1: an empty payload has no code, one octet is refused, a reason is UTF-8")
{
    struct ws_close close;
    struct guarded memory;
    guarded_init(&memory, 16);
    CHECK_INT(ws_close_parse(SLICE_NONE, &close), ERR_NONE);
    CHECK_INT(close.code, WS_CLOSE_NONE);
    CHECK_INT(ws_close_parse(guarded_copy(&memory, SLICE("\x03")), &close), ERR_WS_PROTOCOL);
    CHECK_INT(ws_close_parse(guarded_copy(&memory, SLICE("\x03\xE8"
                                                         "bye")),
                             &close),
              ERR_NONE);
    CHECK_INT(close.code, 1000);
    CHECK_SLICE(close.reason, "bye");
    CHECK_INT(ws_close_parse(guarded_copy(&memory, SLICE("\x03\xE8"
                                                         "by\xFF")),
                             &close),
              ERR_WS_TEXT);
    CHECK_INT(ws_close_parse(guarded_copy(&memory, SLICE("\x03\xE8\xED\x95")), &close), ERR_WS_TEXT);
    CHECK_INT(ws_close_parse(guarded_copy(&memory, SLICE("\x03\xEE"
                                                         "by\xFF")),
                             &close),
              ERR_WS_PROTOCOL);
    guarded_release(&memory);
}

TEST(written, "a close that is written is read back, its reason cut between two characters")
{
    unsigned char out[WS_CONTROL_MAX];
    struct ws_close close;
    char reason[200];
    CHECK(slice_equals(slice_of(out, ws_close_write(out, 4401, SLICE_NONE)), SLICE("\x11\x31")));
    for (size_t len = 0; len < 130; len++) {
        memset(reason, 'a', len);
        strcpy(reason + len, "\xF0\x9F\x98\x80");
        size_t written = ws_close_write(out, 1001, slice_of(reason, len + 4));
        size_t want = len + 4 <= 123 ? len + 4 : len <= 123 ? len : 123;
        CHECK_INT(written, want + 2);
        CHECK_INT(ws_close_parse(slice_of(out, written), &close), ERR_NONE);
        CHECK_INT(close.reason.len, want);
    }
}
