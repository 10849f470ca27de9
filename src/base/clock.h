/* SPDX-License-Identifier: MIT
 *
 * base/clock.h - time and randomness as arguments, so that a simulation can own both.
 */
#ifndef PARLEY_BASE_CLOCK_H
#define PARLEY_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

/* All times are int64_t microseconds. */
#define MICROSECONDS_PER_MS     INT64_C(1000)
#define MICROSECONDS_PER_SECOND INT64_C(1000000)

struct clock {
    int64_t (*wall)(const struct clock *); /* since 1970-01-01T00:00:00Z; may jump */
    int64_t (*mono)(const struct clock *); /* never goes back; for timers */
};

struct random {
    /* Fills n octets that nobody can guess (or, in a simulation, everybody can repeat). */
    void (*fill)(const struct random *, void *octets, size_t n);
};

/* The machine's. Any thread. */
extern const struct clock clock_system;
extern const struct random random_system;

#endif
