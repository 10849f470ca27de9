// SPDX-License-Identifier: MIT
//
// tests/support/store_port_reads.c - the promises of a store about what is read back, and how long it is kept.
#include "support/store_port_internal.h"
#include "support/test.h"

void store_port_values(const struct store_adapter *adapter)
{
    static const struct statement WRITE = {"test_write",
                                           "INSERT INTO channels (id, created_at, updated_at, name, "
                                           "description, type) VALUES (?1, ?2, ?3, ?4, ?5, 'PRIVATE')",
                                           5};
    static const struct statement READ = {
        "test_read", "SELECT id, created_at, updated_at, name, description FROM channels WHERE id = ?1", 1};
    static const unsigned char name[] = {'\'', 0xED, 0x95, 0x9C, '"', ';', '?', '1'};
    struct store_fixture f;
    struct attempt write, read;
    store_port_begin(&f, adapter);
    struct uuid id = uuid_number(9);
    struct value values[] = {value_uuid(&id), value_instant(-5), value_null(),
                             value_text(slice_of(name, sizeof name)), value_text(SLICE_NONE)};
    store_port_ask(&write, &f, BATCH_WRITE, &WRITE, values);
    CHECK_INT(write.batch.error, ERR_NONE);
    store_port_ask(&read, &f, BATCH_READ, &READ, values);
    const struct rows *rows = &read.batch.steps[0].rows;
    CHECK(rows->count == 1 && rows->columns == 5);
    struct uuid got;
    CHECK(rows->count == 1 && rows_uuid(rows, 0, 0, &got) && uuid_equals(&got, &id));
    CHECK_INT(rows_at(rows, 0, 1)->number, -5);
    CHECK(rows_at(rows, 0, 2)->kind == VALUE_NULL);
    CHECK(rows_at(rows, 0, 3)->kind == VALUE_TEXT &&
          slice_equals(rows_at(rows, 0, 3)->octets, slice_of(name, sizeof name)));
    CHECK(rows_at(rows, 0, 4)->kind == VALUE_TEXT && rows_at(rows, 0, 4)->octets.len == 0);
    attempt_release(&write);
    attempt_release(&read);
    store_port_end(&f, adapter);
}

static void fill(struct store_fixture *f, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        struct attempt a;
        attempt_announce(&a, f, "filled", i, true);
        store_fixture_settle(f);
        CHECK_INT(attempt_seq(&a), i + 1);
        attempt_release(&a);
    }
}

void store_port_many_rows(const struct store_adapter *adapter)
{
    static const struct statement RENAME = {"test_rename",
                                            "UPDATE channels SET name = 'x' RETURNING id, name", 0};
    static const struct statement RENAMED = {"test_renamed", "SELECT count(*) FROM channels WHERE name = 'x'",
                                             0};
    struct store_fixture f;
    store_port_begin(&f, adapter);
    fill(&f, 40);
    for (size_t memory = 0; memory < 8000; memory += 157) {
        struct attempt a;
        attempt_init(&a, &f, BATCH_READ, memory);
        batch_add(&a.batch, &ATTEMPT_CHANNELS)->values[0] = value_int(40);
        attempt_submit(&a);
        store_fixture_settle(&f);
        CHECK(a.batch.error == ERR_CONTENT_TOO_LARGE
                  ? a.batch.steps[0].rows.count == 0
                  : a.batch.error == ERR_NONE && a.batch.steps[0].rows.count == 40);
        CHECK(memory > 1000 || a.batch.error == ERR_CONTENT_TOO_LARGE);
        CHECK(memory < 7800 || a.batch.error == ERR_NONE);
        attempt_release(&a);
    }
    struct attempt write;
    attempt_init(&write, &f, BATCH_WRITE, 1000);
    batch_add(&write.batch, &RENAME);
    attempt_submit(&write);
    store_fixture_settle(&f);
    CHECK_INT(write.batch.error, ERR_CONTENT_TOO_LARGE);
    CHECK_INT(store_port_number(&f, &RENAMED, NULL, 0), 0);
    attempt_release(&write);
    store_port_end(&f, adapter);
}

void store_port_replay(const struct store_adapter *adapter)
{
    struct store_fixture f;
    store_port_begin(&f, adapter);
    fill(&f, 20);
    for (int after = 0; after <= 20; after += 5) {
        struct value values[] = {value_text(SLICE("filled")), value_int(after), value_int(10)};
        struct attempt a;
        store_port_ask(&a, &f, BATCH_READ, &LOG_READ, values);
        const struct rows *rows = &a.batch.steps[0].rows;
        CHECK_INT(rows->count, after <= 10 ? 10 : 20 - after);
        for (size_t i = 0; i < rows->count; i++) {
            CHECK_INT(rows_at(rows, i, 0)->number, after + (int)i + 1);
            CHECK_INT(rows_at(rows, i, 1)->number, f.published[(size_t)after + i]->time);
            CHECK_SLICE(rows_at(rows, i, 2)->octets, "*");
            CHECK_SLICE(rows_at(rows, i, 4)->octets, "the envelope");
        }
        attempt_release(&a);
    }
    store_port_end(&f, adapter);
}

void store_port_unknown_stream(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    store_port_begin(&f, adapter);
    CHECK_INT(store_port_head(&f, "nowhere"), -1);
    struct value values[] = {value_text(SLICE("nowhere")), value_int(0), value_int(10)};
    store_port_ask(&a, &f, BATCH_READ, &LOG_READ, values);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK(a.batch.steps[0].rows.count == 0 && a.batch.steps[0].rows.columns == 5);
    attempt_release(&a);
    store_port_end(&f, adapter);
}

void store_port_expiry(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    store_port_begin(&f, adapter);
    fill(&f, 20);
    struct value values[] = {value_instant(f.published[9]->time), value_int(4)};
    for (int left = 20; left > 11; left = left > 15 ? left - 4 : 11) {
        CHECK_INT(store_port_number(&f, &ATTEMPT_COUNT, NULL, 1), left);
        store_port_ask(&a, &f, BATCH_WRITE, &LOG_EXPIRE, values);
        attempt_release(&a);
    }
    CHECK_INT(store_port_number(&f, &ATTEMPT_COUNT, NULL, 1), 11);
    struct value from[] = {value_text(SLICE("filled")), value_int(0), value_int(1)};
    CHECK_INT(store_port_number(&f, &LOG_READ, from, 0), 10);
    CHECK_INT(store_port_head(&f, "filled"), 20);
    attempt_announce(&a, &f, "filled", 1000, true);
    store_fixture_settle(&f);
    CHECK_INT(attempt_seq(&a), 21);
    attempt_release(&a);
    store_port_end(&f, adapter);
}
