// SPDX-License-Identifier: MIT
#include "base/shares.h"

#include <assert.h>

size_t share_of(const struct hash_key *key, const struct ip_address *address)
{
    struct ip_address site = ip_address_site(address);
    return (size_t)(hash_slice(key, slice_of(site.octets, sizeof site.octets)) % SHARES);
}

bool shares_take(struct shares *s, size_t share, uint64_t amount, uint64_t most)
{
    assert(share < SHARES);
    if (atomic_fetch_add(&s->taken[share], amount) + amount <= most)
        return true;
    shares_give_back(s, share, amount);
    return false;
}

void shares_give_back(struct shares *s, size_t share, uint64_t amount)
{
    assert(share < SHARES && atomic_load(&s->taken[share]) >= amount);
    atomic_fetch_sub(&s->taken[share], amount);
}
