/* SPDX-License-Identifier: MIT
 *
 * engine/stomp.h - a STOMP 1.2 session over WebSocket (protocols.md 1.3 to 1.8, 3): frames to the application
 * and the broker, messages and receipts back.
 *
 * Order within a session (design.md section 4): answers and receipts leave in the order of their frames.
 * SENDs pipeline; any other frame waits for those before it, and what comes behind it waits in the session
 * while the connection is paused. Tickets stand for frames that are not finished.
 *
 * Knows nothing of logins, channels or JSON. What is named here by connection id may be gone: then nothing
 * happens.
 */
#ifndef PARLEY_ENGINE_STOMP_H
#define PARLEY_ENGINE_STOMP_H

#include "base/table.h"
#include "broker/broker.h"
#include "engine/port.h"
#include "engine/stomp_life.h"
#include "wire/stomp_dialect.h"

enum {
    STOMP_TICKETS = 16,          /* frames of a session that may be unfinished at a time */
    STOMP_SUBSCRIPTION_ID = 255, /* octets of a subscription's id */
};

struct stomp_ticket {
    uint32_t number;
    bool is_send, finished;
    enum error error;      /* with finished */
    struct frame *receipt; /* the wanted receipt-id; NULL: none */
};

/* A ring. A session has one only while something is unfinished. */
struct stomp_tickets {
    uint32_t first, count, others;               /* others: of them, how many are not SENDs */
    struct stomp_ticket ring[STOMP_TICKETS + 1]; /* one for what is no frame */
};

struct stomp_session {
    unsigned magic;
    enum stomp_dialect dialect;
    struct connection *connection;
    struct stomp_life life;
    struct stomp_parser *parser; /* only while a frame is being read or waits */
    struct buf waiting;          /* octets behind a frame that waits; empty when idle */
    uint32_t waiting_at;         /* octets of it that were taken */
    uint32_t subscription_count;
    struct list subscriptions;
    uint32_t numbers;           /* given to tickets and subscriptions so far */
    uint32_t beat_out, beat_in; /* agreed intervals, milliseconds; 0: none */
    uint16_t denied;  /* events that this user may not cause, a bit for each enum stomp_event (SC-1) */
    bool running : 1; /* inside the frame loop */
    bool blocked : 1; /* a frame waits */
    bool busy : 1;    /* the frame that runs cannot be done yet */
    bool stalled : 1; /* a replay waits for room */
    struct stomp_tickets *tickets;
    /* Whose SUBSCRIBE is not finished: one at a time, all else waits. */
    struct stomp_subscription *subscribing;
    struct frame *note; /* of the handshake, until CONNECT is decided */
    void *principal;    /* the application's, from stomp_accept() to ports->stomp_closed() */
    int64_t opened, busy_since;
};

struct stomp_subscription {
    struct subscription following; /* in the broker */
    struct connection *connection;
    unsigned magic;
    uint32_t number;
    uint32_t ticket; /* of its SUBSCRIBE, until it is live; 0: none */
    uint8_t dialect; /* enum stomp_dialect, of the session */
    uint16_t id_len, line_len;
    struct table_node node; /* of the engine's table, by session and id */
    struct list link;       /* of the session */
    struct stomp_session *session;
    struct frame *private_name; /* /user/...: for this session alone, unknown to the broker; else NULL */
    unsigned char octets[];     /* id; the prefix of its MESSAGEs behind STOMP_MESSAGE_BEGIN */
};

/* For http_upgrade(): a WebSocket with STOMP on top (DF-2). The note is handed to ports->stomp_connect() with
 * the CONNECT frame. */
extern const struct http_successor stomp_successor;

/* The STOMP session of a connection; NULL if it has none (any more). */
struct stomp_session *stomp_of(const struct connection *c);
/* The same by id. */
struct stomp_session *stomp_find(struct engine *e, struct connection_id id);

/* --- answers to ports->stomp_connect() --- */
/* user becomes CONNECTED's `user-name` (may be empty). The principal is the application's until
 * stomp_closed(). What s->denied names is refused from now on. */
void stomp_accept(struct stomp_session *s, void *principal, struct slice user);
/* Ends the session with ERROR and the error's close code: a refused login, a login that ended, a right
 * withdrawn. */
void stomp_refuse(struct stomp_session *s, enum error error);

/* --- answers to ports->stomp_send() that was PENDING --- */
void stomp_sent(struct engine *e, struct connection_id id, uint32_t ticket, enum error error);

/* --- answers to ports->stomp_subscribe() --- */
/* Follows a destination of the broker. Transient: live at once. Durable: pending until stomp_admit(). False
 * when there was no memory: stomp_admit() says so to the session. */
bool stomp_follow(struct stomp_subscription *sub, struct slice destination, bool durable);
void stomp_admit(struct engine *e, struct connection_id id, uint32_t subscription, enum error error,
                 uint64_t head);
/* A destination that the broker does not know: only stomp_whisper() reaches it. */
void stomp_keep_private(struct stomp_subscription *sub, struct slice destination);

/* A MESSAGE to the session's own subscriptions of a /user/ destination. Returns how many there were. */
size_t stomp_whisper(struct stomp_session *s, struct slice destination, struct slice content_type,
                     struct slice body);

/* Removes every subscription of this session to what stomp_follow() or stomp_keep_private() was told, and
 * delivers nothing to it from now on (SC-10). */
void stomp_withdraw(struct stomp_session *s, struct slice destination);

#endif
