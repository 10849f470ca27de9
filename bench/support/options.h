/* SPDX-License-Identifier: MIT
 *
 * bench/support/options.h - the command line of a benchmark: a table of its flags.
 */
#ifndef PARLEY_BENCH_OPTIONS_H
#define PARLEY_BENCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* One of the three pointers says what the flag takes. */
struct option_row {
    const char *name; /* without "--" */
    unsigned *number; /* from least to most */
    unsigned least, most;
    const char **text;
    bool *flag;
    const char *help;
};

/* Reads what is given; prints the table and ends for --help, complains and ends for what is wrong. */
void options_read(const char *about, const struct option_row *rows, size_t count, int argc, char **argv);

#endif
