// SPDX-License-Identifier: MIT
// What each address has of what is scarce.
#include "base/shares.h"
#include "support/test.h"

static struct ip_address v4(unsigned char last)
{
    return (struct ip_address){{[10] = 0xFF, [11] = 0xFF, 192, 0, 2, last}};
}

TEST(most, "G5: an address has what it may have and no more, and gets it again once it has given it back")
{
    static struct shares s;
    for (int i = 0; i < 3; i++)
        CHECK(shares_take(&s, 7, 1, 3));
    CHECK(!shares_take(&s, 7, 1, 3));
    CHECK(shares_take(&s, 8, 1, 3)); /* another's is his own */
    shares_give_back(&s, 7, 1);
    CHECK(!shares_take(&s, 7, 2, 3));
    CHECK(shares_take(&s, 7, 1, 3));
}

TEST(nothing, "what was refused has taken nothing")
{
    static struct shares s;
    CHECK(!shares_take(&s, 0, UINT64_C(1) << 40, 10));
    CHECK(shares_take(&s, 0, 10, 10));
}

TEST(sites, "one address, and all of one /64 of IPv6, have one share; where it is the key says")
{
    struct hash_key key = {1, 2}, other = {3, 4};
    struct ip_address a = v4(1), b = {{0x20, 0x01, 0x0D, 0xB8, [15] = 1}}, c = b, d = b;
    size_t apart = 0, moved = 0;
    c.octets[8] = 0xFF;
    d.octets[7] = 1;
    CHECK(share_of(&key, &a) == share_of(&key, &a));
    CHECK(share_of(&key, &b) == share_of(&key, &c));
    CHECK(share_of(&key, &b) != share_of(&key, &d));
    for (unsigned char i = 2; i < 102; i++) {
        struct ip_address one = v4(i);
        CHECK(share_of(&key, &one) < SHARES);
        apart += share_of(&key, &one) != share_of(&key, &a);
        moved += share_of(&key, &one) != share_of(&other, &one);
    }
    CHECK(apart > 90 && moved > 90);
}
