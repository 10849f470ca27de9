/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/store_faults.h - a store that fails: a COMMIT that is refused, a statement that is
 * interrupted (and takes its transaction with it). SQLite's own hooks do it, so that the adapter sees what it
 * would see.
 */
#ifndef PARLEY_TESTS_SIM_STORE_FAULTS_H
#define PARLEY_TESTS_SIM_STORE_FAULTS_H

struct sim;

/* For the open store of sim->house. Only while sim->faults_on does anything fail. */
void store_faults_install(struct sim *sim);

#endif
