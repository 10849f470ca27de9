/* SPDX-License-Identifier: MIT
 *
 * net/listener.h - the sockets on which the workers of one process accept, all on one address.
 *
 * Each worker has a socket of its own (SO_REUSEPORT), so that no worker waits for another one and the kernel
 * spreads the connections. An address at which anybody listens already is refused (design.md section 5). What
 * is accepted from such a socket inherits TCP_NODELAY. Knows nothing of loops. Any one thread.
 */
#ifndef PARLEY_NET_LISTENER_H
#define PARLEY_NET_LISTENER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/slice.h"

enum {
    LISTENER_WORKERS = 256, /* most sockets of one address */
    LISTENER_WHY = 160      /* room for any text that says why */
};

struct listener_address {
    struct sockaddr_storage socket;
    socklen_t len;
};

/* Parses "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:0": digits only, never a name, because a name may stand for
 * several addresses and takes time to resolve. Port 0 lets the system choose. False, and a sentence in `why`,
 * for anything else. */
bool listener_address_parse(struct listener_address *a, struct slice text, char why[LISTENER_WHY]);

struct listener {
    unsigned magic;
    unsigned count;
    int sockets[LISTENER_WORKERS]; /* one per worker; a worker that takes one (listener_take) leaves -1 */
    uint16_t port;                 /* the one that is bound, also where 0 was asked for */
};

/* Opens `count` listening sockets, non-blocking and close-on-exec. False, nothing open and a sentence in
 * `why` when the address is taken, not ours, or needs rights; 1 <= count <= LISTENER_WORKERS. */
bool listener_open(struct listener *l, const struct listener_address *a, unsigned count,
                   char why[LISTENER_WHY]);
/* Hands out the socket of one worker, who closes it from now on. */
int listener_take(struct listener *l, unsigned worker);
/* Closes those that were not taken. */
void listener_close(struct listener *l);

#endif
