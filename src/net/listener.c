// SPDX-License-Identifier: MIT
#include "net/listener.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/object.h"

enum {
    LISTENER_MAGIC = 0x4c495354,
    LISTENER_BACKLOG = 4096, /* the system cuts it to net.core.somaxconn */
    LISTENER_TRIES = 8       /* of another port, where the system chose one that is taken for listening */
};

/* ---- the address ---- */

static bool refuse(char why[LISTENER_WHY], const char *sentence, struct slice text)
{
    int shown = text.len > 64 ? 64 : (int)text.len;
    (void)snprintf(why, LISTENER_WHY, "%.*s: %s", shown, text.data == NULL ? "" : (const char *)text.data,
                   sentence);
    return false;
}

/* Cuts "HOST:PORT" at its last colon. */
static bool split_port(struct slice text, struct slice *host, uint16_t *port)
{
    size_t colon = text.len;
    while (colon > 0 && text.data[colon - 1] != ':')
        colon--;
    uint64_t number = 0;
    if (colon == 0 || !slice_to_uint(slice_after(text, colon), UINT16_MAX, &number))
        return false;
    *host = slice_of(text.data, colon - 1);
    *port = (uint16_t)number;
    return true;
}

static bool parse_ipv6(struct listener_address *a, const char *host, uint16_t port)
{
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&a->socket;
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(port);
    a->len = sizeof *in6;
    return inet_pton(AF_INET6, host, &in6->sin6_addr) == 1;
}

static bool parse_ipv4(struct listener_address *a, const char *host, uint16_t port)
{
    struct sockaddr_in *in = (struct sockaddr_in *)&a->socket;
    in->sin_family = AF_INET;
    in->sin_port = htons(port);
    a->len = sizeof *in;
    return inet_pton(AF_INET, host, &in->sin_addr) == 1;
}

bool listener_address_parse(struct listener_address *a, struct slice text, char why[LISTENER_WHY])
{
    struct slice host;
    uint16_t port;
    char number[INET6_ADDRSTRLEN];
    memset(a, 0, sizeof *a);
    if (!split_port(text, &host, &port))
        return refuse(why, "an address ends with a colon and a port from 0 to 65535", text);
    bool bracketed = host.len >= 2 && host.data[0] == '[' && host.data[host.len - 1] == ']';
    if (bracketed)
        host = slice_of(host.data + 1, host.len - 2);
    if (host.len > 0 && host.len < sizeof number) {
        memcpy(number, host.data, host.len);
        number[host.len] = '\0';
        if (bracketed ? parse_ipv6(a, number, port) : parse_ipv4(a, number, port))
            return true;
    }
    return refuse(why, "the host must be an IPv4 address or an IPv6 address in brackets, not a name", text);
}

/* ---- the sockets ---- */

static const char *reason(int error)
{
    switch (error) {
    case EADDRINUSE: return "another process listens there";
    case EADDRNOTAVAIL: return "this machine does not have that address";
    case EACCES: return "this port needs rights that the process does not have";
    case EAFNOSUPPORT: return "this machine does not speak that address family";
    default: return "cannot listen there";
    }
}

static bool set_option(int fd, int level, int option)
{
    int on = 1;
    return setsockopt(fd, level, option, &on, sizeof on) == 0;
}

/* A listening socket. TCP_NODELAY is inherited by what is accepted from it, which saves a call per
 * connection. */
static int open_one(const struct listener_address *a, bool shared)
{
    int fd = socket(a->socket.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd == -1)
        return -1;
    bool ok = set_option(fd, SOL_SOCKET, SO_REUSEADDR) && set_option(fd, IPPROTO_TCP, TCP_NODELAY) &&
              (!shared || set_option(fd, SOL_SOCKET, SO_REUSEPORT)) &&
              (a->socket.ss_family != AF_INET6 || set_option(fd, IPPROTO_IPV6, IPV6_V6ONLY)) &&
              bind(fd, (const struct sockaddr *)&a->socket, a->len) == 0 && listen(fd, LISTENER_BACKLOG) == 0;
    if (!ok) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

static uint16_t *port_of(struct listener_address *a)
{
    if (a->socket.ss_family == AF_INET6)
        return &((struct sockaddr_in6 *)&a->socket)->sin6_port;
    return &((struct sockaddr_in *)&a->socket)->sin_port;
}

/* The first socket decides whether the address is free: it is bound and listens without SO_REUSEPORT, which
 * the kernel refuses while anybody at all listens there, also in a group that this user could join. Only once
 * it listens does it open up to the group, and each other process that begins in the same way is refused from
 * then on; so of two that start at the same time exactly one gets the port. (A bound socket that merely
 * probes would not do: with SO_REUSEADDR, which a restart needs because of connections in TIME_WAIT, two
 * probes can be bound at once.) */
static bool open_first(struct listener *l, struct listener_address *a, bool shared)
{
    bool chosen = *port_of(a) == 0;
    for (int i = 0; l->sockets[0] == -1 && i < (chosen ? LISTENER_TRIES : 1); i++)
        l->sockets[0] = open_one(a, false);
    if (l->sockets[0] == -1)
        return false;
    a->len = sizeof a->socket;
    if (getsockname(l->sockets[0], (struct sockaddr *)&a->socket, &a->len) != 0)
        return false;
    l->port = ntohs(*port_of(a));
    return !shared || set_option(l->sockets[0], SOL_SOCKET, SO_REUSEPORT);
}

bool listener_open(struct listener *l, const struct listener_address *a, unsigned count,
                   char why[LISTENER_WHY])
{
    assert(count >= 1 && count <= LISTENER_WORKERS);
    struct listener_address bound = *a;
    OBJ_INIT(l, LISTENER_MAGIC);
    l->count = count;
    for (unsigned i = 0; i < count; i++)
        l->sockets[i] = -1;
    bool ok = open_first(l, &bound, count > 1);
    for (unsigned i = 1; ok && i < count; i++) {
        l->sockets[i] = open_one(&bound, true);
        ok = l->sockets[i] != -1;
    }
    if (ok)
        return true;
    int error = errno;
    (void)snprintf(why, LISTENER_WHY, "port %u: %s (%s)", ntohs(*port_of(&bound)), reason(error),
                   strerror(error));
    listener_close(l);
    return false;
}

int listener_take(struct listener *l, unsigned worker)
{
    OBJ_CHECK(l, LISTENER_MAGIC);
    assert(worker < l->count && l->sockets[worker] != -1);
    int fd = l->sockets[worker];
    l->sockets[worker] = -1;
    return fd;
}

void listener_close(struct listener *l)
{
    OBJ_CHECK(l, LISTENER_MAGIC);
    for (unsigned i = 0; i < l->count; i++) {
        if (l->sockets[i] != -1)
            close(l->sockets[i]);
        l->sockets[i] = -1;
    }
}
