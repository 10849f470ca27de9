// SPDX-License-Identifier: MIT
// The machines of wire/target.h judge what is raw; whatever passes is then decoded without further questions.
#include "wire/target.h"

#include "base/utf8.h"

%%{
    machine target_path;
    alphtype unsigned char;
    include rfc3986 "rfc3986.rl";

    # Escapes that stand for no control octet and for no "/", which would make two segments of one.
    path_escape = "%" ( [3-689A-Fa-f] xdigit | [27] ( xdigit - [Ff] ) );
    dot = "." | "%2" [Ee];
    # 3.3, without the dot segments of 5.2.4.
    segment = ( pchar_octet | path_escape )* - ( dot | dot dot );
    main := ( "/" segment )+;
    write data noerror noentry;
}%%

%%{
    machine target_query;
    alphtype unsigned char;
    include rfc3986 "rfc3986.rl";

    # Any escape but that of NUL, which no text of ours may hold.
    text_escape = pct_encoded - "%00";
    main := ( query_octet | text_escape )*;
    write data noerror noentry;
}%%

static bool is_path(struct slice raw)
{
    if (raw.len == 0)
        return false;
    const unsigned char *p = raw.data, *pe = p + raw.len;
    int cs;
    %% machine target_path;
    %% write init;
    %% write exec;
    return cs >= target_path_first_final;
}

static bool is_query_text(struct slice raw)
{
    if (raw.len == 0)
        return true;
    const unsigned char *p = raw.data, *pe = p + raw.len;
    int cs;
    %% machine target_query;
    %% write init;
    %% write exec;
    return cs >= target_query_first_final;
}

static unsigned hex_value(unsigned char digit)
{
    return digit <= '9' ? digit - (unsigned)'0' : (digit | 0x20u) - 'a' + 10u;
}

/* The next octet of text that a machine has passed. */
static unsigned char take_octet(struct slice *raw, bool plus_is_blank)
{
    unsigned char octet = raw->data[0];
    size_t len = 1;
    if (octet == '%') {
        octet = (unsigned char)(hex_value(raw->data[1]) * 16 + hex_value(raw->data[2]));
        len = 3;
    } else if (octet == '+' && plus_is_blank) {
        octet = ' ';
    }
    *raw = slice_after(*raw, len);
    return octet;
}

static bool needs_decoding(struct slice raw, bool plus_is_blank)
{
    return raw.len > 0 && (memchr(raw.data, '%', raw.len) != NULL ||
                           (plus_is_blank && memchr(raw.data, '+', raw.len) != NULL));
}

static bool decode(struct arena *a, struct slice raw, bool plus_is_blank, struct slice *text)
{
    if (!needs_decoding(raw, plus_is_blank)) {
        *text = raw;
        return true;
    }
    unsigned char *out = arena_alloc(a, raw.len);
    size_t len = 0;
    if (out == NULL)
        return false;
    while (raw.len > 0)
        out[len++] = take_octet(&raw, plus_is_blank);
    *text = slice_of(out, len);
    return utf8_valid(*text);
}

void target_split(struct slice target, struct slice *path, struct slice *query)
{
    *query = target;
    *path = slice_cut(query, '?');
}

bool target_path_decode(struct arena *a, struct slice raw, struct slice *path)
{
    return is_path(raw) && decode(a, raw, false, path);
}

bool target_query_decode(struct arena *a, struct slice raw, struct slice *value)
{
    return is_query_text(raw) && decode(a, raw, true, value);
}

bool target_query_next(struct slice *rest, struct slice *name, struct slice *value)
{
    while (rest->data != NULL) {
        struct slice pair = slice_cut(rest, '&');
        if (pair.len == 0)
            continue;
        *value = pair;
        *name = slice_cut(value, '=');
        if (value->data == NULL)
            *value = slice_after(pair, pair.len);
        return true;
    }
    return false;
}

static bool decodes_to(struct slice raw, struct slice name)
{
    if (!is_query_text(raw))
        return false;
    while (raw.len > 0 && name.len > 0 && take_octet(&raw, true) == name.data[0])
        name = slice_after(name, 1);
    return raw.len == 0 && name.len == 0;
}

bool target_query_find(struct slice query, struct slice name, struct slice *value)
{
    struct slice found, content;
    while (target_query_next(&query, &found, &content)) {
        if (decodes_to(found, name)) {
            *value = content;
            return true;
        }
    }
    return false;
}

bool target_path_match(struct slice path, struct slice pattern, struct slice *values, size_t most)
{
    size_t taken = 0;
    while (pattern.data != NULL && path.data != NULL) {
        struct slice wanted = slice_cut(&pattern, '/');
        bool takes_rest = slice_equals(wanted, SLICE("{*}"));
        struct slice segment = takes_rest ? path : slice_cut(&path, '/');
        if (!takes_rest && !slice_equals(wanted, SLICE("{}"))) {
            if (!slice_equals(segment, wanted))
                return false;
            continue;
        }
        if (taken == most || (segment.len == 0 && !takes_rest))
            return false;
        values[taken++] = segment;
        if (takes_rest)
            return true;
    }
    return pattern.data == NULL && path.data == NULL;
}
