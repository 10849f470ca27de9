/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/revocation.h - somebody loses his place in a channel: one write, and when it is
 * committed, every worker withdraws what he follows (stomp_withdraw()),
 * as an operation of the api would do it.
 */
#ifndef PARLEY_TESTS_SIM_REVOCATION_H
#define PARLEY_TESTS_SIM_REVOCATION_H

#include <stdbool.h>

struct sim;

/* Has he a place there that could be lost? */
bool revocation_is_possible(const struct sim *sim, unsigned person, unsigned channel);
void revocation_begin(struct sim *sim, unsigned person, unsigned channel);

#endif
