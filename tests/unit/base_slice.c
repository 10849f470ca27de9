// SPDX-License-Identifier: MIT
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "support/test.h"

TEST(cut, "a list is walked item by item and ends with a NULL slice")
{
    struct slice rest = SLICE("a,,b");
    CHECK_SLICE(slice_cut(&rest, ','), "a");
    CHECK_SLICE(slice_cut(&rest, ','), "");
    CHECK(rest.data != NULL);
    CHECK_SLICE(slice_cut(&rest, ','), "b");
    CHECK(rest.data == NULL);
}

TEST(uint, "numbers are digits only and never overflow")
{
    uint64_t n = 7;
    CHECK(!slice_to_uint(SLICE(""), 100, &n));
    CHECK(!slice_to_uint(SLICE("+1"), 100, &n));
    CHECK(!slice_to_uint(SLICE("101"), 100, &n));
    CHECK(!slice_to_uint(SLICE("18446744073709551616"), UINT64_MAX, &n));
    CHECK(!slice_to_uint(SLICE("5"), 3, &n));
    CHECK_INT(n, 7);
    CHECK(slice_to_uint(SLICE("18446744073709551615"), UINT64_MAX, &n) && n == UINT64_MAX);
    CHECK(slice_to_uint(SLICE("100"), 100, &n) && n == 100);
    CHECK(slice_to_uint(SLICE("000"), 0, &n) && n == 0);
}

TEST(compare, "octets order first, then length; case folds for ASCII only")
{
    CHECK(slice_compare(SLICE("a"), SLICE("ab")) < 0);
    CHECK(slice_compare(SLICE("b"), SLICE("ab")) > 0);
    CHECK(slice_compare(SLICE("ab"), SLICE("ab")) == 0);
    CHECK(slice_equals_nocase(SLICE("Host"), SLICE("hOST")));
    CHECK(!slice_equals_nocase(SLICE("["), SLICE("{")));
    CHECK(slice_equals_secret(SLICE("abc"), SLICE("abc")));
    CHECK(!slice_equals_secret(SLICE("abc"), SLICE("abd")));
    CHECK_SLICE(slice_trim(SLICE(" \ta b\t")), "a b");
}

TEST(buf_limit, "a buf refuses what passes its limit, whole, and says so to the end")
{
    struct buf b;
    buf_init(&b, 5);
    CHECK(buf_append_string(&b, "abc"));
    CHECK(!buf_append_string(&b, "def"));
    CHECK(!buf_append_string(&b, "d"));
    CHECK(!buf_ok(&b));
    CHECK_SLICE(buf_slice(&b), "abc");
    buf_clear(&b);
    CHECK(buf_append_uint(&b, 12345));
    buf_consume(&b, 2);
    CHECK_SLICE(buf_slice(&b), "345");
    buf_consume(&b, 3);
    CHECK(b.data == NULL && buf_valid(&b));
}

TEST(arena_limit, "an arena refuses what passes its limit and says so")
{
    struct arena a;
    arena_init(&a, 10000);
    CHECK_SLICE(arena_copy(&a, SLICE("hello")), "hello");
    CHECK(arena_alloc(&a, 6000) != NULL && arena_ok(&a));
    CHECK(arena_alloc(&a, 6000) == NULL && !arena_ok(&a));
    arena_release(&a);
    CHECK(arena_ok(&a) && arena_string(&a, SLICE("x")) != NULL);
    arena_release(&a);
    arena_init(&a, 1600);
    size_t count = 0;
    while (arena_alloc(&a, 1) != NULL)
        count++;
    CHECK_INT(count, 100); /* what alignment costs counts too */
    arena_release(&a);
}

TEST(errors, "every error has a status, a close code and both languages; D5.1 D5.2")
{
    for (int e = ERR_NONE + 1; e < ERR_COUNT; e++) {
        const struct error_row *row = error_row((enum error)e);
        CHECK(row->status >= 400 && row->status < 600);
        CHECK(row->close >= 1000 && row->close < 5000);
        CHECK(row->line[0] != '\0' && strlen(row->line) <= 60);
        CHECK(row->message[LANGUAGE_KOREAN][0] != '\0' && row->message[LANGUAGE_ENGLISH][0] != '\0');
    }
    CHECK_INT(error_row(ERR_DUPLICATE_USER)->status, 409);
    CHECK_INT(error_row(ERR_INVALID_USER_CREDENTIALS)->status, 401);
    CHECK_INT(error_row(ERR_CHANNEL_NOT_FOUND)->status, 404);
}
