/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/dice.h - the only source of chance in the simulation: splitmix64.
 *
 * There are several, one per kind of decision, all made of the one seed: so that a change of what clients do
 * does not change how octets are cut.
 */
#ifndef PARLEY_TESTS_SIM_DICE_H
#define PARLEY_TESTS_SIM_DICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dice {
    uint64_t state;
};

static inline uint64_t dice_next(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* The dice of one purpose. */
static inline struct dice dice_of(uint64_t seed, uint64_t purpose)
{
    struct dice d = {seed * UINT64_C(0xD1342543DE82EF95) + purpose};
    (void)dice_next(&d);
    return d;
}

/* 0 to n - 1; 0 for n = 0. */
static inline uint32_t dice_below(struct dice *d, uint64_t n)
{
    return n == 0 ? 0 : (uint32_t)(dice_next(d) % n);
}

/* low to high, both of them possible. */
static inline int64_t dice_between(struct dice *d, int64_t low, int64_t high)
{
    return low + (int64_t)(dice_next(d) % (uint64_t)(high - low + 1));
}

static inline bool dice_chance(struct dice *d, unsigned per_mille)
{
    return dice_next(d) % 1000 < per_mille;
}

#endif
