/* SPDX-License-Identifier: MIT
 *
 * net/conn.h - one socket and the connection of the engine that it carries.
 *
 * Reads into the worker's buffer and writes out of the connection's queue; what it is about, it does not
 * know. Both are bounded per turn, so that no peer takes the worker for itself. Within net/ only, for it
 * shows libev; the worker's thread only.
 */
#ifndef PARLEY_NET_CONN_H
#define PARLEY_NET_CONN_H

#include <ev.h>

#include "engine/connection.h"
#include "net/worker.h"

enum {
    CONN_BUFFER = 64 << 10, /* octets of one read */
    CONN_READS = 4,         /* per readiness */
    CONN_IOV = 256,         /* per write */
    CONN_TURN = 1 << 20     /* octets written per connection and turn, after which it waits its turn again */
};

/* What all connections of a worker share. */
struct conn_desk {
    struct ev_loop *ev;
    uint32_t turn; /* counts turns; wraps */
    struct worker_stats stats;
    struct iovec iov[CONN_IOV];
    unsigned char buffer[CONN_BUFFER];
};

struct conn {
    struct connection c; /* first: the engine's pointer is also ours */
    ev_io io;
    uint32_t turn, turn_octets; /* how much it wrote in which turn */
    bool full;        /* the socket took less than it was offered: libev will say when it takes more */
    bool half_closed; /* our end of the stream */
};

/* The engine's driver is the desk of its worker. */
static inline struct conn_desk *conn_desk(const struct conn *k)
{
    return k->c.engine->driver;
}

static inline struct conn *conn_of(struct connection *c)
{
    return CONTAINER_OF(c, struct conn, c);
}

/* Takes over a non-blocking socket. False, and the socket untouched, when the engine's table is full. */
bool conn_open(struct conn *k, struct engine *e, int fd);
/* Does what its place on the dirty list asks for: writes, half-closes, sets the watcher. False when it is
 * dead and is to be closed. */
bool conn_settle(struct conn *k);
/* engine->flush(): writes now, also from inside a delivery; nothing is released by it. */
void conn_flush(struct connection *c);
/* engine->look_at_peer() */
void conn_look_at_peer(const struct connection *c, struct connection_peer *peer);
/* Closes the socket and releases the connection. The memory is the caller's. */
void conn_close(struct conn *k);

#endif
