// SPDX-License-Identifier: MIT
// Scarce memory in the registry over Redis.
#include "support/faults.h"
#include "support/redis_world.h"

static bool is_opened(struct redis_registry *r, const struct registry_fixture *f, struct problem *why)
{
    return redis_registry_open(r, &redis_defaults, &f->clock, &random_system, why);
}

TEST(opening, "a registry that finds no memory at its start says so, and holds nothing; G7")
{
    static struct redis_registry r;
    struct registry_fixture f = {.clock = clock_system};
    for (uint64_t n = 1;; n++) {
        struct problem why = {""};
        faults_arm(n, FAULTS_ONCE);
        bool opened = is_opened(&r, &f, &why);
        bool failed = faults_disarm() > 0;
        CHECK_INT(opened, !failed);
        CHECK_INT(why.text[0] != '\0', failed);
        if (opened)
            redis_registry_close(&r);
        if (!failed)
            break;
    }
}

/* What is remembered of a login is a help, not a promise: all works without. */
TEST(serving, "whatever allocation fails, calls are answered and Redis has the truth; G7")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    PAIR_UNTIL(&p, p.instances[0].registry.feed.current && p.instances[1].registry.feed.current);
    for (uint64_t n = 1; n <= 100; n++) {
        unsigned number = 10 + (unsigned)n * 10;
        struct login l = login_number(&p.f, number, 1), next = login_rotated(&p.f, &l, number, 1);
        faults_arm(n, FAULTS_ONCE);
        (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
        (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
        (void)registry_rotate(&p.f, &l, &next, ERR_NONE);
        bool failed = faults_disarm() > 0;
        (void)registry_ask(&p.f, REGISTRY_VERIFY, &next, ERR_NONE);
        (void)registry_ask(&p.f, REGISTRY_REMOVE, &next, ERR_NONE);
        (void)registry_ask(&p.f, REGISTRY_VERIFY, &next, ERR_INVALID_TOKEN);
        if (!failed)
            break;
    }
    redis_pair_close(&p);
}
