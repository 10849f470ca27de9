/* SPDX-License-Identifier: MIT
 *
 * bench/support/swarm.h - many sockets, read by one thread that does nothing but count the WebSocket frames
 * that come, by their lengths, so that on a small machine the sender is what is measured.
 */
#ifndef PARLEY_BENCH_SWARM_H
#define PARLEY_BENCH_SWARM_H

#include <stdint.h>

#include "support/measure.h"

struct swarm_member {
    int fd;
    uint8_t head_len; /* octets of a frame's head that have come so far */
    unsigned char head[10];
    uint64_t rest; /* of the payload */
    uint64_t frames;
};

struct swarm {
    int epoll;
    unsigned count, room;
    struct swarm_member *members;
    uint64_t least;  /* a frame with a shorter payload is none that counts: heart-beats, pings */
    uint64_t frames; /* counted so far */
    uint64_t octets; /* of counted frames, heads included */
};

/* For up to `room` sockets. */
void swarm_init(struct swarm *s, unsigned room, uint64_t least);
/* Closes the sockets. */
void swarm_release(struct swarm *s);
/* A connected socket, which is the swarm's from now on. */
void swarm_add(struct swarm *s, int fd);
/* Reads until `frames` frames have come in all. Dies when none comes for 10 s. Latencies, if asked for, count
 * from `since` (bench_now). */
void swarm_await(struct swarm *s, uint64_t frames, int64_t since, struct latencies *latencies);

#endif
