// SPDX-License-Identifier: MIT
// The machines of wire/media_type.h.
#include "wire/media_type.h"

%%{
    machine media_type;
    alphtype unsigned char;

    action type_begin { mark = p; }
    action type_end { m->type = slice_of(mark, (size_t)(p - mark)); }
    action subtype_begin { mark = p; }
    action subtype_end { m->subtype = slice_of(mark, (size_t)(p - mark)); }
    action name_begin { mark = p; }
    action name_end { name = slice_of(mark, (size_t)(p - mark)); }
    action value_begin { mark = p; }
    action value_end { fits = fits && add(m, name, slice_of(mark, (size_t)(p - mark))); }
    action quote_begin { mark = p + 1; }
    action quote_end { fits = fits && add(m, name, slice_of(mark, (size_t)(p - mark))); }

    include rfc9110_media_type "rfc9110_media_type.rl";

    main := media_type;
    write data noerror noentry;
}%%

%%{
    machine boundary;
    alphtype unsigned char;
    include rfc2046 "rfc2046.rl";
    main := boundary;
    write data noerror noentry;
}%%

static bool add(struct media_type *m, struct slice name, struct slice value)
{
    if (m->count == MEDIA_TYPE_PARAMETERS_MAX || media_type_parameter(m, name).data != NULL)
        return false;
    m->parameters[m->count++] = (struct media_type_parameter){name, value};
    return true;
}

bool media_type_parse(struct slice value, struct media_type *m)
{
    struct slice whole = slice_trim(value), name = SLICE_NONE;
    *m = (struct media_type){.count = 0};
    if (whole.len == 0)
        return false;
    const unsigned char *p = whole.data, *pe = p + whole.len, *eof = pe, *mark = p;
    bool fits = true;
    int cs;
    %% machine media_type;
    %% write init;
    %% write exec;
    return cs >= media_type_first_final && fits;
}

static bool is_boundary(struct slice s)
{
    if (s.len == 0 || s.len > MEDIA_TYPE_BOUNDARY_MAX)
        return false;
    const unsigned char *p = s.data, *pe = p + s.len;
    int cs;
    %% machine boundary;
    %% write init;
    %% write exec;
    return cs >= boundary_first_final;
}

bool media_type_is(const struct media_type *m, struct slice type, struct slice subtype)
{
    return slice_equals_nocase(m->type, type) && slice_equals_nocase(m->subtype, subtype);
}

struct slice media_type_parameter(const struct media_type *m, struct slice name)
{
    for (size_t i = 0; i < m->count; i++) {
        if (slice_equals_nocase(m->parameters[i].name, name))
            return m->parameters[i].value;
    }
    return SLICE_NONE;
}

bool media_type_boundary(const struct media_type *m, struct slice *boundary)
{
    struct slice value = media_type_parameter(m, SLICE("boundary"));
    if (!slice_equals_nocase(m->type, SLICE("multipart")) || !is_boundary(value))
        return false;
    *boundary = value;
    return true;
}

bool media_type_is_utf8(const struct media_type *m)
{
    struct slice charset = media_type_parameter(m, SLICE("charset"));
    return charset.data == NULL || slice_equals_nocase(charset, SLICE("utf-8")) ||
           slice_equals_nocase(charset, SLICE("utf8"));
}
