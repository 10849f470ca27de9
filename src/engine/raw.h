/* SPDX-License-Identifier: MIT
 *
 * engine/raw.h - raw WebSocket: whole messages to an application and back, for protocols of one's own.
 *
 * Fragments are put together here, up to the service's limit; a message that came in one piece is handed on
 * where it lies. Who does not read what is sent to him is not read from either: while more than RAW_OUTPUT
 * octets wait for a peer his connection rests, and when he takes none of them for the send timeout it ends
 * (LM-1). An idle session holds no buffer.
 *
 * Knows nothing of what the messages mean. Pings, the closing handshake, UTF-8: engine/websocket.h.
 */
#ifndef PARLEY_ENGINE_RAW_H
#define PARLEY_ENGINE_RAW_H

#include "engine/connection.h"

enum { RAW_OUTPUT = 64 << 10 };

struct raw_session;

/* What speaks through whole messages. */
struct raw_service {
    size_t message_limit; /* octets; 1009 beyond */
    /* A message; text is UTF-8. The octets are good during the call only. */
    void (*message)(struct raw_session *, bool is_text, struct slice message);
    /* No message will come or go any more: give back what is the owner's. Once. May be NULL. */
    void (*closed)(struct raw_session *);
};

struct raw_session {
    unsigned magic;
    bool is_held; /* reading rests until what is queued has left */
    struct connection *connection;
    const struct raw_service *service;
    void *owner;       /* the application's */
    struct buf pieces; /* of a message that is not whole yet; else empty */
};

/* Becomes the connection's protocol: what a struct http_successor opens. False, and the connection ended,
 * when out of memory: the owner is still the caller's. */
bool raw_open(struct connection *c, const struct raw_service *service, void *owner);

/* Sends one message, unfragmented; takes a reference of its own. False when the connection is ending. */
bool raw_send(struct raw_session *s, bool is_text, struct frame *message);

#endif
