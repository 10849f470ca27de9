// SPDX-License-Identifier: MIT
//
// What keeps the files small.
#include <sys/stat.h>

#include "support/sqlite_opened.h"

static int64_t log_rows(struct opened *o)
{
    return opened_number(o->store.writer.db.handle, "SELECT count(*) FROM log");
}

static void age(struct opened *o, const char *stream)
{
    char sql[400];
    (void)snprintf(sql, sizeof sql,
                   "INSERT INTO log SELECT '%s', value, %lld, '*', randomblob(16), x'00' FROM"
                   " (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 2500) "
                   "SELECT * FROM n)",
                   stream, (long long)o->fixture.wall);
    CHECK(opened_tell(o->store.writer.db.handle, sql));
}

TEST(retention, "expired rows of the log leave, at most once a minute, all of them, and no others")
{
    struct opened o;
    int commits = 0;
    opened_begin(&o);
    age(&o, "old");
    (void)sqlite3_commit_hook(o.store.writer.db.handle, opened_say_yes, &commits);
    o.fixture.wall += o.options.retention + 1;
    opened_announce(&o, 1, ERR_NONE, 1);
    CHECK_INT(log_rows(&o), 2501); /* the first minute has not passed */
    o.fixture.mono += 60 * MICROSECONDS_PER_SECOND;
    commits = 0;
    opened_announce(&o, 2, ERR_NONE, 2);
    CHECK_INT(log_rows(&o), 2);
    CHECK_INT(commits, 4); /* the batch, then portions of 1000 */
    age(&o, "older");
    o.fixture.wall += o.options.retention + 10;
    o.fixture.mono += 59 * MICROSECONDS_PER_SECOND;
    opened_announce(&o, 3, ERR_NONE, 3);
    CHECK_INT(log_rows(&o), 2503);
    o.fixture.mono += MICROSECONDS_PER_SECOND;
    opened_announce(&o, 4, ERR_NONE, 4);
    CHECK_INT(log_rows(&o), 2);
    opened_end(&o);
}

TEST(keep_for_ever, "without a retention nothing leaves")
{
    struct opened o;
    opened_prepare(&o);
    o.options.retention = 0;
    CHECK(opened_open(&o));
    age(&o, "old");
    o.fixture.wall *= 2;
    o.fixture.mono += 3600 * MICROSECONDS_PER_SECOND;
    opened_announce(&o, 1, ERR_NONE, 1);
    CHECK_INT(log_rows(&o), 2501);
    opened_end(&o);
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
    opened_begin(&o);
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
    opened_end(&o);
}
