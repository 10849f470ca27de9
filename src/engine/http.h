/* SPDX-License-Identifier: MIT
 *
 * engine/http.h - HTTP/1.1 on a connection (RFC 9112): one request at a time, whole, to the application; its
 * answer back; or a WebSocket in its place (RFC 6455 section 4.2).
 *
 * Knows nothing of routes, bodies or logins. Pipelined requests wait in the connection while one is answered.
 * A chunked body is decoded as it comes and handed on like any other.
 */
#ifndef PARLEY_ENGINE_HTTP_H
#define PARLEY_ENGINE_HTTP_H

#include "engine/http_exchange.h"
#include "engine/port.h"
#include "wire/http_chunked.h"

/* A request being read or answered; between requests a connection has none. */
struct http_exchange {
    unsigned magic;
    struct http_machine machine;
    struct http1_head head;
    int64_t started;             /* when its first octet came */
    struct http_chunked chunked; /* with a chunked body, once the head is there: */
    struct buf kept;             /* the head, and the body so far */
    bool in_chunks;
    bool continued; /* 100 was sent */
    bool is_head;   /* HEAD: the answer has no body */
    bool keep_alive;
};

/* Makes a fresh connection expect HTTP. */
void http_open(struct connection *c);

/* Answers the request that is with the application; exactly once for each. */
void http_answer(struct connection *c, const struct http_response *response);

/* What takes over after the 101. */
struct http_successor {
    /* Becomes the connection's protocol. `note` is what it was opened with, to be copied. False when that
     * ended the connection. */
    bool (*open)(struct connection *c, struct slice note);
    /* The subprotocols that it speaks, as they are answered; none: it answers to no name (HS-9, HS-10). */
    const struct slice *subprotocols;
    size_t subprotocol_count;
};

/* Answers a request with 101 and lets the successor take over, or refuses it through ports->http_refused()
 * (protocols.md HS-1 to HS-5, HS-9, HS-10). Only from inside ports->http_request(). */
void http_upgrade(struct connection *c, const struct http_request *request,
                  const struct http_successor *successor, struct slice note);

/* True while the connection has a request of the application's to answer. */
bool http_is_answering(const struct connection *c);

#endif
