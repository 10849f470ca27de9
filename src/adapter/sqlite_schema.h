/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_schema.h - brings a database to the schema of this program: schema/sql/sqlite, file by file.
 *
 * Each migration is applied in one transaction together with its row in `schema_versions`, so a crash leaves
 * a database between two versions but never within one. Start of the program only.
 */
#ifndef PARLEY_ADAPTER_SQLITE_SCHEMA_H
#define PARLEY_ADAPTER_SQLITE_SCHEMA_H

#include "adapter/migration.h"
#include "adapter/sqlite_db.h"
#include "base/clock.h"

/* Applies what is missing. False with a problem when a migration fails, or when the database is newer than
 * the migrations: an older program does not know what it would break. */
bool sqlite_schema_migrate(struct sqlite_db *db, const struct migration *migrations, int64_t now,
                           struct problem *why);
/* The epoch of the database; a new database gets a random one. */
bool sqlite_schema_epoch(struct sqlite_db *db, const struct random *random, struct uuid *epoch,
                         struct problem *why);

#endif
