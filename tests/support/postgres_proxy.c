// SPDX-License-Identifier: MIT
#include "support/postgres_proxy.h"

#include <arpa/inet.h>
#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/postgres.h"

enum { RELAYS = 64, BUFFER = 64 * 1024, HEADER = 5 };

/* Octets that go one way, and where in a message they are: type, length of the rest, the rest. */
struct stream {
    int from, to;
    bool untyped; /* the very first message of a client has no type */
    unsigned char header[HEADER];
    size_t header_len;
    uint32_t left; /* of the message */
};

struct relay {
    bool used;
    struct stream ways[2]; /* by enum proxy_way */
};

static struct proxy {
    int listener;
    unsigned port, server_port;
    char url[160];
    pthread_t thread;
    struct relay relays[RELAYS];
    _Atomic int armed[2]; /* messages that still pass; -1: all */
    _Atomic bool cut;
} proxy;

/* --- messages --- */

static uint32_t read_length(const unsigned char *octets)
{
    return (uint32_t)octets[0] << 24 | (uint32_t)octets[1] << 16 | (uint32_t)octets[2] << 8 | octets[3];
}

/* Takes one octet of a header; true when that begins a message: the first octet of it. */
static bool take_header(struct stream *s, unsigned char octet)
{
    bool begins = s->header_len == (s->untyped ? 1U : 0U);
    s->header[s->header_len++] = octet;
    if (s->header_len == HEADER) {
        s->left = read_length(s->header + 1) - 4;
        s->untyped = false;
        s->header_len = 0;
    }
    return begins;
}

static bool may_pass(enum proxy_way way)
{
    int left = atomic_load(&proxy.armed[way]);
    if (left < 0)
        return true;
    atomic_store(&proxy.armed[way], left - 1);
    if (left > 0)
        return true;
    atomic_store(&proxy.cut, true);
    return false;
}

/* How many of the octets go before the cut; all of them when there is none. */
static size_t count_passing(struct stream *s, enum proxy_way way, const unsigned char *octets, size_t n)
{
    for (size_t at = 0; at < n;) {
        if (s->left > 0) {
            size_t skip = s->left < n - at ? s->left : n - at;
            s->left -= (uint32_t)skip;
            at += skip;
        } else {
            if (take_header(s, octets[at]) && !may_pass(way))
                return at;
            at++;
        }
    }
    return n;
}

/* --- connections --- */

static void close_relay(struct relay *r)
{
    close(r->ways[PROXY_TO_SERVER].from);
    close(r->ways[PROXY_TO_SERVER].to);
    r->used = false;
}

static bool write_all(int to, const unsigned char *octets, size_t n)
{
    while (n > 0) {
        ssize_t written = send(to, octets, n, MSG_NOSIGNAL);
        if (written <= 0)
            return false;
        octets += written;
        n -= (size_t)written;
    }
    return true;
}

static void pass_on(struct relay *r, enum proxy_way way)
{
    static unsigned char octets[BUFFER];
    struct stream *s = &r->ways[way];
    ssize_t n = read(s->from, octets, sizeof octets);
    if (n <= 0) {
        close_relay(r);
        return;
    }
    size_t passing = count_passing(s, way, octets, (size_t)n);
    bool sent = write_all(s->to, octets, passing);
    if (passing < (size_t)n || !sent)
        close_relay(r);
}

static struct sockaddr_in loopback(unsigned port)
{
    return (struct sockaddr_in){
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static void accept_one(void)
{
    struct sockaddr_in address = loopback(proxy.server_port);
    int client = accept(proxy.listener, NULL, NULL), server = socket(AF_INET, SOCK_STREAM, 0);
    size_t i = 0;
    while (i < RELAYS && proxy.relays[i].used)
        i++;
    if (i == RELAYS || connect(server, (struct sockaddr *)&address, sizeof address) != 0) {
        close(client);
        close(server);
        return;
    }
    proxy.relays[i] = (struct relay){
        .used = true,
        .ways = {[PROXY_TO_SERVER] = {.from = client, .to = server, .untyped = true, .header_len = 1},
                 [PROXY_TO_CLIENT] = {.from = server, .to = client}}};
}

static size_t list(struct pollfd polled[1 + 2 * RELAYS])
{
    size_t count = 0;
    polled[count++] = (struct pollfd){.fd = proxy.listener, .events = POLLIN};
    for (size_t i = 0; i < RELAYS; i++) {
        for (int way = 0; way < 2; way++)
            polled[count++] = (struct pollfd){
                .fd = proxy.relays[i].used ? proxy.relays[i].ways[way].from : -1, .events = POLLIN};
    }
    return count;
}

static void *run(void *unused)
{
    struct pollfd polled[1 + 2 * RELAYS];
    (void)unused;
    for (;;) {
        size_t count = list(polled);
        if (poll(polled, count, -1) < 0)
            continue;
        for (size_t i = 1; i < count; i++) {
            struct relay *r = &proxy.relays[(i - 1) / 2];
            if (polled[i].revents != 0 && r->used)
                pass_on(r, (enum proxy_way)((i - 1) % 2));
        }
        if (polled[0].revents != 0)
            accept_one();
    }
    return NULL;
}

/* --- the test's side --- */

const char *postgres_proxy_start(void)
{
    const char *url = postgres_url(), *colon = strrchr(url, ':');
    struct sockaddr_in address = loopback(0);
    socklen_t len = sizeof address;
    if (proxy.port != 0)
        return proxy.url;
    proxy.server_port = (unsigned)strtoul(colon + 1, NULL, 10);
    proxy.listener = socket(AF_INET, SOCK_STREAM, 0);
    int bound = bind(proxy.listener, (struct sockaddr *)&address, len);
    int listening = listen(proxy.listener, RELAYS);
    int named = getsockname(proxy.listener, (struct sockaddr *)&address, &len);
    assert(proxy.listener >= 0 && bound == 0 && listening == 0 && named == 0);
    proxy.port = ntohs(address.sin_port);
    snprintf(proxy.url, sizeof proxy.url,
             "postgresql://parley:parley@127.0.0.1:%u/postgres?sslmode=disable&gssencmode=disable",
             proxy.port);
    atomic_store(&proxy.armed[PROXY_TO_SERVER], -1);
    atomic_store(&proxy.armed[PROXY_TO_CLIENT], -1);
    int started = pthread_create(&proxy.thread, NULL, run, NULL);
    assert(started == 0);
    return proxy.url;
}

void postgres_proxy_arm(enum proxy_way way, int messages)
{
    atomic_store(&proxy.cut, false);
    atomic_store(&proxy.armed[way], messages);
}

bool postgres_proxy_has_cut(void)
{
    atomic_store(&proxy.armed[PROXY_TO_SERVER], -1);
    atomic_store(&proxy.armed[PROXY_TO_CLIENT], -1);
    return atomic_load(&proxy.cut);
}
