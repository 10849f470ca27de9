// SPDX-License-Identifier: MIT
#include "broker/pattern.h"

#include "support/test.h"

static bool matches(const char *pattern, const char *destination)
{
    struct slice p = slice_from_string(pattern);
    CHECK(pattern_valid(p));
    return pattern_matches(p, slice_from_string(destination));
}

struct row {
    const char *pattern, *destination;
    bool expected;
};

static void check(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK_INT(matches(rows[i].pattern, rows[i].destination), rows[i].expected);
}

TEST(segments, "PT-1 PT-3 PT-4 PT-6: a star, a question mark and a name stay within their segment")
{
    static const struct row rows[] = {
        {"/topic/*", "/topic/a", true},
        {"/topic/*", "/topic", false},
        {"/topic/*", "/topic/a/b", false},
        {"/topic/*", "/topic/", true},
        {"/topic/p?ce", "/topic/pace", true},
        {"/topic/p?ce", "/topic/pce", false},
        {"/topic/p?ce", "/topic/p/ce", false},
        {"/topic/*.stock", "/topic/x.stock", true},
        {"/topic/*.stock", "/topic/.stock", true},
        {"/topic/*.stock", "/topic/x.stocks", false},
        {"/topic/a*b*c", "/topic/abbxbc", true},
        {"/topic/a*b*c", "/topic/abbxb", false},
        {"/topic/*a", "/topic/aaab", false},
        {"/topic/{id}", "/topic/x", true},
        {"/topic/{id}", "/topic/", false},
        {"/topic/{id}", "/topic/x/y", false},
        {"/topic/{id}/z", "/topic/x/z", true},
        {"/topic/a", "/topic/a", true},
        {"/topic/a", "/topic/A", false},
    };
    check(rows, ARRAY_LEN(rows));
}

TEST(depths, "PT-2 PT-5: two stars are any number of segments, none too")
{
    static const struct row rows[] = {
        {"/topic/**", "/topic", true},
        {"/topic/**", "/topic/a", true},
        {"/topic/**", "/topic/a/b", true},
        {"/topic/**", "/topica", false},
        {"/topic/**/end", "/topic/end", true},
        {"/topic/**/end", "/topic/a/b/end", true},
        {"/topic/**/end", "/topic/a/end/c", false},
        {"/topic/**/end", "/topic/end/c/end", true},
        {"/**/a/**/b", "/x/a/y/a/z/b", true},
        {"/**/a/**/b", "/x/b/y/a", false},
        {"/a/**/**", "/a", true},
        {"**", "anything/at/all", true},
        {"**", "", true},
        {"/**", "/", true},
    };
    check(rows, ARRAY_LEN(rows));
}

TEST(separators, "PT-9 PT-10: a separator at either end is in both, or in neither")
{
    static const struct row rows[] = {
        {"topic/*", "/topic/a", false},   {"/topic/*", "topic/a", false},   {"topic/*", "topic/a", true},
        {"/topic/a/", "/topic/a", false}, {"/topic/a", "/topic/a/", false}, {"/topic/a/", "/topic/a/", true},
    };
    check(rows, ARRAY_LEN(rows));
}

TEST(valid, "PT-11 PT-12: what may cost too much, or is meant as an expression, is no pattern")
{
    static const struct {
        const char *pattern;
        bool valid;
    } rows[] = {
        {"/a/**/b/**/c/**/d/**/e/**/f/**/g/**/h/**", true},
        {"/**/a/**/b/**/c/**/d/**/e/**/f/**/g/**/h/**", false},
        {"/a**", false},
        {"/**a", false},
        {"/***", false},
        {"/{id}", true},
        {"/{id:[0-9]+}", false},
        {"/{}", false},
        {"/a{id}", false},
        {"/{id", false},
        {"/{a*}", false},
        {"", false},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++)
        CHECK_INT(pattern_valid(slice_from_string(rows[i].pattern)), rows[i].valid);
    char longest[PATTERN_LENGTH + 1];
    memset(longest, 'a', sizeof longest);
    CHECK(pattern_valid(slice_of(longest, PATTERN_LENGTH)));
    CHECK(!pattern_valid(slice_of(longest, PATTERN_LENGTH + 1)));
    CHECK(pattern_is(SLICE("/a/*")) && pattern_is(SLICE("/a?")) && pattern_is(SLICE("/{x}")));
    CHECK(!pattern_is(SLICE("/topic/a.b")) && !pattern_is(SLICE("")));
}
