/* SPDX-License-Identifier: MIT
 *
 * engine/stomp_life.h - the life of a STOMP session (STOMP 1.2; protocols.md 1.5), as a machine over events
 * (grammar/machines/stomp_life.rl).
 */
#ifndef PARLEY_ENGINE_STOMP_LIFE_H
#define PARLEY_ENGINE_STOMP_LIFE_H

/* Ragel imports these lines: NAME = number. The frames of clients come first and end with DISCONNECT, CLOSED is the last
 * of all: tests walk through them by their numbers. */
enum stomp_event {
    STOMPE_CONNECT = 1, /* CONNECT or STOMP */
    STOMPE_SEND = 2,
    STOMPE_SUBSCRIBE = 3,
    STOMPE_UNSUBSCRIBE = 4,
    STOMPE_ACK = 5,         /* ACK or NACK */
    STOMPE_TRANSACTION = 6, /* BEGIN, COMMIT, ABORT */
    STOMPE_DISCONNECT = 7,
    STOMPE_BEAT = 8,
    STOMPE_ACCEPTED = 9,   /* the application knows the user */
    STOMPE_REFUSED = 10,   /* it does not, or refuses a frame */
    STOMPE_MALFORMED = 11, /* octets that are no frame */
    STOMPE_TIMEOUT = 12,   /* no CONNECT, or no beat, in time */
    STOMPE_CLOSED = 13,    /* the transport is gone or going */
};

enum stomp_phase {
    STOMP_NEW,     /* no CONNECT yet */
    STOMP_OPENING, /* CONNECT is with the application; other frames wait */
    STOMP_OPEN,
    STOMP_LEAVING, /* DISCONNECT came: what follows is dropped without reply (SL-9) */
    STOMP_OVER,
};

/* What the chart asks for; done by the caller after the step. */
enum stomp_deed {
    STOMP_DO_NOTHING,
    STOMP_DO_CONNECT,
    STOMP_DO_SEND,
    STOMP_DO_SUBSCRIBE,
    STOMP_DO_UNSUBSCRIBE,
    STOMP_DO_ACK,
    STOMP_DO_TRANSACTION,
    STOMP_DO_DISCONNECT,
    STOMP_DO_WELCOME,       /* CONNECTED */
    STOMP_DO_FAIL,          /* ERROR with the cause at hand, close */
    STOMP_DO_NOT_CONNECTED, /* ERROR: CONNECT must come first (SL-8) */
    STOMP_DO_AGAIN,         /* ERROR: connected already (SL-7) */
    STOMP_DO_DROP,          /* the frame is ignored */
    STOMP_DO_END,           /* the session is over: give back what it holds */
    STOMP_DO_BUG,
};

struct stomp_life {
    int cs;
    enum stomp_phase phase;
};

void stomp_life_init(struct stomp_life *m);
enum stomp_deed stomp_life_step(struct stomp_life *m, enum stomp_event event);

#endif
