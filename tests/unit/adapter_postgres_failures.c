// SPDX-License-Identifier: MIT
//
// What each class of SQLSTATE does to the batch that gets it, to those in the same transaction, and to those
// after it.
#include <time.h>

#include "adapter/postgres_store.h"
#include "support/postgres.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum { MEMORY = 4096, PATIENCE = 30 /* seconds */ };

/* ?1 a code, ?2 how often: calls after that do nothing. A sequence is not undone with its transaction. */
static const struct statement FAIL = {"test_fail", "SELECT test_fail(?1, ?2)", 2};

/* Readers may not even count. */
static const struct statement FAIL_READING = {"test_fail_reading", "SELECT test_fail_reading(?1)", 1};

static const char functions[] =
    "CREATE FUNCTION test_fail_reading(code text) RETURNS bigint LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = code; END $$;"
    "CREATE SEQUENCE test_calls;"
    "CREATE FUNCTION test_fail(code text, times bigint) RETURNS bigint LANGUAGE plpgsql AS $$"
    " DECLARE call bigint := nextval('test_calls');"
    " BEGIN IF call > times THEN RETURN call; END IF;"
    " RAISE EXCEPTION 'on purpose' USING ERRCODE = code; END $$";

static struct postgres_store store;

static void step(struct store_fixture *f)
{
    time_t end = time(NULL) + PATIENCE;
    (void)f;
    postgres_store_step(&store);
    while (!postgres_store_is_idle(&store) && time(NULL) < end) {
        postgres_store_wait(&store, MICROSECONDS_PER_SECOND);
        postgres_store_step(&store);
    }
    CHECK(postgres_store_is_idle(&store));
}

static void open_store(struct store_fixture *f)
{
    struct postgres_options options = postgres_defaults;
    struct problem why;
    store_fixture_init(f);
    postgres_empty();
    options.address.url = postgres_url();
    options.lanes = options.desks = options.readers = 1;
    bool opened = postgres_store_open(&store, &options, &f->publisher, &clock_system, &f->random, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    assert(opened);
    f->store = &store.port;
    f->step = step;
    (void)postgres_sql(functions);
}

static void close_store(struct store_fixture *f)
{
    postgres_store_close(&store);
    store_fixture_release(f);
}

static void add_failure(struct attempt *a, const char *code, int64_t times)
{
    struct batch_step *fail = batch_add(&a->batch, &FAIL);
    fail->values[0] = value_text(slice_from_string(code));
    fail->values[1] = value_int(times);
}

/* A batch that announces, with a step in it that fails so often, between two that are well. */
static enum error fail_between(struct store_fixture *f, unsigned number, const char *code, int64_t times)
{
    struct attempt before, bad, after;
    (void)postgres_sql("SELECT setval('test_calls', 1, false)");
    attempt_announce(&before, f, "one", 3 * number, true);
    attempt_prepare(&bad, f, "one", 3 * number + 1, true);
    add_failure(&bad, code, times);
    attempt_submit(&bad);
    attempt_announce(&after, f, "one", 3 * number + 2, true);
    store_fixture_settle(f);
    CHECK_INT(before.batch.error, ERR_NONE);
    CHECK_INT(after.batch.error, ERR_NONE);
    CHECK_INT(bad.answers, 1);
    CHECK(attempt_seq(&before) > 0);
    CHECK_INT(attempt_seq(&after), attempt_seq(&before) + (bad.batch.error == ERR_NONE ? 2 : 1));
    enum error error = bad.batch.error;
    attempt_release(&before);
    attempt_release(&bad);
    attempt_release(&after);
    return error;
}

static enum error read_failing(struct store_fixture *f, const char *code)
{
    struct attempt a;
    attempt_init(&a, f, BATCH_READ, MEMORY);
    batch_add(&a.batch, &FAIL_READING)->values[0] = value_text(slice_from_string(code));
    attempt_submit(&a);
    store_fixture_settle(f);
    CHECK_INT(a.answers, 1);
    enum error error = a.batch.error;
    attempt_release(&a);
    return error;
}

/* One of every class, and those that are told apart within theirs. */
static const struct {
    const char *code;
    enum error error; /* when it never ends */
} states[] = {
    {"03000", ERR_INTERNAL_SERVER_ERROR}, {"08006", ERR_SERVICE_UNAVAILABLE},
    {"09000", ERR_INTERNAL_SERVER_ERROR}, {"0A000", ERR_SERVICE_UNAVAILABLE},
    {"0B000", ERR_INTERNAL_SERVER_ERROR}, {"0F001", ERR_INTERNAL_SERVER_ERROR},
    {"0L000", ERR_INTERNAL_SERVER_ERROR}, {"0P000", ERR_INTERNAL_SERVER_ERROR},
    {"0Z002", ERR_INTERNAL_SERVER_ERROR}, {"20000", ERR_INTERNAL_SERVER_ERROR},
    {"21000", ERR_INTERNAL_SERVER_ERROR}, {"22001", ERR_INTERNAL_SERVER_ERROR},
    {"23505", ERR_INTERNAL_SERVER_ERROR}, {"24000", ERR_INTERNAL_SERVER_ERROR},
    {"25001", ERR_INTERNAL_SERVER_ERROR}, {"25006", ERR_SERVICE_UNAVAILABLE},
    {"25P03", ERR_SERVICE_UNAVAILABLE},   {"26000", ERR_SERVICE_UNAVAILABLE},
    {"27000", ERR_INTERNAL_SERVER_ERROR}, {"28000", ERR_INTERNAL_SERVER_ERROR},
    {"2B000", ERR_INTERNAL_SERVER_ERROR}, {"2D000", ERR_INTERNAL_SERVER_ERROR},
    {"2F000", ERR_INTERNAL_SERVER_ERROR}, {"34000", ERR_INTERNAL_SERVER_ERROR},
    {"38000", ERR_INTERNAL_SERVER_ERROR}, {"39000", ERR_INTERNAL_SERVER_ERROR},
    {"3B000", ERR_INTERNAL_SERVER_ERROR}, {"3D000", ERR_INTERNAL_SERVER_ERROR},
    {"3F000", ERR_INTERNAL_SERVER_ERROR}, {"40000", ERR_SERVICE_UNAVAILABLE},
    {"40001", ERR_SERVICE_UNAVAILABLE},   {"40P01", ERR_SERVICE_UNAVAILABLE},
    {"42P01", ERR_INTERNAL_SERVER_ERROR}, {"44000", ERR_INTERNAL_SERVER_ERROR},
    {"53100", ERR_SERVICE_UNAVAILABLE},   {"54001", ERR_INTERNAL_SERVER_ERROR},
    {"55P03", ERR_SERVICE_UNAVAILABLE},   {"57014", ERR_SERVICE_UNAVAILABLE},
    {"57P01", ERR_SERVICE_UNAVAILABLE},   {"58030", ERR_SERVICE_UNAVAILABLE},
    {"F0000", ERR_SERVICE_UNAVAILABLE},   {"HV000", ERR_INTERNAL_SERVER_ERROR},
    {"P0001", ERR_INTERNAL_SERVER_ERROR}, {"XX000", ERR_INTERNAL_SERVER_ERROR},
    {"XX001", ERR_SERVICE_UNAVAILABLE},
};

TEST(states,
     "whatever the server says, the batch that it says it of is refused as a whole, alone and once; G1 G2")
{
    struct store_fixture f;
    if (postgres_url() == NULL)
        return;
    open_store(&f);
    for (unsigned i = 0; i < ARRAY_LEN(states); i++) {
        enum error written = fail_between(&f, i, states[i].code, INT64_MAX);
        enum error read = read_failing(&f, states[i].code);
        if (written != states[i].error || read != states[i].error)
            printf("# %s\n", states[i].code);
        CHECK_INT(written, states[i].error);
        CHECK_INT(read, states[i].error);
    }
    CHECK_INT(f.published_count, 2 * ARRAY_LEN(states));
    CHECK_INT(postgres_sql("SELECT count(*) FROM channels"), 2 * ARRAY_LEN(states));
    close_store(&f);
}

TEST(again, "a deadlock and a serialization failure are tried once more, what lost the connection twice more")
{
    static const struct {
        const char *code;
        int64_t times; /* it fails in the group, and then alone */
        enum error error;
    } cases[] = {
        {"40001", 2, ERR_NONE}, {"40001", 3, ERR_SERVICE_UNAVAILABLE},
        {"40P01", 2, ERR_NONE}, {"57P01", 2, ERR_NONE},
        {"53100", 1, ERR_NONE}, {"53100", 2, ERR_SERVICE_UNAVAILABLE},
        {"23505", 1, ERR_NONE}, {"23505", 2, ERR_INTERNAL_SERVER_ERROR},
    };
    struct store_fixture f;
    if (postgres_url() == NULL)
        return;
    open_store(&f);
    for (unsigned i = 0; i < ARRAY_LEN(cases); i++) {
        printf("# %s, %d times\n", cases[i].code, (int)cases[i].times);
        CHECK_INT(fail_between(&f, i, cases[i].code, cases[i].times), cases[i].error);
    }
    close_store(&f);
}

TEST(locked,
     "who waits for a lock of somebody else's longer than a statement may is refused; the next is not; G5")
{
    struct store_fixture f;
    struct attempt a;
    if (postgres_url() == NULL)
        return;
    open_store(&f);
    attempt_announce(&a, &f, "one", 1, true);
    store_fixture_settle(&f);
    attempt_release(&a);
    (void)postgres_sql("ALTER ROLE parley SET lock_timeout = '100ms'");
    (void)postgres_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'parleyd'");
    (void)postgres_sql("BEGIN");
    (void)postgres_sql("SELECT seq FROM streams WHERE name = 'one' FOR UPDATE");
    attempt_announce(&a, &f, "one", 2, true);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_SERVICE_UNAVAILABLE);
    attempt_release(&a);
    (void)postgres_sql("ROLLBACK");
    attempt_announce(&a, &f, "one", 3, true);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK_INT(attempt_seq(&a), 2);
    attempt_release(&a);
    (void)postgres_sql("ALTER ROLE parley RESET lock_timeout");
    close_store(&f);
}
