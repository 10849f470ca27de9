/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_dialect.h - the text of a statement as PostgreSQL takes it.
 *
 * Statements are written once (design.md section 5): ?N becomes $N, a few phrases of SQLite's have another
 * form here, and a few statements are replaced as a whole. Both tables stand in postgres_dialect.c. Knows no
 * connection.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_DIALECT_H
#define PARLEY_ADAPTER_POSTGRES_DIALECT_H

#include "base/buf.h"
#include "log/port.h"

/* Appends it, with a NUL behind it. False when out of memory. */
bool postgres_dialect_write(const struct statement *statement, struct buf *out);

#endif
