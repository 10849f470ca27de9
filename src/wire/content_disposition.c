// SPDX-License-Identifier: MIT
#include "wire/content_disposition.h"

#include "wire/http_response.h"

enum { FIELD = 8 * 1024 };

static bool is_alphanumeric(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* RFC 8187 3.2.1 */
static bool is_attr_char(unsigned char c)
{
    return is_alphanumeric(c) || (c != '\0' && strchr("!#$&+-.^_`|~", c) != NULL);
}

/* What every client takes for itself between quotes: no escape of any kind (RFC 6266 appendix D). */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c < 0x7F && c != '"' && c != '\\' && c != '%';
}

static bool is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* One "_" for each character that is not plain. Returns whether all were. */
static bool write_ascii(struct buf *value, struct slice name)
{
    bool is_all = true;
    for (size_t i = 0; i < name.len; i++) {
        bool plain = is_plain(name.data[i]);
        is_all &= plain;
        if (plain || !is_tail(name.data[i]))
            buf_append_octet(value, plain ? name.data[i] : '_');
    }
    return is_all;
}

static void write_extended(struct buf *value, struct slice name)
{
    buf_append_string(value, "; filename*=UTF-8''");
    for (size_t i = 0; i < name.len; i++) {
        if (is_attr_char(name.data[i]))
            buf_append_octet(value, name.data[i]);
        else
            buf_printf(value, "%%%02X", name.data[i]);
    }
}

bool content_disposition_write(struct buf *fields, struct slice name)
{
    struct buf value;
    buf_init(&value, FIELD);
    buf_append_string(&value, "attachment; filename=\"");
    bool is_all = write_ascii(&value, name);
    buf_append_octet(&value, '"');
    if (!is_all)
        write_extended(&value, name);
    if (buf_ok(&value))
        http_response_field(fields, SLICE("Content-Disposition"), buf_slice(&value));
    else
        fields->failed = true;
    buf_release(&value);
    return buf_ok(fields);
}
