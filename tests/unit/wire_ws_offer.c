// SPDX-License-Identifier: MIT
#include "base/object.h"
#include "support/guarded.h"
#include "support/test.h"
#include "wire/ws_offer.h"

/* The value at the end of a page, so that a step too far is seen. */
static bool judge(bool (*valid)(struct slice), const char *text)
{
    struct slice value = slice_from_string(text);
    struct guarded memory;
    guarded_init(&memory, value.len + 1);
    bool is_valid = valid(guarded_copy(&memory, value));
    guarded_release(&memory);
    return is_valid;
}

TEST(protocols, "subprotocols are a list of tokens: RFC 6455 4.3")
{
    static const char *const good[] = {"v12.stomp", "a,b", "a , b\t,c", ",a", "a,,b,", ", ,a"};
    static const char *const bad[] = {"",    ",",     " , ",   "a b",      "a;b",  "\"a\"",
                                      "a/b", "a,b c", "a\x7F", "\xC3\xA9", "a,\"", "a=b"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK(judge(ws_protocols_valid, good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!judge(ws_protocols_valid, bad[i]));
}

TEST(extensions, "extensions are a list of tokens with parameters, quoted ones tokens too: RFC 6455 9.1")
{
    static const char *const good[] = {"permessage-deflate; client_max_window_bits",
                                       "a;b=c",
                                       "a ; b = \"c\" , d",
                                       "a;b=\"c\\d\"",
                                       "x-webkit-deflate-frame",
                                       "a;b;c;d=1,a",
                                       ",a,"};
    static const char *const bad[] = {"",      ",",        ";",           "a;",      "a;=b",
                                      "a;b=",  "a;b=\"\"", "a;b=\"c d\"", "a;b=\"c", "a;b=\"c\"d",
                                      "a b",   "a=b",      "a;b=c=d",     "a/b",     "a;b=\"\xC3\xA9\"",
                                      "\"a\"", "a,;b"};
    for (size_t i = 0; i < ARRAY_LEN(good); i++)
        CHECK(judge(ws_extensions_valid, good[i]));
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        CHECK(!judge(ws_extensions_valid, bad[i]));
}
