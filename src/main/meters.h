/* SPDX-License-Identifier: MIT
 *
 * main/meters.h - the table of everything that is counted, over all layers. docs/metrics.md is made of it.
 */
#ifndef PARLEY_MAIN_METERS_H
#define PARLEY_MAIN_METERS_H

#include <stdio.h>

#include "base/metrics.h"

struct server;

/* Reads out of the server, which must outlive it. */
struct metrics meters(struct server *s);
/* The page of all metrics. */
void meters_print_markdown(FILE *out);

#endif
