// SPDX-License-Identifier: MIT
// A target: what is decoded has no trap left in it, comes out of a second, naive decoder as well, and is
// found again under its name.
#include "base/utf8.h"
#include "pieces.h"
#include "wire/target.h"

static unsigned naive_digit(unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c == 0 ? NULL : strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c);
    assert(at != NULL);
    return (unsigned)(at - digits);
}

static void check_decoded(struct slice raw, struct slice text, bool plus)
{
    size_t n = 0;
    for (size_t i = 0; i < raw.len; i++, n++) {
        unsigned char octet = raw.data[i] == '+' && plus ? ' ' : raw.data[i];
        if (octet == '%') {
            octet = (unsigned char)(naive_digit(raw.data[i + 1]) << 4 | naive_digit(raw.data[i + 2]));
            i += 2;
        }
        assert(n < text.len && text.data[n] == octet && octet != 0);
    }
    assert(n == text.len && utf8_valid(text));
}

static void check_path(struct arena *a, struct slice raw)
{
    struct slice path, values[4], rest;
    if (!target_path_decode(a, raw, &path))
        return;
    check_decoded(raw, path, false);
    for (size_t i = 0; i < path.len; i++)
        assert(path.data[i] >= 0x20 && path.data[i] != 0x7F);
    for (rest = path; rest.data != NULL;) {
        struct slice segment = slice_cut(&rest, '/');
        assert(!slice_equals(segment, SLICE(".")) && !slice_equals(segment, SLICE("..")));
    }
    assert(target_path_match(path, SLICE("/{*}"), values, 4) && values[0].len == path.len - 1);
    if (target_path_match(path, SLICE("/{}/x/{}"), values, 4))
        assert(values[0].len + values[1].len + 4 == path.len);
}

static void check_query(struct arena *a, struct slice query)
{
    struct slice rest = query, name, value, text, found;
    while (target_query_next(&rest, &name, &value)) {
        if (target_query_decode(a, value, &text))
            check_decoded(value, text, true);
        if (!target_query_decode(a, name, &text))
            continue;
        check_decoded(name, text, true);
        assert(target_query_find(query, text, &found) && found.data <= value.data);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena a;
    struct slice path, query;
    if (size > 2000)
        return 0; /* finding every name is quadratic */
    arena_init(&a, 65536);
    target_split(slice_of(data, size), &path, &query);
    check_path(&a, path);
    check_query(&a, query);
    arena_release(&a);
    return 0;
}
