// SPDX-License-Identifier: MIT
#include "adapter/redis_trust.h"

#include "support/registry_port_test.h"
#include "support/store_port_test.h"

enum { MOST = 10 };

static struct login login_of(unsigned n)
{
    const struct registry_fixture f = {.wall = 0};
    return login_number(&f, n, n);
}

static bool is_trusted(struct redis_trust *t, unsigned n, int64_t now)
{
    struct registry_call c = {.operation = REGISTRY_VERIFY, .login = login_of(n)};
    return redis_trust_verify(t, &c, now);
}

TEST(bounded, "so many logins are remembered and no more: the one verified longest ago makes room; G5")
{
    struct redis_trust t;
    redis_trust_init(&t, MOST, 30 * SECOND);
    for (unsigned n = 1; n <= MOST; n++) {
        struct login l = login_of(n);
        redis_trust_put(&t, &l, n);
    }
    struct login again = login_of(1), more = login_of(MOST + 1);
    redis_trust_put(&t, &again, MOST + 1);
    redis_trust_put(&t, &more, MOST + 2);
    CHECK_INT(t.logins.count, MOST);
    CHECK(is_trusted(&t, 1, MOST + 2) && is_trusted(&t, MOST + 1, MOST + 2));
    CHECK(!is_trusted(&t, 2, MOST + 2));
    redis_trust_forget(&t, &again.id);
    CHECK(!is_trusted(&t, 1, MOST + 2));
    redis_trust_release(&t);
}

TEST(limited,
     "an answer counts for its time, to the microsecond, and never longer than the login itself; D12.2")
{
    struct redis_trust t;
    redis_trust_init(&t, MOST, 30 * SECOND);
    struct login l = login_of(1);
    redis_trust_put(&t, &l, 5);
    CHECK(is_trusted(&t, 1, 30 * SECOND + 5));
    CHECK(!is_trusted(&t, 1, 30 * SECOND + 6));
    struct registry_call c = {.operation = REGISTRY_VERIFY, .login = l, .now = l.expires - 1};
    CHECK(redis_trust_verify(&t, &c, 5));
    c.now = l.expires;
    CHECK(!redis_trust_verify(&t, &c, 5));
    redis_trust_release(&t);
}

TEST(rotated_out, "an access token that was rotated out counts only where any will do; D3.5 D6.4")
{
    struct redis_trust t;
    redis_trust_init(&t, MOST, 30 * SECOND);
    struct login l = login_of(1);
    redis_trust_put(&t, &l, 0);
    struct registry_call c = {.operation = REGISTRY_VERIFY, .login = l};
    c.login.access = l.refresh;
    CHECK(!redis_trust_verify(&t, &c, 0));
    c.any_access = true;
    CHECK(redis_trust_verify(&t, &c, 0));
    CHECK(login_same_tokens(&c.login, &l));
    redis_trust_release(&t);
}
