/* SPDX-License-Identifier: MIT
 *
 * bench/support/side.h - somebody who sends each message to all sockets of a swarm: parleyd, by way of a
 * publisher, or a bare write() loop (bare.h).
 */
#ifndef PARLEY_BENCH_SIDE_H
#define PARLEY_BENCH_SIDE_H

#include "support/bare.h"
#include "support/client.h"
#include "support/swarm.h"

/* What is sent, to how many. */
struct side_load {
    unsigned subscribers;
    unsigned messages; /* at most, in one burst */
    unsigned size;     /* octets of a body */
};

struct side {
    struct side_load load;
    pid_t pid; /* of the sender; 0: unknown */
    struct swarm swarm;
    struct latencies latencies;
    void (*publish)(struct side *, unsigned messages);
    /* parleyd's */
    int publisher;
    unsigned char *frames; /* SEND, `messages` times */
    size_t frame_len;
    /* the bare loop's */
    struct bare bare;
    size_t octets; /* of a delivery */
};

/* Where the subscribers and the publisher of a side are served. */
struct side_place {
    struct client_server at;
    pid_t pid;               /* of the server; 0: unknown */
    const char *token;       /* of the user that all of them are */
    const char *destination; /* one for each side */
    int worker;              /* the worker that serves them all, which needs the pid; -1: as it comes */
};

void side_open_parley(struct side *s, const struct side_load *load, const struct side_place *place);
/* To be called before there are servers: what it forks must not hold descriptors of theirs. */
void side_open_bare(struct side *s, const struct side_load *load);
void side_close(struct side *s);

/* From now on parleyd's publisher sends a burst in one piece, so that the generator's system calls do not
 * pace it. */
void side_publish_at_once(struct side *s);
/* One round: `batches` times `messages` messages, each batch awaited by all. Microseconds per delivery of
 * wall time and of the sender's CPU. */
void side_round(struct side *s, unsigned batches, unsigned messages, double *wall, double *cpu);
/* Dies when one of the subscribers missed a message. */
void side_check(const struct side *s);

#endif
