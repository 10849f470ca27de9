// SPDX-License-Identifier: MIT
// What users notice when Redis breaks, stops and comes back.
#include "support/redis_world.h"

static void patient(struct redis_options *o)
{
    o->timeout = 3600 * SECOND; /* of a clock that no test lets go on so far */
}

static void quick(struct redis_options *o)
{
    o->timeout = 200 * MICROSECONDS_PER_MS;
}

static void narrow(struct redis_options *o)
{
    o->queue = 4;
}

static struct redis_instance *first(struct redis_pair *p)
{
    return &p->instances[0];
}

static bool is_up(struct redis_pair *p)
{
    return redis_link_is_up(&first(p)->registry.link);
}

TEST(thirty_seconds,
     "while Redis is away a login counts for 30 s after it was last verified, then it is 503; D12.2 G6")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct redis_server *s = redis_world_server();
    struct login l = login_number(&p.f, 5, 1), unknown = login_number(&p.f, 6, 2), other = l;
    (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    int64_t verified = p.f.mono;
    redis_server_kill(s);
    PAIR_UNTIL(&p, !is_up(&p));
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    CHECK_INT(atomic_load(&first(&p)->registry.counters.trusted), 1);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &unknown, ERR_SERVICE_UNAVAILABLE);
    other.access = unknown.access;
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &other, ERR_SERVICE_UNAVAILABLE);
    other = l;
    other.user = unknown.user;
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &other, ERR_SERVICE_UNAVAILABLE);
    p.f.mono = verified + 30 * SECOND - 100 * MICROSECONDS_PER_MS;
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    p.f.mono = verified + 30 * SECOND + 100 * MICROSECONDS_PER_MS;
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_SERVICE_UNAVAILABLE);
    redis_server_restart(s);
    PAIR_UNTIL(&p, is_up(&p));
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    redis_pair_close(&p);
}

TEST(away, "logins and refreshes are 503 while Redis is away, at once when it stays so, and nobody is logged "
           "out; D12.2")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct redis_server *s = redis_world_server();
    struct login l = login_number(&p.f, 5, 1), next = login_rotated(&p.f, &l, 5, 1),
                 more = login_number(&p.f, 6, 2);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
    redis_server_kill(s);
    int64_t since = p.f.mono;
    (void)registry_rotate(&p.f, &l, &next, ERR_SERVICE_UNAVAILABLE);
    CHECK(p.f.mono - since >= 2 * SECOND); /* it waited for Redis to come back */
    since = p.f.mono;
    (void)registry_rotate(&p.f, &l, &next, ERR_SERVICE_UNAVAILABLE);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &more, ERR_SERVICE_UNAVAILABLE);
    CHECK(p.f.mono - since < SECOND);
    CHECK(atomic_load(&first(&p)->registry.counters.timeouts) == 1);
    CHECK(atomic_load(&first(&p)->registry.counters.refused) == 2);
    CHECK(!atomic_load(&first(&p)->registry.counters.is_up));
    size_t reports = first(&p)->report_count;
    CHECK(reports == 2); /* a line for each connection, however often it is tried again */
    redis_server_restart(s);
    PAIR_UNTIL(&p, is_up(&p));
    struct login got = registry_rotate(&p.f, &l, &next, ERR_NONE).login;
    CHECK(login_same_tokens(&got, &next));
    CHECK(redis_instance_reported(first(&p), "parley-logins: is there again"));
    redis_pair_close(&p);
}

TEST(logged_out, "who logs out while Redis is away is logged out when it is back; D3.8")
{
    static struct redis_pair p;
    redis_pair_open(&p, quick);
    struct redis_server *s = redis_world_server();
    struct login early = login_number(&p.f, 5, 1), late = login_number(&p.f, 6, 2),
                 stays = login_number(&p.f, 7, 3);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &early, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &late, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &stays, ERR_NONE);
    redis_server_kill(s);
    (void)registry_ask(&p.f, REGISTRY_REMOVE, &early, ERR_SERVICE_UNAVAILABLE); /* waits in vain */
    (void)registry_ask(&p.f, REGISTRY_REMOVE, &late, ERR_SERVICE_UNAVAILABLE);  /* is refused at once */
    struct login foreign = stays;
    foreign.refresh = early.refresh;
    (void)registry_ask(&p.f, REGISTRY_REMOVE, &foreign, ERR_SERVICE_UNAVAILABLE);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &late, ERR_SERVICE_UNAVAILABLE); /* not trusted any more */
    redis_server_restart(s);
    PAIR_UNTIL(&p, redis_was_told(&p.instances[1].ended, &early.id) &&
                       redis_was_told(&p.instances[1].ended, &late.id));
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &early, ERR_INVALID_TOKEN);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &late, ERR_INVALID_TOKEN);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &stays, ERR_NONE);
    redis_pair_close(&p);
}

TEST(restarted, "a Redis that is killed and comes back in time is noticed by nobody; D12.2 G1")
{
    static struct redis_pair p;
    redis_pair_open(&p, patient);
    struct redis_server *s = redis_world_server();
    struct login l = login_number(&p.f, 5, 1);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
    for (unsigned round = 1; round <= 5; round++) {
        struct registry_call calls[8];
        for (unsigned i = 0; i < 8; i++) {
            calls[i] = registry_call_of(&p.f, REGISTRY_ROTATE, &l);
            calls[i].next = login_rotated(&p.f, &l, 5, round * 8 + i);
            registry_submit(&p.f, &calls[i]);
        }
        for (unsigned i = 0; i < round - 1; i++)
            redis_registry_step(&first(&p)->registry); /* not sent, sent, perhaps answered */
        redis_server_kill(s);
        redis_pair_step(&p);
        redis_server_restart(s);
        for (unsigned i = 0; i < 8; i++) {
            (void)registry_settle(&p.f, &calls[i]);
            CHECK_INT(calls[i].error, ERR_NONE);
            CHECK(login_same_tokens(&calls[i].login, &calls[0].login));
        }
        l = calls[0].login;
    }
    redis_pair_close(&p);
}

/* One of each operation, whose outcome shows whether it was done once. */
static void run_all(struct redis_pair *p, unsigned round,
                    void (*disturb)(struct redis_pair *, unsigned round))
{
    struct login l = login_number(&p->f, 1000 + round * 10, 1),
                 next = login_rotated(&p->f, &l, 1000 + round * 10, 1);
    struct registry_call calls[] = {
        registry_call_of(&p->f, REGISTRY_CREATE, &l),    registry_call_of(&p->f, REGISTRY_VERIFY, &l),
        registry_call_of(&p->f, REGISTRY_ROTATE, &l),    registry_call_of(&p->f, REGISTRY_ONLINE, &l),
        registry_call_of(&p->f, REGISTRY_REMOVE, &next), registry_call_of(&p->f, REGISTRY_REVOKE, &l),
        registry_call_of(&p->f, REGISTRY_SWEEP, &l),
    };
    calls[2].next = next;
    for (size_t i = 0; i < ARRAY_LEN(calls); i++) {
        registry_submit(&p->f, &calls[i]);
        if (i == round % ARRAY_LEN(calls))
            disturb(p, round);
        (void)registry_settle(&p->f, &calls[i]);
        CHECK_INT(calls[i].error, ERR_NONE);
    }
    CHECK(login_same_tokens(&calls[2].login, &next));
    CHECK(calls[3].online);
    (void)registry_ask(&p->f, REGISTRY_VERIFY, &next, ERR_INVALID_TOKEN);
}

static void kill_connections(struct redis_pair *p, unsigned round)
{
    const struct redis_registry *r = &first(p)->registry;
    for (unsigned i = 0; i < round / 7 % 4; i++)
        redis_registry_step(&first(p)->registry);
    if (round / 28 % 2 == 0)
        (void)redis_server_say(redis_world_server(), "CLIENT KILL ID %s", r->link.self[0]);
    else
        (void)redis_server_say(redis_world_server(), "CLIENT KILL ID %s", r->feed.link.self[0]);
}

TEST(killed_connections, "a connection that is cut at any command loses none and does none twice; D12.2")
{
    static struct redis_pair p;
    redis_pair_open(&p, patient);
    PAIR_UNTIL(&p, is_up(&p));
    for (unsigned round = 0; round < 56; round++)
        run_all(&p, round, kill_connections);
    CHECK(first(&p)->registry.link.losses >= 28);
    CHECK(first(&p)->registry.feed.link.losses > 0);
    redis_pair_close(&p);
}

static void flush_scripts(struct redis_pair *p, unsigned round)
{
    (void)p;
    (void)round;
    (void)redis_server_say(redis_world_server(), "SCRIPT FLUSH");
}

TEST(scripts_forgotten, "a Redis that has forgotten the scripts is told them again; D12.2")
{
    static struct redis_pair p;
    redis_pair_open(&p, patient);
    for (unsigned round = 0; round < 7; round++)
        run_all(&p, round, flush_scripts);
    redis_pair_close(&p);
}

TEST(slow,
     "a Redis that says nothing costs a request its timeout, not more, and then only what is not trusted")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct redis_server *s = redis_world_server();
    struct login l = login_number(&p.f, 5, 1), given_up = login_number(&p.f, 6, 1),
                 later = login_number(&p.f, 7, 1);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
    redis_server_pause(s);
    int64_t since = p.f.mono;
    (void)registry_ask(&p.f, REGISTRY_CREATE, &given_up, ERR_SERVICE_UNAVAILABLE);
    CHECK(p.f.mono - since < 3 * SECOND);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    PAIR_UNTIL(&p, first(&p)->registry.link.state == REDIS_LINK_GREETING);
    struct registry_call c = registry_call_of(&p.f, REGISTRY_CREATE, &later);
    registry_submit(&p.f, &c);
    redis_pair_step(&p);
    redis_server_resume(s);
    (void)registry_settle(&p.f, &c);
    CHECK_INT(c.error, ERR_NONE);
    for (int i = 0; i < 100; i++)
        redis_pair_step(&p);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &later, ERR_NONE); /* the one given up did not come after it */
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &given_up, ERR_INVALID_TOKEN);
    redis_pair_close(&p);
}

TEST(asleep, "a Redis that sleeps for a while in the middle of a command answers all when it wakes")
{
    static struct redis_pair p;
    redis_pair_open(&p, patient);
    struct redis_server *s = redis_world_server();
    PAIR_UNTIL(&p, is_up(&p));
    (void)redisAppendCommand(s->context, "DEBUG SLEEP 0.2");
    int done = 0;
    while (!done)
        (void)redisBufferWrite(s->context, &done);
    struct login l = login_number(&p.f, 5, 1);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    void *reply;
    (void)redisGetReply(s->context, &reply);
    freeReplyObject(reply);
    redis_pair_close(&p);
}

TEST(full, "calls over the queue's length are refused at once; G5")
{
    static struct redis_pair p;
    redis_pair_open(&p, narrow);
    struct redis_server *s = redis_world_server();
    PAIR_UNTIL(&p, is_up(&p));
    redis_server_pause(s);
    struct registry_call calls[6];
    for (unsigned i = 0; i < 6; i++) {
        struct login l = login_number(&p.f, 10 + i, 10 + i);
        calls[i] = registry_call_of(&p.f, REGISTRY_CREATE, &l);
        registry_submit(&p.f, &calls[i]);
    }
    redis_pair_step(&p);
    for (unsigned i = 0; i < 6; i++)
        CHECK_INT(calls[i].done == NULL, i >= 4);
    CHECK_INT(calls[5].error, ERR_SERVICE_UNAVAILABLE);
    redis_server_resume(s);
    for (unsigned i = 0; i < 4; i++) {
        (void)registry_settle(&p.f, &calls[i]);
        CHECK_INT(calls[i].error, ERR_NONE);
    }
    redis_pair_close(&p);
}

static void as_guest(struct redis_options *o)
{
    (void)snprintf(o->address.user, sizeof o->address.user, "guest");
    (void)snprintf(o->address.password, sizeof o->address.password, "of honour");
}

TEST(guest, "a user who may no more than docs/redis.md lists is served; D12.2")
{
    static struct redis_pair p;
    struct redis_server *s = redis_world_server();
    CHECK_INT(redis_server_say(
                  s,
                  "ACL SETUSER guest on >%s ~parley:* +@hash +@sortedset +@stream +@scripting +@string "
                  "+@keyspace +@connection +time -@dangerous +client|kill",
                  "of honour"),
              0);
    redis_pair_open(&p, as_guest);
    PAIR_UNTIL(&p, is_up(&p) && first(&p)->registry.feed.lists > 0);
    for (unsigned round = 0; round < 7; round++)
        run_all(&p, round, kill_connections);
    CHECK(!redis_instance_reported(first(&p), "NOPERM"));
    CHECK(first(&p)->registry.link.self[0][0] != '\0');
    (void)redis_server_say(s, "ACL DELUSER guest");
    redis_pair_close(&p);
}
