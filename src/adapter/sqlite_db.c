// SPDX-License-Identifier: MIT
#include "adapter/sqlite_db.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "adapter/sqlite_functions.h"
#include "base/object.h"

enum { SQLITE_DB_MAGIC = 0x53514c44, FIRST_ROOM = 64 };

struct sqlite_prepared {
    const struct statement *statement; /* NULL: a free slot */
    sqlite3_stmt *prepared;
};

/* The one writer needs no lock on a stream's row, so there is nothing to update. */
static const struct {
    const struct statement *statement;
    const char *sql;
} overrides[] = {
    {&LOG_LOCK, "INSERT INTO streams (name, seq, time) VALUES (?1, 0, 0) ON CONFLICT (name) DO NOTHING"},
};

/* --- opening and closing --- */

static const struct {
    const char *sql;
    bool writer_only;
} settings[] = {
    {"PRAGMA journal_mode = WAL", true}, /* in memory it stays `memory` */
    {"PRAGMA synchronous = FULL", true},
    {"PRAGMA journal_size_limit = 67108864",
     true}, /* octets of a grown write-ahead log that stay on the disk */
    {"PRAGMA foreign_keys = ON", false},
    {"PRAGMA trusted_schema = OFF", false},
    {"PRAGMA temp_store = MEMORY", false},
};

static const int open_flags[] = {
    [SQLITE_ACCESS_WRITER] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
    [SQLITE_ACCESS_READER] = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
    [SQLITE_ACCESS_MEMORY] =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_MEMORY,
};

/* "text" where 'text' was meant is an error then, instead of a column name that compares with itself. */
static void refuse_double_quotes(sqlite3 *handle)
{
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
}

static bool configure(struct sqlite_db *db, enum sqlite_access access, int busy)
{
    (void)sqlite3_extended_result_codes(db->handle, 1);
    (void)sqlite3_busy_timeout(db->handle, busy);
    refuse_double_quotes(db->handle);
    if (!sqlite_functions_register(db->handle))
        return false;
    for (size_t i = 0; i < ARRAY_LEN(settings); i++) {
        if (settings[i].writer_only && access == SQLITE_ACCESS_READER)
            continue;
        if (sqlite3_exec(db->handle, settings[i].sql, NULL, NULL, NULL) != SQLITE_OK)
            return false;
    }
    return true;
}

bool sqlite_db_open(struct sqlite_db *db, enum sqlite_access access, const char *path, int busy,
                    struct sqlite_report report, struct problem *why)
{
    OBJ_INIT(db, SQLITE_DB_MAGIC);
    db->report = report;
    assert(sqlite3_threadsafe() != 0);
    const char *name = access == SQLITE_ACCESS_MEMORY ? ":memory:" : path;
    if (sqlite3_open_v2(name, &db->handle, open_flags[access], NULL) == SQLITE_OK &&
        configure(db, access, busy))
        return true;
    problem_set(why, "cannot open the database %s: %s", name,
                db->handle == NULL ? "out of memory" : sqlite3_errmsg(db->handle));
    sqlite_db_close(db);
    return false;
}

void sqlite_db_close(struct sqlite_db *db)
{
    OBJ_CHECK(db, SQLITE_DB_MAGIC);
    for (size_t i = 0; i < db->room; i++)
        sqlite3_finalize(db->prepared[i].prepared);
    free(db->prepared);
    free(db->scratch);
    int rc = sqlite3_close(db->handle);
    assert(rc == SQLITE_OK); /* else a statement is still in use */
    *db = (struct sqlite_db){0};
}

/* --- errors --- */

static enum error meaning(int code)
{
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_INTERRUPT:
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_NOTADB: return ERR_SERVICE_UNAVAILABLE;
    default: return ERR_INTERNAL_SERVER_ERROR;
    }
}

static void report(const struct sqlite_db *db, const char *what, const char *detail)
{
    if (db->report.line != NULL)
        db->report.line(db->report.to, what, detail);
}

enum error sqlite_db_failed(struct sqlite_db *db, const char *what, int code)
{
    report(db, what, sqlite3_errmsg(db->handle));
    return meaning(code);
}

/* --- prepared statements --- */

static struct sqlite_prepared *slot_of(struct sqlite_prepared *slots, size_t room,
                                       const struct statement *statement)
{
    /* Static tables: their addresses differ above the lowest bits. */
    size_t at = (size_t)(((uintptr_t)statement >> 3) * UINT64_C(0x9E3779B97F4A7C15) >> 40) & (room - 1);
    while (slots[at].statement != NULL && slots[at].statement != statement)
        at = (at + 1) & (room - 1);
    return &slots[at];
}

static bool grow(struct sqlite_db *db)
{
    size_t room = db->room == 0 ? FIRST_ROOM : db->room * 2;
    struct sqlite_prepared *slots = calloc(room, sizeof *slots);
    if (slots == NULL)
        return false;
    for (size_t i = 0; i < db->room; i++) {
        if (db->prepared[i].statement != NULL)
            *slot_of(slots, room, db->prepared[i].statement) = db->prepared[i];
    }
    free(db->prepared);
    db->prepared = slots;
    db->room = room;
    return true;
}

static const char *text_of(const struct statement *statement)
{
    for (size_t i = 0; i < ARRAY_LEN(overrides); i++) {
        if (overrides[i].statement == statement)
            return overrides[i].sql;
    }
    return statement->sql;
}

/* One statement, with just the parameters that its row says. */
static bool is_as_declared(sqlite3_stmt *prepared, const char *tail, const struct statement *statement)
{
    return prepared != NULL && tail[strspn(tail, " \n\t;")] == '\0' &&
           (unsigned)sqlite3_bind_parameter_count(prepared) == statement->parameters;
}

static enum error prepare(struct sqlite_db *db, const struct statement *statement,
                          struct sqlite_prepared *into)
{
    const char *tail = NULL;
    sqlite3_stmt *prepared = NULL;
    int rc =
        sqlite3_prepare_v3(db->handle, text_of(statement), -1, SQLITE_PREPARE_PERSISTENT, &prepared, &tail);
    if (rc != SQLITE_OK)
        return sqlite_db_failed(db, statement->name, rc);
    if (!is_as_declared(prepared, tail, statement)) {
        sqlite3_finalize(prepared);
        report(db, statement->name, "not one statement with the declared number of parameters");
        return ERR_INTERNAL_SERVER_ERROR;
    }
    *into = (struct sqlite_prepared){statement, prepared};
    db->used++;
    return ERR_NONE;
}

static sqlite3_stmt *find(struct sqlite_db *db, const struct statement *statement, enum error *error)
{
    if (db->used * 2 >= db->room && !grow(db)) {
        *error = ERR_SERVICE_UNAVAILABLE;
        return NULL;
    }
    struct sqlite_prepared *slot = slot_of(db->prepared, db->room, statement);
    if (slot->statement == NULL)
        *error = prepare(db, statement, slot);
    return slot->prepared;
}

/* --- running them --- */

/* A NULL pointer would bind NULL, not the empty text. */
static const void *octets_of(const struct value *v)
{
    return v->octets.len == 0 ? (const void *)"" : v->octets.data;
}

static int bind(sqlite3_stmt *prepared, int at, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL: return sqlite3_bind_null(prepared, at);
    case VALUE_INT:
    case VALUE_INSTANT: return sqlite3_bind_int64(prepared, at, v->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(prepared, at, octets_of(v), v->octets.len, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BLOB:
    case VALUE_UUID: return sqlite3_bind_blob64(prepared, at, octets_of(v), v->octets.len, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

struct sqlite3_stmt *sqlite_db_bind(struct sqlite_db *db, const struct statement *statement,
                                    const struct value *values, enum error *error)
{
    OBJ_CHECK(db, SQLITE_DB_MAGIC);
    *error = ERR_NONE;
    sqlite3_stmt *prepared = find(db, statement, error);
    if (prepared == NULL)
        return NULL;
    for (unsigned i = 0; i < statement->parameters; i++) {
        int rc = bind(prepared, (int)i + 1, &values[i]);
        if (rc != SQLITE_OK) {
            *error = sqlite_db_failed(db, statement->name, rc);
            sqlite_db_finish(prepared);
            return NULL;
        }
    }
    return prepared;
}

bool sqlite_db_next(struct sqlite_db *db, const struct statement *statement, struct sqlite3_stmt *prepared,
                    enum error *error)
{
    int rc = sqlite3_step(prepared);
    *error = ERR_NONE;
    if (rc == SQLITE_ROW)
        return true;
    if (rc != SQLITE_DONE)
        *error = sqlite_db_failed(db, statement->name, rc);
    return false;
}

void sqlite_db_finish(struct sqlite3_stmt *prepared)
{
    (void)sqlite3_reset(prepared); /* repeats the code of the last step, which has been dealt with */
    (void)sqlite3_clear_bindings(prepared);
}

enum error sqlite_db_run(struct sqlite_db *db, const struct statement *statement, const struct value *values)
{
    enum error error;
    sqlite3_stmt *prepared = sqlite_db_bind(db, statement, values, &error);
    if (prepared == NULL)
        return error;
    while (sqlite_db_next(db, statement, prepared, &error))
        continue;
    sqlite_db_finish(prepared);
    return error;
}

bool sqlite_db_in_transaction(const struct sqlite_db *db)
{
    return sqlite3_get_autocommit(db->handle) == 0;
}

bool sqlite_db_abandon(struct sqlite_db *db)
{
    static const struct statement ROLL_BACK = {"roll_back", "ROLLBACK", 0};
    if (sqlite_db_in_transaction(db))
        (void)sqlite_db_run(db, &ROLL_BACK, NULL);
    return !sqlite_db_in_transaction(db);
}
