/* SPDX-License-Identifier: MIT
 *
 * engine/handshake.h - the server's side of the opening handshake (RFC 6455 section 4.2; protocols.md 1.2).
 */
#ifndef PARLEY_ENGINE_HANDSHAKE_H
#define PARLEY_ENGINE_HANDSHAKE_H

#include "engine/port.h"

struct handshake {
    struct slice key;         /* lies in the request */
    struct slice subprotocol; /* data NULL: none is agreed (HS-10) */
};

/* ERR_NONE and *h, or why the request is no handshake that can be accepted. */
enum error handshake_read(const struct http_request *request, struct handshake *h);

#endif
