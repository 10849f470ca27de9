// SPDX-License-Identifier: MIT
#include "net/conn.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/sockios.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- octets in ---- */

/* False when there is nothing more to be had now. */
static bool read_once(struct conn *k)
{
    struct conn_desk *desk = conn_desk(k);
    ssize_t n = recv(k->io.fd, desk->buffer, CONN_BUFFER, 0);
    counter_add(&desk->stats.reads, 1);
    if (n > 0) {
        counter_add(&desk->stats.octets_in, (uint64_t)n);
        connection_input(&k->c, desk->buffer, (size_t)n);
        return n == CONN_BUFFER; /* less: the socket is empty, another call would only say so */
    }
    if (n == 0)
        connection_input_ended(&k->c);
    else if (errno == EINTR)
        return true;
    else if (errno != EAGAIN && errno != EWOULDBLOCK)
        connection_broken(&k->c);
    return false;
}

static void read_some(struct conn *k)
{
    for (int i = 0; i < CONN_READS && connection_wants_input(&k->c) && read_once(k); i++)
        ;
}

static void on_socket(struct ev_loop *ev, ev_io *io, int revents)
{
    (void)ev;
    struct conn *k = io->data;
    assert(connection_valid(&k->c) && k->io.fd == io->fd);
    if (revents & EV_WRITE)
        k->full = false;
    if (revents & EV_READ)
        read_some(k);
    connection_touch(&k->c); /* what is left to do, conn_settle() does at the end of the turn */
}

/* ---- octets out ---- */

/* What this connection may still write in this turn. */
static size_t turn_rest(struct conn *k)
{
    uint32_t turn = conn_desk(k)->turn;
    if (k->turn != turn) {
        k->turn = turn;
        k->turn_octets = 0;
    }
    return k->turn_octets < CONN_TURN ? CONN_TURN - k->turn_octets : 0;
}

/* One system call. sendmsg() rather than writev(), which could not keep the signal of a broken pipe away. */
static void write_once(struct conn *k)
{
    struct conn_desk *desk = conn_desk(k);
    struct outq *out = &k->c.out;
    int count = outq_iov(out, desk->iov, CONN_IOV);
    size_t asked = out->bytes;
    if (count == CONN_IOV) { /* perhaps not all of it */
        asked = 0;
        for (int i = 0; i < count; i++)
            asked += desk->iov[i].iov_len;
    }
    struct msghdr message = {.msg_iov = desk->iov, .msg_iovlen = (size_t)count};
    ssize_t n = sendmsg(k->io.fd, &message, MSG_NOSIGNAL);
    counter_add(&desk->stats.writes, 1);
    if (n == -1 && errno == EINTR)
        return;
    if (n == -1 && errno != EAGAIN && errno != EWOULDBLOCK) {
        connection_broken(&k->c);
        return;
    }
    size_t sent = n == -1 ? 0 : (size_t)n;
    k->full = sent < asked;
    k->turn_octets += (uint32_t)sent;
    counter_add(&desk->stats.octets_out, sent);
    connection_sent(&k->c, sent, k->full);
}

static bool may_write(struct conn *k)
{
    return k->c.phase != CONNECTION_DEAD && !outq_is_empty(&k->c.out) && !k->full && turn_rest(k) > 0;
}

/* A lingering connection whose output has left says that nothing will follow, and waits for the peer's end:
 * to close at once would make the kernel reset the stream if input is still on its way, and the peer might
 * lose what he has not read yet (RFC 9112 9.6). */
static void half_close(struct conn *k)
{
    if (k->c.phase != CONNECTION_LINGERING || k->half_closed || !outq_is_empty(&k->c.out))
        return;
    k->half_closed = true;
    if (shutdown(k->io.fd, SHUT_WR) != 0)
        connection_broken(&k->c);
}

static void watch(struct conn *k)
{
    int events = (connection_wants_input(&k->c) ? EV_READ : 0) | (outq_is_empty(&k->c.out) ? 0 : EV_WRITE);
    int now = ev_is_active(&k->io) ? k->io.events & (EV_READ | EV_WRITE) : 0;
    if (events == now)
        return;
    ev_io_stop(conn_desk(k)->ev, &k->io);
    ev_io_set(&k->io, k->io.fd, events);
    if (events != 0)
        ev_io_start(conn_desk(k)->ev, &k->io);
}

void conn_flush(struct connection *c)
{
    struct conn *k = CONTAINER_OF(c, struct conn, c);
    while (k->c.phase != CONNECTION_DEAD && !outq_is_empty(&k->c.out) && !k->full)
        write_once(k);
}

bool conn_settle(struct conn *k)
{
    assert(connection_valid(&k->c));
    connection_settle(&k->c);
    while (may_write(k))
        write_once(k);
    half_close(k);
    if (k->c.phase == CONNECTION_DEAD)
        return false;
    watch(k);
    return true;
}

/* ---- the peer, as the kernel knows him: nothing of it is kept here ---- */

/* Not getpeername(), which forgets him as soon as he has reset the connection. The kernel refuses to give less
 * than is asked for. */
static void write_address(int fd, char *text, size_t room)
{
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
    socklen_t len4 = sizeof v4, len6 = sizeof v6;
    char number[INET6_ADDRSTRLEN];
    if (getsockopt(fd, SOL_SOCKET, SO_PEERNAME, &v6, &len6) == 0 && v6.sin6_family == AF_INET6 &&
        inet_ntop(AF_INET6, &v6.sin6_addr, number, sizeof number) != NULL)
        (void)snprintf(text, room, "[%s]:%u", number, ntohs(v6.sin6_port));
    else if (getsockopt(fd, SOL_SOCKET, SO_PEERNAME, &v4, &len4) == 0 && v4.sin_family == AF_INET &&
             inet_ntop(AF_INET, &v4.sin_addr, number, sizeof number) != NULL)
        (void)snprintf(text, room, "%s:%u", number, ntohs(v4.sin_port));
}

void conn_look_at_peer(const struct connection *c, struct connection_peer *peer)
{
    int fd = CONTAINER_OF(c, const struct conn, c)->io.fd;
    struct tcp_info info = {0};
    socklen_t len = sizeof info;
    *peer = (struct connection_peer){.address = ""};
    write_address(fd, peer->address, sizeof peer->address);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) != 0)
        return; /* in tests: a socket that is not TCP's */
    peer->octets_in = info.tcpi_bytes_received;
    peer->octets_out = info.tcpi_bytes_sent - info.tcpi_bytes_retrans;
}

/* ---- life ---- */

bool conn_open(struct conn *k, struct engine *e, int fd)
{
    memset(k, 0, sizeof *k);
    if (!connection_init(&k->c, e))
        return false;
    ev_io_init(&k->io, on_socket, fd, EV_READ);
    k->io.data = k;
    ev_io_start(conn_desk(k)->ev, &k->io);
    return true;
}

/* Was it given up, rather than ended in agreement with the peer or by him? */
static bool is_given_up(const struct conn *k)
{
    if (k->c.linger_until != 0)
        return k->c.engine->loop->now >= k->c.linger_until;
    return k->c.cause != ERR_NONE;
}

/* A connection that was given up while the kernel still holds output for it is reset: what a peer does not
 * read must not occupy memory until TCP gives up as well (protocols.md LM-2). */
static void reset_if_stuck(struct conn *k)
{
    int waiting = 0;
    if (!is_given_up(k) || ioctl(k->io.fd, SIOCOUTQ, &waiting) != 0 || waiting == 0)
        return;
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    (void)setsockopt(k->io.fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

void conn_close(struct conn *k)
{
    reset_if_stuck(k);
    ev_io_stop(conn_desk(k)->ev, &k->io);
    close(k->io.fd);
    connection_release(&k->c);
}
