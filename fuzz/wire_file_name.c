// SPDX-License-Identifier: MIT
// Names of files: cleaned once they are clean, they fit, and an answer that carries one is one field, out of which the name
// is read back.
#include <stdint.h>
#include <stdlib.h>

#include "base/object.h"
#include "base/utf8.h"
#include "wire/content_disposition.h"
#include "wire/file_name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool has(struct slice s, const char *what)
{
    return memmem(s.data, s.len, what, strlen(what)) != NULL;
}

static void judge_name(struct slice name)
{
    assert(name.len > 0 && utf8_valid(name) && utf8_length(name) <= FILE_NAME_CHARACTERS);
    assert(!has(name, "/") && !has(name, "\\") && !has(name, "\xE2\x80\xAE") && !has(name, "\xE2\x81\xA6"));
    for (size_t i = 0; i < name.len; i++)
        assert(name.data[i] >= 0x20 && name.data[i] != 0x7F);
    assert(!slice_equals(name, SLICE(".")) && !slice_equals(name, SLICE("..")));
}

static unsigned digit(unsigned char c)
{
    return c <= '9' ? (unsigned)(c - '0') : (unsigned)(c - 'A') + 10;
}

/* What filename* says, or filename where there is none. */
static void judge_field(struct slice name)
{
    struct buf fields, back;
    buf_init(&fields, 1 << 16);
    buf_init(&back, 1 << 16);
    assert(content_disposition_write(&fields, name));
    struct slice all = buf_slice(&fields);
    assert(all.len > 2 && memchr(all.data, '\n', all.len) == all.data + all.len - 1);
    static const char plain[] = "filename=\"", extended[] = "; filename*=UTF-8''";
    const unsigned char *end = all.data + all.len - 2;
    const unsigned char *p =
        (const unsigned char *)memmem(all.data, all.len, plain, sizeof plain - 1) + sizeof plain - 1;
    const unsigned char *quote = memchr(p, '"', (size_t)(end - p));
    if (quote + 1 == end)
        buf_append(&back, slice_of(p, (size_t)(quote - p)));
    else
        assert(
            slice_starts_with(slice_of(quote + 1, (size_t)(end - quote - 1)), slice_from_string(extended)));
    for (p = quote + sizeof extended; p < end; p++) {
        buf_append_octet(&back, *p == '%' ? (unsigned char)(digit(p[1]) << 4 | digit(p[2])) : *p);
        p += *p == '%' ? 2 : 0;
    }
    assert(slice_equals(buf_slice(&back), name));
    buf_release(&fields);
    buf_release(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice raw = slice_of(data, size);
    if (!utf8_valid(raw))
        return 0;
    unsigned char *room = malloc(size + 1), *again = malloc(size + 5);
    assert(room != NULL && again != NULL);
    struct slice name = file_name_clean(raw, room);
    judge_name(name);
    if (!has(name, "%22") && !has(name, "%0")) {
        struct slice twice = file_name_clean(name, again);
        assert(slice_equals(name, twice));
    }
    judge_field(name);
    free(room);
    free(again);
    return 0;
}
