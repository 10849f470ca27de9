// SPDX-License-Identifier: MIT
#include "net/address_text.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

static struct ip_address from_v4(const struct in_addr *v4)
{
    struct ip_address a = {.octets = {[10] = 0xFF, [11] = 0xFF}};
    memcpy(a.octets + IP_V4_BITS / 8, v4, sizeof *v4);
    return a;
}

static struct ip_address from_v6(const struct in6_addr *v6)
{
    struct ip_address a;
    memcpy(a.octets, v6, sizeof a.octets);
    return a;
}

static bool parse_plain(struct slice text, struct ip_address *a)
{
    char string[INET6_ADDRSTRLEN];
    struct in_addr v4;
    struct in6_addr v6;
    if (text.len == 0 || text.len >= sizeof string || memchr(text.data, '\0', text.len) != NULL)
        return false;
    memcpy(string, text.data, text.len);
    string[text.len] = '\0';
    if (inet_pton(AF_INET, string, &v4) == 1)
        *a = from_v4(&v4);
    else if (inet_pton(AF_INET6, string, &v6) == 1)
        *a = from_v6(&v6);
    else
        return false;
    return true;
}

static bool is_port(struct slice text)
{
    uint64_t port;
    return slice_to_uint(text, UINT16_MAX, &port);
}

/* "[...]" or "[...]:PORT" */
static bool parse_bracketed(struct slice text, struct ip_address *a)
{
    struct slice rest = slice_after(text, 1), inside = slice_cut(&rest, ']');
    if (rest.data == NULL || (rest.len > 0 && (rest.data[0] != ':' || !is_port(slice_after(rest, 1)))))
        return false;
    return parse_plain(inside, a);
}

bool ip_address_parse(struct slice text, struct ip_address *a)
{
    if (text.len > 0 && text.data[0] == '[')
        return parse_bracketed(text, a);
    if (parse_plain(text, a))
        return true;
    struct slice port = text, host = slice_cut(&port, ':');
    return port.data != NULL && is_port(port) && parse_plain(host, a);
}

bool ip_network_parse(struct slice text, struct ip_network *n)
{
    struct slice bits = text, base = slice_cut(&bits, '/');
    uint64_t count = 8 * IP_ADDRESS;
    if (!parse_plain(base, &n->base))
        return false;
    unsigned before = ip_address_is_v4(&n->base) && memchr(base.data, ':', base.len) == NULL ? IP_V4_BITS : 0;
    if (bits.data != NULL && !slice_to_uint(bits, 8 * IP_ADDRESS - before, &count))
        return false;
    n->bits = (unsigned)count + (bits.data == NULL ? 0 : before);
    return true;
}

bool ip_networks_parse(struct slice list, struct ip_network *networks, size_t most, size_t *count)
{
    *count = 0;
    while (list.data != NULL) {
        struct slice one = slice_trim(slice_cut(&list, ','));
        if (one.len == 0)
            continue;
        if (*count == most || !ip_network_parse(one, &networks[*count]))
            return false;
        ++*count;
    }
    return true;
}
