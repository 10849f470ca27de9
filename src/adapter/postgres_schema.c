// SPDX-License-Identifier: MIT
#include "adapter/postgres_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "adapter/postgres_library.h"
#include "base/object.h"

/* Any number that nobody else uses: the octets of "parley". */
#define LOCK "SELECT pg_advisory_xact_lock(123583227848057)"

#define VERSION_TABLE                                                                                        \
    "CREATE TABLE IF NOT EXISTS parley_versions (version integer PRIMARY KEY, name text NOT NULL,"           \
    " applied_at timestamptz NOT NULL)"

/* What our statements rely on, in a table that was there before. */
#define FOREIGN_COLUMNS                                                                                      \
    "SELECT w.t || '.' || w.c || ' ' || w.y FROM (VALUES"                                                    \
    " ('users', 'id', 'uuid'), ('users', 'created_at', 'timestamptz'), ('users', 'updated_at', "             \
    "'timestamptz'),"                                                                                        \
    " ('users', 'username', 'varchar'), ('users', 'email', 'varchar'), ('users', 'password', 'varchar'),"    \
    " ('users', 'profile_id', 'uuid'), ('users', 'role', 'varchar'),"                                        \
    " ('binary_contents', 'id', 'uuid'), ('binary_contents', 'file_name', 'varchar'),"                       \
    " ('binary_contents', 'size', 'int8'), ('binary_contents', 'content_type', 'varchar'),"                  \
    " ('binary_contents', 'status', 'varchar'),"                                                             \
    " ('channels', 'id', 'uuid'), ('channels', 'created_at', 'timestamptz'),"                                \
    " ('channels', 'updated_at', 'timestamptz'), ('channels', 'name', 'varchar'),"                           \
    " ('channels', 'description', 'varchar'), ('channels', 'type', 'varchar'),"                              \
    " ('read_statuses', 'id', 'uuid'), ('read_statuses', 'created_at', 'timestamptz'),"                      \
    " ('read_statuses', 'updated_at', 'timestamptz'), ('read_statuses', 'user_id', 'uuid'),"                 \
    " ('read_statuses', 'channel_id', 'uuid'), ('read_statuses', 'last_read_at', 'timestamptz'),"            \
    " ('read_statuses', 'notification_enabled', 'bool'),"                                                    \
    " ('messages', 'id', 'uuid'), ('messages', 'created_at', 'timestamptz'),"                                \
    " ('messages', 'updated_at', 'timestamptz'), ('messages', 'content', 'text'),"                           \
    " ('messages', 'channel_id', 'uuid'), ('messages', 'author_id', 'uuid')) AS w (t, c, y)"                 \
    " WHERE NOT EXISTS (SELECT 1 FROM pg_attribute a JOIN pg_type k ON k.oid = a.atttypid"                   \
    " WHERE a.attrelid = to_regclass(w.t) AND a.attname = w.c AND k.typname = w.y AND NOT a.attisdropped)"   \
    " LIMIT 1"

/* --- connecting --- */

/* Nobody answers, or not yet: the server says 57P03 while it starts. libpq gives no code for a failed attempt. */
static bool may_pass(const char *message)
{
    static const char *const never[] = {"FATAL:  password", "FATAL:  no pg_hba.conf", "FATAL:  database \"",
                                        "FATAL:  role \"", "no password supplied"};
    for (size_t i = 0; i < ARRAY_LEN(never); i++) {
        if (strstr(message, never[i]) != NULL)
            return false;
    }
    return true;
}

struct pg_conn *postgres_schema_connect(const struct postgres_target *target, const struct clock *clock,
                                        int64_t wait, struct problem *why)
{
    int64_t end = clock->mono(clock) + wait;
    for (;;) {
        struct timespec nap = {.tv_nsec = 200000000};
        PGconn *connection = PQconnectdbParams(target->keywords, target->values, 1);
        if (connection != NULL && PQstatus(connection) == CONNECTION_OK)
            return connection;
        const char *message = connection == NULL ? "out of memory" : PQerrorMessage(connection);
        bool again = may_pass(message) && clock->mono(clock) < end;
        if (!again)
            problem_set(why, "cannot connect to the database: %.*s", (int)strcspn(message, "\n"), message);
        PQfinish(connection);
        if (!again)
            return NULL;
        (void)nanosleep(&nap, NULL);
    }
}

void postgres_schema_disconnect(struct pg_conn *connection)
{
    PQfinish(connection);
}

/* --- statements --- */

static bool failed(PGconn *c, const char *act, struct problem *why)
{
    const char *message = PQerrorMessage(c);
    return problem_set(why, "cannot %s: %.*s", act, (int)strcspn(message, "\n"), message);
}

static bool run(PGconn *c, const char *sql)
{
    PGresult *r = PQexec(c, sql);
    ExecStatusType status = PQresultStatus(r);
    PQclear(r);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* The first value, as text; `room` octets with its NUL. False when it cannot be asked, "" when there is none. */
static bool ask(PGconn *c, const char *sql, char *out, size_t room)
{
    PGresult *r = PQexec(c, sql);
    bool asked = PQresultStatus(r) == PGRES_TUPLES_OK;
    snprintf(out, room, "%s", asked && PQntuples(r) > 0 ? PQgetvalue(r, 0, 0) : "");
    PQclear(r);
    return asked;
}

/* --- migrations --- */

int64_t postgres_schema_version(struct pg_conn *c, struct problem *why)
{
    char there[64], version[32];
    if (!ask(c, "SELECT to_regclass('parley_versions')", there, sizeof there))
        return failed(c, "read the version of the database", why) - 1;
    if (there[0] == '\0')
        return 0;
    if (!ask(c, "SELECT coalesce(max(version), 0) FROM parley_versions", version, sizeof version))
        return failed(c, "read the version of the database", why) - 1;
    return strtoll(version, NULL, 10);
}

static bool apply(PGconn *c, const struct migration *m, int64_t version, struct problem *why)
{
    char note[256];
    snprintf(note, sizeof note, "INSERT INTO parley_versions VALUES (%lld, '%s', now())", (long long)version,
             m->name);
    return (run(c, m->sql) && run(c, note)) || failed(c, m->name, why);
}

static bool check_columns(PGconn *c, struct problem *why)
{
    char missing[128];
    if (!ask(c, FOREIGN_COLUMNS, missing, sizeof missing))
        return failed(c, "look at the tables of the database", why);
    return missing[0] == '\0' ||
           problem_set(why,
                       "the tables of this database are not those of the reference schema: there is no %s",
                       missing);
}

static bool apply_missing(PGconn *c, const struct migration *migrations, struct problem *why)
{
    int64_t known = 0;
    while (migrations[known].name != NULL)
        known++;
    if (!run(c, LOCK) || !run(c, VERSION_TABLE))
        return failed(c, "lock the schema of the database", why);
    int64_t version = postgres_schema_version(c, why);
    if (version > known)
        return problem_set(
            why,
            "the database has schema version %lld, this program knows versions up to %lld: it was"
            " written by a newer program",
            (long long)version, (long long)known);
    if (version < 0)
        return false;
    for (; version < known; version++) {
        if (!apply(c, &migrations[version], version + 1, why))
            return false;
    }
    return check_columns(c, why);
}

bool postgres_schema_migrate(struct pg_conn *c, const struct migration *migrations, struct problem *why)
{
    /* Making an index of a table that was there takes longer than a statement may. */
    if (!run(c, "BEGIN") || !run(c, "SET LOCAL statement_timeout = 0"))
        return failed(c, "begin", why);
    if (!apply_missing(c, migrations, why)) {
        (void)run(c, "ROLLBACK");
        return false;
    }
    return run(c, "COMMIT") || failed(c, "commit the schema", why);
}

/* --- the epoch --- */

static bool read_epoch(PGconn *c, struct uuid *epoch)
{
    char text[UUID_TEXT + 1];
    return ask(c, "SELECT encode(value, 'hex')::uuid FROM meta WHERE name = 'epoch'", text, sizeof text) &&
           uuid_parse(slice_from_string(text), epoch);
}

bool postgres_schema_epoch(struct pg_conn *c, const struct random *random, struct uuid *epoch,
                           struct problem *why)
{
    char text[UUID_TEXT + 1] = "", sql[256];
    uuid_draw(epoch, random);
    uuid_format(epoch, text);
    snprintf(sql, sizeof sql,
             "INSERT INTO meta (name, value) VALUES ('epoch', uuid_send('%s'::uuid)) ON CONFLICT DO NOTHING",
             text);
    if (!run(c, sql))
        return failed(c, "write the epoch of the database", why);
    return read_epoch(c, epoch) || problem_set(why, "the database has no epoch of 16 octets");
}
