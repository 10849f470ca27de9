// SPDX-License-Identifier: MIT
//
// Committing: groups, failures, and what is heard of them.
#include "support/sqlite_opened.h"

static int say_no(void *counter)
{
    (*(int *)counter)++;
    return 1;
}

TEST(commit_fails,
     "a COMMIT that fails: nobody hears yes, nothing is published, nothing is lost for later; G1 G2")
{
    struct opened o;
    struct attempt a[3];
    int asked = 0;
    opened_begin(&o);
    opened_announce(&o, 100, ERR_NONE, 1);
    (void)sqlite3_commit_hook(o.store.writer.db.handle, say_no, &asked);
    for (unsigned i = 0; i < 3; i++)
        attempt_announce(&a[i], &o.fixture, "one", i, true);
    store_fixture_settle(&o.fixture);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(a[i].answers == 1 && a[i].batch.error == ERR_SERVICE_UNAVAILABLE && attempt_seq(&a[i]) == 0);
        attempt_release(&a[i]);
    }
    CHECK_INT(asked, 1);
    CHECK_INT(o.store.writer.stats.failed, 3);
    CHECK(!sqlite_store_is_up(&o.store));
    CHECK_INT(o.fixture.published_count, 1);
    CHECK(o.reports > 0);
    (void)sqlite3_commit_hook(o.store.writer.db.handle, NULL, NULL);
    opened_announce(&o, 2, ERR_NONE, 2);
    CHECK(sqlite_store_is_up(&o.store));
    CHECK_INT(o.store.writer.stats.group.sum, 2); /* of those that were committed */
    opened_end(&o);
}

TEST(doubt, "a store whose last write failed is taken for fit again after a while: only a write can tell")
{
    struct opened o;
    struct attempt a;
    int asked = 0;
    opened_begin(&o);
    (void)sqlite3_commit_hook(o.store.writer.db.handle, say_no, &asked);
    o.fixture.mono = 0;
    attempt_announce(&a, &o.fixture, "one", 1, true);
    store_fixture_settle(&o.fixture);
    attempt_release(&a);
    CHECK(!sqlite_store_is_up(&o.store));
    o.fixture.mono = STORE_STATS_DOUBT - 1;
    CHECK(!sqlite_store_is_up(&o.store));
    o.fixture.mono++;
    CHECK(sqlite_store_is_up(&o.store));
    (void)sqlite3_commit_hook(o.store.writer.db.handle, NULL, NULL);
    opened_end(&o);
}

TEST(full, "a full disk is 503 for the whole group, and over when there is room again; G1")
{
    struct opened o;
    char limit[64];
    opened_begin(&o);
    opened_announce(&o, 1, ERR_NONE, 1);
    sqlite3 *h = o.store.writer.db.handle;
    int64_t pages = opened_number(h, "PRAGMA page_count");
    (void)snprintf(limit, sizeof limit, "PRAGMA max_page_count = %d", (int)pages);
    CHECK(opened_tell(h, limit));
    static const struct statement BIG = {
        "test_big", "INSERT INTO meta VALUES ('big', zeroblob(1000000)) ON CONFLICT (name) DO NOTHING", 0};
    struct attempt a;
    attempt_init(&a, &o.fixture, BATCH_WRITE, 1000);
    batch_add(&a.batch, &BIG);
    attempt_submit(&a);
    store_fixture_settle(&o.fixture);
    CHECK_INT(a.batch.error, ERR_SERVICE_UNAVAILABLE);
    CHECK_SLICE(slice_from_string(o.reported), "test_big");
    CHECK(opened_tell(h, "PRAGMA max_page_count = 1000000"));
    opened_announce(&o, 2, ERR_NONE, 2);
    attempt_release(&a);
    opened_end(&o);
}

TEST(busy, "while another program holds the file, answers are 503; afterwards all goes on; G1")
{
    struct opened o;
    opened_prepare(&o);
    o.options.busy = 0;
    CHECK(opened_open(&o));
    sqlite3 *other = opened_visitor(&o);
    CHECK(opened_tell(other, "BEGIN IMMEDIATE"));
    opened_announce(&o, 1, ERR_SERVICE_UNAVAILABLE, 0);
    CHECK_INT(o.fixture.published_count, 0);
    CHECK(opened_tell(other, "ROLLBACK"));
    opened_announce(&o, 1, ERR_NONE, 1);
    (void)sqlite3_close(other);
    opened_end(&o);
}

TEST(groups, "all that waits is one transaction, up to the bound of a group")
{
    struct opened o;
    struct attempt a[8];
    int commits = 0;
    opened_prepare(&o);
    o.options.group = 3;
    CHECK(opened_open(&o));
    (void)sqlite3_commit_hook(o.store.writer.db.handle, opened_say_yes, &commits);
    for (unsigned i = 0; i < 8; i++)
        attempt_announce(&a[i], &o.fixture, "one", i, true);
    store_fixture_settle(&o.fixture);
    CHECK_INT(commits, 3);
    for (unsigned i = 0; i < 8; i++) {
        CHECK(a[i].batch.error == ERR_NONE && attempt_seq(&a[i]) == i + 1);
        attempt_release(&a[i]);
    }
    opened_end(&o);
}

static void look_for_it(struct store_fixture *f, const struct event *e)
{
    struct opened *o = f->adapter;
    sqlite3 *other = opened_visitor(o);
    char sql[100];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM log WHERE seq = %d", (int)e->seq);
    CHECK_INT(opened_number(other, sql), 1);
    (void)sqlite3_close(other);
}

TEST(committed_first, "when an event is published, everybody can read that it is committed; G2")
{
    struct opened o;
    opened_begin(&o);
    o.fixture.on_publish = look_for_it;
    for (unsigned i = 1; i < 4; i++)
        opened_announce(&o, i, ERR_NONE, i);
    CHECK_INT(o.fixture.published_count, 3);
    opened_end(&o);
}

TEST(lane, "a full lane answers at once, and once; half full it says so; G5")
{
    struct opened o;
    struct attempt a[4];
    opened_prepare(&o);
    o.options.lane = 2;
    CHECK(opened_open(&o));
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
    opened_announce(&o, 9, ERR_NONE, 3);
    for (unsigned i = 0; i < 4; i++)
        attempt_release(&a[i]);
    opened_end(&o);
}

TEST(closing, "what waits when the store is closed is done and answered; G8")
{
    struct opened o;
    struct attempt a, read;
    opened_begin(&o);
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
    opened_forget(&o);
}
