/* SPDX-License-Identifier: MIT
 *
 * bench/support/figure.h - what a benchmark found, as one line that scripts/bench makes a row of its table of:
 *
 *     = | what | measured | limit or peer | ratio | budget | met |
 */
#ifndef PARLEY_BENCH_FIGURE_H
#define PARLEY_BENCH_FIGURE_H

enum figure_budget {
    FIGURE_TOLD, /* there is none: the figure is for information */
    FIGURE_VALUE_AT_MOST,
    FIGURE_RATIO_AT_MOST,
    FIGURE_RATIO_AT_LEAST,
};

struct figure {
    const char *what;
    double value;
    const char *unit;      /* of value, peer and a budget on the value */
    double peer;           /* 0: there is none */
    const char *peer_name; /* the physical limit, or who else does it */
    double ratio;          /* 0: none */
    enum figure_budget budget;
    double bound;
};

/* Prints the line. */
void figure_print(const struct figure *f);

#endif
