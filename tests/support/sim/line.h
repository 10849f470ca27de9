/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/line.h - one TCP connection: the server's end, a struct connection driven as net/conn.c
 * does it; the client's end, a few functions; between them what two kernels would hold.
 *
 * A worker reads a line in one turn as far as it goes, cut by chance, each piece in memory of exactly its
 * size; it writes as far as the client's kernel has room. A line is there until both ends have let it go.
 */
#ifndef PARLEY_TESTS_SIM_LINE_H
#define PARLEY_TESTS_SIM_LINE_H

#include "engine/connection.h"
#include "support/sim/fifo.h"

struct sim;
struct house_worker;

/* Why the server may have ended a line: what was done to it. Without any, a connection that ends is a finding. */
enum line_excuse {
    LINE_ENDED = 1 << 0,     /* the client said that it goes, or went */
    LINE_SLOW = 1 << 1,      /* the client did not read for a while */
    LINE_REFUSED = 1 << 2,   /* the client asked for what it may not have */
    LINE_MEMORY = 1 << 3,    /* an allocation failed */
    LINE_WITHDRAWN = 1 << 4, /* the login ended */
    LINE_RESTART = 1 << 5,   /* the process ended */
    LINE_IDLE = 1 << 6,      /* nothing was asked for so long that it may be closing just now */
};

struct line {
    struct connection c; /* first; the server's, while `served` */
    struct sim *sim;
    struct house_worker *worker;
    struct list link;     /* of the worker */
    unsigned number;      /* for the trace */
    unsigned client;      /* likewise, from 1 */
    struct fifo up, down; /* in the kernels */
    struct fifo got;      /* the client has it, and has not looked at it yet */
    size_t room;          /* octets that `down` may hold */
    bool waits;           /* to be accepted */
    bool served;          /* by a worker */
    bool full, told;      /* as in net/conn.c */
    bool client_ended;    /* half-closed by the client */
    bool client_gone;     /* the client has closed it, or reset it */
    bool server_ended;    /* nothing more will come from the server than what is there */
    bool was_full;        /* when the server let it go */
    int64_t stuck_since;  /* a full socket, and more waits behind what is written; 0: it is not */
    unsigned excuses;
    enum error cause; /* of the server's, once it is over */
};

/* ---- the client's end ---- */

/* To a worker by chance. Freed by line_drop(), when the server has let it go as well. */
struct line *line_open(struct sim *sim, unsigned client, size_t room);
void line_send(struct line *l, const void *octets, size_t n);
/* Is there something that the client would be woken for? */
bool line_has_news(const struct line *l);
/* Reads all that has come. Returns it, with what was left of it the last time. */
struct slice line_read(struct line *l);
void line_took(struct line *l, size_t n);
/* Half-closes. */
void line_end(struct line *l);
/* Closes; what is under way is lost. The line may not be used any more. */
void line_drop(struct line *l);

/* ---- the server's end: for house.c ---- */

bool line_is_ready(const struct line *l);
/* Serves what is ready. */
void line_serve(struct line *l);
/* Does what its place on the dirty list asks for. False when it is over: line_close(). */
bool line_settle(struct line *l);
void line_close(struct line *l);
/* engine->flush */
void line_flush(struct connection *c);

#endif
