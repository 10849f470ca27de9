// SPDX-License-Identifier: MIT
#include "adapter/redis_address.h"

#include "support/test.h"

TEST(addresses, "redis://[[user]:password@]host[:port][/database], percent-encoded where it must be; D12.3")
{
    static const struct {
        const char *url, *host;
        int port;
        const char *user, *password;
        unsigned database;
    } cases[] = {
        {"redis://cache", "cache", 6379, "", "", 0},
        {"redis://cache/", "cache", 6379, "", "", 0},
        {"redis://cache:6380/15", "cache", 6380, "", "", 15},
        {"redis://10.0.0.1:1", "10.0.0.1", 1, "", "", 0},
        {"redis://[::1]", "::1", 6379, "", "", 0},
        {"redis://[fe80::2]:6380/1", "fe80::2", 6380, "", "", 1},
        {"redis://:secret@cache", "cache", 6379, "", "secret", 0},
        {"redis://parley:secret@cache:6380/2", "cache", 6380, "parley", "secret", 2},
        {"redis://a%3ab:p%40ss%2Fw%25rd@cache", "cache", 6379, "a:b", "p@ss/w%rd", 0},
        {"redis://:a:b@c@cache", "cache", 6379, "", "a:b@c", 0},
        {"redis://:@cache", "cache", 6379, "", "", 0},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct redis_address a;
        struct problem why;
        CHECK(redis_address_parse(&a, slice_from_string(cases[i].url), &why));
        CHECK_SLICE(slice_from_string(a.host), cases[i].host);
        CHECK_INT(a.port, cases[i].port);
        CHECK_SLICE(slice_from_string(a.user), cases[i].user);
        CHECK_SLICE(slice_from_string(a.password), cases[i].password);
        CHECK_INT(a.database, cases[i].database);
    }
}

TEST(no_addresses, "what is no address is a sentence, and the password is not in it; D12.3")
{
    static const char *const cases[] = {
        "",
        "cache",
        "rediss://:secret@cache",
        "http://:secret@cache",
        "redis://",
        "redis://:secret@",
        "redis://:secret@:6379",
        "redis://:secret@/1",
        "redis://:secret@cache:0",
        "redis://:secret@cache:65536",
        "redis://:secret@cache:",
        "redis://:secret@cache:x",
        "redis://:secret@cache/x",
        "redis://:secret@cache/-1",
        "redis://:secret@cache/1/2",
        "redis://:secret@cache/1000000",
        "redis://secret@cache",
        "redis://:secret%@cache",
        "redis://:secret%4@cache",
        "redis://:secret%zz@cache",
        "redis://:secret%00@cache",
        "redis://:secret@[::1",
        "redis://:secret@[::1]x",
        "redis://:secret@[]",
        "redis://:secret@a%20b",
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct redis_address a;
        struct problem why = {""};
        CHECK(!redis_address_parse(&a, slice_from_string(cases[i]), &why));
        CHECK(why.text[0] != '\0' && strstr(why.text, "secret") == NULL);
    }
}

TEST(too_long, "parts that are too long are refused, not cut; G7")
{
    char url[1024];
    struct redis_address a;
    struct problem why;
    (void)snprintf(url, sizeof url, "redis://%0300d", 1);
    CHECK(!redis_address_parse(&a, slice_from_string(url), &why));
    (void)snprintf(url, sizeof url, "redis://:%0600d@cache", 1);
    CHECK(!redis_address_parse(&a, slice_from_string(url), &why));
    (void)snprintf(url, sizeof url, "redis://%0200d:x@cache", 1);
    CHECK(!redis_address_parse(&a, slice_from_string(url), &why));
    (void)snprintf(url, sizeof url, "redis://:%0511d@cache", 1);
    CHECK(redis_address_parse(&a, slice_from_string(url), &why));
}

TEST(composed, "host and port may come apart; a port without a sense is refused; D12.3")
{
    struct redis_address a;
    struct problem why;
    CHECK(redis_address_compose(&a, "cache", "6380", &why));
    CHECK_SLICE(slice_from_string(a.host), "cache");
    CHECK_INT(a.port, 6380);
    CHECK(redis_address_compose(&a, "cache", "", &why));
    CHECK_INT(a.port, 6379);
    CHECK(
        !redis_address_compose(&a, "cache", "tcp://10.0.0.1:6379", &why)); /* as Kubernetes sets REDIS_PORT */
    CHECK(!redis_address_compose(&a, "", "6379", &why));
}
