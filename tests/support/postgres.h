/* SPDX-License-Identifier: MIT
 *
 * tests/support/postgres.h - a real PostgreSQL for one test program: started in a scratch folder when it is
 * first asked for, gone with the program.
 *
 * On a machine without PostgreSQL postgres_url() gives NULL and says so: the tests have nothing to test then.
 */
#ifndef PARLEY_TESTS_POSTGRES_H
#define PARLEY_TESTS_POSTGRES_H

#include <stdbool.h>
#include <stdint.h>

/* Of a server with an empty database. The same address for all tests of the program. */
const char *postgres_url(void);
/* Drops all that is in the database. */
void postgres_empty(void);
/* As after a crash, and back again on the same port. */
void postgres_crash(void);
void postgres_start(void);
/* Runs statements on a connection of the test's own; they must succeed. The number of the first column and
 * row; without rows, how many were changed. */
int64_t postgres_sql(const char *sql);

#endif
