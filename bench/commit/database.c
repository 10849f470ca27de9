// SPDX-License-Identifier: MIT
#include "commit/database.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "chat/channels.h"
#include "log/port.h"
#include "support/measure.h"

enum {
    BEGIN_GROUP,
    BEGIN_BATCH,
    LOCK_STREAM,
    INSERT_MESSAGE,
    READ_OUTCOME,
    APPEND_EVENT,
    RAISE_STREAM,
    FIND_EVENT,
    END_BATCH,
    COMMIT_GROUP
};

/* As in chat/message_create.c, which keeps its statements to itself. */
static const char insert_message[] =
    "INSERT INTO messages (id, created_at, updated_at, content, channel_id, author_id)"
    " SELECT ?1, CASE WHEN s.time >= ?2 THEN s.time + 1 ELSE ?2 END, NULL, ?3, c.id, u.id"
    " FROM channels c JOIN users u ON u.id = ?5 JOIN streams s ON s.name = ?6"
    " WHERE c.id = ?4 AND " CHANNELS_VISIBLE_TO("?5") " ON CONFLICT (id) DO NOTHING";
static const char read_outcome[] =
    "SELECT (SELECT count(*) FROM channels c WHERE c.id = ?2),"
    " (SELECT m.created_at FROM messages m WHERE m.id = ?1 AND m.channel_id = ?2 AND m.author_id = ?3)";
static const char append_event[] =
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT s.name, s.seq + 1, m.created_at, '*', m.id, ?3 FROM streams s JOIN messages m ON m.id = ?2"
    " WHERE s.name = ?1 ON CONFLICT (id) DO NOTHING";

static void expect(struct database *d, int rc, int wanted, const char *what)
{
    if (rc != wanted)
        bench_die("%s: %s", what, sqlite3_errmsg(d->handle));
}

static sqlite3 *open_file(const char *folder, int flags)
{
    char path[512];
    sqlite3 *handle;
    (void)snprintf(path, sizeof path, "%s/parley.db", folder);
    if (sqlite3_open_v2(path, &handle, flags, NULL) != SQLITE_OK)
        bench_die("%s: %s", path, sqlite3_errmsg(handle));
    return handle;
}

static void read_blob(sqlite3 *handle, const char *sql, void *to, int room, int *len)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(handle, sql, -1, &statement, NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW || sqlite3_column_bytes(statement, 0) > room)
        bench_die("%s: %s", sql, sqlite3_errmsg(handle));
    *len = sqlite3_column_bytes(statement, 0);
    memcpy(to, sqlite3_column_blob(statement, 0), (size_t)*len);
    sqlite3_finalize(statement);
}

static void look(sqlite3 *handle, struct uuid *channel, struct uuid *author)
{
    int len;
    read_blob(handle, "SELECT id FROM channels WHERE type = 'PUBLIC' LIMIT 1", channel->octets,
              sizeof channel->octets, &len);
    read_blob(handle, "SELECT id FROM users ORDER BY created_at DESC LIMIT 1", author->octets,
              sizeof author->octets, &len);
}

void database_look(const char *folder, struct uuid *channel, struct uuid *author)
{
    sqlite3 *handle = open_file(folder, SQLITE_OPEN_READONLY);
    look(handle, channel, author);
    sqlite3_close(handle);
}

void database_receivers(const char *folder, unsigned count)
{
    static const char make[] =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
        " INSERT INTO users (id, created_at, username, email, password, role)"
        " SELECT randomblob(16), i, 'receiver' || i, 'receiver' || i || '@example.org', 'none', 'USER'"
        " FROM n WHERE i <= %u ON CONFLICT DO NOTHING;"
        "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at, notification_enabled)"
        " SELECT randomblob(16), 1, u.id, (SELECT c.id FROM channels c WHERE c.type = 'PUBLIC' LIMIT 1), 1, "
        "TRUE"
        " FROM users u WHERE u.username LIKE 'receiver%%' ON CONFLICT DO NOTHING;"
        "INSERT INTO cursors (consumer, stream, seq, part)"
        " SELECT 'notifications', name, seq, zeroblob(16) FROM streams WHERE name LIKE 'channels.%%'"
        " ON CONFLICT (consumer, stream) DO UPDATE SET seq = excluded.seq, part = excluded.part";
    sqlite3 *handle = open_file(folder, SQLITE_OPEN_READWRITE);
    char sql[2048];
    (void)snprintf(sql, sizeof sql, make, count, count);
    sqlite3_busy_timeout(handle, 10000);
    if (sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK)
        bench_die("receivers: %s", sqlite3_errmsg(handle));
    sqlite3_close(handle);
}

void database_open(struct database *d, const char *folder)
{
    const char *sql[DATABASE_STATEMENTS] = {
        [BEGIN_GROUP] = "BEGIN IMMEDIATE", [BEGIN_BATCH] = "SAVEPOINT batch", [LOCK_STREAM] = LOG_LOCK.sql,
        [INSERT_MESSAGE] = insert_message, [READ_OUTCOME] = read_outcome,     [APPEND_EVENT] = append_event,
        [RAISE_STREAM] = LOG_RAISE.sql,    [FIND_EVENT] = LOG_FIND.sql,       [END_BATCH] = "RELEASE batch",
        [COMMIT_GROUP] = "COMMIT",
    };
    char text[UUID_TEXT];
    d->handle = open_file(folder, SQLITE_OPEN_READWRITE);
    expect(d,
           sqlite3_exec(d->handle,
                        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;",
                        NULL, NULL, NULL),
           SQLITE_OK, "pragma");
    for (int i = 0; i < DATABASE_STATEMENTS; i++)
        expect(d,
               sqlite3_prepare_v3(d->handle, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &d->statements[i], NULL),
               SQLITE_OK, sql[i]);
    look(d->handle, &d->channel, &d->author);
    read_blob(d->handle, "SELECT envelope FROM log WHERE stream <> 'events' ORDER BY time DESC LIMIT 1",
              d->envelope, sizeof d->envelope, &d->envelope_len);
    uuid_format(&d->channel, text);
    (void)snprintf(d->stream, sizeof d->stream, "/sub/channels.%.*s.messages", UUID_TEXT, text);
}

void database_close(struct database *d)
{
    for (int i = 0; i < DATABASE_STATEMENTS; i++)
        sqlite3_finalize(d->statements[i]);
    sqlite3_close(d->handle);
}

static void bind_uuid(sqlite3_stmt *s, int at, const struct uuid *u)
{
    sqlite3_bind_blob(s, at, u->octets, sizeof u->octets, SQLITE_STATIC);
}

static void run(struct database *d, int which)
{
    sqlite3_stmt *s = d->statements[which];
    int rc;
    while ((rc = sqlite3_step(s)) == SQLITE_ROW)
        ;
    expect(d, rc, SQLITE_DONE, sqlite3_sql(s));
    sqlite3_reset(s);
}

static void run_on_stream(struct database *d, int which)
{
    sqlite3_bind_text(d->statements[which], 1, d->stream, -1, SQLITE_STATIC);
    run(d, which);
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static void insert(struct database *d, const struct uuid *id, const char *content)
{
    sqlite3_stmt *s = d->statements[INSERT_MESSAGE];
    bind_uuid(s, 1, id);
    sqlite3_bind_int64(s, 2, now());
    sqlite3_bind_text(s, 3, content, -1, SQLITE_STATIC);
    bind_uuid(s, 4, &d->channel);
    bind_uuid(s, 5, &d->author);
    sqlite3_bind_text(s, 6, d->stream, -1, SQLITE_STATIC);
    run(d, INSERT_MESSAGE);
    bind_uuid(d->statements[READ_OUTCOME], 1, id);
    bind_uuid(d->statements[READ_OUTCOME], 2, &d->channel);
    bind_uuid(d->statements[READ_OUTCOME], 3, &d->author);
    run(d, READ_OUTCOME);
}

static void announce(struct database *d, const struct uuid *id)
{
    bind_uuid(d->statements[APPEND_EVENT], 2, id);
    sqlite3_bind_blob(d->statements[APPEND_EVENT], 3, d->envelope, d->envelope_len, SQLITE_STATIC);
    run_on_stream(d, APPEND_EVENT);
    run_on_stream(d, RAISE_STREAM);
    bind_uuid(d->statements[FIND_EVENT], 1, id);
    run(d, FIND_EVENT);
}

void database_create(struct database *d, unsigned messages, const char *content)
{
    struct uuid id;
    run(d, BEGIN_GROUP);
    for (unsigned i = 0; i < messages; i++) {
        uuid_draw(&id, &random_system);
        run(d, BEGIN_BATCH);
        run_on_stream(d, LOCK_STREAM);
        insert(d, &id, content);
        announce(d, &id);
        run(d, END_BATCH);
    }
    run(d, COMMIT_GROUP);
}

unsigned database_count(struct database *d)
{
    sqlite3_stmt *s;
    expect(d, sqlite3_prepare_v2(d->handle, "SELECT count(*) FROM messages", -1, &s, NULL), SQLITE_OK,
           "count");
    expect(d, sqlite3_step(s), SQLITE_ROW, "count");
    unsigned count = (unsigned)sqlite3_column_int(s, 0);
    sqlite3_finalize(s);
    return count;
}
