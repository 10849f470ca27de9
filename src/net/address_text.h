/* SPDX-License-Identifier: MIT
 *
 * net/address_text.h - IP addresses as people and proxies write them. Pure.
 */
#ifndef PARLEY_NET_ADDRESS_TEXT_H
#define PARLEY_NET_ADDRESS_TEXT_H

#include "base/ip_address.h"
#include "base/slice.h"

/* "192.0.2.1", "2001:db8::1", either with a port as proxies write it ("192.0.2.1:80", "[2001:db8::1]:80"). False, and
 * *a untouched, for anything else, names among it. */
bool ip_address_parse(struct slice text, struct ip_address *a);
/* "10.0.0.0/8", "2001:db8::/32", or an address, which is a network of its own. Bits beyond the prefix do not matter. */
bool ip_network_parse(struct slice text, struct ip_network *n);
/* A comma list of them, with blanks or without; at most `most`. False when one is none, or there are more. */
bool ip_networks_parse(struct slice list, struct ip_network *networks, size_t most, size_t *count);
#endif
