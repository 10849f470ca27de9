// SPDX-License-Identifier: MIT
#include "base/slice.h"

static unsigned char lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c | 0x20) : c;
}

bool slice_equals_nocase(struct slice a, struct slice b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.data[i]) != lower(b.data[i]))
            return false;
    }
    return true;
}

int slice_compare(struct slice a, struct slice b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common == 0 ? 0 : memcmp(a.data, b.data, common);
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t';
}

struct slice slice_trim(struct slice s)
{
    while (s.len > 0 && is_blank(s.data[0]))
        s = slice_after(s, 1);
    while (s.len > 0 && is_blank(s.data[s.len - 1]))
        s.len--;
    return s;
}

struct slice slice_cut(struct slice *rest, unsigned char sep)
{
    struct slice whole = *rest;
    const unsigned char *at = whole.len == 0 ? NULL : memchr(whole.data, sep, whole.len);
    if (at == NULL) {
        *rest = SLICE_NONE;
        return whole;
    }
    size_t before = (size_t)(at - whole.data);
    *rest = slice_after(whole, before + 1);
    return slice_of(whole.data, before);
}

bool slice_to_uint(struct slice s, uint64_t max, uint64_t *value)
{
    uint64_t n = 0;
    if (s.len == 0)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9')
            return false;
        uint64_t digit = (uint64_t)(s.data[i] - '0');
        if (digit > max || n > (max - digit) / 10)
            return false;
        n = n * 10 + digit;
    }
    *value = n;
    return true;
}

bool slice_equals_secret(struct slice a, struct slice b)
{
    unsigned char difference = 0;
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        difference |= (unsigned char)(a.data[i] ^ b.data[i]);
    return difference == 0;
}
