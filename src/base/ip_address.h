/* SPDX-License-Identifier: MIT
 *
 * base/ip_address.h - addresses of machines, and networks of them.
 *
 * An IPv4 address is kept as the IPv6 address that it is mapped to (RFC 4291 2.5.5.2), so there is one kind. Knows no
 * sockets and no text: net/address_text.h does.
 */
#ifndef PARLEY_BASE_IP_ADDRESS_H
#define PARLEY_BASE_IP_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>

enum {
    IP_ADDRESS = 16,
    IP_V4_BITS = 96 /* of an address that are the same for all of IPv4 */
};

/* All zeros: nobody knows. */
struct ip_address {
    unsigned char octets[IP_ADDRESS];
};

/* The addresses whose first `bits` bits are those of `base`. */
struct ip_network {
    struct ip_address base;
    unsigned bits; /* 0 to 128 */
};

bool ip_address_is_v4(const struct ip_address *a);
bool ip_network_contains(const struct ip_network *n, const struct ip_address *a);
/* What one customer of a provider has: an IPv4 address, or the /64 of an IPv6 address, whose other half is his to
 * choose. */
struct ip_address ip_address_site(const struct ip_address *a);

#endif
