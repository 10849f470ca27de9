// SPDX-License-Identifier: MIT
// The Range field (grammar/parsers/http_range.rl) against a reading by hand. The first octet is the length of the file.
#include <stdint.h>

#include "base/object.h"
#include "wire/http_range.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1000 };

/* A number off the front, at most MOST; -1 for none. */
static int number(struct slice *s)
{
    int n = -1;
    while (s->len > 0 && s->data[0] >= '0' && s->data[0] <= '9') {
        n = (n < 0 ? 0 : n) * 10 + (s->data[0] - '0');
        n = n > MOST ? MOST : n;
        *s = slice_after(*s, 1);
    }
    return n;
}

static enum http_range_verdict judge(int first, int last, int length, struct http_range *range)
{
    if (first < 0 && last < 0)
        return HTTP_RANGE_NONE;
    if (first < 0 && last == 0)
        return HTTP_RANGE_UNSATISFIABLE;
    if (first < 0 && length == 0)
        return HTTP_RANGE_NONE;
    if (first < 0) {
        first = last < length ? length - last : 0;
        last = length - 1;
    } else if (last < 0) {
        last = MOST;
    }
    if (last < first)
        return HTTP_RANGE_NONE;
    if (first >= length)
        return HTTP_RANGE_UNSATISFIABLE;
    *range = (struct http_range){(uint64_t)first, (uint64_t)(last < length ? last : length - 1)};
    return HTTP_RANGE_ONE;
}

static enum http_range_verdict by_hand(struct slice s, int length, struct http_range *range)
{
    if (s.len < 6 || !slice_equals_nocase(slice_of(s.data, 6), SLICE("bytes=")))
        return HTTP_RANGE_NONE;
    s = slice_trim(slice_after(s, 6));
    int first = number(&s);
    if (s.len == 0 || s.data[0] != '-')
        return HTTP_RANGE_NONE;
    s = slice_after(s, 1);
    int last = number(&s);
    return s.len > 0 ? HTTP_RANGE_NONE : judge(first, last, length, range);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct http_range got = {0, 0}, wanted = {0, 0};
    struct slice value = slice_of(data + 1, size - 1);
    enum http_range_verdict verdict = http_range_parse(value, data[0], &got);
    enum http_range_verdict expected = by_hand(value, data[0], &wanted);
    /* Numbers over MOST are the same to the one by hand: first and last may seem equal that are not. */
    if (expected == HTTP_RANGE_ONE || verdict == HTTP_RANGE_ONE || size < 12)
        assert(verdict == expected && got.first == wanted.first && got.last == wanted.last);
    assert(verdict != HTTP_RANGE_ONE || (got.first <= got.last && got.last < data[0]));
    return 0;
}
