/* SPDX-License-Identifier: MIT
 *
 * base/slice.h - borrowed octets: a pointer and a length, owned by somebody else.
 *
 * A slice never owns and is never NUL-terminated. Whoever returns one says how long it lives. The empty slice
 * may have a NULL pointer.
 */
#ifndef PARLEY_BASE_SLICE_H
#define PARLEY_BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct slice {
    const unsigned char *data;
    size_t len;
};

/* A slice over a string literal, without its NUL. SLICE_INIT is the form for static initialisers. */
#define SLICE_INIT(literal)                                                                                  \
    {                                                                                                        \
        (const unsigned char *)(literal), sizeof(literal) - 1                                                \
    }
#define SLICE(literal) ((struct slice)SLICE_INIT(literal))
#define SLICE_NONE     ((struct slice){NULL, 0})

static inline struct slice slice_of(const void *data, size_t len)
{
    return (struct slice){data, len};
}

static inline struct slice slice_from_string(const char *s)
{
    return slice_of(s, s == NULL ? 0 : strlen(s));
}

static inline bool slice_is_empty(struct slice s)
{
    return s.len == 0;
}

static inline bool slice_equals(struct slice a, struct slice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline bool slice_starts_with(struct slice s, struct slice prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}

/* What is left of s after its first n octets; n <= s.len. */
static inline struct slice slice_after(struct slice s, size_t n)
{
    return slice_of(s.data == NULL ? NULL : s.data + n, s.len - n);
}

/* Equal but for the case of ASCII letters. */
bool slice_equals_nocase(struct slice a, struct slice b);

/* Orders by octets, the shorter first among equals: <0, 0, >0 like memcmp. */
int slice_compare(struct slice a, struct slice b);

/* s without leading and trailing SP and HTAB. */
struct slice slice_trim(struct slice s);

/* Cuts *rest at its first `sep`: returns what stood before it and leaves what stood behind it in *rest.
 * Without a separator the whole is returned and *rest becomes SLICE_NONE (data NULL), which ends a loop over
 * a list. */
struct slice slice_cut(struct slice *rest, unsigned char sep);

/* Decimal digits only, at least one, no sign, no blank, at most `max`;
 * false otherwise and *value untouched. */
bool slice_to_uint(struct slice s, uint64_t max, uint64_t *value);

/* Equal, in time that depends on the lengths alone: for secrets. */
bool slice_equals_secret(struct slice a, struct slice b);

#endif
