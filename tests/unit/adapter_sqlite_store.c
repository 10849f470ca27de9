// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "adapter/sqlite_schema.h"
#include "adapter/sqlite_store.h"
#include "support/scratch.h"
#include "support/store_port_test.h"
#include "support/test.h"

struct opened {
    struct store_fixture fixture;
    struct sqlite_store store;
    struct sqlite_options options;
    struct scratch folder;
    struct problem why;
    int reports;
    char reported[64];
};

static void step(struct store_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_step(&o->store);
}

static void on_report(void *to, const char *what, const char *detail)
{
    struct opened *o = to;
    CHECK(detail != NULL && detail[0] != '\0');
    o->reports++;
    (void)snprintf(o->reported, sizeof o->reported, "%s", what);
}

static bool reopen(struct opened *o)
{
    struct store_fixture *f = &o->fixture;
    f->store = &o->store.port;
    f->step = step;
    f->adapter = o;
    return sqlite_store_open(&o->store, &o->options, &f->publisher, &f->clock, &f->random, &o->why);
}

static void prepare(struct opened *o)
{
    memset(o, 0, sizeof *o);
    store_fixture_init(&o->fixture);
    scratch_init(&o->folder);
    o->options = sqlite_defaults;
    o->options.folder = o->folder.path;
    o->options.report = on_report;
    o->options.report_to = o;
}

static void begin(struct opened *o)
{
    prepare(o);
    bool open = reopen(o);
    CHECK_SLICE(slice_from_string(o->why.text), "");
    assert(open);
}

static void forget(struct opened *o)
{
    scratch_release(&o->folder);
    store_fixture_release(&o->fixture);
}

static void end(struct opened *o)
{
    sqlite_store_close(&o->store);
    forget(o);
}

/* Another program at the same file. */
static sqlite3 *visitor(struct opened *o)
{
    sqlite3 *handle = NULL;
    int rc = sqlite3_open_v2(scratch_path(&o->folder, "parley.db"), &handle, SQLITE_OPEN_READWRITE, NULL);
    assert(rc == SQLITE_OK);
    return handle;
}

static int64_t ask_number(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
    CHECK_SLICE(slice_from_string(rc == SQLITE_OK ? "" : sqlite3_errmsg(handle)), "");
    int64_t number =
        rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    (void)sqlite3_finalize(statement);
    return number;
}

static bool tell(sqlite3 *handle, const char *sql)
{
    return sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static void announce(struct opened *o, unsigned id, enum error error, uint64_t seq)
{
    struct attempt a;
    attempt_announce(&a, &o->fixture, "one", id, true);
    store_fixture_settle(&o->fixture);
    CHECK_INT(a.answers, 1);
    CHECK_INT(a.batch.error, error);
    CHECK_INT(attempt_seq(&a), seq);
    attempt_release(&a);
}

static bool says(const struct opened *o, const char *word)
{
    return strstr(o->why.text, word) != NULL;
}

/* --- opening --- */

TEST(modes, "all that is stored is closed to others")
{
    struct opened o;
    begin(&o);
    announce(&o, 1, ERR_NONE, 1);
    static const char *const names[] = {"parley.db", "parley.db-wal", "parley.db-shm", "lock"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        CHECK_INT(scratch_mode(&o.folder, names[i]), 0600);
    end(&o);
}

TEST(locked, "a second store in one folder is refused with a clear problem")
{
    struct opened o;
    struct sqlite_store second;
    begin(&o);
    CHECK(!sqlite_store_open(&second, &o.options, &o.fixture.publisher, &o.fixture.clock, &o.fixture.random,
                             &o.why));
    CHECK(says(&o, "in use by another process"));
    announce(&o, 1, ERR_NONE, 1);
    end(&o);
}

TEST(reopened, "what was committed is there again, places and times go on, and the epoch stays; G1 G4")
{
    struct opened o;
    begin(&o);
    struct uuid epoch = o.store.epoch;
    announce(&o, 1, ERR_NONE, 1);
    int64_t time = o.fixture.published[0]->time;
    sqlite_store_close(&o.store);
    CHECK(access(scratch_path(&o.folder, "parley.db-wal"), F_OK) == -1); /* all moved into the file */
    o.fixture.wall -= 1000000;
    CHECK(reopen(&o));
    CHECK(uuid_equals(&epoch, &o.store.epoch) && !uuid_is_nil(&epoch));
    announce(&o, 2, ERR_NONE, 2);
    announce(&o, 1, ERR_NONE, 1);
    CHECK(o.fixture.published[1]->time > time);
    end(&o);
}

TEST(epochs, "two databases have two epochs; G4")
{
    struct opened a, b;
    begin(&a);
    prepare(&b);
    b.fixture.seed = 7;
    CHECK(reopen(&b));
    CHECK(!uuid_equals(&a.store.epoch, &b.store.epoch));
    end(&a);
    end(&b);
}

TEST(newer, "a database of a newer program is refused and left as it was")
{
    struct opened o;
    begin(&o);
    sqlite_store_close(&o.store);
    sqlite3 *handle = visitor(&o);
    CHECK(tell(handle, "INSERT INTO schema_versions VALUES (99, '0099_later', 0)"));
    CHECK(!reopen(&o));
    CHECK(says(&o, "version 99") && says(&o, "newer program"));
    CHECK(tell(handle, "DELETE FROM schema_versions WHERE version = 99"));
    (void)sqlite3_close(handle);
    CHECK(reopen(&o));
    end(&o);
}

TEST(damaged, "a file that is no database is refused by its name, and the folder is free again")
{
    struct opened o;
    prepare(&o);
    int fd = open(scratch_path(&o.folder, "parley.db"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd != -1 && dprintf(fd, "%4096s", "this is no database") > 0 && close(fd) == 0);
    CHECK(!reopen(&o) && says(&o, "parley.db"));
    CHECK(unlink(scratch_path(&o.folder, "parley.db")) == 0 && reopen(&o));
    end(&o);
}

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
    CHECK_INT(ask_number(db.handle, "SELECT max(version) FROM schema_versions"), 1);
    CHECK_INT(ask_number(db.handle, "SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
    for (int i = 0; i < 2; i++)
        CHECK(sqlite_schema_migrate(&db, good, 6, &why));
    CHECK_INT(ask_number(db.handle, "SELECT max(version) FROM schema_versions"), 2);
    CHECK_INT(ask_number(db.handle, "SELECT count(*) FROM b"), 1);
    sqlite_db_close(&db);
}

TEST(schema, "tables, keys and what a deletion takes along; D11")
{
    struct opened o;
    begin(&o);
    sqlite3 *h = o.store.writer.db.handle;
#define ID(n) "CAST('000000000000000" #n "' AS BLOB)"
    CHECK(tell(h, "INSERT INTO binary_contents VALUES (" ID(1) ", 0, NULL, 'a', 1, 'image/png', 'SUCCESS')"));
    CHECK(tell(h, "INSERT INTO users VALUES (" ID(1) ", 0, NULL, 'name', 'a@x', 'hash', " ID(1) ", 'USER')"));
    CHECK(tell(h, "INSERT INTO users VALUES (" ID(
                      2) ", 0, NULL, 'NAME', 'A@x', 'hash', NULL, 'ADMIN')")); /* octets */
    CHECK(!tell(h, "INSERT INTO users VALUES (" ID(3) ", 0, NULL, 'name', 'b@x', 'hash', NULL, 'USER')"));
    CHECK(!tell(h, "INSERT INTO users VALUES (" ID(3) ", 0, NULL, 'other', 'a@x', 'hash', NULL, 'USER')"));
    CHECK(!tell(h, "INSERT INTO users VALUES (" ID(3) ", 0, NULL, 'other', 'b@x', 'hash', NULL, 'ROOT')"));
    CHECK(!tell(h, "INSERT INTO users VALUES (x'00', 0, NULL, 'other', 'b@x', 'hash', NULL, 'USER')"));
    CHECK(tell(h, "INSERT INTO channels VALUES (" ID(5) ", 0, NULL, NULL, NULL, 'PRIVATE')"));
    CHECK(tell(h, "INSERT INTO read_statuses VALUES (" ID(6) ", 0, NULL, " ID(1) ", " ID(5) ", 0, 1)"));
    CHECK(!tell(h, "INSERT INTO read_statuses VALUES (" ID(7) ", 0, NULL, " ID(1) ", " ID(5) ", 0, 1)"));
    CHECK(!tell(h, "INSERT INTO read_statuses VALUES (" ID(7) ", 0, NULL, " ID(8) ", " ID(5) ", 0, 1)"));
    CHECK(tell(h, "INSERT INTO messages VALUES (" ID(7) ", 0, NULL, '', " ID(5) ", " ID(1) ")"));
    CHECK(!tell(h, "INSERT INTO messages VALUES (" ID(8) ", 'now', NULL, '', " ID(5) ", " ID(1) ")"));
    CHECK(tell(h, "DELETE FROM binary_contents"));
    CHECK_INT(ask_number(h, "SELECT count(*) FROM users WHERE profile_id IS NULL"), 2);
    CHECK(tell(h, "DELETE FROM users WHERE username = 'name'"));
    CHECK_INT(ask_number(h, "SELECT count(*) FROM read_statuses"), 0);
    CHECK_INT(ask_number(h, "SELECT count(*) FROM messages WHERE author_id IS NULL"), 1);
    CHECK(tell(h, "DELETE FROM channels"));
    CHECK_INT(ask_number(h, "SELECT count(*) FROM messages"), 0);
#undef ID
    end(&o);
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
    begin(&o);
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
    end(&o);
}

/* --- committing --- */

static int say_no(void *counter)
{
    (*(int *)counter)++;
    return 1;
}

static int say_yes(void *counter)
{
    (*(int *)counter)++;
    return 0;
}

TEST(commit_fails,
     "a COMMIT that fails: nobody hears yes, nothing is published, nothing is lost for later; G1 G2")
{
    struct opened o;
    struct attempt a[3];
    int asked = 0;
    begin(&o);
    announce(&o, 100, ERR_NONE, 1);
    (void)sqlite3_commit_hook(o.store.writer.db.handle, say_no, &asked);
    for (unsigned i = 0; i < 3; i++)
        attempt_announce(&a[i], &o.fixture, "one", i, true);
    store_fixture_settle(&o.fixture);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(a[i].answers == 1 && a[i].batch.error == ERR_SERVICE_UNAVAILABLE && attempt_seq(&a[i]) == 0);
        attempt_release(&a[i]);
    }
    CHECK_INT(asked, 1);
    CHECK_INT(o.fixture.published_count, 1);
    CHECK(o.reports > 0);
    (void)sqlite3_commit_hook(o.store.writer.db.handle, NULL, NULL);
    announce(&o, 2, ERR_NONE, 2);
    end(&o);
}

TEST(full, "a full disk is 503 for the whole group, and over when there is room again; G1")
{
    struct opened o;
    char limit[64];
    begin(&o);
    announce(&o, 1, ERR_NONE, 1);
    sqlite3 *h = o.store.writer.db.handle;
    int64_t pages = ask_number(h, "PRAGMA page_count");
    (void)snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d", (int)pages);
    CHECK(tell(h, limit));
    static const struct statement BIG = {
        "test_big", "INSERT INTO meta VALUES ('big', zeroblob(1000000)) ON CONFLICT (name) DO NOTHING", 0};
    struct attempt a;
    attempt_init(&a, &o.fixture, BATCH_WRITE, 1000);
    batch_add(&a.batch, &BIG);
    attempt_submit(&a);
    store_fixture_settle(&o.fixture);
    CHECK_INT(a.batch.error, ERR_SERVICE_UNAVAILABLE);
    CHECK_SLICE(slice_from_string(o.reported), "test_big");
    CHECK(tell(h, "PRAGMA max_page_count = 1000000"));
    announce(&o, 2, ERR_NONE, 2);
    attempt_release(&a);
    end(&o);
}

TEST(busy, "while another program holds the file, answers are 503; afterwards all goes on; G1")
{
    struct opened o;
    prepare(&o);
    o.options.busy = 0;
    CHECK(reopen(&o));
    sqlite3 *other = visitor(&o);
    CHECK(tell(other, "BEGIN IMMEDIATE"));
    announce(&o, 1, ERR_SERVICE_UNAVAILABLE, 0);
    CHECK_INT(o.fixture.published_count, 0);
    CHECK(tell(other, "ROLLBACK"));
    announce(&o, 1, ERR_NONE, 1);
    (void)sqlite3_close(other);
    end(&o);
}

TEST(groups, "all that waits is one transaction, up to the bound of a group")
{
    struct opened o;
    struct attempt a[8];
    int commits = 0;
    prepare(&o);
    o.options.group = 3;
    CHECK(reopen(&o));
    (void)sqlite3_commit_hook(o.store.writer.db.handle, say_yes, &commits);
    for (unsigned i = 0; i < 8; i++)
        attempt_announce(&a[i], &o.fixture, "one", i, true);
    store_fixture_settle(&o.fixture);
    CHECK_INT(commits, 3);
    for (unsigned i = 0; i < 8; i++) {
        CHECK(a[i].batch.error == ERR_NONE && attempt_seq(&a[i]) == i + 1);
        attempt_release(&a[i]);
    }
    end(&o);
}

static void look_for_it(struct store_fixture *f, const struct event *e)
{
    struct opened *o = f->adapter;
    sqlite3 *other = visitor(o);
    char sql[100];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM log WHERE seq = %d", (int)e->seq);
    CHECK_INT(ask_number(other, sql), 1);
    (void)sqlite3_close(other);
}

TEST(committed_first, "when an event is published, everybody can read that it is committed; G2")
{
    struct opened o;
    begin(&o);
    o.fixture.on_publish = look_for_it;
    for (unsigned i = 1; i < 4; i++)
        announce(&o, i, ERR_NONE, i);
    CHECK_INT(o.fixture.published_count, 3);
    end(&o);
}

TEST(lane, "a full lane answers at once, and once; half full it says so; G5")
{
    struct opened o;
    struct attempt a[4];
    prepare(&o);
    o.options.lane = 2;
    CHECK(reopen(&o));
    CHECK(!o.store.port.is_crowded(&o.store.port));
    attempt_announce(&a[0], &o.fixture, "one", 0, true);
    CHECK(o.store.port.is_crowded(&o.store.port));
    for (unsigned i = 1; i < 4; i++)
        attempt_announce(&a[i], &o.fixture, "one", i, true);
    (void)loop_turn(&o.fixture.home);
    CHECK(a[0].answers == 0 && a[1].answers == 0 && a[2].answers == 1 && a[3].answers == 1);
    CHECK_INT(a[2].batch.error, ERR_SERVICE_UNAVAILABLE);
    store_fixture_settle(&o.fixture);
    CHECK(a[0].batch.error == ERR_NONE && a[1].batch.error == ERR_NONE);
    CHECK(!o.store.port.is_crowded(&o.store.port));
    announce(&o, 9, ERR_NONE, 3);
    for (unsigned i = 0; i < 4; i++)
        attempt_release(&a[i]);
    end(&o);
}

TEST(closing, "what waits when the store is closed is done and answered; G8")
{
    struct opened o;
    struct attempt a, read;
    begin(&o);
    attempt_announce(&a, &o.fixture, "one", 1, true);
    attempt_init(&read, &o.fixture, BATCH_READ, 1000);
    batch_add(&read.batch, &ATTEMPT_COUNT);
    attempt_submit(&read);
    sqlite_store_close(&o.store);
    (void)loop_turn(&o.fixture.home);
    CHECK(a.answers == 1 && a.batch.error == ERR_NONE && attempt_seq(&a) == 1);
    CHECK(read.answers == 1 && read.batch.error == ERR_NONE);
    attempt_release(&a);
    attempt_release(&read);
    forget(&o);
}

/* --- reading --- */

static int64_t count_by(struct opened *o, int steps, struct attempt *a)
{
    attempt_init(a, &o->fixture, BATCH_READ, 4096);
    for (int i = 0; i < steps; i++)
        batch_add(&a->batch, &ATTEMPT_COUNT);
    attempt_submit(a);
    store_fixture_settle(&o->fixture);
    CHECK_INT(a->batch.error, ERR_NONE);
    return rows_at(&a->batch.steps[0].rows, 0, 0)->number;
}

#define INSERT_CHANNEL "INSERT INTO channels (id, created_at, type) VALUES (randomblob(16), 0, 'PUBLIC')"

TEST(committed_only, "a reader sees nothing of a transaction that is not committed; G1")
{
    struct opened o;
    struct attempt a;
    begin(&o);
    sqlite3 *other = visitor(&o);
    CHECK(tell(other, "BEGIN IMMEDIATE; " INSERT_CHANNEL));
    CHECK_INT(count_by(&o, 1, &a), 0);
    attempt_release(&a);
    CHECK(tell(other, "COMMIT"));
    CHECK_INT(count_by(&o, 1, &a), 1);
    attempt_release(&a);
    (void)sqlite3_close(other);
    end(&o);
}

struct intruder {
    sqlite3 *other;
    int statements;
};

static int intrude(unsigned kind, void *context, void *p, void *x)
{
    (void)kind, (void)p, (void)x;
    struct intruder *i = context;
    if (++i->statements == 3) /* after BEGIN and the first step */
        CHECK(tell(i->other, INSERT_CHANNEL));
    return 0;
}

TEST(snapshot, "the statements of one read batch see one state, whatever is committed meanwhile")
{
    struct opened o;
    struct attempt a;
    prepare(&o);
    o.options.readers = 1;
    CHECK(reopen(&o));
    struct intruder intruder = {visitor(&o), 0};
    sqlite3 *reader = o.store.readers[0].own.handle;
    (void)sqlite3_trace_v2(reader, SQLITE_TRACE_STMT, intrude, &intruder);
    CHECK_INT(count_by(&o, 2, &a), 0);
    CHECK(intruder.statements >= 4);
    CHECK_INT(rows_at(&a.batch.steps[1].rows, 0, 0)->number, 0);
    attempt_release(&a);
    CHECK_INT(count_by(&o, 1, &a), 1);
    attempt_release(&a);
    (void)sqlite3_close(intruder.other);
    end(&o);
}

TEST(readers_read, "a read batch that would write is an error and writes nothing")
{
    static const struct statement WRITE = {"test_sly", "DELETE FROM meta RETURNING name", 0};
    struct opened o;
    struct attempt a;
    begin(&o);
    attempt_init(&a, &o.fixture, BATCH_READ, 1000);
    batch_add(&a.batch, &WRITE);
    attempt_submit(&a);
    store_fixture_settle(&o.fixture);
    CHECK(a.batch.error != ERR_NONE && o.reports == 1);
    CHECK_INT(ask_number(o.store.writer.db.handle, "SELECT count(*) FROM meta"), 1);
    attempt_release(&a);
    end(&o);
}

TEST(wrong_statements,
     "a statement that is not as declared is an error of the program, and reported by its name")
{
    static const struct statement wrong[] = {
        {"test_syntax", "SELEC 1", 0},  {"test_two", "SELECT 1; SELECT 2", 0},
        {"test_count", "SELECT ?1", 2}, {"test_empty", "", 0},
        {"test_real", "SELECT 0.5", 0}, {"test_quotes", "SELECT \"text\"", 0},
    };
    struct opened o;
    begin(&o);
    for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
        for (int kind = BATCH_READ; kind <= BATCH_WRITE; kind++) {
            struct attempt a;
            attempt_init(&a, &o.fixture, (enum batch_kind)kind, 1000);
            batch_add(&a.batch, &wrong[i]);
            attempt_submit(&a);
            store_fixture_settle(&o.fixture);
            CHECK_INT(a.batch.error, ERR_INTERNAL_SERVER_ERROR);
            CHECK_SLICE(slice_from_string(o.reported), wrong[i].name);
            attempt_release(&a);
        }
    }
    announce(&o, 1, ERR_NONE, 1);
    end(&o);
}

/* --- keeping house --- */

static int64_t log_rows(struct opened *o)
{
    return ask_number(o->store.writer.db.handle, "SELECT count(*) FROM log");
}

static void age(struct opened *o, const char *stream)
{
    char sql[400];
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO log SELECT '%s', value, %lld, '*', randomblob(16), x'00' FROM"
                   " (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 2500) "
                   "SELECT * FROM n)",
                   stream, (long long)o->fixture.wall);
    CHECK(tell(o->store.writer.db.handle, sql));
}

TEST(retention, "expired rows of the log leave, at most once a minute, all of them, and no others")
{
    struct opened o;
    int commits = 0;
    begin(&o);
    age(&o, "old");
    (void)sqlite3_commit_hook(o.store.writer.db.handle, say_yes, &commits);
    o.fixture.wall += o.options.retention + 1;
    announce(&o, 1, ERR_NONE, 1);
    CHECK_INT(log_rows(&o), 2501); /* the first minute has not passed */
    o.fixture.mono += 60 * MICROSECONDS_PER_SECOND;
    commits = 0;
    announce(&o, 2, ERR_NONE, 2);
    CHECK_INT(log_rows(&o), 2);
    CHECK_INT(commits, 4); /* the batch, then portions of 1000 */
    age(&o, "older");
    o.fixture.wall += o.options.retention + 10;
    o.fixture.mono += 59 * MICROSECONDS_PER_SECOND;
    announce(&o, 3, ERR_NONE, 3);
    CHECK_INT(log_rows(&o), 2503);
    o.fixture.mono += MICROSECONDS_PER_SECOND;
    announce(&o, 4, ERR_NONE, 4);
    CHECK_INT(log_rows(&o), 2);
    end(&o);
}

TEST(keep_for_ever, "without a retention nothing leaves")
{
    struct opened o;
    prepare(&o);
    o.options.retention = 0;
    CHECK(reopen(&o));
    age(&o, "old");
    o.fixture.wall *= 2;
    o.fixture.mono += 3600 * MICROSECONDS_PER_SECOND;
    announce(&o, 1, ERR_NONE, 1);
    CHECK_INT(log_rows(&o), 2501);
    end(&o);
}

TEST(checkpoints, "the write-ahead log does not grow with what is written")
{
    static const struct statement REWRITE = {
        "test_rewrite",
        "INSERT INTO meta VALUES ('big', randomblob(400000)) ON CONFLICT (name) DO UPDATE SET value ="
        " excluded.value",
        0};
    struct opened o;
    struct stat status;
    begin(&o);
    for (int i = 0; i < 60; i++) { /* 24 MB */
        struct attempt a;
        attempt_init(&a, &o.fixture, BATCH_WRITE, 1000);
        batch_add(&a.batch, &REWRITE);
        attempt_submit(&a);
        store_fixture_settle(&o.fixture);
        CHECK_INT(a.batch.error, ERR_NONE);
        attempt_release(&a);
    }
    CHECK(stat(scratch_path(&o.folder, "parley.db-wal"), &status) == 0 && status.st_size < 6 << 20);
    end(&o);
}
