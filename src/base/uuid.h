/* SPDX-License-Identifier: MIT
 *
 * base/uuid.h - 128-bit identifiers (RFC 9562): sixteen octets inside, 36 characters outside.
 *
 * Any version and variant is read; only version 4 is made, from randomness that the caller brings.
 */
#ifndef PARLEY_BASE_UUID_H
#define PARLEY_BASE_UUID_H

#include "base/clock.h"
#include "base/slice.h"

enum { UUID_TEXT = 36 };

struct uuid {
    unsigned char octets[16];
};

/* Exactly the 36 characters of RFC 9562 section 4, hexadecimal digits in either case. False, and *u
 * untouched, for anything else. */
bool uuid_parse(struct slice s, struct uuid *u);
/* Lower case. No NUL is written. */
void uuid_format(const struct uuid *u, char out[UUID_TEXT]);
/* A version 4 UUID out of 16 random octets, six bits of which are replaced (section 5.4). */
void uuid_make(struct uuid *u, const unsigned char random[16]);
/* The same, of octets drawn now. */
static inline void uuid_draw(struct uuid *u, const struct random *random)
{
    unsigned char octets[sizeof u->octets];
    random->fill(random, octets, sizeof octets);
    uuid_make(u, octets);
}

static inline bool uuid_equals(const struct uuid *a, const struct uuid *b)
{
    return memcmp(a->octets, b->octets, sizeof a->octets) == 0;
}

/* The nil UUID, all zero (section 5.9). */
static inline bool uuid_is_nil(const struct uuid *u)
{
    static const struct uuid nil;
    return uuid_equals(u, &nil);
}

#endif
