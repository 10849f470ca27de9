/* SPDX-License-Identifier: MIT
 *
 * engine/handshake.h - the server's side of the opening handshake (RFC 6455 section 4.2; protocols.md 1.2).
 */
#ifndef PARLEY_ENGINE_HANDSHAKE_H
#define PARLEY_ENGINE_HANDSHAKE_H

#include "engine/http.h"

struct handshake {
    struct slice key;         /* lies in the request */
    struct slice subprotocol; /* data NULL: none is agreed (HS-10) */
};

/* ERR_NONE and *h, or why the request is no handshake that the successor can accept. */
enum error handshake_read(const struct http_request *request, const struct http_successor *successor,
                          struct handshake *h);

#endif
