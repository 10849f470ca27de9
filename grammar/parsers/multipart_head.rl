// SPDX-License-Identifier: MIT
// The machines of wire/multipart_head.h: the lines behind a boundary, and the value of Content-Disposition.
#include "wire/multipart_head.h"

#include "base/object.h"
#include "base/utf8.h"

#define AT(p) ((uint32_t)((p) - base))

static bool take_field(struct multipart_head *h, unsigned char *base, uint32_t value_end);

%%{
    machine multipart_head;
    alphtype unsigned char;
    access h->;

    action name_begin { h->mark = AT(p); }
    action name_end { h->name_len = AT(p) - h->mark; }
    action value_begin { h->value_at = AT(p); }
    action field_end {
        if (!take_field(h, base, AT(p) - 1))
            fbreak;
    }
    action head_end {
        h->result = MULTIPART_HEAD_PART;
        fbreak;
    }
    action close {
        h->result = MULTIPART_HEAD_CLOSE;
        fbreak;
    }
    action refuse { refuse(h, ERR_BAD_REQUEST, AT(p)); }

    include rfc7578 "rfc7578.rl";

    main := after_boundary $err(refuse);
    write data noerror noentry;
}%%

%%{
    machine disposition;
    alphtype unsigned char;

    action name_begin { mark = p; }
    action name_end { name = slice_of(mark, (size_t)(p - mark)); }
    action value_begin { mark = p; }
    action value_end { fits = fits && take_parameter(h, base, name, span(base, mark, p)); }
    action quote_begin { mark = p + 1; }
    action quote_end { fits = fits && take_parameter(h, base, name, unescaped(base, mark, p)); }

    include rfc2183 "rfc2183.rl";

    main := disposition;
    write data noerror noentry;
}%%

static void refuse(struct multipart_head *h, enum error error, uint32_t at)
{
    h->result = MULTIPART_HEAD_ERROR;
    h->error = error;
    h->error_at = at;
}

static struct multipart_span span(const unsigned char *base, const unsigned char *from, const unsigned char *to)
{
    return (struct multipart_span){AT(from), (uint32_t)(to - from)};
}

/* Takes the escapes of a quoted string out, where it stands. */
static struct multipart_span unescaped(unsigned char *base, const unsigned char *from, const unsigned char *to)
{
    unsigned char *out = base + AT(from);
    for (const unsigned char *in = from; in < to; in++) {
        if (*in == '\\' && in + 1 < to && (in[1] == '\\' || in[1] == '"'))
            in++;
        *out++ = *in;
    }
    return span(base, from, out);
}

/* False for a parameter that comes twice or is not UTF-8. Others than these two are for somebody else; RFC 7578
 * 4.2 forbids filename*. */
static bool take_parameter(struct multipart_head *h, const unsigned char *base, struct slice name,
                           struct multipart_span value)
{
    bool is_name = slice_equals_nocase(name, SLICE("name"));
    bool *seen = is_name ? &h->has_name : &h->has_filename;
    if (!is_name && !slice_equals_nocase(name, SLICE("filename")))
        return true;
    if (*seen || !utf8_valid(slice_of(base + value.at, value.len)))
        return false;
    *seen = true;
    *(is_name ? &h->name : &h->filename) = value;
    return true;
}

static enum error take_disposition(struct multipart_head *h, unsigned char *base, struct multipart_span value)
{
    const unsigned char *p = base + value.at, *pe = p + value.len, *eof = pe, *mark = p;
    struct slice name = SLICE_NONE;
    bool fits = !h->has_name;
    int cs;
    %% machine disposition;
    %% write init;
    %% write exec;
    return cs >= disposition_first_final && fits && h->has_name ? ERR_NONE : ERR_BAD_REQUEST;
}

static enum error take_type(struct multipart_head *h, unsigned char *base, struct multipart_span value)
{
    (void)base;
    if (h->has_type)
        return ERR_BAD_REQUEST;
    h->has_type = true;
    h->type = value;
    return ERR_NONE;
}

/* RFC 7578 4.7: deprecated; only what changes no octet is served. */
static enum error take_encoding(struct multipart_head *h, unsigned char *base, struct multipart_span value)
{
    static const struct slice plain[] = {SLICE_INIT("7bit"), SLICE_INIT("8bit"), SLICE_INIT("binary")};
    (void)h;
    for (size_t i = 0; i < ARRAY_LEN(plain); i++) {
        if (slice_equals_nocase(slice_of(base + value.at, value.len), plain[i]))
            return ERR_NONE;
    }
    return ERR_UNSUPPORTED_MEDIA_TYPE;
}

static const struct {
    struct slice name;
    enum error (*take)(struct multipart_head *, unsigned char *base, struct multipart_span value);
} fields[] = {
    {SLICE_INIT("content-disposition"), take_disposition},
    {SLICE_INIT("content-type"), take_type},
    {SLICE_INIT("content-transfer-encoding"), take_encoding},
};

static bool take_field(struct multipart_head *h, unsigned char *base, uint32_t value_end)
{
    struct slice value = slice_trim(slice_of(base + h->value_at, value_end - h->value_at));
    struct slice name = slice_of(base + h->mark, h->name_len);
    for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
        if (!slice_equals_nocase(name, fields[i].name))
            continue;
        enum error error = fields[i].take(h, base, span(base, value.data, value.data + value.len));
        if (error != ERR_NONE)
            refuse(h, error, h->mark);
        return error == ERR_NONE;
    }
    return true;
}

void multipart_head_init(struct multipart_head *h)
{
    *h = (struct multipart_head){.result = MULTIPART_HEAD_MORE};
    %% machine multipart_head;
    %% write init;
}

enum multipart_head_result multipart_head_execute(struct multipart_head *h, unsigned char *base, size_t len)
{
    const unsigned char *p = base + h->nread, *pe = base + len, *eof = NULL;
    if (h->result == MULTIPART_HEAD_ERROR || h->result == MULTIPART_HEAD_PART || h->nread == len)
        return h->result;
    %% machine multipart_head;
    %% write exec;
    h->nread = AT(p);
    if (h->result == MULTIPART_HEAD_PART && !h->has_name)
        refuse(h, ERR_BAD_REQUEST, h->nread);
    return h->result;
}

bool multipart_head_may_end(const struct multipart_head *h)
{
    return h->result == MULTIPART_HEAD_CLOSE && h->cs >= multipart_head_first_final;
}
