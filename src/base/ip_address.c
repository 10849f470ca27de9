// SPDX-License-Identifier: MIT
#include "base/ip_address.h"

#include <assert.h>
#include <string.h>

bool ip_address_is_v4(const struct ip_address *a)
{
    static const unsigned char mapped[IP_V4_BITS / 8] = {[10] = 0xFF, [11] = 0xFF};
    return memcmp(a->octets, mapped, sizeof mapped) == 0;
}

bool ip_network_contains(const struct ip_network *n, const struct ip_address *a)
{
    size_t whole = n->bits / 8;
    unsigned rest = n->bits % 8;
    assert(n->bits <= 8 * IP_ADDRESS);
    if (memcmp(n->base.octets, a->octets, whole) != 0)
        return false;
    return rest == 0 || (n->base.octets[whole] ^ a->octets[whole]) >> (8 - rest) == 0;
}

struct ip_address ip_address_site(const struct ip_address *a)
{
    struct ip_address site = *a;
    if (!ip_address_is_v4(a))
        memset(site.octets + IP_ADDRESS / 2, 0, IP_ADDRESS / 2);
    return site;
}
