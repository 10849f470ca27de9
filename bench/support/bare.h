/* SPDX-License-Identifier: MIT
 *
 * bench/support/bare.h - the physical limit of fan-out: a process that does nothing but write() the same
 * octets to each of its sockets, as often as it is told.
 */
#ifndef PARLEY_BENCH_BARE_H
#define PARLEY_BENCH_BARE_H

#include <stddef.h>

#include "support/swarm.h"

struct bare {
    pid_t pid;
    int order; /* tells it what to write */
};

/* Starts the process and connects `subscribers` sockets to it, which join the swarm. */
void bare_start(struct bare *b, struct swarm *s, unsigned subscribers);
/* Makes it write `messages` frames of `octets` octets (head included; 130 to 65538) to each socket. */
void bare_publish(const struct bare *b, unsigned messages, size_t octets);
/* Ends the process. */
void bare_stop(struct bare *b);

#endif
