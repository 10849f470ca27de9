// SPDX-License-Identifier: MIT
//
// The schema: how it is made, what it refuses, and that no statement looks at a whole table.
#include "adapter/sqlite_schema.h"
#include "support/sqlite_opened.h"

TEST(migrations, "migrations run once each, in order, and one that fails leaves nothing behind")
{
    static const struct migration
        bad[] = {{"0001_a", "CREATE TABLE a (x) STRICT"}, {0}},
        two[] = {{"0001_a", "CREATE TABLE a (x INTEGER) STRICT"},
                 {"0002_b", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO no_such VALUES (1)"},
                 {0}},
        good[] = {{"0001_a", "CREATE TABLE a (x INTEGER) STRICT"},
                  {"0002_b", "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b VALUES (1)"},
                  {0}};
    struct sqlite_db db;
    struct problem why;
    struct sqlite_report nobody = {0};
    CHECK(sqlite_db_open(&db, SQLITE_ACCESS_MEMORY, NULL, 0, nobody, &why));
    CHECK(!sqlite_schema_migrate(&db, bad, 5, &why) && strstr(why.text, "0001_a") != NULL);
    CHECK(!sqlite_db_in_transaction(&db));
    CHECK(!sqlite_schema_migrate(&db, two, 5, &why) && strstr(why.text, "0002_b") != NULL);
    CHECK_INT(opened_number(db.handle, "SELECT max(version) FROM schema_versions"), 1);
    CHECK_INT(opened_number(db.handle, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    for (int i = 0; i < 2; i++)
        CHECK(sqlite_schema_migrate(&db, good, 6, &why));
    CHECK_INT(opened_number(db.handle, "SELECT max(version) FROM schema_versions"), 2);
    CHECK_INT(opened_number(db.handle, "SELECT count(*) FROM b"), 1);
    sqlite_db_close(&db);
}

TEST(schema, "tables, keys and what a deletion takes along; D11")
{
    struct opened o;
    opened_begin(&o);
    sqlite3 *h = o.store.writer.db.handle;
#define ID(n) "CAST('000000000000000" #n "' AS BLOB)"
    CHECK(opened_tell(
        h, "INSERT INTO binary_contents VALUES (" ID(1) ", 0, NULL, 'a', 1, 'image/png', 'SUCCESS')"));
    CHECK(opened_tell(
        h, "INSERT INTO users VALUES (" ID(1) ", 0, NULL, 'name', 'a@x', 'hash', " ID(1) ", 'USER')"));
    CHECK(opened_tell(h, "INSERT INTO users VALUES (" ID(
                             2) ", 0, NULL, 'NAME', 'A@x', 'hash', NULL, 'ADMIN')")); /* octets */
    CHECK(!opened_tell(h,
                       "INSERT INTO users VALUES (" ID(3) ", 0, NULL, 'name', 'b@x', 'hash', NULL, 'USER')"));
    CHECK(!opened_tell(
        h, "INSERT INTO users VALUES (" ID(3) ", 0, NULL, 'other', 'a@x', 'hash', NULL, 'USER')"));
    CHECK(!opened_tell(
        h, "INSERT INTO users VALUES (" ID(3) ", 0, NULL, 'other', 'b@x', 'hash', NULL, 'ROOT')"));
    CHECK(!opened_tell(h, "INSERT INTO users VALUES (x'00', 0, NULL, 'other', 'b@x', 'hash', NULL, 'USER')"));
    CHECK(opened_tell(h, "INSERT INTO channels VALUES (" ID(5) ", 0, NULL, NULL, NULL, 'PRIVATE')"));
    CHECK(
        opened_tell(h, "INSERT INTO read_statuses VALUES (" ID(6) ", 0, NULL, " ID(1) ", " ID(5) ", 0, 1)"));
    CHECK(
        !opened_tell(h, "INSERT INTO read_statuses VALUES (" ID(7) ", 0, NULL, " ID(1) ", " ID(5) ", 0, 1)"));
    CHECK(
        !opened_tell(h, "INSERT INTO read_statuses VALUES (" ID(7) ", 0, NULL, " ID(8) ", " ID(5) ", 0, 1)"));
    CHECK(opened_tell(h, "INSERT INTO messages VALUES (" ID(7) ", 0, NULL, '', " ID(5) ", " ID(1) ")"));
    CHECK(!opened_tell(h, "INSERT INTO messages VALUES (" ID(8) ", 'now', NULL, '', " ID(5) ", " ID(1) ")"));
    CHECK(opened_tell(h, "DELETE FROM binary_contents"));
    CHECK_INT(opened_number(h, "SELECT count(*) FROM users WHERE profile_id IS NULL"), 2);
    CHECK(opened_tell(h, "DELETE FROM users WHERE username = 'name'"));
    CHECK_INT(opened_number(h, "SELECT count(*) FROM read_statuses"), 0);
    CHECK_INT(opened_number(h, "SELECT count(*) FROM messages WHERE author_id IS NULL"), 1);
    CHECK(opened_tell(h, "DELETE FROM channels"));
    CHECK_INT(opened_number(h, "SELECT count(*) FROM messages"), 0);
#undef ID
    opened_end(&o);
}

TEST(plans, "no statement of the log, and no page of messages, looks at a whole table")
{
    static const char *const queries[] = {
        "SELECT seq, time, audience, id, envelope FROM log WHERE stream = 'a' AND seq > 5 ORDER BY seq LIMIT "
        "10",
        "SELECT seq, time FROM log WHERE id = x'00'",
        "DELETE FROM log WHERE (stream, seq) IN (SELECT stream, seq FROM log WHERE time < 1 ORDER BY time "
        "LIMIT 9)",
        "SELECT * FROM messages WHERE channel_id = x'00' AND (created_at, id) < (5, x'00')"
        " ORDER BY created_at DESC, id DESC LIMIT 50",
        "DELETE FROM users WHERE id = x'00'",
        "DELETE FROM channels WHERE id = x'00'",
        "DELETE FROM logins WHERE expires <= 5",
    };
    struct opened o;
    opened_begin(&o);
    for (size_t i = 0; i < ARRAY_LEN(queries); i++) {
        char sql[400];
        sqlite3_stmt *plan = NULL;
        (void)snprintf(sql, sizeof sql, "EXPLAIN QUERY PLAN %s", queries[i]);
        CHECK_INT(sqlite3_prepare_v2(o.store.writer.db.handle, sql, -1, &plan, NULL), SQLITE_OK);
        while (sqlite3_step(plan) == SQLITE_ROW) {
            const char *line = (const char *)sqlite3_column_text(plan, 3);
            if (strncmp(line, "SCAN ", 5) == 0 || strstr(line, "TEMP B-TREE FOR ORDER BY") != NULL)
                test_fail_slice(__FILE__, __LINE__, queries[i], slice_from_string(line), SLICE("SEARCH ..."));
        }
        (void)sqlite3_finalize(plan);
    }
    opened_end(&o);
}
