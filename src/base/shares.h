/* SPDX-License-Identifier: MIT
 *
 * base/shares.h - how much each address has of what is scarce, so that nobody has all of it (G5).
 *
 * Addresses are told apart by a keyed hash into a table that never grows: two that fall together, which nobody can bring
 * about, have one share between them. All functions may be called on any thread.
 */
#ifndef PARLEY_BASE_SHARES_H
#define PARLEY_BASE_SHARES_H

#include <stdatomic.h>
#include <stddef.h>

#include "base/hash.h"
#include "base/ip_address.h"

enum { SHARES = 1024 };

/* Zeros are one of which nobody has anything. */
struct shares {
    _Atomic uint64_t taken[SHARES];
};

/* Where an address, and all of one /64 of IPv6, has its share. */
size_t share_of(const struct hash_key *key, const struct ip_address *address);
/* So much more, if that makes no more than `most`. */
bool shares_take(struct shares *s, size_t share, uint64_t amount, uint64_t most);
void shares_give_back(struct shares *s, size_t share, uint64_t amount);

#endif
