/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_target.h - where the database is and how its sessions are set up, as libpq takes it.
 *
 * Understands postgresql://user:password@host:port/database?parameter=value and the same behind `jdbc:`. What
 * the guarantees rest on (isolation, synchronous_commit, timeouts) is set whatever the URL or the server's
 * configuration says. Start of the program; then read-only. No password ever leaves it but to libpq.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_TARGET_H
#define PARLEY_ADAPTER_POSTGRES_TARGET_H

#include "adapter/problem.h"

enum { POSTGRES_KEYWORDS = 12, POSTGRES_SETTINGS = 1024, POSTGRES_NUMBER = 16 };

enum postgres_role { POSTGRES_WRITES, POSTGRES_READS };

struct postgres_target {
    const char *keywords[POSTGRES_KEYWORDS + 1], *values[POSTGRES_KEYWORDS + 1]; /* NULL ends both */
    char settings[POSTGRES_SETTINGS];                                            /* of the session */
    char connect_timeout[POSTGRES_NUMBER];
};

struct postgres_address {
    const char *url, *user, *password; /* user, password: NULL or empty: what the URL says */
};

/* Borrows the address. Timeouts in milliseconds. False with a problem, which does not repeat the URL. */
bool postgres_target_make(struct postgres_target *t, const struct postgres_address *address,
                          enum postgres_role role, int connect_timeout, int statement_timeout,
                          struct problem *why);

#endif
