/* SPDX-License-Identifier: MIT
 *
 * adapter/problem.h - why something could not be opened, in one sentence for whoever starts the program.
 *
 * For the start only: what goes wrong later is an enum error for the caller and a line of a report.
 */
#ifndef PARLEY_ADAPTER_PROBLEM_H
#define PARLEY_ADAPTER_PROBLEM_H

#include <stdbool.h>

struct problem {
    char text[256]; /* NUL-terminated; "" as long as nothing went wrong */
};

/* Writes the sentence, cut at its room. Returns false, so that `return problem_set(...)` reads well. */
bool problem_set(struct problem *p, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
