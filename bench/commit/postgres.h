/* SPDX-License-Identifier: MIT
 *
 * bench/commit/postgres.h - the physical limit of durable creation in PostgreSQL: pgbench on one connection, in
 * pipeline mode with prepared statements, that runs what chat/message_create.c and the log run for a message,
 * and commits a group of messages at a time.
 */
#ifndef PARLEY_BENCH_COMMIT_POSTGRES_H
#define PARLEY_BENCH_COMMIT_POSTGRES_H

#include "base/uuid.h"

/* A public channel, and the user who signed up last. */
void postgres_look(const char *url, struct uuid *channel, struct uuid *author);
/* As database_receivers() of commit/database.h. */
void postgres_receivers(const char *url, unsigned count);
unsigned postgres_count(const char *url);
/* Messages per second, of `groups` groups with this content. */
double postgres_create(const char *url, unsigned group, unsigned groups, const char *content);

#endif
