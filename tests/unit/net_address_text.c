// SPDX-License-Identifier: MIT
#include "net/address_text.h"

#include "base/object.h"
#include "support/test.h"

static struct ip_address parsed(const char *text)
{
    struct ip_address a = {{0}};
    CHECK(ip_address_parse(slice_from_string(text), &a));
    return a;
}

TEST(addresses, "IPv4 and IPv6, with a port and without, as proxies write them")
{
    static const struct {
        const char *text, *plain;
    } same[] = {
        {"192.0.2.1:443", "192.0.2.1"},          {"::ffff:192.0.2.1", "192.0.2.1"},
        {"[2001:db8::1]", "2001:db8::1"},        {"[2001:db8::1]:80", "2001:db8::1"},
        {"2001:DB8:0:0:0:0:0:1", "2001:db8::1"}, {"[192.0.2.1]", "192.0.2.1"},
    };
    for (size_t i = 0; i < ARRAY_LEN(same); i++) {
        struct ip_address a = parsed(same[i].text), b = parsed(same[i].plain);
        CHECK(memcmp(&a, &b, sizeof a) == 0);
    }
    struct ip_address v4 = parsed("10.0.0.1"), v6 = parsed("::1");
    CHECK(ip_address_is_v4(&v4) && !ip_address_is_v4(&v6));
}

TEST(no_addresses, "what is none is refused, and nothing is touched")
{
    static const char *const texts[] = {"",
                                        " ",
                                        "localhost",
                                        "unknown",
                                        "_hidden",
                                        "192.0.2",
                                        "192.0.2.256",
                                        "192.0.2.1:",
                                        "192.0.2.1:x",
                                        "192.0.2.1:65536",
                                        "[::1",
                                        "[::1]x",
                                        "[::1]:",
                                        "[]",
                                        "::1]",
                                        "1.2.3.4.5",
                                        "2001:db8::1::2",
                                        "fe80::1%eth0",
                                        "0x7f.1",
                                        "192.0.2.1,192.0.2.2"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        struct ip_address a = {{42}};
        CHECK(!ip_address_parse(slice_from_string(texts[i]), &a));
        CHECK_INT(a.octets[0], 42);
    }
    struct ip_address a;
    CHECK(!ip_address_parse(SLICE("192.0.2.1\0"), &a));
}

TEST(networks, "an address is in a network if the bits of its prefix are the same")
{
    static const struct {
        const char *network, *address;
        bool inside;
    } cases[] = {
        {"10.0.0.0/8", "10.255.0.1", true},
        {"10.0.0.0/8", "11.0.0.1", false},
        {"10.1.2.3/8", "10.9.9.9", true},
        {"192.168.4.0/22", "192.168.7.255", true},
        {"192.168.4.0/22", "192.168.8.0", false},
        {"127.0.0.1", "127.0.0.1", true},
        {"127.0.0.1", "127.0.0.2", false},
        {"0.0.0.0/0", "203.0.113.9", true},
        {"0.0.0.0/0", "2001:db8::1", false},
        {"::/0", "203.0.113.9", true},
        {"2001:db8::/33", "2001:db8:7fff::1", true},
        {"2001:db8::/33", "2001:db8:8000::1", false},
        {"::ffff:10.0.0.0/104", "10.1.1.1", true},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct ip_network n;
        struct ip_address a = parsed(cases[i].address);
        CHECK(ip_network_parse(slice_from_string(cases[i].network), &n));
        CHECK_INT(ip_network_contains(&n, &a), cases[i].inside);
    }
    static const char *const wrong[] = {"",       "/8",          "10.0.0.0/", "10.0.0.0/33",
                                        "::/129", "10.0.0.0/-1", "host/8"};
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        struct ip_network n;
        CHECK(!ip_network_parse(slice_from_string(wrong[i]), &n));
    }
}

TEST(lists, "a list of networks, as many as there is room for")
{
    struct ip_network networks[2];
    size_t count = 7;
    CHECK(ip_networks_parse(SLICE(""), networks, 2, &count) && count == 0);
    CHECK(ip_networks_parse(SLICE("10.0.0.0/8 , ::1,"), networks, 2, &count) && count == 2);
    CHECK(!ip_networks_parse(SLICE("10.0.0.0/8,nonsense"), networks, 2, &count));
    CHECK(!ip_networks_parse(SLICE("::1,::2,::3"), networks, 2, &count));
}
