/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/session.h - the client's side of a STOMP session over WebSocket: frames out, frames in,
 * and what it has a right to expect. Its own small writer and reader of both protocols, so that nothing is
 * read by the code that wrote it. What comes is judged by oracle.h.
 */
#ifndef PARLEY_TESTS_SIM_SESSION_H
#define PARLEY_TESTS_SIM_SESSION_H

#include "support/sim/line.h"
#include "support/sim/model.h"

struct sim;

enum { SESSION_SUBS = 12, SESSION_EXPECTED = 64, SESSION_HEARD = 160 };

enum session_phase {
    SESSION_FREE,       /* no session */
    SESSION_UPGRADING,  /* the handshake is under way */
    SESSION_CONNECTING, /* CONNECT is */
    SESSION_OPEN,
    SESSION_LEAVING, /* the client has said that it goes */
    SESSION_OVER,    /* the server has: ERROR, a close frame, or the end of the stream */
};

enum sub_phase { SUB_FREE, SUB_ASKED, SUB_LIVE, SUB_LEAVING, SUB_GONE };

struct session_sub {
    enum sub_phase phase;
    bool is_topic;
    unsigned to;      /* the channel or topic */
    uint32_t frame;   /* of its SUBSCRIBE */
    uint32_t left_by; /* of its UNSUBSCRIBE */
    int64_t asked_at, live_at;
    bool started;  /* a message came: */
    uint64_t last; /* its seq */
    uint64_t heard[MODEL_TRANSIENTS / 64];
    int newest[SESSION_HEARD]; /* transient heard last of each publishing session */
};

enum expect_kind { EXPECT_SUBSCRIBED, EXPECT_UNSUBSCRIBED, EXPECT_SENT, EXPECT_PUBLISHED, EXPECT_GONE };

/* A RECEIPT that was asked for. */
struct expectation {
    enum expect_kind kind;
    uint32_t frame;
    int what; /* SEND, transient, or place of the subscription */
};

struct session {
    struct sim *sim;
    unsigned person, number; /* number: among all of the run, from 1 */
    enum session_phase phase;
    struct line *line;
    struct uuid login; /* that it connected with */
    bool has_login;
    uint32_t frames; /* sent */
    struct session_sub subs[SESSION_SUBS];
    unsigned sub_count;
    struct expectation expected[SESSION_EXPECTED];
    unsigned first, count;
    int64_t beat_every, beat_at;
    int64_t heard_at; /* when octets last came */
    int64_t frozen_until;
    bool welcomed;         /* CONNECTED came; an eager client has not waited for it */
    bool errored;          /* ERROR came */
    bool gathers;          /* STOMP frames go into one WebSocket message, together */
    struct fifo out, text; /* under way to the line; gathered */
};

/* Opens a connection and begins the handshake; the rest follows by itself. */
void session_open(struct session *s, struct sim *sim, unsigned person);
/* Takes what has come, as much as it likes. */
void session_read(struct session *s);
/* Room for another frame that asks for a RECEIPT. */
bool session_may_ask(const struct session *s);

/* Each sends one frame; only while it is open. */
void session_subscribe(struct session *s, bool is_topic, unsigned to, bool receipt);
void session_unsubscribe(struct session *s, unsigned sub, bool receipt);
void session_say(struct session *s, unsigned channel, bool receipt);
void session_publish(struct session *s, unsigned topic, bool receipt);
/* What it was forgiven comes as subscription "e". */
void session_hear_errors(struct session *s);
/* Something that the server has to bear or to refuse. */
void session_nonsense(struct session *s, unsigned kind);
/* What is said until the second comes in one WebSocket message (protocols.md SD-1). */
void session_gather(struct session *s);
void session_let_go(struct session *s);
void session_disconnect(struct session *s, bool receipt);
void session_beat(struct session *s);
/* Lets the line go. */
void session_drop(struct session *s);
/* The session is served, and nothing stands in the way of its messages. */
bool session_is_healthy(const struct session *s);

#endif
