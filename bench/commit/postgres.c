// SPDX-License-Identifier: MIT
#include "commit/postgres.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chat/channels.h"
#include "support/measure.h"

enum { COMMAND = 1024, VALUE = 8192 };

/* The first value; dies without one. */
static void ask(const char *url, const char *sql, char out[VALUE])
{
    PGconn *c = PQconnectdb(url);
    PGresult *r = PQexec(c, sql);
    if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) == 0)
        bench_die("%s: %s", sql, PQerrorMessage(c));
    snprintf(out, VALUE, "%s", PQgetvalue(r, 0, 0));
    PQclear(r);
    PQfinish(c);
}

static void ask_uuid(const char *url, const char *sql, struct uuid *u)
{
    char text[VALUE];
    ask(url, sql, text);
    if (!uuid_parse(slice_from_string(text), u))
        bench_die("%s: %s is no uuid", sql, text);
}

void postgres_look(const char *url, struct uuid *channel, struct uuid *author)
{
    ask_uuid(url, "SELECT id FROM channels WHERE type = 'PUBLIC' LIMIT 1", channel);
    ask_uuid(url, "SELECT id FROM users ORDER BY created_at DESC LIMIT 1", author);
}

void postgres_receivers(const char *url, unsigned count)
{
    static const char make[] =
        "WITH made AS (INSERT INTO users (id, created_at, username, email, password, role)"
        " SELECT gen_random_uuid(), 'epoch', 'receiver' || i, 'receiver' || i || '@example.org', 'none', "
        "'USER'"
        " FROM generate_series(1, %u) AS i ON CONFLICT DO NOTHING RETURNING id),"
        " bells AS (INSERT INTO read_statuses"
        " (id, created_at, user_id, channel_id, last_read_at, notification_enabled)"
        " SELECT gen_random_uuid(), 'epoch', made.id, (SELECT id FROM channels WHERE type = 'PUBLIC' LIMIT "
        "1),"
        " 'epoch', TRUE FROM made RETURNING id),"
        " places AS (INSERT INTO cursors (consumer, stream, seq, part)"
        " SELECT 'notifications', name, seq, '00000000-0000-0000-0000-000000000000' FROM streams"
        " WHERE name LIKE 'channels.%%' ON CONFLICT (consumer, stream)"
        " DO UPDATE SET seq = excluded.seq, part = excluded.part RETURNING seq)"
        " SELECT (SELECT count(*) FROM bells) + (SELECT count(*) FROM places)";
    char sql[VALUE], out[VALUE];
    snprintf(sql, sizeof sql, make, count);
    ask(url, sql, out);
}

unsigned postgres_count(const char *url)
{
    char text[VALUE];
    ask(url, "SELECT count(*) FROM messages", text);
    return (unsigned)strtoul(text, NULL, 10);
}

/* pgbench knows numbers only, so an id is made of one. */
#define ID "('00000000-0000-4000-8000-' || lpad(to_hex(:n%u::bigint), 12, '0'))::uuid"

static const char *const per_message[] = {
    "INSERT INTO messages (id, created_at, updated_at, content, channel_id, author_id)"
    " SELECT " ID
    ", CASE WHEN s.time >= now() THEN s.time + interval '1 microsecond' ELSE now() END, NULL, :content,"
    " c.id, u.id FROM channels c JOIN users u ON u.id = :author::uuid JOIN streams s ON s.name = :stream"
    " WHERE c.id = :channel::uuid AND " CHANNELS_VISIBLE_TO(
        ":author::uuid") " ON CONFLICT (id) DO NOTHING;\n",
    "SELECT (SELECT count(*) FROM channels c WHERE c.id = :channel::uuid), (SELECT m.created_at FROM "
    "messages m"
    " WHERE m.id = " ID " AND m.channel_id = :channel::uuid AND m.author_id = :author::uuid);\n",
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT s.name, s.seq + 1, m.created_at, '*', m.id, decode(:envelope, 'hex') FROM streams s"
    " JOIN messages m ON m.id = " ID " WHERE s.name = :stream ON CONFLICT (id) DO NOTHING;\n",
    "UPDATE streams SET seq = h.seq, time = h.time FROM (SELECT l.seq, l.time FROM log l WHERE l.stream = "
    ":stream"
    " ORDER BY l.seq DESC LIMIT 1) h WHERE streams.name = :stream AND h.seq > streams.seq;\n",
    "SELECT seq, time, audience, id, envelope FROM log WHERE id = " ID ";\n",
};

static void write_script(FILE *out, unsigned group)
{
    for (unsigned i = 0; i < group; i++)
        fprintf(out, "\\set n%u random(1, 281474976710655)\n", i);
    fprintf(out, "\\startpipeline\nBEGIN;\nINSERT INTO streams (name, seq, time) VALUES (:stream, 0, 'epoch')"
                 " ON CONFLICT (name) DO UPDATE SET seq = streams.seq WHERE FALSE;\n");
    for (unsigned i = 0; i < group; i++) {
        for (size_t s = 0; s < sizeof per_message / sizeof per_message[0]; s++)
            fprintf(out, per_message[s], i); /* each has one %u at most */
    }
    fprintf(out, "COMMIT;\n\\endpipeline\n");
}

double postgres_create(const char *url, unsigned group, unsigned groups, const char *content)
{
    char script[] = "/tmp/parley-bench-XXXXXX", command[COMMAND + VALUE], line[COMMAND];
    char channel[VALUE], author[VALUE], envelope[VALUE];
    double transactions = 0;
    int fd = mkstemp(script);
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (out == NULL)
        bench_die("there is no file to be had in /tmp");
    write_script(out, group);
    fclose(out);
    ask(url, "SELECT id FROM channels WHERE type = 'PUBLIC' LIMIT 1", channel);
    ask(url, "SELECT id FROM users ORDER BY created_at DESC LIMIT 1", author);
    ask(url, "SELECT encode(envelope, 'hex') FROM log WHERE stream <> 'events' ORDER BY time DESC LIMIT 1",
        envelope);
    snprintf(command, sizeof command,
             "pgbench -n -M prepared -c 1 -t %u -f %s -D channel=%.36s -D author=%.36s -D envelope=%.4096s "
             "-D content=%.100s"
             " -D stream=channels.%.36s.messages '%.512s' 2>&1",
             groups, script, channel, author, envelope, content, channel, url);
    FILE *in = popen(command, "r");
    while (in != NULL && fgets(line, sizeof line, in) != NULL)
        (void)sscanf(line, "tps = %lf", &transactions);
    if (in == NULL || pclose(in) != 0 || transactions <= 0)
        bench_die("pgbench did not end well: %s", line);
    unlink(script);
    return transactions * group;
}
