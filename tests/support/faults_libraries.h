/* SPDX-License-Identifier: MIT
 *
 * tests/support/faults_libraries.h - makes libraries allocate through the counter of support/faults.h.
 *
 * For tests that ask what happens when a library runs out of memory. Link parley_faults_libraries.
 */
#ifndef PARLEY_TESTS_FAULTS_LIBRARIES_H
#define PARLEY_TESTS_FAULTS_LIBRARIES_H

#include <stdbool.h>

/* SQLite in this process; before its first use. */
void faults_take_sqlite(void);
/* Whether its allocations count; they do not until somebody says so. */
void faults_count_sqlite(bool counted);
#endif
