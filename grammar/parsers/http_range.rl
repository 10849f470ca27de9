// SPDX-License-Identifier: MIT
#include "wire/http_range.h"

%%{
    machine http_range;
    alphtype unsigned char;

    action first_digit { range.first = add_digit(range.first, *p); }
    action last_begin { range.last = 0; }
    action suffix_begin { range.last = 0; is_suffix = true; }
    action last_digit { range.last = add_digit(range.last, *p); }

    include rfc9110_range "rfc9110_range.rl";
    main := ranges_specifier;
    write data noerror noentry;
}%%

/* What is beyond any file stays beyond it. */
static uint64_t add_digit(uint64_t n, unsigned char digit)
{
    uint64_t value = (uint64_t)(digit - '0');
    return n > (UINT64_MAX - value) / 10 ? UINT64_MAX : n * 10 + value;
}

/* RFC 9110 14.1.2: the last so many octets, or all. */
static enum http_range_verdict take_suffix(uint64_t count, uint64_t length, struct http_range *out)
{
    if (count == 0)
        return HTTP_RANGE_UNSATISFIABLE;
    if (length == 0)
        return HTTP_RANGE_NONE; /* there is no way to say which octets of nothing */
    *out = (struct http_range){.first = count < length ? length - count : 0, .last = length - 1};
    return HTTP_RANGE_ONE;
}

static enum http_range_verdict take_range(struct http_range range, uint64_t length, struct http_range *out)
{
    if (range.last < range.first)
        return HTTP_RANGE_NONE; /* 14.1.1: invalid */
    if (range.first >= length)
        return HTTP_RANGE_UNSATISFIABLE;
    *out = (struct http_range){.first = range.first, .last = range.last < length ? range.last : length - 1};
    return HTTP_RANGE_ONE;
}

enum http_range_verdict http_range_parse(struct slice value, uint64_t length, struct http_range *out)
{
    if (value.len == 0)
        return HTTP_RANGE_NONE;
    const unsigned char *p = value.data, *pe = p + value.len;
    struct http_range range = {.first = 0, .last = UINT64_MAX};
    bool is_suffix = false;
    int cs;
    %% write init;
    %% write exec;
    if (cs < http_range_first_final)
        return HTTP_RANGE_NONE;
    return is_suffix ? take_suffix(range.last, length, out) : take_range(range, length, out);
}
