/* SPDX-License-Identifier: MIT
 *
 * bench/idle/sizes.h - what each octet of an idle session is, by the types of the program.
 *
 * The one place of bench/ that looks into parleyd: it takes sizes from headers and repeats by which rule
 * arrays grow. If that is wrong, the sum differs from what is measured, and the table says so.
 */
#ifndef PARLEY_BENCH_IDLE_SIZES_H
#define PARLEY_BENCH_IDLE_SIZES_H

#include <stddef.h>

/* Sessions that were added to others, evenly over the workers. */
struct sizes_population {
    unsigned workers;
    unsigned before, after;           /* sessions of all workers */
    unsigned users, destinations;     /* that came with them */
    size_t name, email;               /* octets of a user's */
    size_t subscription, destination; /* octets of an id, of a destination's name */
};

enum { SIZES_MOST = 32 };

struct sizes_row {
    const char *what;
    double octets; /* per added session */
};

/* Fills rows and returns how many there are. */
unsigned sizes_of_session(const struct sizes_population *p, struct sizes_row rows[SIZES_MOST]);

#endif
