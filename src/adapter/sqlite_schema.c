// SPDX-License-Identifier: MIT
#include "adapter/sqlite_schema.h"

#include <sqlite3.h>

static const struct statement VERSION_TABLE = {"version_table",
                                               "CREATE TABLE IF NOT EXISTS schema_versions (version INTEGER "
                                               "PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER"
                                               " NOT NULL) STRICT",
                                               0};
static const struct statement VERSION_READ = {"version_read",
                                              "SELECT coalesce(max(version), 0) FROM schema_versions", 0};
static const struct statement VERSION_ADD = {"version_add", "INSERT INTO schema_versions VALUES (?1, ?2, ?3)",
                                             3};
static const struct statement EPOCH_MAKE = {
    "epoch_make", "INSERT INTO meta (name, value) VALUES ('epoch', ?1) ON CONFLICT (name) DO NOTHING", 1};
static const struct statement EPOCH_READ = {"epoch_read", "SELECT value FROM meta WHERE name = 'epoch'", 0};
static const struct statement BEGIN_MIGRATION = {"begin_migration", "BEGIN IMMEDIATE", 0};
static const struct statement COMMIT_MIGRATION = {"commit_migration", "COMMIT", 0};

static bool failed(struct sqlite_db *db, const char *act, struct problem *why)
{
    bool ours = sqlite3_errcode(db->handle) == SQLITE_OK; /* what SQLite knows nothing of */
    return problem_set(why, "cannot %s: %s", act, ours ? "out of memory" : sqlite3_errmsg(db->handle));
}

static bool run(struct sqlite_db *db, const struct statement *statement, const struct value *values)
{
    return sqlite_db_run(db, statement, values) == ERR_NONE;
}

static bool read_version(struct sqlite_db *db, int64_t *version)
{
    enum error error;
    sqlite3_stmt *prepared = sqlite_db_bind(db, &VERSION_READ, NULL, &error);
    if (prepared == NULL)
        return false;
    bool found = sqlite_db_next(db, &VERSION_READ, prepared, &error);
    *version = found ? sqlite3_column_int64(prepared, 0) : 0;
    sqlite_db_finish(prepared);
    return found;
}

static bool apply(struct sqlite_db *db, const struct migration *m, int64_t version, int64_t now)
{
    struct value row[] = {value_int(version), value_text(slice_from_string(m->name)), value_instant(now)};
    return run(db, &BEGIN_MIGRATION, NULL) &&
           sqlite3_exec(db->handle, m->sql, NULL, NULL, NULL) == SQLITE_OK && run(db, &VERSION_ADD, row) &&
           run(db, &COMMIT_MIGRATION, NULL);
}

bool sqlite_schema_migrate(struct sqlite_db *db, const struct migration *migrations, int64_t now,
                           struct problem *why)
{
    int64_t version = 0, known = 0;
    while (migrations[known].name != NULL)
        known++;
    if (!run(db, &VERSION_TABLE, NULL) || !read_version(db, &version))
        return failed(db, "read the version of the database", why);
    if (version > known)
        return problem_set(
            why,
            "the database has schema version %lld, this program knows versions up to %lld: it was"
            " written by a newer program",
            (long long)version, (long long)known);
    for (; version < known; version++) {
        if (!apply(db, &migrations[version], version + 1, now)) {
            failed(db, migrations[version].name, why);
            (void)sqlite_db_abandon(db);
            return false;
        }
    }
    return true;
}

static bool read_epoch(struct sqlite_db *db, struct uuid *epoch)
{
    enum error error;
    sqlite3_stmt *prepared = sqlite_db_bind(db, &EPOCH_READ, NULL, &error);
    if (prepared == NULL)
        return false;
    bool found = sqlite_db_next(db, &EPOCH_READ, prepared, &error) &&
                 sqlite3_column_bytes(prepared, 0) == (int)sizeof epoch->octets;
    if (found)
        memcpy(epoch->octets, sqlite3_column_blob(prepared, 0), sizeof epoch->octets);
    sqlite_db_finish(prepared);
    return found;
}

bool sqlite_schema_epoch(struct sqlite_db *db, const struct random *random, struct uuid *epoch,
                         struct problem *why)
{
    uuid_draw(epoch, random);
    struct value row[] = {value_uuid(epoch)};
    if (!run(db, &EPOCH_MAKE, row))
        return failed(db, "write the epoch of the database", why);
    return read_epoch(db, epoch) || problem_set(why, "the database has no epoch of 16 octets");
}
