/* SPDX-License-Identifier: MIT
 *
 * engine/websocket.h - WebSocket on a connection after its handshake (RFC 6455 sections 5 to 7): frames to
 * messages, pings, the closing handshake. What the messages mean is an application's business: STOMP, or
 * another (engine/raw.h).
 *
 * Strict: the grammar refuses what a client may not send, text is checked as it streams, a message over the
 * limit is refused as soon as a frame's head tells. Payload is unmasked in place and handed on in pieces,
 * never collected.
 */
#ifndef PARLEY_ENGINE_WEBSOCKET_H
#define PARLEY_ENGINE_WEBSOCKET_H

#include "base/utf8.h"
#include "engine/connection.h"
#include "engine/websocket_life.h"
#include "wire/ws_frame.h"
#include "wire/ws_message.h"

/* What speaks through WebSocket messages. */
struct ws_application {
    size_t (*message_limit)(const struct connection *); /* octets */
    /* A piece of a message, writable; `end` with its last (perhaps empty) one. Takes all of it. */
    void (*data)(struct connection *, unsigned char *octets, size_t len, bool end);
    /* Returns when it is wanted next. */
    int64_t (*deadline)(struct connection *, int64_t now);
    void (*drained)(struct connection *); /* asked for by connection_want_drained() */
    /* The connection is about to be closed by the WebSocket layer because
     * of this: a last word may be sent. */
    void (*failing)(struct connection *, enum error, struct slice text);
    /* No message will come or go any more: give back what the application holds. Once. */
    void (*closed)(struct connection *);
};

struct websocket {
    unsigned magic;
    uint8_t verdict; /* enum ws_verdict of the current frame */
    bool in_payload;
    bool wants_pings; /* nobody else watches whether the peer lives (HB-8) */
    bool has_application;
    const struct ws_application *application;
    void *application_state;
    struct ws_life life;
    struct ws_frame frame;
    struct ws_message message;
    struct utf8 text;
    uint64_t left;      /* octets of the current frame's payload still to come */
    uint64_t size;      /* octets of the current message so far */
    int64_t pinged;     /* when a ping went out that nothing has answered yet; 0: none */
    struct buf control; /* payload of a control frame that was cut */
};

/* Becomes the connection's protocol, with this application on top, whose state closed() gives back. False,
 * and the connection ended, when out of memory: the state is still the caller's. */
bool websocket_open(struct connection *c, const struct ws_application *application, void *state);

/* The WebSocket of a connection; NULL if it speaks something else. */
struct websocket *websocket_of(const struct connection *c);

/* Within data(): is the message text? */
bool websocket_is_text(const struct connection *c);

/* Sends head + frame (frame may be NULL) as one message. head is at most OUTQ_HEAD - WS_HEAD_MAX octets, or
 * the whole is a little slower. False when the connection is ending. */
bool websocket_send(struct connection *c, enum ws_opcode opcode, struct slice head, struct frame *frame);
/* The same for an application that has not been closed, which is to say that no close frame has gone out:
 * does not look at the WebSocket at all, because in a broadcast each line of memory counts. */
bool websocket_deliver(struct connection *c, enum ws_opcode opcode, struct slice head, struct frame *frame);

/* Begins the closing handshake: sends a close frame and waits, up to the linger time, for the peer's. What
 * the application holds is given back first. */
void websocket_close(struct connection *c, uint16_t code, struct slice reason);

#endif
