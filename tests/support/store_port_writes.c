// SPDX-License-Identifier: MIT
//
// tests/support/store_port_writes.c - the promises of a store about what is written: places, times, failures, answers.
#include "support/store_port_internal.h"
#include "support/test.h"

void store_port_order(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a[5];
    store_port_begin(&f, adapter);
    for (unsigned i = 0; i < ARRAY_LEN(a); i++)
        attempt_announce(&a[i], &f, "one", i, true);
    store_fixture_settle(&f);
    CHECK_INT(f.published_count, ARRAY_LEN(a));
    for (unsigned i = 0; i < ARRAY_LEN(a); i++) {
        CHECK_INT(a[i].batch.error, ERR_NONE);
        CHECK_INT(attempt_seq(&a[i]), i + 1);
        store_port_published(&f, i, &a[i], "one");
        CHECK(i == 0 || (a[i].answered_as > a[i - 1].answered_as &&
                         a[i].batch.events[0].time > a[i - 1].batch.events[0].time));
        attempt_release(&a[i]);
    }
    CHECK_INT(store_port_head(&f, "one"), ARRAY_LEN(a));
    store_port_end(&f, adapter);
}

void store_port_time_rises(const struct store_adapter *adapter)
{
    static const int64_t moves[] = {0, 0, -3600 * MICROSECONDS_PER_SECOND, 1, 7200 * MICROSECONDS_PER_SECOND,
                                    0};
    struct store_fixture f;
    int64_t last = 0;
    store_port_begin(&f, adapter);
    for (unsigned i = 0; i < ARRAY_LEN(moves); i++) {
        struct attempt a;
        f.wall += moves[i];
        attempt_announce(&a, &f, "one", i, true);
        store_fixture_settle(&f);
        CHECK(a.batch.events[0].time > last && a.batch.events[0].time >= f.wall);
        last = a.batch.events[0].time;
        attempt_release(&a);
    }
    CHECK_INT(last, f.wall + 1);
    store_port_end(&f, adapter);
}

void store_port_refusal(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a[3];
    store_port_begin(&f, adapter);
    for (unsigned i = 0; i < 3; i++)
        attempt_announce(&a[i], &f, "one", i, i != 1);
    store_fixture_settle(&f);
    CHECK_INT(a[1].batch.error, ERR_NONE);
    CHECK_INT(attempt_seq(&a[1]), 0);
    CHECK_INT(attempt_seq(&a[2]), 2);
    CHECK_INT(f.published_count, 2);
    store_port_published(&f, 1, &a[2], "one");
    CHECK_INT(store_port_head(&f, "one"), 2);
    for (unsigned i = 0; i < 3; i++)
        attempt_release(&a[i]);
    attempt_announce(&a[0], &f, "invented", 3, false);
    store_fixture_settle(&f);
    CHECK_INT(store_port_head(&f, "invented"), -1); /* no row: names that peers invent leave nothing */
    attempt_release(&a[0]);
    store_port_end(&f, adapter);
}

void store_port_repeated(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a[4];
    store_port_begin(&f, adapter);
    static const unsigned ids[] = {1, 2, 1, 3};
    for (unsigned i = 0; i < 4; i++) {
        attempt_announce(&a[i], &f, "one", ids[i], true);
        if (i % 2 == 1)
            store_fixture_settle(&f); /* once repeated in a later group, with another clock */
        f.wall += 5;
    }
    CHECK_INT(a[2].batch.error, ERR_NONE);
    CHECK_INT(attempt_seq(&a[2]), 1);
    CHECK_INT(a[2].batch.events[0].time, a[0].batch.events[0].time);
    CHECK_INT(attempt_seq(&a[3]), 3);
    store_port_published(&f, 2, &a[2], "one"); /* who has seen seq 1 drops it */
    CHECK_INT(store_port_number(&f, &ATTEMPT_COUNT, NULL, 1), 3);
    CHECK_INT(store_port_head(&f, "one"), 3);
    for (unsigned i = 0; i < 4; i++)
        attempt_release(&a[i]);
    store_port_end(&f, adapter);
}

void store_port_two_events(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    store_port_begin(&f, adapter);
    attempt_init(&a, &f, BATCH_WRITE, STORE_PORT_MEMORY);
    a.id = uuid_number(7);
    size_t stream = batch_stream(&a.batch, SLICE("one"));
    attempt_make(&a, SLICE("one"), true);
    struct uuid first = uuid_number(100), second = uuid_number(101);
    attempt_append(&a, stream, &first, SLICE("first"));
    attempt_append(&a, stream, &second, SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.events[0].seq, 1);
    CHECK_INT(a.batch.events[1].seq, 2);
    CHECK(a.batch.events[1].time > a.batch.events[0].time);
    CHECK_INT(f.published_count, 2);
    CHECK_SLICE(f.published[0]->body, "first");
    CHECK_SLICE(f.published[1]->body, "second");
    CHECK_INT(store_port_head(&f, "one"), 2);
    attempt_release(&a);
    store_port_end(&f, adapter);
}

void store_port_refused_first(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    store_port_begin(&f, adapter);
    attempt_init(&a, &f, BATCH_WRITE, STORE_PORT_MEMORY);
    a.id = uuid_number(7);
    size_t stream = batch_stream(&a.batch, SLICE("new"));
    attempt_make(&a, SLICE("new"), true);
    struct uuid missing = uuid_number(8), first = uuid_number(100), second = uuid_number(101);
    attempt_append(&a, stream, &first, SLICE("first"));
    a.batch.events[0].append.values[4] = value_uuid(&missing); /* announces a change that was not made */
    attempt_append(&a, stream, &second, SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK_INT(a.batch.events[0].seq, 0);
    CHECK_INT(a.batch.events[1].seq, 1);
    CHECK_INT(f.published_count, 1);
    CHECK_INT(store_port_head(&f, "new"), 1);
    attempt_release(&a);
    store_port_end(&f, adapter);
}

void store_port_two_streams(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt before, a;
    store_port_begin(&f, adapter);
    attempt_announce(&before, &f, "alpha", 1, true);
    store_fixture_settle(&f); /* batches that wait together may go to the database side by side */
    attempt_init(&a, &f, BATCH_WRITE, STORE_PORT_MEMORY);
    a.id = uuid_number(7);
    size_t zulu = batch_stream(&a.batch, SLICE("zulu")), alpha = batch_stream(&a.batch, SLICE("alpha"));
    attempt_make(&a, SLICE("zulu"), true);
    struct uuid first = uuid_number(100), second = uuid_number(101);
    attempt_append(&a, zulu, &first, SLICE("first"));
    attempt_append(&a, alpha, &second, SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK_INT(a.batch.events[0].seq, 1);
    CHECK_INT(a.batch.events[1].seq, 2);
    CHECK_INT(store_port_head(&f, "zulu"), 1);
    CHECK_INT(store_port_head(&f, "alpha"), 2);
    CHECK_INT(f.published_count, 3);
    attempt_release(&before);
    attempt_release(&a);
    store_port_end(&f, adapter);
}

void store_port_failure_alone(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt before, bad, after;
    store_port_begin(&f, adapter);
    attempt_announce(&before, &f, "one", 1, true);
    attempt_init(&bad, &f, BATCH_WRITE, STORE_PORT_MEMORY);
    bad.id = uuid_number(2);
    size_t stream = batch_stream(&bad.batch, SLICE("one"));
    attempt_make(&bad, SLICE("one"), true);
    batch_add(&bad.batch, &ATTEMPT_VIOLATE)->values[0] = value_uuid(&bad.id);
    attempt_append(&bad, stream, &bad.id, SLICE("never"));
    attempt_submit(&bad);
    attempt_announce(&after, &f, "one", 3, true);
    store_fixture_settle(&f);
    CHECK_INT(before.batch.error, ERR_NONE);
    CHECK_INT(bad.batch.error, ERR_INTERNAL_SERVER_ERROR);
    CHECK_INT(bad.answers, 1);
    CHECK_INT(after.batch.error, ERR_NONE);
    CHECK_INT(attempt_seq(&bad), 0);
    CHECK_INT(attempt_seq(&after), 2);
    CHECK_INT(f.published_count, 2);
    CHECK_INT(store_port_number(&f, &ATTEMPT_COUNT, NULL, 0), 2);
    attempt_release(&before);
    attempt_release(&bad);
    attempt_release(&after);
    store_port_end(&f, adapter);
}

void store_port_later_failure(const struct store_adapter *adapter)
{
    /* The second append violates: its event id is its change's, and its place is the first's. */
    static const struct statement BAD_APPEND = {
        "test_bad_append",
        "INSERT INTO log (stream, seq, time, audience, id, envelope) VALUES (?1, 0 - ?2, ?3, '*', ?4, ?5)",
        5};
    struct store_fixture f;
    struct attempt a;
    store_port_begin(&f, adapter);
    attempt_init(&a, &f, BATCH_WRITE, STORE_PORT_MEMORY);
    a.id = uuid_number(7);
    size_t stream = batch_stream(&a.batch, SLICE("one"));
    attempt_make(&a, SLICE("one"), true);
    struct uuid second = uuid_number(101);
    attempt_append(&a, stream, &a.id, SLICE("first"));
    struct batch_step *step = batch_event(&a.batch, stream, &second, &BAD_APPEND);
    step->values[0] = value_text(SLICE("one"));
    step->values[1] = value_int(5);
    step->values[2] = value_instant(f.wall);
    step->values[3] = value_uuid(&second);
    step->values[4] = value_blob(SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_INTERNAL_SERVER_ERROR);
    CHECK_INT(a.batch.events[0].seq, 0);
    CHECK_INT(f.published_count, 0);
    CHECK_INT(store_port_number(&f, &ATTEMPT_COUNT, NULL, 0), 0);
    CHECK_INT(store_port_number(&f, &ATTEMPT_COUNT, NULL, 1), 0);
    CHECK(store_port_head(&f, "one") <= 0);
    attempt_release(&a);
    store_port_end(&f, adapter);
}

void store_port_answered_after(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a, b;
    store_port_begin(&f, adapter);
    attempt_announce(&a, &f, "one", 1, true);
    attempt_announce(&b, &f, "two", 2, true);
    CHECK_INT(a.answers, 0);
    f.step(&f);
    CHECK_INT(f.published_count, 2);
    CHECK(f.published_at_answer >= 1);
    CHECK_INT(a.answers, 0); /* only the loop of its home runs done() */
    (void)loop_turn(&f.home);
    (void)loop_turn(&f.home);
    f.step(&f);
    (void)loop_turn(&f.home);
    CHECK_INT(a.answers, 1);
    CHECK_INT(b.answers, 1);
    CHECK_INT(f.published_count, 2);
    attempt_release(&a);
    attempt_release(&b);
    store_port_end(&f, adapter);
}
