// SPDX-License-Identifier: MIT
#include "pages/query.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "adapter/postgres_dialect.h"
#include "adapter/postgres_values.h"
#include "adapter/sqlite_functions.h"
#include "chat/operation.h"
#include "support/measure.h"

/* What the operation asks of the store for the newest page. */
struct page_query {
    struct task task;
    struct batch batch;
    char channel[UUID_TEXT];
};

static void make_query(struct page_query *q, const struct uuid *channel, const struct uuid *user)
{
    memset(q, 0, sizeof *q);
    arena_init(&q->task.arena, 1 << 20);
    q->task.magic = TASK_MAGIC;
    q->task.caller.user = *user;
    uuid_format(channel, q->channel);
    q->task.parameters.channel_id = slice_of(q->channel, sizeof q->channel);
    batch_init(&q->batch, BATCH_READ, &q->task.arena, NULL, NULL);
    if (OPERATION_MESSAGE_LIST.prepare(&q->task) != ERR_NONE ||
        OPERATION_MESSAGE_LIST.read(&q->task, &q->batch) != ERR_NONE)
        bench_die("a page cannot be asked for");
}

static void free_query(struct page_query *q)
{
    arena_release(&q->task.arena);
}

/* ---- SQLite ---- */

static sqlite3 *open_file(const char *folder)
{
    char path[512];
    sqlite3 *handle;
    (void)snprintf(path, sizeof path, "%s/parley.db", folder);
    if (sqlite3_open_v2(path, &handle, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
        !sqlite_functions_register(handle))
        bench_die("%s: %s", path, sqlite3_errmsg(handle));
    return handle;
}

static void bind(sqlite3_stmt *s, int at, const struct value *v)
{
    switch (v->kind) {
    case VALUE_NULL: sqlite3_bind_null(s, at); break;
    case VALUE_INT:
    case VALUE_INSTANT: sqlite3_bind_int64(s, at, v->number); break;
    case VALUE_TEXT:
        sqlite3_bind_text(s, at, (const char *)v->octets.data, (int)v->octets.len, SQLITE_STATIC);
        break;
    case VALUE_BLOB:
    case VALUE_UUID: sqlite3_bind_blob(s, at, v->octets.data, (int)v->octets.len, SQLITE_STATIC); break;
    }
}

/* Octets of all columns. */
static uint64_t step_through(sqlite3_stmt *s)
{
    uint64_t octets = 0;
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(s); i++) {
            const void *column = sqlite3_column_blob(s, i);
            octets += column == NULL ? 0 : (uint64_t)sqlite3_column_bytes(s, i);
        }
    }
    if (rc != SQLITE_DONE)
        bench_die("%s: %s", sqlite3_sql(s), sqlite3_errmsg(sqlite3_db_handle(s)));
    sqlite3_reset(s);
    return octets;
}

double query_sqlite(const char *folder, const struct uuid *channel, const struct uuid *user, unsigned pages)
{
    static struct page_query q;
    sqlite3_stmt *statements[BATCH_STEPS];
    sqlite3 *handle = open_file(folder);
    uint64_t octets = 0;
    make_query(&q, channel, user);
    for (size_t i = 0; i < q.batch.step_count; i++) {
        const struct statement *statement = q.batch.steps[i].statement;
        if (sqlite3_prepare_v3(handle, statement->sql, -1, SQLITE_PREPARE_PERSISTENT, &statements[i], NULL) !=
            SQLITE_OK)
            bench_die("%s: %s", statement->sql, sqlite3_errmsg(handle));
        for (unsigned n = 0; n < statement->parameters; n++)
            bind(statements[i], (int)n + 1, &q.batch.steps[i].values[n]);
    }
    int64_t since = bench_now();
    for (unsigned p = 0; p < pages; p++) {
        sqlite3_exec(handle, "BEGIN", NULL, NULL, NULL); /* one look at the data, as the store has */
        for (size_t i = 0; i < q.batch.step_count; i++)
            octets += step_through(statements[i]);
        sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL);
    }
    double rate = pages * 1e9 / (double)(bench_now() - since);
    if (octets == 0)
        bench_die("the pages are empty");
    for (size_t i = 0; i < q.batch.step_count; i++)
        sqlite3_finalize(statements[i]);
    sqlite3_close(handle);
    free_query(&q);
    return rate;
}

static void read_uuid(sqlite3 *handle, const char *sql, struct uuid *u)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW || sqlite3_column_bytes(statement, 0) != (int)sizeof u->octets)
        bench_die("%s: %s", sql, sqlite3_errmsg(handle));
    memcpy(u->octets, sqlite3_column_blob(statement, 0), sizeof u->octets);
    sqlite3_finalize(statement);
}

static const char channel_sql[] = "SELECT id FROM channels WHERE type = 'PUBLIC' LIMIT 1";
static const char user_sql[] = "SELECT id FROM users ORDER BY created_at DESC LIMIT 1";

void query_look_sqlite(const char *folder, struct uuid *channel, struct uuid *user)
{
    sqlite3 *handle = open_file(folder);
    read_uuid(handle, channel_sql, channel);
    read_uuid(handle, user_sql, user);
    sqlite3_close(handle);
}

/* ---- PostgreSQL ---- */

static PGconn *connect_to(const char *url)
{
    PGconn *c = PQconnectdb(url);
    if (PQstatus(c) != CONNECTION_OK)
        bench_die("%s", PQerrorMessage(c));
    return c;
}

static void prepare(PGconn *c, const struct statement *statement, const struct postgres_parameters *p)
{
    struct buf sql;
    buf_init(&sql, 1 << 16);
    if (!postgres_dialect_write(statement, &sql))
        bench_die("out of memory");
    PGresult *r = PQprepare(c, statement->name, (const char *)sql.data, p->count, p->types);
    if (PQresultStatus(r) != PGRES_COMMAND_OK)
        bench_die("%s", PQerrorMessage(c));
    PQclear(r);
    buf_release(&sql);
}

static void send(PGconn *c, const struct batch_step *step, const struct postgres_parameters *p)
{
    if (!PQsendQueryPrepared(c, step->statement->name, p->count, p->octets, p->lengths, p->formats, 1))
        bench_die("%s", PQerrorMessage(c));
}

/* Octets of all columns of one result. */
static uint64_t take_result(PGconn *c)
{
    uint64_t octets = 0;
    PGresult *r = PQgetResult(c);
    if (PQresultStatus(r) != PGRES_TUPLES_OK)
        bench_die("%s", PQerrorMessage(c));
    for (int row = 0; row < PQntuples(r); row++) {
        for (int i = 0; i < PQnfields(r); i++)
            octets += (uint64_t)PQgetlength(r, row, i);
    }
    PQclear(r);
    PQclear(PQgetResult(c)); /* the end of this statement */
    return octets;
}

static void take_sync(PGconn *c)
{
    PGresult *r = PQgetResult(c);
    if (PQresultStatus(r) != PGRES_PIPELINE_SYNC)
        bench_die("%s", PQerrorMessage(c));
    PQclear(r);
}

/* One batch: its statements, and a Sync. */
static void send_page(PGconn *c, const struct batch *b, const struct postgres_parameters *parameters)
{
    for (size_t i = 0; i < b->step_count; i++)
        send(c, &b->steps[i], &parameters[i]);
    if (!PQpipelineSync(c))
        bench_die("%s", PQerrorMessage(c));
}

double query_postgres(const char *url, const struct uuid *channel, const struct uuid *user, unsigned pages,
                      unsigned together)
{
    static struct page_query q;
    static struct postgres_parameters parameters[BATCH_STEPS];
    PGconn *c = connect_to(url);
    uint64_t octets = 0;
    make_query(&q, channel, user);
    for (size_t i = 0; i < q.batch.step_count; i++) {
        const struct batch_step *step = &q.batch.steps[i];
        postgres_parameters_fill(&parameters[i], step->values, step->statement->parameters);
        prepare(c, step->statement, &parameters[i]);
    }
    if (!PQenterPipelineMode(c))
        bench_die("%s", PQerrorMessage(c));
    int64_t since = bench_now();
    for (unsigned sent = 0, taken = 0; taken < pages;) {
        for (; sent < pages && sent - taken < together; sent++)
            send_page(c, &q.batch, parameters);
        for (size_t i = 0; i < q.batch.step_count; i++)
            octets += take_result(c);
        take_sync(c);
        taken++;
    }
    double rate = pages * 1e9 / (double)(bench_now() - since);
    if (octets == 0)
        bench_die("the pages are empty");
    PQfinish(c);
    free_query(&q);
    return rate;
}

static void ask_uuid(PGconn *c, const char *sql, struct uuid *u)
{
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) == 0 ||
        !uuid_parse(slice_from_string(PQgetvalue(r, 0, 0)), u))
        bench_die("%s: %s", sql, PQerrorMessage(c));
    PQclear(r);
}

void query_look_postgres(const char *url, struct uuid *channel, struct uuid *user)
{
    PGconn *c = connect_to(url);
    ask_uuid(c, channel_sql, channel);
    ask_uuid(c, user_sql, user);
    PQfinish(c);
}
