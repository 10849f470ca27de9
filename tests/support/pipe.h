/* SPDX-License-Identifier: MIT
 *
 * tests/support/pipe.h - one worker without a kernel: an engine and a broker, a clock that the test moves,
 * and clients whose sockets are bufs.
 *
 * Does for each connection what net/conn.c does, from the same calls: feeds what the client has sent while
 * input is wanted, cut as the test likes and each piece in memory of exactly its size; takes output while the
 * socket has room; half-closes, releases. What the application does with requests and frames is
 * tests/support/lobby.h. One thread.
 */
#ifndef PARLEY_TESTS_PIPE_H
#define PARLEY_TESTS_PIPE_H

#include "broker/broker.h"
#include "engine/connection.h"
#include "engine/port.h"
#include "support/log_table.h"

enum { PIPES_MOST = 32 };

struct pipe;

struct pipes {
    struct clock clock;
    struct random random;
    int64_t now; /* microseconds; monotonic and wall */
    uint64_t dice;
    struct loop loop;
    struct log_table table;
    struct renderer renderer;
    struct broker broker;
    struct engine_limits limits; /* the defaults; may be changed until the first pipe is opened */
    struct engine engine;
    struct pipe *all[PIPES_MOST]; /* that are connected */
    size_t count;
    /* Once per round of a turn: what the application has to do. True: something was done. */
    bool (*work)(struct pipes *);
    void *application;
};

/* How a stream is cut: 0: as it comes; n: n octets at a time;
 * negative: by chance, of which this is the seed. */
struct cut {
    int32_t size;
    uint32_t dice;
};

struct pipe {
    struct connection c; /* first */
    struct pipes *world;
    struct buf sent;    /* by the client */
    size_t read;        /* octets of it that the server has read */
    struct buf got;     /* by the client */
    size_t room;        /* octets that the socket still takes; SIZE_MAX: any number */
    struct cut in, out; /* pieces of what is read and written */
    int64_t got_at;     /* when the last octets came */
    enum error cause;   /* of its end */
    bool full;
    bool client_ended, server_ended; /* half-closed */
    bool told;                       /* the server has seen the client's end */
    bool gone;                       /* released; got stays */
};

void pipes_init(struct pipes *w, const struct engine_ports *ports, void *ports_context);
/* Every connection is broken first. Returns false if anything is still alive then; `why` says what. */
bool pipes_release(struct pipes *w, const char **why);

/* The memory is the caller's. False when the engine's table is full. */
bool pipe_open(struct pipes *w, struct pipe *p);
void pipe_send(struct pipe *p, struct slice octets);
/* The client half-closes; the client vanishes. */
void pipe_end(struct pipe *p);
void pipe_break(struct pipe *p);
/* The client has read n octets of what it got. */
void pipe_took(struct pipe *p, size_t n);
/* The client takes so many octets more before its socket is full. */
void pipe_room(struct pipe *p, size_t room);
/* Frees what a pipe that is gone still holds. */
void pipe_release(struct pipe *p);

/* Everything that can be done now. */
void pipes_turn(struct pipes *w);
/* Lets time pass; each timer fires at its own time. */
void pipes_pass(struct pipes *w, int64_t microseconds);

#endif
