// SPDX-License-Identifier: MIT
// What users notice when Redis says something else than it should.
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/redis_world.h"

static void patient(struct redis_options *o)
{
    o->timeout = 3600 * SECOND; /* of a clock that no test lets go on so far */
}

static void quick(struct redis_options *o)
{
    o->timeout = 200 * MICROSECONDS_PER_MS;
}

static struct redis_instance *first(struct redis_pair *p)
{
    return &p->instances[0];
}

static bool is_up(struct redis_pair *p)
{
    return redis_link_is_up(&first(p)->registry.link);
}

/* Something that listens and is no Redis: it says this to whoever comes, and reads nothing. */
struct impostor {
    int listener;
    struct sockaddr_in address;
};

static void impostor_open(struct impostor *i)
{
    socklen_t len = sizeof i->address;
    i->address = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    i->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (bind(i->listener, (struct sockaddr *)&i->address, len) != 0 || listen(i->listener, 16) != 0 ||
        getsockname(i->listener, (struct sockaddr *)&i->address, &len) != 0)
        abort();
}

static void impostor_speak(struct impostor *i, const char *text)
{
    int fd = accept(i->listener, NULL, NULL);
    if (fd < 0)
        return;
    (void)send(fd, text, strlen(text), MSG_NOSIGNAL);
    (void)close(fd);
}

TEST(impostor, "what is no Redis, whatever it says, is as good as none; G7")
{
    static const char *const speeches[] = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n+OK\r\n",
        "*-1\r\n$-1\r\n:1\r\n*0\r\n*1\r\n*1\r\n*1\r\n$0\r\n\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n:1\r\n",
        "*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n",
        "$99999999999999999999\r\n",
        ":99999999999999999999999\r\n",
        "*99999999999999999999\r\n",
        "",
    };
    struct impostor i;
    impostor_open(&i);
    for (size_t n = 0; n < ARRAY_LEN(speeches); n++) {
        static struct redis_pair p;
        redis_pair_open(&p, NULL);
        redis_instance_close(first(&p));
        redis_instance_open(first(&p), &p.f, quick);
        first(&p)->registry.options.address.port = ntohs(i.address.sin_port);
        redis_pair_use(&p, 0);
        struct login l = login_number(&p.f, 5, 1);
        struct registry_call c = registry_call_of(&p.f, REGISTRY_CREATE, &l);
        registry_submit(&p.f, &c);
        for (int steps = 0; steps < 5000 && c.done != NULL; steps++) {
            redis_pair_step(&p);
            impostor_speak(&i, speeches[n]);
        }
        CHECK_INT(c.error, ERR_SERVICE_UNAVAILABLE);
        redis_pair_close(&p);
    }
    (void)close(i.listener);
}

TEST(errors, "what Redis refuses or garbles is 503 and a line, and hurts no other call; D3.5")
{
    static struct redis_pair p;
    redis_pair_open(&p, NULL);
    struct redis_server *s = redis_world_server();
    struct login l = login_number(&p.f, 5, 1), broken = login_number(&p.f, 6, 2),
                 more = login_number(&p.f, 7, 3);
    char id[UUID_TEXT + 1] = "";
    uuid_format(&broken.id, id);
    (void)redis_server_say(s, "SELECT 1");
    (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &broken, ERR_NONE);
    (void)redis_server_say(s, "HSET parley:login:%s access nonsense", id);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &broken, ERR_SERVICE_UNAVAILABLE);
    (void)redis_server_say(s, "SET parley:login:%s text", id);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &broken, ERR_SERVICE_UNAVAILABLE);
    CHECK(redis_instance_reported(first(&p), "not what was asked for"));
    CHECK(!redis_instance_reported(first(&p), "WRONGTYPE")); /* a line a second will do */
    p.f.mono += SECOND;
    (void)redis_server_say(s, "CONFIG SET maxmemory 1");
    (void)registry_ask(&p.f, REGISTRY_CREATE, &more, ERR_SERVICE_UNAVAILABLE);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &l, ERR_NONE);
    CHECK(redis_instance_reported(first(&p), "OOM"));
    (void)redis_server_say(s, "CONFIG SET maxmemory 0");
    (void)registry_ask(&p.f, REGISTRY_CREATE, &more, ERR_NONE);
    CHECK_INT(atomic_load(&first(&p)->registry.counters.failures), 3);
    CHECK_INT(first(&p)->registry.link.losses, 0);
    redis_pair_close(&p);
}

TEST(replica, "a Redis that takes no writes is not the one: calls wait for one that does")
{
    static struct redis_pair p;
    redis_pair_open(&p, patient);
    struct redis_server *s = redis_world_server();
    PAIR_UNTIL(&p, is_up(&p));
    (void)redis_server_say(s, "REPLICAOF 127.0.0.1 1");
    struct login l = login_number(&p.f, 5, 1);
    struct registry_call c = registry_call_of(&p.f, REGISTRY_CREATE, &l);
    registry_submit(&p.f, &c);
    PAIR_UNTIL(&p, first(&p)->registry.link.losses >= 2);
    CHECK(c.done != NULL);
    CHECK(first(&p)->registry.link.failures >= 2); /* so that it is asked less and less often */
    (void)redis_server_say(s, "REPLICAOF NO ONE");
    (void)registry_settle(&p.f, &c);
    CHECK_INT(c.error, ERR_NONE);
    redis_pair_close(&p);
}

static void wrong_password(struct redis_options *o)
{
    quick(o);
    (void)snprintf(o->address.password, sizeof o->address.password, "wrong");
}

static void no_such_host(struct redis_options *o)
{
    quick(o);
    (void)snprintf(o->address.host, sizeof o->address.host, "no-such-host.invalid");
}

TEST(no_entry, "a wrong password or host is 503 and one line that says why, without the password")
{
    static const struct {
        void (*change)(struct redis_options *);
        const char *reported;
    } cases[] = {{wrong_password, "WRONGPASS"}, {no_such_host, "parley-logins: "}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        static struct redis_pair p;
        redis_pair_open(&p, cases[i].change);
        struct login l = login_number(&p.f, 5, 1);
        (void)registry_ask(&p.f, REGISTRY_CREATE, &l, ERR_SERVICE_UNAVAILABLE);
        CHECK(redis_instance_reported(first(&p), cases[i].reported));
        CHECK(!redis_instance_reported(first(&p), "pass word"));
        CHECK_INT(first(&p)->report_count, 2);
        redis_pair_close(&p);
    }
}
