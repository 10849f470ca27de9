// SPDX-License-Identifier: MIT
//
// Reading: snapshots, and statements that are wrong.
#include "support/sqlite_opened.h"

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
    opened_begin(&o);
    sqlite3 *other = opened_visitor(&o);
    CHECK(opened_tell(other, "BEGIN IMMEDIATE; " INSERT_CHANNEL));
    CHECK_INT(count_by(&o, 1, &a), 0);
    attempt_release(&a);
    CHECK(opened_tell(other, "COMMIT"));
    CHECK_INT(count_by(&o, 1, &a), 1);
    attempt_release(&a);
    (void)sqlite3_close(other);
    opened_end(&o);
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
        CHECK(opened_tell(i->other, INSERT_CHANNEL));
    return 0;
}

TEST(snapshot, "the statements of one read batch see one state, whatever is committed meanwhile")
{
    struct opened o;
    struct attempt a;
    opened_prepare(&o);
    o.options.readers = 1;
    CHECK(opened_open(&o));
    struct intruder intruder = {opened_visitor(&o), 0};
    sqlite3 *reader = o.store.readers[0].own.handle;
    (void)sqlite3_trace_v2(reader, SQLITE_TRACE_STMT, intrude, &intruder);
    CHECK_INT(count_by(&o, 2, &a), 0);
    CHECK(intruder.statements >= 4);
    CHECK_INT(rows_at(&a.batch.steps[1].rows, 0, 0)->number, 0);
    attempt_release(&a);
    CHECK_INT(count_by(&o, 1, &a), 1);
    attempt_release(&a);
    (void)sqlite3_close(intruder.other);
    opened_end(&o);
}

TEST(readers_read, "a read batch that would write is an error and writes nothing")
{
    static const struct statement WRITE = {"test_sly", "DELETE FROM meta RETURNING name", 0};
    struct opened o;
    struct attempt a;
    opened_begin(&o);
    attempt_init(&a, &o.fixture, BATCH_READ, 1000);
    batch_add(&a.batch, &WRITE);
    attempt_submit(&a);
    store_fixture_settle(&o.fixture);
    CHECK(a.batch.error != ERR_NONE && o.reports == 1);
    CHECK_INT(opened_number(o.store.writer.db.handle, "SELECT count(*) FROM meta"), 1);
    attempt_release(&a);
    opened_end(&o);
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
    opened_begin(&o);
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
    opened_announce(&o, 1, ERR_NONE, 1);
    opened_end(&o);
}
