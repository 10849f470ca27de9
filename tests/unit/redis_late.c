// SPDX-License-Identifier: MIT
// A network that delivers late: what was given up on one connection must not be done after what was sent on
// the next.
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/redis_world.h"

enum { WIRES = 16, PORTION = 4096 };

/* One connection through the network: what comes at one end goes out at the other. */
struct wire {
    int client, server;
    bool is_held; /* what the client says stays on its way */
    bool is_mute; /* so does what the server says */
};

struct network {
    int listener;
    int port;
    struct wire wires[WIRES];
    size_t count;
};

static int open_socket(int port, bool listens)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, listens ? SOCK_STREAM | SOCK_NONBLOCK : SOCK_STREAM, 0);
    if (fd < 0 ||
        (listens && (bind(fd, (struct sockaddr *)&address, sizeof address) != 0 || listen(fd, WIRES) != 0)) ||
        (!listens && connect(fd, (struct sockaddr *)&address, sizeof address) != 0))
        abort();
    return fd;
}

static void network_open(struct network *n)
{
    struct sockaddr_in address;
    socklen_t len = sizeof address;
    memset(n, 0, sizeof *n);
    n->listener = open_socket(0, true);
    if (getsockname(n->listener, (struct sockaddr *)&address, &len) != 0)
        abort();
    n->port = ntohs(address.sin_port);
}

static void wire_close(struct wire *w)
{
    (void)close(w->client);
    (void)close(w->server);
    w->client = w->server = -1;
}

static void network_close(struct network *n)
{
    for (size_t i = 0; i < n->count; i++) {
        if (n->wires[i].client >= 0)
            wire_close(&n->wires[i]);
    }
    (void)close(n->listener);
}

/* False when nothing will follow. A held wire keeps what it has also when the client has gone. */
static bool carry(int from, int to)
{
    unsigned char octets[PORTION];
    ssize_t n = recv(from, octets, sizeof octets, MSG_DONTWAIT);
    return n < 0 || (n > 0 && send(to, octets, (size_t)n, MSG_NOSIGNAL) == n);
}

static void network_step(struct network *n)
{
    int client = accept4(n->listener, NULL, NULL, 0);
    if (client >= 0) {
        assert(n->count < WIRES);
        n->wires[n->count++] =
            (struct wire){client, open_socket(redis_world_server()->port, false), false, false};
    }
    for (size_t i = 0; i < n->count; i++) {
        struct wire *w = &n->wires[i];
        if (w->client >= 0 &&
            ((!w->is_held && !carry(w->client, w->server)) || (!w->is_mute && !carry(w->server, w->client))))
            wire_close(w);
    }
}

static struct network network;

static void through_network(struct redis_options *o)
{
    o->address.port = network.port;
}

static void step_all(struct registry_fixture *f)
{
    redis_pair_step(f->adapter);
    network_step(&network);
}

#define NETWORK_UNTIL(p, condition)                                                                          \
    do {                                                                                                     \
        for (int steps_ = 0; steps_ < 10000 && !(condition); steps_++)                                       \
            step_all(&(p)->f);                                                                               \
        CHECK(condition);                                                                                    \
    } while (0)

/* All wires that there are by now. */
static void hold(bool is_held)
{
    for (size_t i = 0; i < network.count; i++)
        network.wires[i].is_held = is_held;
}

TEST(late, "a login that was given up is not made after the one that came next; D3.5 D12.2")
{
    static struct redis_pair p;
    network_open(&network);
    redis_pair_open(&p, through_network);
    p.f.step = step_all;
    const struct redis_link *link = &p.instances[0].registry.link;
    NETWORK_UNTIL(&p, redis_link_is_up(link));
    struct login given_up = login_number(&p.f, 5, 1), next = login_number(&p.f, 6, 1);
    hold(true);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &given_up, ERR_SERVICE_UNAVAILABLE);
    NETWORK_UNTIL(&p, redis_link_is_up(link)); /* again, on a wire that is not held */
    (void)registry_ask(&p.f, REGISTRY_CREATE, &next, ERR_NONE);
    hold(false);
    for (int i = 0; i < 100; i++)
        step_all(&p.f);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &next, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &given_up, ERR_INVALID_TOKEN);
    redis_pair_close(&p);
    network_close(&network);
}

static void mute(bool is_mute)
{
    for (size_t i = 0; i < network.count; i++)
        network.wires[i].is_mute = is_mute;
}

static void cut(void)
{
    for (size_t i = 0; i < network.count; i++) {
        if (network.wires[i].client >= 0)
            wire_close(&network.wires[i]);
    }
}

/* A refresh that Redis did, and whose answer came to nobody: 503. The first instance has the network to
 * blame. */
static struct login rotate_unheard(struct redis_pair *p, struct login *l)
{
    p->instances[1].registry.options.address.port = redis_world_server()->port;
    NETWORK_UNTIL(p,
                  redis_link_is_up(&p->instances[0].registry.link) && p->instances[1].registry.feed.current);
    *l = login_number(&p->f, 5, 1);
    (void)registry_ask(&p->f, REGISTRY_CREATE, l, ERR_NONE);
    struct login next = login_rotated(&p->f, l, 5, 1);
    mute(true);
    (void)registry_rotate(&p->f, l, &next, ERR_SERVICE_UNAVAILABLE);
    redis_pair_use(p, 1);
    (void)registry_ask(&p->f, REGISTRY_VERIFY, &next, ERR_NONE); /* it was done */
    return next;
}

TEST(refresh_lost, "a refresh that was done and answered by nobody is taken back: the old token works an "
                   "hour later; D3.7 D12.2")
{
    static struct redis_pair p;
    struct login l;
    network_open(&network);
    redis_pair_open(&p, through_network);
    p.f.step = step_all;
    (void)rotate_unheard(&p, &l);
    cut();
    NETWORK_UNTIL(&p, redis_link_is_up(&p.instances[0].registry.link) &&
                          p.instances[0].registry.doubts.count == 0);
    p.f.wall += 3600 * SECOND;
    struct login again = login_rotated(&p.f, &l, 5, 2);
    struct login got = registry_rotate(&p.f, &l, &again, ERR_NONE).login;
    CHECK(login_same_tokens(&got, &again));
    redis_pair_close(&p);
    network_close(&network);
}

TEST(refresh_found, "a pair that another one got in the grace time is not taken back; D3.7 D12.2")
{
    static struct redis_pair p;
    struct login l;
    network_open(&network);
    redis_pair_open(&p, through_network);
    p.f.step = step_all;
    struct login next = rotate_unheard(&p, &l);
    struct login unused = login_rotated(&p.f, &l, 5, 2);
    struct login got =
        registry_rotate(&p.f, &l, &unused, ERR_NONE).login; /* the page tries again elsewhere */
    CHECK(login_same_tokens(&got, &next));
    cut();
    NETWORK_UNTIL(&p, redis_link_is_up(&p.instances[0].registry.link) &&
                          p.instances[0].registry.doubts.count == 0);
    p.f.wall += 3600 * SECOND;
    struct login again = login_rotated(&p.f, &l, 5, 3);
    got = registry_rotate(&p.f, &next, &again, ERR_NONE).login;
    CHECK(login_same_tokens(&got, &again));
    redis_pair_close(&p);
    network_close(&network);
}

TEST(answer_lost,
     "a login that was made and displaced before its answer was lost is not made again; D3.5 D12.2")
{
    static struct redis_pair p;
    network_open(&network);
    redis_pair_open(&p, through_network);
    p.f.step = step_all;
    p.instances[1].registry.options.address.port = redis_world_server()->port;
    const struct redis_link *link = &p.instances[0].registry.link;
    NETWORK_UNTIL(&p, redis_link_is_up(link) && p.instances[1].registry.feed.current);
    struct login lost = login_number(&p.f, 5, 1), next = login_number(&p.f, 6, 1);
    mute(true);
    struct registry_call c = registry_call_of(&p.f, REGISTRY_CREATE, &lost);
    registry_submit(&p.f, &c);
    NETWORK_UNTIL(&p, redis_was_told(&p.instances[1].live, &lost.id)); /* it was made */
    redis_pair_use(&p, 1);
    (void)registry_ask(&p.f, REGISTRY_CREATE, &next, ERR_NONE);
    CHECK(c.done != NULL);
    cut();
    (void)registry_settle(&p.f, &c);
    CHECK_INT(c.error, ERR_INVALID_TOKEN);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &next, ERR_NONE);
    (void)registry_ask(&p.f, REGISTRY_VERIFY, &lost, ERR_INVALID_TOKEN);
    redis_pair_close(&p);
    network_close(&network);
}
