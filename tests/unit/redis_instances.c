// SPDX-License-Identifier: MIT
// Two instances over one Redis: what one does, the other knows.
#include "support/redis_world.h"

static void create(struct redis_pair *p, int instance, const struct login *l)
{
    redis_pair_use(p, instance);
    (void)registry_ask(&p->f, REGISTRY_CREATE, l, ERR_NONE);
}

static bool are_current(const struct redis_pair *p)
{
    return p->instances[0].registry.feed.current && p->instances[1].registry.feed.current;
}

TEST(displaced_there,
     "a login that is displaced through one instance ends on the other within a second; D3.9 SC-8 G6")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    PAIR_UNTIL(&p, are_current(&p));
    struct login first = login_number(&p.f, 5, 1), second = login_number(&p.f, 6, 1);
    create(&p, 0, &first);
    PAIR_UNTIL(&p, redis_was_told(&p.instances[1].live, &first.id));
    create(&p, 1, &second);
    int64_t since = p.f.mono;
    PAIR_UNTIL(&p, redis_was_told(&p.instances[0].ended, &first.id));
    CHECK(p.f.mono - since < SECOND);
    redis_pair_use(&p, 0);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &first, ERR_INVALID_TOKEN);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &second, ERR_NONE);
    CHECK(!redis_was_told(&p.instances[0].ended, &second.id));
    redis_pair_close(&p);
}

TEST(ended_there,
     "logout, revocation and expiry are told to every instance, whichever does it; D3.5 D3.8 SC-8")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    PAIR_UNTIL(&p, are_current(&p));
    struct login out = login_number(&p.f, 5, 1), revoked = login_number(&p.f, 6, 2),
                 late = login_number(&p.f, 7, 3);
    create(&p, 0, &out);
    create(&p, 0, &revoked);
    create(&p, 0, &late);
    redis_pair_use(&p, 1);
    (void)registry_ask(&p.f, REGISTRY_REMOVE, &out, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_REVOKE, &(struct login){.user = revoked.user}, ERR_NONE);
    p.f.wall = late.expires;
    (void)registry_ask(&p.f, REGISTRY_SWEEP, &late, ERR_NONE);
    for (int i = 0; i < 2; i++) {
        PAIR_UNTIL(&p, redis_was_told(&p.instances[i].ended, &out.id));
        PAIR_UNTIL(&p, redis_was_told(&p.instances[i].ended, &revoked.id));
        PAIR_UNTIL(&p, redis_was_told(&p.instances[i].ended, &late.id));
    }
    redis_pair_close(&p);
}

TEST(rotation_race,
     "of refreshes with one token at two instances at once, one makes the pair and all get it; D3.7")
{
    enum { ROUNDS = 50, CALLS = 8 };
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct login l = login_number(&p.f, 5, 1);
    create(&p, 0, &l);
    for (unsigned round = 1; round <= ROUNDS; round++) {
        struct registry_call calls[CALLS];
        for (unsigned i = 0; i < CALLS; i++) {
            calls[i] = registry_call_of(&p.f, REGISTRY_ROTATE, &l);
            calls[i].next = login_rotated(&p.f, &l, 5, round * CALLS + i);
            redis_pair_use(&p, (int)(i % 2));
            registry_submit(&p.f, &calls[i]);
        }
        unsigned own = 0;
        for (unsigned i = 0; i < CALLS; i++) {
            (void)registry_settle(&p.f, &calls[i]);
            CHECK_INT(calls[i].error, ERR_NONE);
            CHECK(login_same_tokens(&calls[i].login, &calls[0].login));
            own += login_same_tokens(&calls[i].login, &calls[i].next);
        }
        CHECK_INT(own, 1);
        l = calls[0].login;
    }
    redis_pair_close(&p);
}

TEST(login_race, "of logins of one user at two instances at once exactly one stays; D3.5")
{
    enum { CALLS = 20 };
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct registry_call calls[CALLS];
    for (unsigned i = 0; i < CALLS; i++) {
        struct login l = login_number(&p.f, 10 + i, 1);
        calls[i] = registry_call_of(&p.f, REGISTRY_CREATE, &l);
        redis_pair_use(&p, (int)(i % 2));
        registry_submit(&p.f, &calls[i]);
    }
    size_t ended = 0, live = 0;
    for (unsigned i = 0; i < CALLS; i++) {
        (void)registry_settle(&p.f, &calls[i]);
        CHECK_INT(calls[i].error, ERR_NONE);
        ended += calls[i].ended_count;
    }
    CHECK_INT(ended, CALLS - 1);
    for (unsigned i = 0; i < CALLS; i++) {
        struct registry_call c = registry_call_of(&p.f, REGISTRY_VERIFY, &calls[i].login);
        registry_submit(&p.f, &c);
        (void)registry_settle(&p.f, &c);
        live += c.error == ERR_NONE;
    }
    CHECK_INT(live, 1);
    redis_pair_close(&p);
}

TEST(feed_cut, "what ends while an instance is cut off is told to it when it is back, once each; SC-8 G6")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    PAIR_UNTIL(&p, are_current(&p));
    struct redis_instance *cut = &p.instances[1];
    struct login l[20];
    for (unsigned i = 0; i < 20; i++) {
        l[i] = login_number(&p.f, 10 + i, 10 + i);
        create(&p, 0, &l[i]);
    }
    for (unsigned i = 0; i < 20; i++) {
        if (i % 5 == 0) {
            PAIR_UNTIL(&p, cut->registry.feed.current);
            uint64_t losses = cut->registry.feed.link.losses;
            CHECK_INT(
                redis_server_say(redis_world_server(), "CLIENT KILL ID %s", cut->registry.feed.link.self[0]),
                1);
            PAIR_UNTIL(&p, cut->registry.feed.link.losses > losses);
            CHECK(!atomic_load(&cut->registry.counters.is_feed_current));
        }
        (void)registry_ask(&p.f, REGISTRY_REMOVE, &l[i], ERR_NONE);
    }
    PAIR_UNTIL(&p, redis_was_told(&cut->ended, &l[19].id) && cut->registry.feed.current);
    for (unsigned i = 0; i < 20; i++)
        CHECK(redis_was_told(&cut->ended, &l[i].id));
    CHECK_INT(cut->ended.count, 20);
    CHECK(atomic_load(&cut->registry.counters.feed_losses) == 4);
    redis_pair_close(&p);
}

TEST(listed, "an instance that starts is told of every login that lives; D8.6")
{
    enum { LOGINS = 1200 };
    static struct redis_pair p;
    static struct redis_instance late;
    redis_pair_open(&p, NULL);
    for (unsigned i = 0; i < LOGINS; i++) {
        struct login l = login_number(&p.f, 10 + i, 10 + i);
        struct registry_call c = registry_call_of(&p.f, REGISTRY_CREATE, &l);
        registry_submit(&p.f, &c);
        (void)registry_settle(&p.f, &c);
    }
    redis_instance_open(&late, &p.f, NULL);
    for (int i = 0; i < 5000 && late.registry.feed.lists == 0; i++)
        redis_instance_step(&late);
    for (unsigned i = 0; i < LOGINS; i++) {
        struct uuid id = uuid_number(10 + i);
        CHECK(redis_was_told(&late.live, &id));
    }
    redis_instance_close(&late);
    redis_pair_close(&p);
}

TEST(kept, "a registry that is closed and opened again logs nobody out; D12.2 G1")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct login l = login_number(&p.f, 5, 1);
    create(&p, 0, &l);
    redis_instance_close(&p.instances[0]);
    redis_instance_open(&p.instances[0], &p.f, NULL);
    redis_pair_use(&p, 0);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    redis_pair_close(&p);
}

TEST(own_expiry, "each login's keys live as long as its refresh token and an hour, and none for ever; D12.2")
{
    static struct redis_pair p;
    struct redis_server *s = redis_world_server();
    redis_pair_open(&p, NULL);
    struct login l = login_number(&p.f, 5, 1);
    char id[UUID_TEXT + 1] = "", user[UUID_TEXT + 1] = "";
    uuid_format(&l.id, id);
    uuid_format(&l.user, user);
    create(&p, 0, &l);
    long long wanted = WEEK / MICROSECONDS_PER_MS + 3600 * 1000;
    (void)redis_server_say(s, "SELECT 1");
    long long left = redis_server_say(s, "PTTL parley:login:%s", id);
    CHECK(left <= wanted && left > wanted - 60000);
    left = redis_server_say(s, "PTTL parley:user:%s", user);
    CHECK(left <= wanted && left > wanted - 60000);
    CHECK_INT(redis_server_say(s, "ZCARD parley:expiry"), 1);
    (void)registry_ask(&p.f, REGISTRY_REMOVE, &l, ERR_NONE);
    CHECK_INT(redis_server_say(s, "EXISTS parley:login:%s parley:user:%s parley:expiry", id, user), 0);
    CHECK(redis_server_say(s, "PTTL parley:ended:%s", id) > 0);
    CHECK(redis_server_say(s, "PTTL parley:feed") > 0);
    redis_pair_close(&p);
}
