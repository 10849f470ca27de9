/* SPDX-License-Identifier: MIT
 *
 * tests/support/domain_postgres.h - what tests of the domain can do over PostgreSQL alone.
 */
#ifndef PARLEY_TESTS_DOMAIN_POSTGRES_H
#define PARLEY_TESTS_DOMAIN_POSTGRES_H

#include "support/domain.h"

/* Domains that are opened from now on use this address, which is borrowed, instead of the server's own. */
void domain_postgres_through(const char *url);
/* Waits until every connection of the store is there. */
void domain_postgres_settle(void);

#endif
