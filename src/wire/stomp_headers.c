// SPDX-License-Identifier: MIT
#include "wire/stomp_headers.h"

#include "base/object.h"
#include "wire/stomp_escape.h"

const char *stomp_command_name(enum stomp_command command)
{
    static const char *const names[] = {
#define X(name) #name,
        STOMP_COMMANDS(X)
#undef X
    };
    assert((size_t)command < ARRAY_LEN(names));
    return names[command];
}

static bool decode_part(unsigned char *octets, uint32_t from, uint32_t *len, enum stomp_dialect dialect,
                        bool lenient, uint32_t *fault)
{
    size_t n = *len;
    bool ok = stomp_unescape(octets + from, &n, dialect, lenient);
    if (ok)
        *len = (uint32_t)n;
    else if (*fault == 0)
        *fault = from + (uint32_t)n;
    return ok;
}

uint32_t stomp_headers_decode(struct stomp_header *headers, uint32_t count, unsigned char *octets,
                              enum stomp_dialect dialect, bool lenient)
{
    uint32_t fault = 0;
    for (struct stomp_header *h = headers; h < headers + count; h++) {
        bool name = decode_part(octets, h->name, &h->name_len, dialect, lenient, &fault);
        bool value = decode_part(octets, h->value, &h->value_len, dialect, lenient, &fault);
        if (!name || !value)
            h->name_len = 0;
    }
    return fault;
}

const struct stomp_header *stomp_headers_find(const struct stomp_header *headers, uint32_t count,
                                              const unsigned char *octets, struct slice name)
{
    for (uint32_t i = 0; i < count; i++) {
        if (headers[i].name_len == name.len && memcmp(octets + headers[i].name, name.data, name.len) == 0)
            return &headers[i];
    }
    return NULL;
}

bool stomp_frame_header(const struct stomp_frame *f, struct slice name, struct slice *value)
{
    const struct stomp_header *h = stomp_headers_find(f->headers, f->header_count, f->octets, name);
    if (h != NULL)
        *value = slice_of(f->octets + h->value, h->value_len);
    return h != NULL;
}

enum error stomp_length_read(struct slice value, uint32_t limit, uint32_t *length)
{
    uint64_t n = 0;
    if (value.len == 0)
        return ERR_STOMP_LENGTH;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return ERR_STOMP_LENGTH;
        n = n * 10 + (unsigned)(value.data[i] - '0');
        n = n > limit ? (uint64_t)limit + 1 : n;
    }
    *length = (uint32_t)n;
    return ERR_NONE;
}
