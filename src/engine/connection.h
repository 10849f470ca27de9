/* SPDX-License-Identifier: MIT
 *
 * engine/connection.h - one peer, without its descriptor: octets, events and time in, octets out.
 *
 * A connection begins with HTTP and may become a WebSocket; which protocol understands the next octets is one
 * pointer (`protocol`). It never reads, writes or waits: net/ (or a test, a simulation, a fuzzer) calls
 * connection_input() with what came, connection_sent() with what left of its queue, and loop_turn() fires its
 * timer. Nothing is written or freed in the middle of a callback: a connection that has something to do for
 * its driver puts itself on the engine's dirty list, which the driver empties once, before it sleeps.
 *
 * One engine per worker; everything here runs on that worker's thread. Whoever must find a connection later
 * keeps its id, never a pointer.
 */
#ifndef PARLEY_ENGINE_CONNECTION_H
#define PARLEY_ENGINE_CONNECTION_H

#include "base/buf.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/list.h"
#include "base/loop.h"
#include "base/metrics.h"
#include "base/pool.h"
#include "base/slots.h"
#include "base/table.h"
#include "base/timers.h"
#include "engine/outq.h"
#include "wire/stomp_frame.h"

struct broker;
struct engine;
struct connection;
struct engine_ports;

struct connection_id {
    uint32_t slot, generation;
    uint32_t worker;
};

/* Limits that bound what a peer can make grow. Octets and microseconds. Defaults: engine_limits_default. */
struct engine_limits {
    size_t http_target;           /* 414 beyond */
    size_t http_head;             /* 431 beyond */
    size_t http_body;             /* 413 beyond */
    int64_t http_request_timeout; /* from a request's first octet to its last: 408 */
    size_t http_body_progress; /* of a streamed body, in each http_request_timeout until it is whole: 408 */
    int64_t http_idle_timeout; /* between requests: closed in silence */
    size_t http_drain;         /* octets behind a last answer that are thrown away: then closed */
    int64_t http_drain_time;   /* for so long, while never nothing comes for `linger` */
    /* Frame (and WebSocket message: LM-7, DF-3), header lines, headers: ST-55 to ST-58. */
    struct stomp_limits stomp;
    size_t stomp_destination;            /* ST-59 */
    size_t stomp_subscriptions;          /* LM-8 */
    int64_t stomp_connect_timeout;       /* LM-5 */
    uint32_t stomp_heart_beat;           /* sx and sy, milliseconds: DF-8 */
    uint32_t stomp_heart_beat_grace;     /* HB-3, HB-10: a client is dead after so many times its interval */
    int64_t ping_interval, pong_timeout; /* HB-8 */
    size_t send_buffer;                  /* LM-2 */
    int64_t send_timeout;                /* LM-1 */
    int64_t linger;                      /* ST-52 */
    int64_t store_wait;                  /* how long a SEND waits for a full store before 1013 */
};
extern const struct engine_limits engine_limits_default;

/* What understands the next octets. */
struct protocol {
    const char *name;
    bool is_stream;    /* frames may pile up behind a slow reader: LM-1 and LM-2 apply */
    size_t drained_at; /* drained() runs when no more octets than these are queued */
    /* Takes octets; returns how many, fewer when it cannot go on without more or must wait
     * (connection_pause). It may write into them (unmasking). */
    size_t (*input)(struct connection *, unsigned char *octets, size_t len);
    /* The timer fired. Returns when it is wanted next. */
    int64_t (*deadline)(struct connection *, int64_t now);
    /* What was queued has left, if that was asked for: connection_want_drained(). */
    void (*drained)(struct connection *);
    /* It must end because of this (a limit, memory): tell the peer as the protocol can,
     * then finish or abort. */
    void (*fail)(struct connection *, enum error);
    /* The peer will send no more octets (half-closed). */
    void (*ended)(struct connection *);
    /* After connection_finish() so many octets came and were thrown away. May put `linger_until` off, or
     * abort. May be NULL. */
    void (*overrun)(struct connection *, size_t len);
    /* The server is going away: end politely. */
    void (*leave)(struct connection *);
    /* The connection is being released: give back all that belongs to it. */
    void (*release)(struct connection *);
};

enum connection_phase {
    CONNECTION_OPEN,
    CONNECTION_LINGERING, /* write what is queued, half-close, throw input away until end or deadline */
    CONNECTION_DEAD,      /* nothing more may be read or written: the driver closes and releases it */
};

struct connection {
    /* What each delivery touches comes first: two cache lines. */
    unsigned magic;
    enum connection_phase phase;
    const struct protocol *protocol;
    void *state; /* the protocol's */
    struct engine *engine;
    struct list dirty;
    struct outq out;
    int64_t last_out;    /* when something was last queued */
    int64_t last_sent;   /* when the socket last took octets */
    int64_t first_since; /* since when the first entry of `out` has been the first */
    bool paused;         /* no input is wanted now */
    bool full;           /* the socket took less than it was offered */
    bool feeding;        /* inside protocol->input() */
    bool flushing;       /* inside engine->flush() */
    bool wants_drained;  /* connection_want_drained() */
    bool owes_drained;   /* protocol->drained() was put off, because it may not run inside a delivery */
    bool input_ended;    /* the peer half-closed */
    bool blamed;         /* connection_blame() */

    enum error cause; /* why we gave it up; ERR_NONE: we did not */
    struct connection_id id;
    struct timer timer;
    struct buf in;   /* what was read and could not be taken yet; empty when idle */
    uint32_t in_at;  /* octets of it that were taken */
    uint32_t opened; /* when it was: seconds of the loop's time */
    int64_t last_in; /* when octets last came */
    int64_t linger_until;
};

/* Close frames from clients are counted by their code: 1000 to 1014 (1005: it has none), 3xxx, 4xxx. */
enum { CLOSE_LIBRARY = 15, CLOSE_PRIVATE, CLOSE_CODES };

/* One writer, the worker; any thread reads (base/metrics.h). What each delivery touches comes first. */
struct engine_counters {
    _Atomic uint64_t messages_out;   /* MESSAGE frames */
    _Atomic uint64_t octets_queued;  /* for output, ever */
    _Atomic uint64_t octets_dropped; /* of those: given up before they left */
    _Atomic uint64_t connections, requests;
    _Atomic uint64_t stalls; /* times a socket took less than it was offered */
    _Atomic uint64_t websockets, websockets_ended;
    _Atomic uint64_t pings, pongs;        /* out, in */
    _Atomic uint64_t closes[CLOSE_CODES]; /* from clients who ended it */
    _Atomic uint64_t failed[ERR_COUNT];   /* streams that ended because of this: connection_blame() */
    _Atomic uint64_t frames_in[STOMP_CMD_COUNT];
    _Atomic uint64_t beats_in, beats_out, connected, receipts, errors;
    _Atomic uint64_t refused_sends;
};

/* How many streams have failed, whatever the cause. */
uint64_t engine_failures(const struct engine_counters *counters);

/* What only the driver knows of a peer. */
struct connection_peer {
    char address[64];               /* with its port; empty: not to be had */
    uint64_t octets_in, octets_out; /* that the peer has sent and been sent */
};

struct engine {
    unsigned magic;
    struct loop *loop;
    struct broker *broker;
    const struct engine_limits *limits;
    const struct engine_ports *ports;
    void *ports_context;
    /* Writes what is queued now, as far as the socket takes it; the driver's, or NULL. Before a connection is
     * given up for LM-2 its socket must have been offered what waits: a burst within one turn is not the
     * peer's fault. */
    void (*flush)(struct connection *);
    void *driver; /* for whoever set `flush`: what its connections share */
    /* The driver's, or NULL: what it knows of the peer. */
    void (*look_at_peer)(const struct connection *, struct connection_peer *);
    void (*open)(struct connection *); /* makes a fresh connection expect its first protocol: HTTP */
    struct list dirty;                 /* connections that have something to do for the driver */
    struct pool out_entries, http_exchanges, websockets, stomp_sessions, stomp_parsers, tickets;
    struct table subscriptions; /* of all STOMP sessions, by session and id */
    struct hash_key key;
    struct stomp_scratch stomp_scratch;
    struct slots connections; /* every one, by its id */
    uint32_t worker;
    struct engine_counters counters;
};

/* max_connections bounds the table. Borrows all; allocates when something is needed. */
void engine_init(struct engine *e, uint32_t worker, uint32_t max_connections, struct loop *loop,
                 struct broker *broker, const struct engine_limits *limits, const struct engine_ports *ports,
                 void *ports_context);
/* All connections must have been released. */
void engine_release(struct engine *e);
/* Asks every connection to end politely (SIGTERM): idle ones at once, requests in progress after their answer. */
void engine_leave(struct engine *e);

/* A fresh connection that expects HTTP. False (and nothing held) when the table is full. The memory is the
 * driver's. */
bool connection_init(struct connection *c, struct engine *e);
/* Gives back all that belongs to it, and its id. The driver has closed the descriptor or is about to. */
void connection_release(struct connection *c);
bool connection_valid(const struct connection *c);
/* The connection of that id; NULL when it is gone. */
struct connection *connection_find(struct engine *e, struct connection_id id);

/* --- for the driver --- */

/* Octets from the peer, at most 64 KiB at a time. All are taken or kept. */
void connection_input(struct connection *c, unsigned char *octets, size_t len);
/* The peer half-closed: no more input will come. */
void connection_input_ended(struct connection *c);
/* The socket failed: the connection becomes CONNECTION_DEAD. */
void connection_broken(struct connection *c);
static inline bool connection_wants_input(const struct connection *c)
{
    return c->phase != CONNECTION_DEAD && !c->paused && !c->input_ended;
}
/* n octets of c->out have left for the socket, which would (not) take more. */
void connection_sent(struct connection *c, size_t n, bool socket_is_full);
/* For each dirty connection before anything else is done with it: what was put off meanwhile. */
void connection_settle(struct connection *c);
/* The next dirty connection, taken off the list; NULL when there is none. */
struct connection *engine_next_dirty(struct engine *e);

/* --- for protocols --- */

/* Puts it on the dirty list. */
void connection_touch(struct connection *c);
/* Queues head + frame (a reference of its own) and enforces LM-1 and LM-2. False when the connection was
 * ended by it. */
bool connection_push(struct connection *c, struct slice head, struct frame *frame);
/* Has protocol->drained() called, once, when no more than protocol->drained_at octets are queued: not before
 * the socket was offered something. */
static inline void connection_want_drained(struct connection *c)
{
    c->wants_drained = true;
}
/* Makes sure that protocol->deadline() runs not much later than `at`. */
void connection_wake_at(struct connection *c, int64_t at);
/* Stops reading, and goes on with what was kept and what comes. */
void connection_pause(struct connection *c);
void connection_resume(struct connection *c);
/* Drops what is queued for output and has not begun to leave (all: also that). */
void connection_drop_output(struct connection *c, bool all);
/* Another protocol takes over with the next octet. */
void connection_become(struct connection *c, const struct protocol *protocol, void *state);
/* Writes what is queued, half-closes, throws input away up to the linger time (unless protocol->overrun() puts
 * its end off), ends. */
void connection_finish(struct connection *c);
/* A stream is about to end because of this, and not as both sides agreed: counts it and tells the application,
 * once, before anything of the session is given back. */
void connection_blame(struct connection *c, enum error cause);
/* Ends now; what is queued is dropped. */
void connection_abort(struct connection *c, enum error cause);

#endif
