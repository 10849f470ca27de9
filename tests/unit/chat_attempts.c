// SPDX-License-Identifier: MIT
#include "chat/attempts.h"

#include <stdio.h>

#include "support/test.h"

#define SECOND MICROSECONDS_PER_SECOND
#define START  (1000 * SECOND)

static const struct attempts_options three = {.per_account = 3, .per_address = 6, .window = 60 * SECOND};

/* 192.0.2.n */
static struct ip_address host(unsigned n)
{
    return (struct ip_address){
        {[10] = 0xFF, [11] = 0xFF, [12] = 192, [13] = 0, [14] = 2, [15] = (unsigned char)n}};
}

/* 2001:db8::n:0:0:0:m */
static struct ip_address v6_host(unsigned n, unsigned m)
{
    return (struct ip_address){{0x20, 0x01, 0x0d, 0xb8, [7] = (unsigned char)n, [15] = (unsigned char)m}};
}

static bool try_from(struct attempts *a, const char *name, struct ip_address from, int64_t now, int64_t *wait)
{
    return attempts_take(a, slice_from_string(name), &from, now, wait);
}

TEST(account, "over the limit of an account it is refused for a share of the window, and no longer")
{
    struct attempts *a = attempts_new(&three, &random_system);
    int64_t wait;
    for (int i = 0; i < 3; i++)
        CHECK(try_from(a, "kim", host(1), START, &wait));
    CHECK(!try_from(a, "kim", host(1), START, &wait));
    CHECK_INT(wait, 20 * SECOND);
    CHECK(!try_from(a, "kim", host(1), START + 20 * SECOND - 1, &wait));
    CHECK_INT(wait, 1);
    CHECK(try_from(a, "lee", host(1), START, &wait)); /* another name has its own */
    CHECK(try_from(a, "kim", host(1), START + 20 * SECOND, &wait));
    CHECK(!try_from(a, "kim", host(1), START + 20 * SECOND, &wait));
    int64_t later = START + 200 * SECOND; /* idle for longer than a window: the whole burst, not more */
    for (int i = 0; i < 3; i++)
        CHECK(try_from(a, "kim", host(1), later, &wait));
    CHECK(!try_from(a, "kim", host(1), later, &wait));
    attempts_free(a);
}

TEST(newcomer, "strangers do not keep an owner out: from where nobody failed on it, one attempt is judged")
{
    struct attempts *a = attempts_new(&three, &random_system);
    int64_t wait;
    for (unsigned i = 1; i <= 200; i++)
        CHECK(try_from(a, "kim", host(i), START, &wait));
    CHECK(try_from(a, "kim", host(250), START, &wait));
    CHECK(!try_from(a, "kim", host(250), START, &wait)); /* he was wrong: now he is as everybody */
    CHECK(wait > 0 && wait <= 60 * SECOND);
    CHECK(!try_from(a, "kim", host(1), START, &wait));
    CHECK(try_from(a, "kim", host(250), START + 60 * SECOND, &wait));
    attempts_free(a);
}

TEST(address, "over the limit of an address it is refused whatever the account; all of a /64 are one address")
{
    struct attempts *a = attempts_new(&three, &random_system);
    int64_t wait;
    char name[16];
    for (unsigned i = 0; i < 6; i++) {
        snprintf(name, sizeof name, "user%u", i);
        CHECK(try_from(a, name, host(1), START, &wait));
        CHECK(try_from(a, name, v6_host(1, i), START, &wait));
    }
    CHECK(!try_from(a, "other", host(1), START, &wait));
    CHECK_INT(wait, 10 * SECOND);
    CHECK(!try_from(a, "other", v6_host(1, 77), START, &wait));
    CHECK(try_from(a, "other", host(2), START, &wait));
    CHECK(try_from(a, "other", v6_host(2, 1), START, &wait));
    attempts_free(a);
}

TEST(given_back, "what did not fail does not count, however often")
{
    struct attempts *a = attempts_new(&three, &random_system);
    struct ip_address from = host(1);
    int64_t wait;
    for (int i = 0; i < 100; i++) {
        CHECK(try_from(a, "kim", from, START, &wait));
        attempts_give_back(a, SLICE("kim"), &from, START);
    }
    for (int i = 0; i < 3; i++)
        CHECK(try_from(a, "kim", from, START, &wait));
    CHECK(!try_from(a, "kim", from, START, &wait));
    attempts_give_back(a, SLICE("kim"), &from,
                       START + 1000 * SECOND); /* long forgotten: gives nobody credit */
    for (int i = 0; i < 3; i++)
        CHECK(try_from(a, "kim", from, START + 1000 * SECOND, &wait));
    CHECK(!try_from(a, "kim", from, START + 1000 * SECOND, &wait));
    attempts_free(a);
}

TEST(off, "0 is no limit")
{
    struct attempts *a = attempts_new(&(struct attempts_options){.window = 60 * SECOND}, &random_system);
    int64_t wait;
    for (int i = 0; i < 1000; i++)
        CHECK(try_from(a, "kim", host(1), START, &wait));
    attempts_free(a);
    attempts_free(NULL);
}

TEST(bounded, "whoever fills the table with names makes room by what is nearest to being forgotten; G5")
{
    struct attempts_options options = {.per_account = 3, .per_address = 0, .window = 60 * SECOND};
    struct attempts *a = attempts_new(&options, &random_system);
    int64_t wait;
    char name[32];
    for (int i = 0; i < 3; i++)
        CHECK(try_from(a, "kim", host(1), START, &wait));
    for (unsigned i = 0; i < ATTEMPTS_SLOTS / 8; i++) {
        snprintf(name, sizeof name, "nobody%u", i);
        CHECK(try_from(a, name, host(2), START, &wait));
    }
    CHECK(!try_from(a, "kim", host(1), START, &wait)); /* a clock that is far ahead stays */
    attempts_free(a);
}
