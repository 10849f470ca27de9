/* SPDX-License-Identifier: MIT
 *
 * tests/support/wired.h - a worker on a thread of its own, serving a protocol of the test over loopback, and
 * the clients' side of the sockets. Everything waits for events with a deadline; nothing sleeps.
 */
#ifndef PARLEY_TESTS_WIRED_H
#define PARLEY_TESTS_WIRED_H

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "engine/connection.h"
#include "engine/port.h"
#include "net/listener.h"
#include "net/worker.h"
#include "support/test.h"

enum { WIRED_PATIENCE = 10000 /* milliseconds after which a test gives up */ };

struct wired {
    struct worker *worker;
    struct engine engine;
    struct engine_limits limits;
    const struct protocol *protocol;
    uint16_t port;
    struct logger *logger;
    int64_t wake_after; /* 0, or when a new connection's timer is to fire first */
    sem_t opened, released, left;
    _Atomic uint32_t live, most_live, cut;
    _Atomic int cause;     /* of the connection that was released last */
    _Atomic size_t queued; /* octets that it still held */
    _Atomic int blamed; /* what the last one that failed did so for; its peer, as the driver knew him then */
    struct connection_peer peer;
};

static inline struct wired *wired_of(const struct connection *c)
{
    return CONTAINER_OF(c->engine, struct wired, engine);
}

/* ---- what the protocols of tests share ---- */

static inline int64_t wired_deadline(struct connection *c, int64_t now)
{
    (void)c;
    (void)now;
    return TIMERS_NEVER;
}

static inline void wired_nothing(struct connection *c)
{
    (void)c;
}

static inline void wired_release(struct connection *c)
{
    struct wired *w = wired_of(c);
    atomic_store(&w->cause, (int)c->cause);
    atomic_store(&w->queued, c->out.bytes);
    atomic_fetch_sub(&w->live, 1);
    sem_post(&w->released);
}

static inline void wired_push(struct connection *c, struct slice octets)
{
    struct frame *f = frame_copy(octets);
    (void)connection_push(c, SLICE_NONE, f);
    frame_unref(f);
}

/* ---- the server's side ---- */

/* The engine begins with HTTP; the test's own protocol takes its place before the first octet. */
static inline void wired_on_open(void *context, struct connection *c)
{
    struct wired *w = context;
    uint32_t live = atomic_fetch_add(&w->live, 1) + 1;
    if (live > atomic_load(&w->most_live))
        atomic_store(&w->most_live, live);
    c->protocol->release(c);
    connection_become(c, w->protocol, NULL);
    if (w->wake_after != 0)
        connection_wake_at(c, c->engine->loop->now + w->wake_after);
    sem_post(&w->opened);
}

static inline void wired_on_left(void *context, uint32_t worker, uint32_t cut)
{
    struct wired *w = context;
    (void)worker;
    atomic_store(&w->cut, cut);
    sem_post(&w->left);
}

static inline void wired_failed(void *context, struct connection *c, enum error cause)
{
    struct wired *w = context;
    c->engine->look_at_peer(c, &w->peer);
    atomic_store(&w->blamed, (int)cause);
}

static const struct engine_ports wired_ports = {.connection_failed = wired_failed};

/* Before wired_start(), the test may change limits, logger and wake_after. */
static inline void wired_init(struct wired *w, const struct protocol *protocol)
{
    memset(w, 0, sizeof *w);
    w->protocol = protocol;
    w->limits = engine_limits_default;
    sem_init(&w->opened, 0, 0);
    sem_init(&w->released, 0, 0);
    sem_init(&w->left, 0, 0);
}

static inline struct listener wired_listen(unsigned count)
{
    struct listener_address a;
    struct listener l;
    char why[LISTENER_WHY];
    CHECK(listener_address_parse(&a, SLICE("127.0.0.1:0"), why));
    CHECK(listener_open(&l, &a, count, why));
    return l;
}

static inline void wired_build(struct wired *w, uint32_t max_connections, int send_buffer, int listener)
{
    struct worker_options options = {.clock = &clock_system,
                                     .random = &random_system,
                                     .logger = w->logger,
                                     .max_connections = max_connections,
                                     .send_buffer = send_buffer,
                                     .on_open = wired_on_open,
                                     .on_left = wired_on_left,
                                     .context = w};
    w->worker = worker_new(&options);
    engine_init(&w->engine, 0, max_connections, worker_loop(w->worker), NULL, &w->limits, &wired_ports, w);
    worker_attach(w->worker, &w->engine, listener);
}

static inline void wired_start(struct wired *w, uint32_t max_connections, int send_buffer)
{
    struct listener l = wired_listen(1);
    w->port = l.port;
    wired_build(w, max_connections, send_buffer, listener_take(&l, 0));
    CHECK(worker_start(w->worker));
}

/* Checks that nothing is left of any connection. */
static inline void wired_stop(struct wired *w)
{
    worker_stop(w->worker);
    worker_free(w->worker);
    CHECK_INT(atomic_load(&w->live), 0);
    CHECK_INT(w->engine.out_entries.live, 0);
    CHECK_INT(w->engine.connections.used, 0);
    engine_release(&w->engine);
    sem_destroy(&w->opened);
    sem_destroy(&w->released);
    sem_destroy(&w->left);
}

/* ---- waiting ---- */

static inline bool wired_await(sem_t *s)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += WIRED_PATIENCE / 1000;
    int rc;
    while ((rc = sem_timedwait(s, &until)) == -1 && errno == EINTR)
        ;
    return rc == 0;
}

static inline bool wired_await_many(sem_t *s, unsigned count)
{
    while (count > 0 && wired_await(s))
        count--;
    return count == 0;
}

/* ---- the clients' side ---- */

static inline int client_connect(uint16_t port, int buffers)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (buffers > 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &buffers, sizeof buffers);
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffers, sizeof buffers);
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0)
        return fd;
    close(fd);
    return -1;
}

static inline bool client_await(int fd, short events)
{
    struct pollfd p = {.fd = fd, .events = events};
    return poll(&p, 1, WIRED_PATIENCE) == 1;
}

static inline bool client_send(int fd, const char *text)
{
    return send(fd, text, strlen(text), MSG_NOSIGNAL) == (ssize_t)strlen(text);
}

/* Exactly that text comes next. */
static inline bool client_gets(int fd, const char *text)
{
    char got[256];
    size_t want = strlen(text), have = 0;
    while (have < want && client_await(fd, POLLIN)) {
        ssize_t n = recv(fd, got + have, want - have, 0);
        if (n <= 0)
            break;
        have += (size_t)n;
    }
    return have == want && memcmp(got, text, want) == 0;
}

/* The server's end of the stream comes next. */
static inline bool client_gets_end(int fd)
{
    char octet;
    return client_await(fd, POLLIN) && recv(fd, &octet, 1, 0) == 0;
}

/* The server resets the connection, after whatever it sent. */
static inline bool client_gets_reset(int fd)
{
    char octets[4096];
    ssize_t n = 1;
    while (n > 0 && client_await(fd, POLLIN))
        n = recv(fd, octets, sizeof octets, 0);
    return n == -1 && errno == ECONNRESET;
}

#endif
