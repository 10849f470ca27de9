/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_functions.h - the functions that statements of the domain may use beside SQL's own
 * (docs/sql-functions.md): they take a snapshot inside the transaction, as a piece of a protobuf message.
 *
 * A store that cannot be extended by C has the same functions as a migration.
 */
#ifndef PARLEY_ADAPTER_SQLITE_FUNCTIONS_H
#define PARLEY_ADAPTER_SQLITE_FUNCTIONS_H

#include <stdbool.h>

struct sqlite3;

/* Once for each connection. False when out of memory. */
bool sqlite_functions_register(struct sqlite3 *handle);

#endif
