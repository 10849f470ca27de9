// SPDX-License-Identifier: MIT
//
// The same walk twice, over the segments of a destination and over the octets of a segment: on a mismatch the last wild
// place takes one more, and those before it never have to be tried again.
#include "broker/pattern.h"

#include <assert.h>
#include <string.h>

static const struct slice any_depth = SLICE_INIT("**");

static bool is_wild(unsigned char c)
{
    return c == '*' || c == '?' || c == '{';
}

bool pattern_is(struct slice destination)
{
    for (size_t i = 0; i < destination.len; i++) {
        if (is_wild(destination.data[i]))
            return true;
    }
    return false;
}

static bool is_variable(struct slice segment)
{
    return segment.len > 2 && segment.data[0] == '{' && segment.data[segment.len - 1] == '}';
}

static bool segment_valid(struct slice segment)
{
    struct slice inside = segment;
    if (slice_equals(segment, any_depth))
        return true;
    if (is_variable(segment))
        inside = slice_of(segment.data + 1, segment.len - 2);
    for (size_t i = 0; i < inside.len; i++) {
        unsigned char c = inside.data[i];
        if (c == '{' || c == '}' || (c == ':' && inside.data != segment.data))
            return false;
        if (c == '*' && i > 0 && inside.data[i - 1] == '*')
            return false;
    }
    return inside.data == segment.data || !pattern_is(inside);
}

bool pattern_valid(struct slice pattern)
{
    size_t depths = 0;
    if (pattern.len == 0 || pattern.len > PATTERN_LENGTH)
        return false;
    while (pattern.data != NULL) {
        struct slice segment = slice_cut(&pattern, '/');
        depths += slice_equals(segment, any_depth);
        if (!segment_valid(segment))
            return false;
    }
    return depths <= PATTERN_DEPTHS;
}

static bool segment_matches(struct slice pattern, struct slice text)
{
    size_t p = 0, t = 0, star = SIZE_MAX, taken = 0;
    if (is_variable(pattern))
        return text.len > 0;
    while (t < text.len) {
        if (p < pattern.len && (pattern.data[p] == '?' || pattern.data[p] == text.data[t]) &&
            pattern.data[p] != '*') {
            p++, t++;
        } else if (p < pattern.len && pattern.data[p] == '*') {
            star = p++, taken = t;
        } else if (star != SIZE_MAX) {
            p = star + 1, t = ++taken;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.data[p] == '*')
        p++;
    return p == pattern.len;
}

bool pattern_matches(struct slice pattern, struct slice destination)
{
    struct slice deep = SLICE_NONE,
                 taken = SLICE_NONE; /* what follows the last "**", and what that has left over */
    assert(pattern_valid(pattern));
    while (destination.data != NULL) {
        struct slice rest = destination, wanted = pattern;
        bool more = wanted.data != NULL;
        struct slice segment = more ? slice_cut(&wanted, '/') : SLICE_NONE;
        struct slice text = slice_cut(&rest, '/');
        if (more && slice_equals(segment, any_depth)) {
            if (wanted.data == NULL)
                return true; /* takes all that is left */
            pattern = deep = wanted;
            taken = destination;
        } else if (more && segment_matches(segment, text)) {
            pattern = wanted;
            destination = rest;
        } else if (deep.data != NULL) {
            (void)slice_cut(&taken, '/');
            pattern = deep;
            destination = taken;
        } else {
            return false;
        }
    }
    while (pattern.data != NULL) { /* any number is none, too (PT-2) */
        if (!slice_equals(slice_cut(&pattern, '/'), any_depth))
            return false;
    }
    return true;
}
