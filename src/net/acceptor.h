/* SPDX-License-Identifier: MIT
 *
 * net/acceptor.h - takes connections from one listening socket, as many as there is room for.
 *
 * It rests while it is held (acceptor_hold: the worker is full), and for a moment when the process has no
 * descriptors or the system no memory: what waits stays in the backlog, and nothing spins. Knows nothing of
 * connections. Its loop's thread only. Within net/ only, for it shows libev.
 */
#ifndef PARLEY_NET_ACCEPTOR_H
#define PARLEY_NET_ACCEPTOR_H

#include <stdbool.h>
#include <stdint.h>

#include <ev.h>

#include "base/loop.h"
#include "base/metrics.h"

enum {
    ACCEPTOR_PEER = 46 /* INET6_ADDRSTRLEN: room for an address as text */
};

struct acceptor {
    unsigned magic;
    ev_io io;
    struct ev_loop *ev;
    struct loop *loop;
    struct timer again; /* after a failure */
    bool held;
    _Atomic uint64_t *failures; /* where they are counted: set it before the first */
    /* Takes over a non-blocking socket, whose peer's address is told as text. */
    void (*accepted)(struct acceptor *, int fd, const char *peer, uint16_t port);
};

void acceptor_init(struct acceptor *a, struct ev_loop *ev, struct loop *loop,
                   void (*accepted)(struct acceptor *, int fd, const char *peer, uint16_t port));
/* Starts to accept from a listening socket, which is the acceptor's from now on. */
void acceptor_open(struct acceptor *a, int listener);
bool acceptor_is_open(const struct acceptor *a);
/* Accepts nothing until it is let go. Both are harmless when they change nothing; also from accepted(). */
void acceptor_hold(struct acceptor *a);
void acceptor_let_go(struct acceptor *a);
/* Accepts all that waits in the queue, unless it is held, and closes the socket.
 * Harmless when it is closed. */
void acceptor_drain(struct acceptor *a);
/* Closes the socket. Harmless when it is closed. */
void acceptor_close(struct acceptor *a);

#endif
