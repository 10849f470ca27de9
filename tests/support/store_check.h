/* SPDX-License-Identifier: MIT
 *
 * tests/support/store_check.h - what holds of a store's database at any instant, whatever has happened to the
 * process: for tests that kill it. Over attempts of support/store_port_test.h:
 * the event that announces a channel has its id.
 */
#ifndef PARLEY_TESTS_STORE_CHECK_H
#define PARLEY_TESTS_STORE_CHECK_H

#include <sqlite3.h>

#include "base/uuid.h"
#include "support/test.h"

/* The integer of the first column and row; -1 when there is none. */
static inline int64_t store_check_ask(sqlite3 *handle, const char *sql, const struct uuid *id)
{
    sqlite3_stmt *statement = NULL;
    int64_t number = -1;
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK)
        return -1;
    if (id != NULL)
        (void)sqlite3_bind_blob(statement, 1, id->octets, sizeof id->octets, SQLITE_STATIC);
    if (sqlite3_step(statement) == SQLITE_ROW)
        number = sqlite3_column_int64(statement, 0);
    (void)sqlite3_finalize(statement);
    return number;
}

/* The channel and its event are there, at this place. */
static inline bool store_check_has(sqlite3 *handle, const struct uuid *id, uint64_t seq)
{
    return store_check_ask(handle, "SELECT seq FROM log WHERE id = ?1", id) == (int64_t)seq &&
           store_check_ask(handle, "SELECT count(*) FROM channels WHERE id = ?1", id) == 1;
}

/* Places without gaps, heads that are right, no change without its event and no event without its change, and
 * a file that SQLite finds whole. NULL, or the rule that is broken. */
static inline const char *store_check_whole(sqlite3 *handle)
{
    static const char *const rules[] = {
        "SELECT count(*) = 0 FROM (SELECT stream FROM log GROUP BY stream HAVING count(*) <> max(seq) OR "
        "min(seq) <> 1)",
        "SELECT count(*) = 0 FROM streams WHERE seq <> (SELECT max(seq) FROM log WHERE stream = name)",
        "SELECT count(*) = 0 FROM streams LEFT JOIN log ON log.stream = name AND log.seq = streams.seq"
        " WHERE streams.time IS NOT log.time",
        "SELECT count(*) = 0 FROM (SELECT id FROM log EXCEPT SELECT id FROM channels)",
        "SELECT count(*) = 0 FROM (SELECT id FROM channels EXCEPT SELECT id FROM log)",
        "SELECT integrity_check = 'ok' FROM pragma_integrity_check",
    };
    for (size_t i = 0; i < ARRAY_LEN(rules); i++) {
        if (store_check_ask(handle, rules[i], NULL) != 1)
            return rules[i];
    }
    return NULL;
}

#endif
