// SPDX-License-Identifier: MIT
// The machines of wire/cookie.h: one pair of the list, and what Set-Cookie may carry.
#include "wire/cookie.h"

#include "wire/http_fields.h"

%%{
    machine cookie;
    alphtype unsigned char;

    include rfc6265 "rfc6265.rl";

    main := cookie_pair;
    write data noerror noentry;
}%%

%%{
    machine cookie_path;
    alphtype unsigned char;

    include rfc6265 "rfc6265.rl";
    main := path_value;
    write data noerror noentry;
}%%

%%{
    machine cookie_value;
    alphtype unsigned char;
    include rfc6265 "rfc6265.rl";
    main := cookie_value;
    write data noerror noentry;
}%%

static struct slice unquoted(struct slice value)
{
    if (value.len < 2 || value.data[0] != '"')
        return value;
    return slice_of(value.data + 1, value.len - 2);
}

static bool parse_pair(struct slice pair, struct slice *name, struct slice *value)
{
    if (pair.len == 0)
        return false;
    const unsigned char *p = pair.data, *pe = p + pair.len;
    int cs;
    %% machine cookie;
    %% write init;
    %% write exec;
    if (cs < cookie_first_final)
        return false;
    *name = slice_cut(&pair, '='); /* a name has none */
    *value = unquoted(pair);
    return true;
}

/* ";" divides even where somebody meant to quote it: no browser sends it within a value. */
bool cookie_next(struct slice *rest, struct slice *name, struct slice *value)
{
    while (rest->data != NULL) {
        if (parse_pair(slice_trim(slice_cut(rest, ';')), name, value))
            return true;
    }
    return false;
}

bool cookie_find(struct slice header, struct slice name, struct slice *value)
{
    struct slice found, content;
    while (cookie_next(&header, &found, &content)) {
        if (slice_equals(found, name)) {
            *value = content;
            return true;
        }
    }
    return false;
}

static bool is_cookie_value(struct slice s)
{
    if (s.len == 0)
        return true;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    %% machine cookie_value;
    %% write init;
    %% write exec;
    return cs >= cookie_value_first_final;
}

bool cookie_is_pair(struct slice name, struct slice value)
{
    return http_is_token(name) && is_cookie_value(value);
}

bool cookie_is_path(struct slice path)
{
    if (path.len == 0)
        return true;
    const unsigned char *p = path.data, *pe = p + path.len;
    int cs;
    %% machine cookie_path;
    %% write init;
    %% write exec;
    return cs >= cookie_path_first_final;
}
