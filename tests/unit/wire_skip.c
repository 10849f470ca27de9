// SPDX-License-Identifier: MIT
// wire/skip.h against the plain machine, and each class octet by octet.
#include "support/guarded.h"
#include "support/http1_plain.h"
#include "support/test.h"

static const char sample[] =
    "GET /wp-content/uploads/2010/03/hello-kitty-darth-vader-pink.jpg?x=1&yy=abc%20def HTTP/1.1\r\n"
    "Host: www.kittyhell.com\r\nUser-Agent: Mozilla/5.0 (Macintosh; U; Intel Mac OS X 10.6; ja-JP-mac)\r\n"
    "Accept: "
    "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\nX-Long-Name-That-Takes-Two-Strides-0123456789: v\r\n"
    "Cookie: wp_ozh_wsa_visits=2; __utma=xxxxxxxxx.xxxxxxxxxx.xxxxxxxxxx\r\nX-Tab: a\tb\r\nContent-Length: "
    "5\r\n\r\nhello";

static bool agree(struct slice input)
{
    struct http1_head fast, plain;
    http1_head_init(&fast, 100, 600);
    http1_plain_init(&plain, 100, 600);
    http1_head_execute(&fast, input.data, input.len);
    http1_plain_execute(&plain, input.data, input.len);
    return http1_same(&fast, &plain);
}

TEST(octets, "one odd octet anywhere in a head: skips and machine say the same, at the same place")
{
    struct guarded memory;
    unsigned char text[sizeof sample];
    size_t len = sizeof sample - 1;
    guarded_init(&memory, len);
    for (size_t at = 0; at < len; at++) {
        for (unsigned octet = 0; octet < 256; octet++) {
            memcpy(text, sample, len);
            text[at] = (unsigned char)octet;
            if (!agree(guarded_copy(&memory, slice_of(text, len))))
                CHECK_INT(at * 256 + octet, -1);
        }
    }
    guarded_release(&memory);
}

TEST(ends, "a head that ends anywhere is not read past its end")
{
    struct guarded memory;
    guarded_init(&memory, sizeof sample);
    for (size_t len = 0; len < sizeof sample; len++)
        CHECK(agree(guarded_copy(&memory, slice_of(sample, len))));
    guarded_release(&memory);
}

TEST(noise, "octets inserted and removed by chance change nothing either")
{
    uint32_t seed = 1;
    unsigned char text[2 * sizeof sample];
    for (int round = 0; round < 20000; round++) {
        size_t len = sizeof sample - 1;
        memcpy(text, sample, len);
        for (int edits = 0; edits < 4; edits++) {
            seed = seed * UINT32_C(1664525) + UINT32_C(1013904223);
            size_t at = (seed >> 8) % len;
            bool removes = (seed >> 7 & 1) != 0;
            memmove(text + at + !removes, text + at + removes, len - at - removes);
            len = removes ? len - 1 : len + 1;
            if (!removes)
                text[at] = (unsigned char)(seed >> 20 & 0x7F);
        }
        if (!agree(slice_of(text, len)))
            CHECK_INT(round, -1);
    }
}
