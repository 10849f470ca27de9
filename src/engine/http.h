/* SPDX-License-Identifier: MIT
 *
 * engine/http.h - HTTP/1.1 on a connection (RFC 9112): one request at a time to the application; its answer
 * back; or a WebSocket in its place (RFC 6455 section 4.2).
 *
 * A request is handed up whole (engine_ports.http_request), or its body piece by piece as it comes
 * (engine_ports.http_head and what follows); an answer is given whole, or pushed piece by piece as the client
 * takes it. So neither needs more memory than a piece, however large it is.
 *
 * Knows nothing of routes, bodies or logins. Pipelined requests wait in the connection while one is answered.
 * A chunked body is decoded as it comes and handed on like any other.
 */
#ifndef PARLEY_ENGINE_HTTP_H
#define PARLEY_ENGINE_HTTP_H

#include "engine/http_exchange.h"
#include "engine/port.h"
#include "wire/http_chunked.h"

enum { HTTP_QUEUE = 64 << 10 /* octets of answers that may wait while more is asked for */ };

/* A request being read or answered; between requests a connection has none. */
struct http_exchange {
    unsigned magic;
    struct http_machine machine;
    struct http1_head head;
    int64_t started;       /* when its first octet came */
    struct http_note note; /* the application's */
    struct buf kept;       /* the head, if its body is chunked or streamed; and what is gathered of it */
    struct http_chunked chunked; /* with a chunked body, once the head is there: */
    bool in_chunks;
    /* Of a streamed body: */
    uint64_t left;     /* octets of a counted one that have not come yet */
    int64_t since;     /* when this interval began; while it is held: how long it had run */
    uint64_t progress; /* octets that have come in it */
    /* Of a streamed answer: */
    uint64_t unsent; /* octets that are not pushed yet */

    void *stream;    /* the application's: http_stream_set() */
    uint64_t thrown; /* octets that came behind the last answer */
    bool continued;  /* 100 was sent, or is not needed any more */
    bool is_head;    /* HEAD: the answer has no body */
    bool keep_alive; /* another request may follow the answer */
};

/* Makes a fresh connection expect HTTP. */
void http_open(struct connection *c);

/* --- answers --- */

/* Answers the request that is with the application; exactly once for each. If its body was streamed and is not
 * whole, or the response says so, the connection ends after it, in such a way that a client that is still
 * sending can read it (connection_finish()). */
void http_answer(struct connection *c, const struct http_response *response);

/* Begins an answer of `length` octets, which are pushed by http_answer_more(); in the place of http_answer(),
 * once the request is whole. response->body is NULL. True: http_writable() comes, and the answer ends with its
 * last octet. False: no octet is wanted (HEAD, a length of 0, a status without a body, a connection that is
 * ending): the answer has ended. */
bool http_answer_begin(struct connection *c, const struct http_response *response, uint64_t length);
/* Pushes a piece, which is borrowed; at least one octet, and never more than are missing. */
void http_answer_more(struct connection *c, struct frame *piece);
/* Ends the connection because the octets that are missing cannot be had: so the client sees that the answer is
 * not whole. */
void http_answer_abort(struct connection *c, enum error cause);

/* True while the connection has a request of the application's to answer that it has not begun to answer. */
bool http_is_answering(const struct connection *c);

/* What the application notes of the request that is being read or answered; NULL when there is none. */
struct http_note *http_note(const struct connection *c);

/* --- what the application keeps for a request whose body or answer is streamed --- */

/* A pointer of its own. Until the application comes to the end of its answer (by http_answer(), by
 * http_answer_begin() that returns false, by the last octet of http_answer_more() or by http_answer_abort(),
 * which all forget the pointer), http_dropped() will ask for it to be released if anything else ends the
 * exchange. From http_head() or http_request() on. */
void http_stream_set(struct connection *c, void *stream);
/* That pointer; NULL when there is none. */
void *http_stream(const struct connection *c);

/* Stops reading a streamed body, so that a slow disk holds back the peer; no time runs against him meanwhile.
 * Nothing of the body comes until http_body_resume(), which may be called from anywhere. What was held back
 * may come from inside it: http_body(), http_body_end(), also http_dropped(); so it is the last thing to do.
 * Both do nothing where there is nothing to do. */
void http_body_pause(struct connection *c);
void http_body_resume(struct connection *c);

/* --- another protocol --- */

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

#endif
