// SPDX-License-Identifier: MIT
// What a file has of HTTP: its name in a form, which octets of it are wanted, its name in an answer.
#include <stdlib.h>

#include "base/utf8.h"
#include "support/guarded.h"
#include "support/test.h"
#include "wire/content_disposition.h"
#include "wire/file_name.h"
#include "wire/http_range.h"

/* ---- names ---- */

static const struct {
    const char *what, *in, *out;
} names[] = {
    {"a name", "me.png", "me.png"},
    {"Korean, as it is", "사진 2026.png", "사진 2026.png"},
    {"decomposed letters stay so", "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB.png",
     "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB.png"},
    {"a joined emoji stays whole", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB.gif",
     "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB.gif"},
    {"an escaped quote is one", "%22a%22.txt", "\"a\".txt"},
    {"an escaped line end is none", "a%0D%0Ab%0d%0a.txt", "ab.txt"},
    {"another escape is text", "100%25.txt", "100%25.txt"},
    {"a lone percent sign", "%", "%"},
    {"half an escape", "a%2", "a%2"},
    {"half an escape before a separator", "a%0/b%", "b%"},
    {"a path of Windows", "C:\\fakepath\\me.png", "me.png"},
    {"a path of Unix", "/etc/passwd", "passwd"},
    {"upwards", "../../..", "file"},
    {"upwards and a name", "..\\..\\me.png", "me.png"},
    {"only a folder", "a/b/", "file"},
    {"nothing", "", "file"},
    {"a dot", ".", "file"},
    {"two dots", "..", "file"},
    {"three dots are a name", "...", "..."},
    {"blanks around it", "  me.png\t ", "me.png"},
    {"controls", "a\x01\x1f\x7f\tb\xC2\x85.txt", "ab.txt"},
    {"text turned round", "\xE2\x80\xAEgpj.exe", "gpj.exe"},
    {"isolates and marks",
     "a\xE2\x81\xA6"
     "b\xE2\x80\x8F"
     "c\xD8\x9C"
     "d\xE2\x80\xA9",
     "abcd"},
    {"a hidden file", ".profile", ".profile"},
};

static struct slice clean(struct slice raw, unsigned char *room)
{
    return file_name_clean(raw, room);
}

TEST(names, "D4.1: of a file's name nothing is kept that is no part of it, and all that is")
{
    struct guarded g;
    guarded_init(&g, 64);
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        unsigned char room[64];
        struct slice got = clean(guarded_copy(&g, slice_from_string(names[i].in)), room);
        if (!slice_equals(got, slice_from_string(names[i].out)))
            printf("# %s\n", names[i].what);
        CHECK_SLICE(got, names[i].out);
    }
    CHECK_SLICE(file_name_clean(SLICE_NONE, (unsigned char[1]){0}), "file"); /* a part that says none */
    guarded_release(&g);
}

/* `count` times this character, then the rest. */
static size_t repeat(char *to, size_t count, const char *character, const char *rest)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++, len += strlen(character))
        memcpy(to + len, character, strlen(character));
    memcpy(to + len, rest, strlen(rest) + 1);
    return len + strlen(rest);
}

TEST(long_names, "D11: a name has at most 255 characters, its extension among them")
{
    static char in[5000];
    static unsigned char room[5000];
    size_t len = repeat(in, 251, "가", ".png");
    CHECK_SLICE(clean(slice_of(in, len), room), in);
    len = repeat(in, 252, "가", ".png");
    struct slice got = clean(slice_of(in, len), room);
    CHECK(utf8_valid(got));
    CHECK_INT(utf8_length(got), 255);
    CHECK_SLICE(slice_after(got, got.len - 7), "가.png");
    len = repeat(in, 1000, "🍜", ".extension-that-is-none");
    got = clean(slice_of(in, len), room);
    CHECK(utf8_valid(got));
    CHECK_INT(utf8_length(got), 255);
    CHECK_INT(got.len, 255 * 4);
    len = repeat(in, 1000, ".", "x");
    CHECK_INT(utf8_length(clean(slice_of(in, len), room)), 255);
}

/* ---- ranges ---- */

static const struct {
    const char *what, *in;
    uint64_t length;
    enum http_range_verdict verdict;
    uint64_t first, last;
} ranges[] = {
    {"the first ten", "bytes=0-9", 100, HTTP_RANGE_ONE, 0, 9},
    {"one octet", "bytes=99-99", 100, HTTP_RANGE_ONE, 99, 99},
    {"to the end", "bytes=90-", 100, HTTP_RANGE_ONE, 90, 99},
    {"beyond the end", "bytes=90-1000", 100, HTTP_RANGE_ONE, 90, 99},
    {"the last ten", "bytes=-10", 100, HTTP_RANGE_ONE, 90, 99},
    {"the last thousand", "bytes=-1000", 100, HTTP_RANGE_ONE, 0, 99},
    {"the unit in capitals, blanks around", "BYTES= \t0-9 ", 100, HTTP_RANGE_ONE, 0, 9},
    {"zeros in front", "bytes=00000000000000000000000-009", 100, HTTP_RANGE_ONE, 0, 9},
    {"a number beyond 64 bits", "bytes=1-99999999999999999999999999", 100, HTTP_RANGE_ONE, 1, 99},
    {"begins at the end", "bytes=100-", 100, HTTP_RANGE_UNSATISFIABLE, 0, 0},
    {"begins beyond 64 bits", "bytes=99999999999999999999999999-", 100, HTTP_RANGE_UNSATISFIABLE, 0, 0},
    {"the last none", "bytes=-0", 100, HTTP_RANGE_UNSATISFIABLE, 0, 0},
    {"of nothing", "bytes=0-", 0, HTTP_RANGE_UNSATISFIABLE, 0, 0},
    {"the last of nothing", "bytes=-1", 0, HTTP_RANGE_NONE, 0, 0},
    {"turned round", "bytes=9-0", 100, HTTP_RANGE_NONE, 0, 0},
    {"several", "bytes=0-1,3-4", 100, HTTP_RANGE_NONE, 0, 0},
    {"another unit", "seconds=0-1", 100, HTTP_RANGE_NONE, 0, 0},
    {"no number", "bytes=-", 100, HTTP_RANGE_NONE, 0, 0},
    {"no set", "bytes=", 100, HTTP_RANGE_NONE, 0, 0},
    {"a sign", "bytes=+1-2", 100, HTTP_RANGE_NONE, 0, 0},
    {"blanks inside", "bytes=1 - 2", 100, HTTP_RANGE_NONE, 0, 0},
    {"nothing", "", 100, HTTP_RANGE_NONE, 0, 0},
};

TEST(ranges, "RFC 9110 14.1.2, 14.2: which octets a range names, and which ranges name none")
{
    struct guarded g;
    guarded_init(&g, 64);
    for (size_t i = 0; i < ARRAY_LEN(ranges); i++) {
        struct http_range range = {0, 0};
        enum http_range_verdict got =
            http_range_parse(guarded_copy(&g, slice_from_string(ranges[i].in)), ranges[i].length, &range);
        if (got != ranges[i].verdict || range.first != ranges[i].first || range.last != ranges[i].last)
            printf("# %s\n", ranges[i].what);
        CHECK_INT(got, ranges[i].verdict);
        CHECK_INT(range.first, ranges[i].first);
        CHECK_INT(range.last, ranges[i].last);
    }
    guarded_release(&g);
}

/* ---- Content-Disposition ---- */

static const struct {
    const char *name, *field;
} dispositions[] = {
    {"me.png", "attachment; filename=\"me.png\""},
    {"my own 'photo' (1); x=y.png", "attachment; filename=\"my own 'photo' (1); x=y.png\""},
    {"사진.png", "attachment; filename=\"__.png\"; filename*=UTF-8''%EC%82%AC%EC%A7%84.png"},
    {"a\"b\\c.png", "attachment; filename=\"a_b_c.png\"; filename*=UTF-8''a%22b%5Cc.png"},
    {"100%.png", "attachment; filename=\"100_.png\"; filename*=UTF-8''100%25.png"},
    {"a\r\nX: y", "attachment; filename=\"a__X: y\"; filename*=UTF-8''a%0D%0AX%3A%20y"},
};

TEST(dispositions,
     "RFC 6266, RFC 8187 3.2, D4.7: the name comes in ASCII and as it is, and never leaves the field")
{
    for (size_t i = 0; i < ARRAY_LEN(dispositions); i++) {
        char expected[256];
        struct buf fields;
        buf_init(&fields, 4096);
        CHECK(content_disposition_write(&fields, slice_from_string(dispositions[i].name)));
        snprintf(expected, sizeof expected, "Content-Disposition: %s\r\n", dispositions[i].field);
        CHECK_SLICE(buf_slice(&fields), expected);
        buf_release(&fields);
    }
}

TEST(disposition_full, "a field that does not fit is none")
{
    struct buf fields;
    buf_init(&fields, 40);
    CHECK(!content_disposition_write(&fields, SLICE("a-rather-long-name.png")));
    CHECK(!buf_ok(&fields));
    buf_release(&fields);
}
