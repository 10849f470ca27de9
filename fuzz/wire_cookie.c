// SPDX-License-Identifier: MIT
// A Cookie field: every pair lies between two semicolons, could be set by us as it is, and the first of its
// name is found.
#include "base/buf.h"
#include "pieces.h"
#include "wire/cookie.h"
#include "wire/http_response.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct slice header = slice_of(data, size), rest = header, name, value, found;
    struct buf out;
    if (size > 2000)
        return 0;
    buf_init(&out, 10000);
    while (cookie_next(&rest, &name, &value)) {
        assert(name.len > 0 && name.data >= data && value.data + value.len <= data + size);
        assert(memchr(name.data, ';', (size_t)(value.data + value.len - name.data)) == NULL);
        assert(cookie_is_pair(name, value) && memchr(value.data, '"', value.len) == NULL);
        assert(cookie_find(header, name, &found) && found.data <= value.data);
        buf_clear(&out);
        assert(
            http_response_cookie(&out, &(struct http_cookie){.name = name, .value = value, .max_age = -1}));
        assert(memchr(out.data, '\r', out.len) == out.data + out.len - 2);
    }
    assert(!cookie_find(header, SLICE("a b"), &found));
    buf_release(&out);
    return 0;
}
