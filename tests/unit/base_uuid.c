// SPDX-License-Identifier: MIT
#include "base/uuid.h"

#include "support/guarded.h"
#include "support/test.h"

static const char TEXT[] = "0189abcd-ef01-7234-9567-89abcdef0123";

TEST(parse, "RFC 9562 section 4: text of either case is read, and written in lower case")
{
    static const unsigned char octets[16] = {0x01, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x72, 0x34,
                                             0x95, 0x67, 0x89, 0xAB, 0xCD, 0xEF, 0x01, 0x23};
    struct uuid u, upper;
    char out[UUID_TEXT];
    CHECK(uuid_parse(slice_from_string(TEXT), &u));
    CHECK(memcmp(u.octets, octets, sizeof octets) == 0);
    CHECK(uuid_parse(SLICE("0189ABCD-EF01-7234-9567-89ABCDEF0123"), &upper) && uuid_equals(&u, &upper));
    uuid_format(&u, out);
    CHECK_SLICE(slice_of(out, sizeof out), TEXT);
}

TEST(refuse, "every other text is refused: each octet spoiled in turn, one too few, one too many")
{
    static const char spoilers[] = {'g', '/', ':', '@', '`', 'G', ' ', '\0', '-', '0', (char)0xB0};
    struct guarded memory;
    struct uuid u = {{1}}, before = u;
    char text[UUID_TEXT + 1];
    guarded_init(&memory, sizeof text);
    for (size_t at = 0; at < UUID_TEXT; at++) {
        for (size_t i = 0; i < sizeof spoilers; i++) {
            bool dash = TEXT[at] == '-';
            memcpy(text, TEXT, sizeof text);
            text[at] = spoilers[i];
            if (dash ? spoilers[i] == '-' : spoilers[i] == '0')
                continue;
            CHECK(!uuid_parse(guarded_copy(&memory, slice_of(text, UUID_TEXT)), &u));
        }
        CHECK(!uuid_parse(guarded_copy(&memory, slice_of(TEXT, at)), &u));
    }
    CHECK(!uuid_parse(SLICE("0189abcd-ef01-7234-9567-89abcdef01234"), &u));
    CHECK(!uuid_parse(SLICE("0189abcdef01-7234-9567-89abcdef012345"), &u));
    CHECK(uuid_equals(&u, &before));
    guarded_release(&memory);
}

TEST(make, "RFC 9562 section 5.4: version 4 keeps 122 bits of the randomness it is given")
{
    unsigned char random[16];
    struct uuid ones, zeros;
    char out[UUID_TEXT];
    memset(random, 0xFF, sizeof random);
    uuid_make(&ones, random);
    uuid_format(&ones, out);
    CHECK_SLICE(slice_of(out, sizeof out), "ffffffff-ffff-4fff-bfff-ffffffffffff");
    memset(random, 0, sizeof random);
    uuid_make(&zeros, random);
    uuid_format(&zeros, out);
    CHECK_SLICE(slice_of(out, sizeof out), "00000000-0000-4000-8000-000000000000");
    CHECK(!uuid_is_nil(&zeros));
    memset(&zeros, 0, sizeof zeros);
    CHECK(uuid_is_nil(&zeros));
}
