/* SPDX-License-Identifier: MIT
 *
 * adapter/migration.h - the files of schema/sql/STORE, embedded in the program by cmake/sql.cmake.
 */
#ifndef PARLEY_ADAPTER_MIGRATION_H
#define PARLEY_ADAPTER_MIGRATION_H

/* The migration at index i makes version i + 1. The last row has no name. */
struct migration {
    const char *name, *sql;
};

extern const struct migration sqlite_migrations[];
extern const struct migration postgresql_migrations[];

#endif
