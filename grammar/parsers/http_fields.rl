// SPDX-License-Identifier: MIT
// The machines of wire/http_fields.h: each judges or walks one whole field value.
#include "wire/http_fields.h"

#include "wire/skip.h"

%%{
    machine http_token;
    alphtype unsigned char;
    include rfc9110 "rfc9110.rl";
    main := token;
    write data noerror noentry;
}%%

%%{
    machine http_value;
    alphtype unsigned char;
    include rfc9110 "rfc9110.rl";
    main := field_octet*;
    write data noerror noentry;
}%%

%%{
    machine http_host;
    alphtype unsigned char;
    include rfc3986 "rfc3986.rl";
    # RFC 9110 7.2. An IP literal ends in "]", so the last ":" outside of it stands before the port.
    action skip_host { p = skip_host(p, stop); }
    action name_end { name_len = (size_t)(p - value.data); }
    reg_name = ( reg_name_octet $skip_host | pct_encoded )+;
    main := ( IP_literal | reg_name ) %name_end ( ":" port )?;
    write data noerror noentry;
}%%

%%{
    machine http_list;
    alphtype unsigned char;
    include rfc9110 "rfc9110.rl";
    # RFC 9110 5.6.1: one element and the comma behind it. What is no quoted string is passed over as it is.
    quoted = DQUOTE ( ( any - [\\"] ) | "\\" any )* DQUOTE;
    main := ( ( any - [",] ) | quoted )* ( "," @{ comma = p; fbreak; } )?;
    write data noerror nofinal noentry;
}%%

%%{
    machine http_etag;
    alphtype unsigned char;
    include rfc9110 "rfc9110.rl";
    # RFC 9110 8.8.3 and 13.1.2: one entity tag of a list, with the comma behind it.
    action tag_begin { tag = p; }
    action tag_end { tag_len = (size_t)(p + 1 - tag); }
    main := ( SP | HTAB | "," )* ( "W/" )? opaque_tag >tag_begin @tag_end OWS ( "," @{ fbreak; } )?;
    write data noerror noentry;
}%%

bool http_is_token(struct slice s)
{
    if (s.len == 0)
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    %% machine http_token;
    %% write init;
    %% write exec;
    return cs >= http_token_first_final;
}

bool http_is_field_value(struct slice s)
{
    if (s.len == 0)
        return true;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    %% machine http_value;
    %% write init;
    %% write exec;
    return cs >= http_value_first_final;
}

/* Octets of the host in a Host value; 0 when it is none. */
static size_t host_len(struct slice value)
{
    if (value.len == 0)
        return 0;
    const unsigned char *p = value.data, *pe = p + value.len, *eof = pe, *stop = skip_stop(p, pe);
    size_t name_len = 0;
    int cs;
    %% machine http_host;
    %% write init;
    %% write exec;
    return cs >= http_host_first_final ? name_len : 0;
}

bool http_is_host(struct slice value)
{
    return host_len(value) > 0;
}

struct slice http_host_name(struct slice value)
{
    return slice_of(value.data, host_len(value));
}

bool http_list_next(struct slice *rest, struct slice *element)
{
    while (rest->len > 0) {
        const unsigned char *p = rest->data, *pe = p + rest->len, *comma = NULL;
        struct slice whole = *rest;
        int cs;
        %% machine http_list;
        %% write init;
        %% write exec;
        (void)cs;
        size_t len = comma == NULL ? whole.len : (size_t)(comma - whole.data);
        *element = slice_trim(slice_of(whole.data, len));
        *rest = comma == NULL ? SLICE_NONE : slice_after(whole, len + 1);
        if (element->len > 0)
            return true;
    }
    return false;
}

bool http_list_has_token(struct slice value, struct slice token)
{
    struct slice element;
    if (slice_equals_nocase(value, token))
        return true;
    while (http_list_next(&value, &element)) {
        if (slice_equals_nocase(element, token))
            return true;
    }
    return false;
}

/* Takes one entity tag, without its "W/", off the list; SLICE_NONE for an element that is none. */
static struct slice etag_next(struct slice *rest)
{
    const unsigned char *p = rest->data, *pe = p + rest->len, *tag = NULL;
    size_t tag_len = 0;
    int cs;
    %% machine http_etag;
    %% write init;
    %% write exec;
    if (cs < http_etag_first_final) {
        slice_cut(rest, ',');
        return SLICE_NONE;
    }
    *rest = p == pe ? SLICE_NONE : slice_after(*rest, (size_t)(p - rest->data));
    return slice_of(tag, tag_len);
}

bool http_etag_matches(struct slice value, struct slice etag)
{
    struct slice own = slice_starts_with(etag, SLICE("W/")) ? slice_after(etag, 2) : etag;
    if (slice_equals(slice_trim(value), SLICE("*")))
        return true;
    while (value.len > 0) {
        struct slice tag = etag_next(&value);
        if (tag.data != NULL && slice_equals(tag, own))
            return true;
    }
    return false;
}
