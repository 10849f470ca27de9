// SPDX-License-Identifier: MIT
#include "support/test.h"
#include "wire/target.h"

TEST(split, "path and query part at the first question mark, RFC 3986 3.4")
{
    struct slice path, query;
    target_split(SLICE("/a?b?c"), &path, &query);
    CHECK_SLICE(path, "/a");
    CHECK_SLICE(query, "b?c");
    target_split(SLICE("/a"), &path, &query);
    CHECK_SLICE(path, "/a");
    CHECK(query.data == NULL);
    target_split(SLICE("/a?"), &path, &query);
    CHECK(query.data != NULL && query.len == 0);
}

TEST(paths, "a path is decoded once, and what two programs could read differently is refused; RFC 3986 2.1")
{
    static const struct {
        struct slice raw;
        const char *path; /* NULL: refused */
    } rows[] = {
        {SLICE_INIT("/"), "/"},
        {SLICE_INIT("//"), "//"},
        {SLICE_INIT("/api/users"), "/api/users"},
        {SLICE_INIT("/%61%2Db"), "/a-b"},
        {SLICE_INIT("/%ED%95%9c"), "/\xED\x95\x9C"},
        {SLICE_INIT("/%2541"), "/%41"},
        {SLICE_INIT("/a+b"), "/a+b"},
        {SLICE_INIT("/%20%3F%23"), "/ ?#"},
        {SLICE_INIT("/..."), "/..."},
        {SLICE_INIT("/.a"), "/.a"},
        {SLICE_INIT("/a.."), "/a.."},
        {SLICE_INIT("/%2e%2ea"), "/..a"},
        {SLICE_INIT(""), NULL},
        {SLICE_INIT("a"), NULL},
        {SLICE_INIT("/%"), NULL},
        {SLICE_INIT("/%4"), NULL},
        {SLICE_INIT("/%4g"), NULL},
        {SLICE_INIT("/%00"), NULL},
        {SLICE_INIT("/a%0d%0ab"), NULL},
        {SLICE_INIT("/%1F"), NULL},
        {SLICE_INIT("/%7f"), NULL},
        {SLICE_INIT("/a%2fb"), NULL},
        {SLICE_INIT("/a%2Fb"), NULL},
        {SLICE_INIT("/."), NULL},
        {SLICE_INIT("/.."), NULL},
        {SLICE_INIT("/a/../b"), NULL},
        {SLICE_INIT("/a/./b"), NULL},
        {SLICE_INIT("/%2e%2E/b"), NULL},
        {SLICE_INIT("/.%2e"), NULL},
        {SLICE_INIT("/%ff"), NULL},
        {SLICE_INIT("/%c0%ae"), NULL},
        {SLICE_INIT("/%ed%a0%80"), NULL},
        {SLICE_INIT("/\xED\x95\x9C"), NULL},
        {SLICE_INIT("/a\\b"), NULL},
        {SLICE_INIT("/a?b"), NULL},
        {SLICE_INIT("/a b"), NULL},
        {SLICE_INIT("/a\0b"), NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct arena a;
        struct slice path = SLICE_NONE;
        arena_init(&a, 1000);
        bool taken = target_path_decode(&a, rows[i].raw, &path);
        CHECK(taken == (rows[i].path != NULL));
        if (taken)
            CHECK_SLICE(path, rows[i].path);
        arena_release(&a);
    }
}

TEST(no_copy, "what needs no decoding is not copied; what does, only within the arena's limit")
{
    struct arena a;
    struct slice raw = SLICE("/api/users"), text;
    arena_init(&a, 16);
    CHECK(target_path_decode(&a, raw, &text) && text.data == raw.data && a.total == 0);
    CHECK(target_path_decode(&a, SLICE("/%41"), &text));
    CHECK(!target_path_decode(&a, SLICE("/%41"), &text));
    arena_release(&a);
}

TEST(query, "pairs in order, plus as blank, the first of a name; RFC 3986 3.4, D4.4")
{
    struct arena a;
    struct slice rest = SLICE("a=1&&b&=c&d=e=f&a=%ED%95%9C+%2B"), name, value;
    static const char *const pairs[][2] = {{"a", "1"}, {"b", ""}, {"", "c"}, {"d", "e=f"}};
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        CHECK(target_query_next(&rest, &name, &value));
        CHECK_SLICE(name, pairs[i][0]);
        CHECK_SLICE(value, pairs[i][1]);
    }
    CHECK(target_query_next(&rest, &name, &value));
    arena_init(&a, 100);
    CHECK(target_query_decode(&a, value, &value));
    CHECK_SLICE(value, "\xED\x95\x9C +");
    CHECK(!target_query_next(&rest, &name, &value));
    CHECK(!target_query_decode(&a, SLICE("a%00b"), &value));
    CHECK(!target_query_decode(&a, SLICE("a%fe"), &value));
    CHECK(!target_query_decode(&a, SLICE("a%g0"), &value));
    CHECK(target_query_decode(&a, SLICE("a%0Ab"), &value));
    CHECK_SLICE(value, "a\nb");
    CHECK(target_query_decode(&a, SLICE_NONE, &value) && value.len == 0);
    arena_release(&a);
}

TEST(find, "a name is found also when it is escaped, and a broken one is passed over")
{
    struct slice query = SLICE("a%=0&x=1&lastEvent%49d=7&lastEventId=8&a+b=9"), value = SLICE("no");
    CHECK(target_query_find(query, SLICE("lastEventId"), &value));
    CHECK_SLICE(value, "7");
    CHECK(target_query_find(query, SLICE("a b"), &value));
    CHECK_SLICE(value, "9");
    CHECK(!target_query_find(query, SLICE("a"), &value));
    CHECK(!target_query_find(query, SLICE("lastEventI"), &value));
    CHECK(!target_query_find(query, SLICE("lastEventIdx"), &value));
    CHECK(!target_query_find(SLICE_NONE, SLICE("a"), &value));
    CHECK_SLICE(value, "9");
}

TEST(match, "patterns are matched segment by segment")
{
    static const struct {
        const char *path, *pattern;
        bool matches;
        const char *first, *second;
    } rows[] = {
        {"/", "/", true, NULL, NULL},
        {"/api/users", "/api/users", true, NULL, NULL},
        {"/api/users/", "/api/users", false, NULL, NULL},
        {"/api/users", "/api/users/", false, NULL, NULL},
        {"/api/user", "/api/users", false, NULL, NULL},
        {"/api/channels/17", "/api/channels/{}", true, "17", NULL},
        {"/api/channels/", "/api/channels/{}", false, NULL, NULL},
        {"/api/channels", "/api/channels/{}", false, NULL, NULL},
        {"/api/channels/17/x", "/api/channels/{}", false, NULL, NULL},
        {"/ws/1/abc/xhr", "/ws/{}/{}/xhr", true, "1", "abc"},
        {"/ws//abc/xhr", "/ws/{}/{}/xhr", false, NULL, NULL},
        {"/static/a/b.css", "/static/{*}", true, "a/b.css", NULL},
        {"/static/", "/static/{*}", true, "", NULL},
        {"/static", "/static/{*}", false, NULL, NULL},
        {"/a/b/c", "/{}/{}/{}", false, NULL, NULL},
        {"/{}", "/x", false, NULL, NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct slice values[2] = {SLICE_NONE, SLICE_NONE};
        CHECK(target_path_match(slice_from_string(rows[i].path), slice_from_string(rows[i].pattern), values,
                                2) == rows[i].matches);
        if (rows[i].matches) {
            CHECK_SLICE(values[0], rows[i].first);
            CHECK_SLICE(values[1], rows[i].second);
        }
    }
}
