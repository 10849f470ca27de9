// SPDX-License-Identifier: MIT
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/object.h"

enum { BUF_FIRST = 256 };

void buf_init(struct buf *b, size_t limit)
{
    *b = (struct buf){.limit = limit < BUF_MOST ? (uint32_t)limit : BUF_MOST};
}

void buf_release(struct buf *b)
{
    free(b->data);
    buf_init(b, b->limit);
}

void buf_clear(struct buf *b)
{
    b->len = 0;
    b->failed = false;
}

bool buf_valid(const struct buf *b)
{
    return b->len <= b->room && b->len <= b->limit && (b->room == 0) == (b->data == NULL);
}

unsigned char *buf_reserve(struct buf *b, size_t n)
{
    assert(buf_valid(b));
    if (b->failed || n > b->limit - b->len) {
        b->failed = true;
        return NULL;
    }
    if (n > b->room - b->len) {
        size_t room = b->room < BUF_FIRST ? BUF_FIRST : b->room * 2;
        while (room < b->len + n)
            room *= 2;
        unsigned char *data = realloc(b->data, room);
        if (data == NULL) {
            b->failed = true;
            return NULL;
        }
        b->data = data;
        b->room = (uint32_t)room;
    }
    return b->data + b->len;
}

void buf_extend(struct buf *b, size_t n)
{
    assert(n <= b->room - b->len);
    b->len += (uint32_t)n;
}

bool buf_append(struct buf *b, struct slice s)
{
    if (s.len == 0)
        return buf_ok(b);
    unsigned char *to = buf_reserve(b, s.len);
    if (to == NULL)
        return false;
    memcpy(to, s.data, s.len);
    buf_extend(b, s.len);
    return true;
}

bool buf_append_string(struct buf *b, const char *s)
{
    return buf_append(b, slice_from_string(s));
}

bool buf_append_octet(struct buf *b, unsigned char octet)
{
    return buf_append(b, slice_of(&octet, 1));
}

bool buf_append_uint(struct buf *b, uint64_t n)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    return buf_append(b, slice_of(digits + at, sizeof digits - at));
}

bool buf_printf(struct buf *b, const char *format, ...)
{
    char text[1024];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert(len >= 0 && (size_t)len < sizeof text);
    return buf_append(b, slice_of(text, (size_t)len));
}

void buf_consume(struct buf *b, size_t n)
{
    assert(n <= b->len);
    if (n == b->len) {
        buf_release(b);
        return;
    }
    memmove(b->data, b->data + n, b->len - n);
    b->len -= (uint32_t)n;
}

unsigned char *buf_detach(struct buf *b, size_t *len)
{
    unsigned char *data = b->data;
    *len = b->len;
    buf_init(b, b->limit);
    return data;
}
