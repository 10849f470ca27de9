/* SPDX-License-Identifier: MIT
 *
 * base/hash.h - SipHash-2-4: a hash whose collisions nobody can prepare who does not know the key.
 *
 * Peers choose the keys of our tables (destinations, session ids), so every process draws a key of its own at
 * its start. Any thread.
 */
#ifndef PARLEY_BASE_HASH_H
#define PARLEY_BASE_HASH_H

#include "base/clock.h"
#include "base/slice.h"

struct hash_key {
    uint64_t k0, k1;
};

struct hash_key hash_key_draw(const struct random *random);
uint64_t hash_slice(const struct hash_key *key, struct slice s);

#endif
