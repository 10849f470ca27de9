// SPDX-License-Identifier: MIT
#include "net/acceptor.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/object.h"

enum {
    ACCEPTOR_MAGIC = 0x41434350,
    ACCEPTOR_BATCH = 64 /* per readiness, so that a storm leaves time for others */
};
#define ACCEPTOR_REST (100 * MICROSECONDS_PER_MS)

static bool is_watching(const struct acceptor *a)
{
    return acceptor_is_open(a) && !a->held && !timer_is_running(&a->again);
}

static void update_watch(struct acceptor *a)
{
    if (is_watching(a))
        ev_io_start(a->ev, &a->io);
    else
        ev_io_stop(a->ev, &a->io);
}

/* Returns the port. */
static uint16_t write_peer(const struct sockaddr_storage *from, char peer[ACCEPTOR_PEER])
{
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)from;
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)from;
    bool is_v6 = from->ss_family == AF_INET6;
    const void *number = is_v6 ? (const void *)&v6->sin6_addr : &v4->sin_addr;
    if (inet_ntop(from->ss_family, number, peer, ACCEPTOR_PEER) == NULL)
        peer[0] = '\0'; /* a socket that has no such address, in tests */
    return ntohs(is_v6 ? v6->sin6_port : v4->sin_port);
}

/* Errors of accept() that only say something about one connection, which is gone. accept(2): "Linux accept()
 * passes already-pending network errors on the new socket as an error code", to be treated like EAGAIN by
 * retrying. */
static bool is_passing(int error)
{
    return error != EMFILE && error != ENFILE && error != ENOBUFS && error != ENOMEM;
}

/* False when there is nothing more to be had now. */
static bool accept_one(struct acceptor *a)
{
    struct sockaddr_storage from = {.ss_family = AF_UNSPEC};
    socklen_t len = sizeof from;
    char peer[ACCEPTOR_PEER];
    int fd = accept4(a->io.fd, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd != -1) {
        uint16_t port = write_peer(&from, peer);
        a->accepted(a, fd, peer, port);
        return true;
    }
    if (errno == EAGAIN || errno == EWOULDBLOCK)
        return false;
    if (is_passing(errno))
        return true;
    counter_add(a->failures, 1);
    timer_start(&a->loop->timers, &a->again, a->loop->now + ACCEPTOR_REST);
    return false;
}

static void accept_some(struct acceptor *a, unsigned most)
{
    while (most-- > 0 && is_watching(a) && accept_one(a))
        ;
    update_watch(a);
}

static void on_readable(struct ev_loop *ev, ev_io *io, int revents)
{
    (void)ev;
    (void)revents;
    struct acceptor *a = io->data;
    OBJ_CHECK(a, ACCEPTOR_MAGIC);
    accept_some(a, ACCEPTOR_BATCH);
}

static void on_again(struct timer *t)
{
    struct acceptor *a = CONTAINER_OF(t, struct acceptor, again);
    OBJ_CHECK(a, ACCEPTOR_MAGIC);
    update_watch(a);
}

void acceptor_init(struct acceptor *a, struct ev_loop *ev, struct loop *loop,
                   void (*accepted)(struct acceptor *, int fd, const char *peer, uint16_t port))
{
    OBJ_INIT(a, ACCEPTOR_MAGIC);
    a->ev = ev;
    a->loop = loop;
    a->accepted = accepted;
    timer_init(&a->again, on_again);
    ev_io_init(&a->io, on_readable, -1, EV_READ);
    a->io.data = a;
}

void acceptor_open(struct acceptor *a, int listener)
{
    OBJ_CHECK(a, ACCEPTOR_MAGIC);
    assert(!acceptor_is_open(a) && listener >= 0);
    ev_io_set(&a->io, listener, EV_READ);
    update_watch(a);
}

bool acceptor_is_open(const struct acceptor *a)
{
    OBJ_CHECK(a, ACCEPTOR_MAGIC);
    return a->io.fd != -1;
}

void acceptor_hold(struct acceptor *a)
{
    OBJ_CHECK(a, ACCEPTOR_MAGIC);
    a->held = true;
    update_watch(a);
}

void acceptor_let_go(struct acceptor *a)
{
    OBJ_CHECK(a, ACCEPTOR_MAGIC);
    a->held = false;
    update_watch(a);
}

void acceptor_drain(struct acceptor *a)
{
    if (!acceptor_is_open(a))
        return;
    accept_some(a, UINT32_MAX);
    acceptor_close(a);
}

void acceptor_close(struct acceptor *a)
{
    if (!acceptor_is_open(a))
        return;
    int fd = a->io.fd;
    ev_io_stop(a->ev, &a->io);
    ev_io_set(&a->io, -1, EV_READ);
    timer_stop(&a->loop->timers, &a->again);
    close(fd);
}
