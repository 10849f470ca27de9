/* SPDX-License-Identifier: MIT
 *
 * engine/port.h - what the engines ask of those above them: an answer to a request, what is to become of a
 * body, a verdict on a login, a destination or a message.
 *
 * All are called on the worker's thread, from inside connection_input(). Slices are good during the call
 * only. An answer may be given at once, from inside the call, or later: then by the connection's id, because
 * the connection may be gone by then.
 */
#ifndef PARLEY_ENGINE_PORT_H
#define PARLEY_ENGINE_PORT_H

#include "base/error.h"
#include "base/slice.h"
#include "base/uuid.h"
#include "engine/connection.h"
#include "wire/http1.h"
#include "wire/stomp_frame.h"

/* A whole request, or (http_head) its head. */
struct http_request {
    const struct http1_head *head;
    const unsigned char *base; /* of the head: http1_head_field(head, base, name) */
    struct slice path, query;  /* as sent, escapes and all */
    struct slice body;
};

/* What the application notes of a request until it is answered; all zero at first. */
struct http_note {
    struct uuid id;
    uint16_t route; /* the application's number for where the request went */
};

struct http_response {
    unsigned status;
    struct slice content_type; /* data NULL: no such field */
    struct slice fields;       /* further fields, rendered by wire/http_response.h */
    struct frame *body;        /* borrowed; NULL: an empty one */
    bool close;                /* end the connection after it */
};

/* Credentials of a CONNECT frame, in the order of protocols.md SC-6. */
struct stomp_credentials {
    struct slice authorization;      /* the header; data NULL: absent */
    struct slice handshake;          /* what http_upgrade() was given for this moment */
    struct slice login, passcode;    /* the headers; data NULL: absent */
    const struct stomp_frame *frame; /* CONNECT itself */
};

struct stomp_session;
struct stomp_subscription;

/* What became of a SEND that was handed up. */
enum stomp_fate {
    STOMP_FATE_DONE,    /* accepted and ordered: RECEIPT may follow */
    STOMP_FATE_PENDING, /* stomp_sent() will say */
    STOMP_FATE_BUSY,    /* cannot be taken now: offer it again soon (a full lane, a full store) */
    STOMP_FATE_REFUSED, /* *error says why; ends the session unless it is one that AH-7 forgives */
};

struct engine_ports {
    /* Must lead to http_answer() or http_upgrade(), now or later. The connection is paused meanwhile. */
    void (*http_request)(void *context, struct connection *c, const struct http_request *request);
    /* The request could not be read to its end. Must call http_answer() at once; the connection closes after
     * it. `path` is empty when it is not known. */
    void (*http_refused)(void *context, struct connection *c, enum error error, struct slice path);

    /* --- bodies that are never whole in memory; all of these may be NULL together --- */

    /* The head of a request that has a body is there; head->body is empty. Returns 0 to have the body
     * gathered (up to engine_limits.http_body): http_request() follows. Otherwise the request is with the
     * application from now on, http_request() does not come, and the body is streamed, up to so many octets:
     * beyond them it is refused as too large, by Content-Length at once. It may call http_stream_set() and
     * http_body_pause(); or http_answer(), and then what it returns does not matter. 100 Continue is sent
     * when the body is first wanted: not if it is refused here, nor while it is paused. */
    uint64_t (*http_head)(void *context, struct connection *c, const struct http_request *head);
    /* The next octets of a streamed body, at least one. The application may pause the body, and may answer
     * before it is whole: then nothing more of it is read, and the connection ends after the answer. */
    void (*http_body)(void *context, struct connection *c, struct slice piece);
    /* It is whole. Must lead to http_answer() or http_answer_begin(), now or later. */
    void (*http_body_end)(void *context, struct connection *c);
    /* The next piece of an answer that was begun is wanted: less than HTTP_QUEUE octets wait. Comes once
     * after each http_answer_begin() and http_answer_more() but the last; an application that has nothing
     * ready goes on when it has. */
    void (*http_writable)(void *context, struct connection *c);
    /* What was set by http_stream_set() is to be released: the request was broken (http_refused() follows),
     * or the connection ended, before the answer was given to its end. Once; never after the application
     * itself has come to the end of its answer (engine/http.h), nor from inside a call of its own but
     * http_body_resume(). */
    void (*http_dropped)(void *context, struct connection *c);

    /* The answer to a request has begun to leave, with this status; `started` is when the request's first octet
     * came. What was noted of it (http_note()) is good for the last time. May be NULL. */
    void (*http_answered)(void *context, struct connection *c, unsigned status, int64_t started);

    /* Sec-WebSocket-Accept for a key (RFC 6455 4.2.2). */
    void (*websocket_accept)(void *context, struct slice key, char accept[28]);
    /* Must lead to stomp_accept() or stomp_refuse(). */
    void (*stomp_connect)(void *context, struct stomp_session *s,
                          const struct stomp_credentials *credentials);
    /* A SEND with a destination. `ticket` names it in stomp_sent(). */
    enum stomp_fate (*stomp_send)(void *context, struct stomp_session *s, uint32_t ticket,
                                  const struct stomp_frame *frame, struct slice destination,
                                  enum error *error);
    /* A SEND without receipt was refused for its body (AH-7), or what a subscription follows is gone; the session goes
     * on. */
    void (*stomp_forgiven)(void *context, struct stomp_session *s, enum error error);
    /* A subscription that the broker does not know yet. Must lead to stomp_follow() (and, if durable, to
     * stomp_admit()), to stomp_keep_private(), or to stomp_admit() with an error. */
    void (*stomp_subscribe)(void *context, struct stomp_session *s, struct stomp_subscription *sub,
                            struct slice destination);
    /* This connection, which speaks a protocol of streams, ends because of `cause`, and not as both sides
     * agreed. Once; what is known of the session is still there. May be NULL. */
    void (*connection_failed)(void *context, struct connection *c, enum error cause);
    /* The session is over; s->principal is to be released. Once, if stomp_accept() was called. */
    void (*stomp_closed)(void *context, struct stomp_session *s);
};

#endif
