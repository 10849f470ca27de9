/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_schema.h - brings a database to the schema of this program: schema/sql/postgresql, file by
 * file.
 *
 * All that is missing is applied in one transaction, together with its rows in `parley_versions`, under a
 * lock that all instances share: of several that start at a time one does it. A database of the reference
 * schema is adopted (discodeit.md section 11). Start of the program only: these calls wait.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_SCHEMA_H
#define PARLEY_ADAPTER_POSTGRES_SCHEMA_H

#include "adapter/migration.h"
#include "adapter/postgres_target.h"
#include "base/clock.h"
#include "base/uuid.h"

struct pg_conn;

/* Connects, again and again for `wait` microseconds as long as there is nobody who answers; wrong names and
 * passwords are a problem at once. NULL with a problem. */
struct pg_conn *postgres_schema_connect(const struct postgres_target *target, const struct clock *clock,
                                        int64_t wait, struct problem *why);
void postgres_schema_disconnect(struct pg_conn *connection);

/* Applies what is missing. False with a problem, and nothing changed, when a migration fails, when a table of
 * the domain has not the columns of the reference schema, or when the database is newer than the
 * migrations. */
bool postgres_schema_migrate(struct pg_conn *connection, const struct migration *migrations,
                             struct problem *why);
/* The version of the database, 0 when it is not ours yet; changes nothing. -1 with a problem. */
int64_t postgres_schema_version(struct pg_conn *connection, struct problem *why);
/* The epoch of the database; a new database gets a random one. */
bool postgres_schema_epoch(struct pg_conn *connection, const struct random *random, struct uuid *epoch,
                           struct problem *why);

#endif
