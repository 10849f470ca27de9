/* SPDX-License-Identifier: MIT
 *
 * adapter/sqlite_db.h - one SQLite connection with its prepared statements, and what its result codes mean to
 * us.
 *
 * Knows nothing of batches' streams and events. One thread at a time. Statements are kept by the address of
 * their struct statement, which is static; a statement whose portable form costs SQLite more than it needs is
 * replaced by a row of a table in sqlite_db.c.
 */
#ifndef PARLEY_ADAPTER_SQLITE_DB_H
#define PARLEY_ADAPTER_SQLITE_DB_H

#include "adapter/problem.h"
#include "log/port.h"

struct sqlite3;
struct sqlite3_stmt;
struct sqlite_prepared;

struct sqlite_report {
    void (*line)(void *to, const char *what, const char *detail);
    void *to;
};

struct sqlite_db {
    unsigned magic;
    struct sqlite3 *handle;
    struct sqlite_report report;
    struct sqlite_prepared *prepared; /* a hash by address: room slots, a power of two */
    size_t room, used;
    struct value *scratch; /* rows of the step that runs, until their number is known */
    size_t scratch_room;
};

enum sqlite_access {
    SQLITE_ACCESS_WRITER,
    SQLITE_ACCESS_READER, /* refuses to write */
    SQLITE_ACCESS_MEMORY
};

/* `path` is not used for SQLITE_ACCESS_MEMORY. False with a problem, and nothing held, when it cannot be
 * opened. */
bool sqlite_db_open(struct sqlite_db *db, enum sqlite_access access, const char *path, int busy,
                    struct sqlite_report report, struct problem *why);
void sqlite_db_close(struct sqlite_db *db);

/* The prepared statement with its parameters bound, ready to step; give it back with sqlite_db_finish(). NULL
 * with *error set when it cannot be prepared or bound. Borrows the values until then. */
struct sqlite3_stmt *sqlite_db_bind(struct sqlite_db *db, const struct statement *statement,
                                    const struct value *values, enum error *error);
/* True when there is a row. False at the end and on an error: *error tells which. */
bool sqlite_db_next(struct sqlite_db *db, const struct statement *statement, struct sqlite3_stmt *prepared,
                    enum error *error);
void sqlite_db_finish(struct sqlite3_stmt *prepared);
/* Runs a statement to its end and throws away what it returns. `values` may be NULL when it has no parameters. */
enum error sqlite_db_run(struct sqlite_db *db, const struct statement *statement, const struct value *values);
/* False when the transaction is over: also after an error that made SQLite roll it back on its own. */
bool sqlite_db_in_transaction(const struct sqlite_db *db);
/* Rolls back a transaction if there is one. False when even that fails, as without memory: the connection
 * serves nobody until a later call succeeds, since it would read what has long been changed,
 * and could begin nothing. */
bool sqlite_db_abandon(struct sqlite_db *db);
/* Reports what SQLite says of its last call, and tells what that means: ERR_SERVICE_UNAVAILABLE for what may
 * pass (busy, disk, memory), ERR_INTERNAL_SERVER_ERROR for what is wrong with the statement. */
enum error sqlite_db_failed(struct sqlite_db *db, const char *what, int code);

#endif
