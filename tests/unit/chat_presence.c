// SPDX-License-Identifier: MIT
#include <pthread.h>

#include "chat/presence.h"
#include "support/test.h"

static struct uuid number(unsigned n)
{
    struct uuid u = {{0}};
    memcpy(u.octets + 8, &n, sizeof n);
    memcpy(u.octets, &n, sizeof n);
    return u;
}

#define SECOND INT64_C(1000000)

TEST(one_login, "D8.6: a user is online from his login to its end or its expiry")
{
    struct presence *p = presence_new();
    struct uuid user = number(1), login = number(2), stranger = number(3);
    CHECK(!presence_is_online(p, &user, 0));
    CHECK(presence_put(p, &user, &login, 100, 0));
    CHECK(presence_is_online(p, &user, 99));
    CHECK(!presence_is_online(p, &user, 100));
    CHECK(!presence_is_online(p, &stranger, 0));
    CHECK(presence_put(p, &user, &login, 200, 50));
    CHECK(presence_is_online(p, &user, 199));
    CHECK(presence_put(p, &user, &login, 150, 50)); /* an older report does not shorten it */
    CHECK(presence_is_online(p, &user, 199));
    presence_end(p, &user, &login, 60);
    CHECK(!presence_is_online(p, &user, 61));
    presence_free(p);
}

TEST(two_logins,
     "D3.5, D8.6: he stays online while one of his logins lives: displacement does not interrupt it")
{
    struct presence *p = presence_new();
    struct uuid user = number(1), old = number(2), new = number(3);
    presence_put(p, &user, &old, 100, 0);
    presence_end(p, &user, &old, 1);
    presence_put(p, &user, &new, 100, 1);
    CHECK(presence_is_online(p, &user, 2));
    presence_end(p, &user, &old, 3);
    CHECK(presence_is_online(p, &user, 3));
    presence_end(p, &user, &new, 4);
    CHECK(!presence_is_online(p, &user, 4));
    presence_free(p);
}

TEST(late_reports, "a login whose end is reported before its beginning, or before a refresh, stays ended")
{
    struct presence *p = presence_new();
    struct uuid user = number(1), login = number(2);
    presence_end(p, &user, &login, 0);
    CHECK(presence_put(p, &user, &login, 1000 * SECOND, 1));
    CHECK(!presence_is_online(p, &user, 2));
    for (unsigned i = 10; i < 500; i++) { /* sweeps on the way */
        struct uuid other = number(i), its = number(i + 1000);
        presence_put(p, &other, &its, 1000 * SECOND, 59 * SECOND);
    }
    CHECK(presence_put(p, &user, &login, 1000 * SECOND, 59 * SECOND));
    CHECK(!presence_is_online(p, &user, 59 * SECOND));
    presence_free(p);
}

TEST(many, "it grows with the live logins and forgets those that are over")
{
    enum { USERS = 5000 };
    struct presence *p = presence_new();
    for (unsigned round = 0; round < 4; round++) {
        for (unsigned i = 0; i < USERS; i++) {
            struct uuid user = number(i), login = number(USERS * (round + 1) + i);
            CHECK(presence_put(p, &user, &login, (round + 1) * 100, round * 100));
        }
        size_t online = 0;
        for (unsigned i = 0; i < USERS; i++) {
            struct uuid user = number(i);
            online += presence_is_online(p, &user, round * 100 + 50);
        }
        CHECK_INT(online, USERS);
    }
    presence_free(p);
}

struct crowd {
    struct presence *p;
    unsigned first;
};

static void *come_and_go(void *argument)
{
    struct crowd *c = argument;
    for (unsigned i = 0; i < 2000; i++) {
        struct uuid user = number(i % 16), login = number(c->first + i);
        presence_put(c->p, &user, &login, 1000, 1);
        (void)presence_is_online(c->p, &user, 1);
        presence_end(c->p, &user, &login, 1);
    }
    return NULL;
}

TEST(threads, "any thread may use it: whoever came has gone in the end")
{
    struct crowd crowds[2] = {{presence_new(), 100}, {NULL, 100000}};
    pthread_t threads[2];
    crowds[1].p = crowds[0].p;
    for (int i = 0; i < 2; i++)
        CHECK(pthread_create(&threads[i], NULL, come_and_go, &crowds[i]) == 0);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    for (unsigned i = 0; i < 16; i++) {
        struct uuid user = number(i);
        CHECK(!presence_is_online(crowds[0].p, &user, 2));
    }
    presence_free(crowds[0].p);
}
