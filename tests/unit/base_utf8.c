// SPDX-License-Identifier: MIT
#include "base/utf8.h"

#include "support/guarded.h"
#include "support/test.h"

/* RFC 3629 section 3 by arithmetic: the length of the character at s, or 0. Knows nothing of the grammar. */
static size_t naive_char(struct slice s)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = s.data[0];
    size_t len = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    uint32_t point = len < 2 ? first : first & (0x7Fu >> len);
    if (len == 0 || len > s.len)
        return 0;
    for (size_t i = 1; i < len; i++) {
        if (s.data[i] >> 6 != 2)
            return 0;
        point = point << 6 | (s.data[i] & 0x3F);
    }
    bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point >= least[len] && point <= 0x10FFFF && !surrogate ? len : 0;
}

static bool naive_valid(struct slice s)
{
    while (s.len > 0) {
        size_t len = naive_char(s);
        if (len == 0)
            return false;
        s = slice_after(s, len);
    }
    return true;
}

/* Octet by octet: here no run is ever passed over. */
static bool slow_valid(struct slice s)
{
    struct utf8 u;
    utf8_init(&u);
    for (size_t i = 0; i < s.len; i++)
        utf8_feed(&u, slice_of(s.data + i, 1));
    return utf8_complete(&u);
}

static void check_same(struct slice s)
{
    bool want = naive_valid(s);
    CHECK(utf8_valid(s) == want);
    CHECK(slow_valid(s) == want);
}

TEST(every_form, "RFC 3629: all sequences at the borders of the table are judged as arithmetic judges them")
{
    static const unsigned char border[] = {0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    unsigned char text[4];
    for (int first = 0; first < 256; first++) {
        text[0] = (unsigned char)first;
        check_same(slice_of(text, 1));
        for (int second = 0; second < 256; second++) {
            text[1] = (unsigned char)second;
            check_same(slice_of(text, 2));
            for (size_t third = 0; third < ARRAY_LEN(border); third++) {
                text[2] = border[third];
                check_same(slice_of(text, 3));
                for (size_t fourth = 0; fourth < ARRAY_LEN(border); fourth++) {
                    text[3] = border[fourth];
                    check_same(slice_of(text, 4));
                }
            }
        }
    }
}

TEST(skip, "passing over ASCII changes nothing, wherever the other characters stand")
{
    static const char *const odd[] = {"\xC3\xA9", "\xED\x95\x9C", "\xF0\x9F\x98\x80",
                                      "\xC3",     "\x80",         "\xED\xA0\x80"};
    struct guarded memory;
    guarded_init(&memory, 64);
    for (size_t kind = 0; kind < ARRAY_LEN(odd); kind++) {
        for (size_t len = 0; len < 50; len++) {
            for (size_t at = 0; at <= len; at++) {
                unsigned char text[64];
                size_t n = strlen(odd[kind]);
                memset(text, 'a', sizeof text);
                memcpy(text + at, odd[kind], n);
                check_same(guarded_copy(&memory, slice_of(text, len + n)));
            }
        }
    }
    guarded_release(&memory);
}

TEST(pieces, "text may be cut within a character, and is refused at the first octet that spoils it")
{
    struct utf8 u;
    utf8_init(&u);
    CHECK(utf8_complete(&u));
    CHECK(utf8_feed(&u, SLICE("a\xF0\x9F")) && !utf8_complete(&u));
    CHECK(utf8_feed(&u, SLICE_NONE) && !utf8_complete(&u));
    CHECK(utf8_feed(&u, SLICE("\x98\x80z")) && utf8_complete(&u));
    CHECK(utf8_feed(&u, SLICE("\xED")));
    CHECK(!utf8_feed(&u, SLICE("\xA0"))); /* a surrogate is known by its second octet */
    CHECK(!utf8_feed(&u, SLICE("a")) && !utf8_complete(&u));
}

TEST(length, "a character is a code point, however many octets it takes")
{
    CHECK_INT(utf8_length(SLICE_NONE), 0);
    CHECK_INT(utf8_length(SLICE("abc")), 3);
    CHECK_INT(utf8_length(SLICE("\xED\x95\x9C\xEA\xB8\x80 \xF0\x9F\x98\x80")), 4);
}
