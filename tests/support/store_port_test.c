// SPDX-License-Identifier: MIT
#include "support/store_port_test.h"

#include <stdlib.h>

#include "support/test.h"

enum {
    MEMORY = 64 * 1024,
    START = 1772442930 /* seconds */
};

/* --- the fixture --- */

static int64_t fixture_wall(const struct clock *c)
{
    return CONTAINER_OF(c, struct store_fixture, clock)->wall;
}

static int64_t fixture_mono(const struct clock *c)
{
    return CONTAINER_OF(c, struct store_fixture, clock)->mono;
}

static void fixture_fill(const struct random *r, void *octets, size_t n)
{
    struct store_fixture *f = CONTAINER_OF(r, struct store_fixture, random);
    unsigned char *to = octets;
    for (size_t i = 0; i < n; i++) {
        f->seed = f->seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
        to[i] = (unsigned char)(f->seed >> 56);
    }
}

static void remember(struct publisher *p, struct event *e)
{
    struct store_fixture *f = CONTAINER_OF(p, struct store_fixture, publisher);
    assert(f->published_count < FIXTURE_EVENTS);
    f->published[f->published_count++] = event_ref(e);
    if (f->on_publish != NULL)
        f->on_publish(f, e);
}

/* When the first answer of a turn arrives. */
static void note_answer(struct loop *l)
{
    struct store_fixture *f = CONTAINER_OF(l, struct store_fixture, home);
    f->published_at_answer = f->published_count;
}

void store_fixture_init(struct store_fixture *f)
{
    memset(f, 0, sizeof *f);
    f->clock = (struct clock){fixture_wall, fixture_mono};
    f->random = (struct random){fixture_fill};
    f->wall = START * MICROSECONDS_PER_SECOND;
    f->publisher.publish = remember;
    loop_init(&f->home, &f->clock, &f->random, note_answer);
}

void store_fixture_release(struct store_fixture *f)
{
    while (f->published_count > 0)
        event_unref(f->published[--f->published_count]);
}

void store_fixture_settle(struct store_fixture *f)
{
    f->step(f);
    (void)loop_turn(&f->home);
}

static void begin(struct store_fixture *f, const struct store_adapter *adapter)
{
    store_fixture_init(f);
    adapter->open(f);
}

static void end(struct store_fixture *f, const struct store_adapter *adapter)
{
    adapter->close(f);
    store_fixture_release(f);
}

/* --- attempts --- */

static const struct statement MAKE = {
    "test_make",
    "INSERT INTO channels (id, created_at, name, type) SELECT ?1, ?2, ?3, 'PUBLIC' FROM streams"
    " WHERE name = ?4 AND ?5 = 1 ON CONFLICT (id) DO NOTHING",
    5};
static const struct statement APPEND = {
    "test_append",
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT streams.name, streams.seq + 1, CASE WHEN ?2 > streams.time THEN ?2 ELSE streams.time + 1 END, "
    "'*', ?3, ?4"
    " FROM streams JOIN channels ON channels.id = ?5 WHERE streams.name = ?1 ON CONFLICT (id) DO NOTHING",
    5};
const struct statement ATTEMPT_VIOLATE = {
    "test_violate", "INSERT INTO channels (id, created_at, type) VALUES (?1, 0, 'NO SUCH TYPE')", 1};
const struct statement ATTEMPT_CHANNELS = {"test_channels",
                                           "SELECT id, name FROM channels ORDER BY id LIMIT ?1", 1};
const struct statement ATTEMPT_COUNT = {
    "test_count", "SELECT (SELECT count(*) FROM channels), (SELECT count(*) FROM log)", 0};

struct uuid uuid_number(unsigned n)
{
    struct uuid u = {{0}};
    for (size_t i = 0; i < sizeof n; i++)
        u.octets[15 - i] = (unsigned char)(n >> (8 * i));
    u.octets[0] = 0xAB;
    return u;
}

static void on_done(struct batch *b)
{
    struct attempt *a = CONTAINER_OF(b, struct attempt, batch);
    a->answers++;
    a->answered_as = ++a->fixture->answers;
}

void attempt_init(struct attempt *a, struct store_fixture *f, enum batch_kind kind, size_t memory)
{
    memset(a, 0, sizeof *a);
    a->fixture = f;
    arena_init(&a->arena, memory);
    batch_init(&a->batch, kind, &a->arena, &f->home, on_done);
}

void attempt_release(struct attempt *a)
{
    arena_release(&a->arena);
}

void attempt_submit(struct attempt *a)
{
    a->fixture->store->submit(a->fixture->store, &a->batch);
}

static void append(struct attempt *a, size_t stream, const struct uuid *event, struct slice envelope)
{
    struct batch_step *step = batch_event(&a->batch, stream, event, envelope, &APPEND);
    step->values[0] = value_text(a->batch.streams[stream]);
    step->values[1] = value_instant(a->fixture->wall);
    step->values[2] = value_uuid(&a->batch.events[a->batch.event_count - 1].id);
    step->values[3] = value_blob(envelope);
    step->values[4] = value_uuid(&a->id);
}

static void make(struct attempt *a, struct slice stream, bool allowed)
{
    struct batch_step *step = batch_add(&a->batch, &MAKE);
    step->values[0] = value_uuid(&a->id);
    step->values[1] = value_instant(a->fixture->wall);
    step->values[2] = value_text(SLICE("채널"));
    step->values[3] = value_text(stream);
    step->values[4] = value_int(allowed);
}

void attempt_announce(struct attempt *a, struct store_fixture *f, const char *stream, unsigned id,
                      bool allowed)
{
    attempt_init(a, f, BATCH_WRITE, MEMORY);
    a->id = uuid_number(id);
    size_t at = batch_stream(&a->batch, slice_from_string(stream));
    make(a, a->batch.streams[at], allowed);
    append(a, at, &a->id, SLICE("the envelope"));
    attempt_submit(a);
}

uint64_t attempt_seq(const struct attempt *a)
{
    return a->batch.events[0].seq;
}

/* One read or write of a single statement, settled. */
static void ask(struct attempt *a, struct store_fixture *f, enum batch_kind kind,
                const struct statement *statement, const struct value *values)
{
    attempt_init(a, f, kind, MEMORY);
    struct batch_step *step = batch_add(&a->batch, statement);
    for (unsigned i = 0; i < statement->parameters; i++)
        step->values[i] = values[i];
    attempt_submit(a);
    store_fixture_settle(f);
    CHECK_INT(a->answers, 1);
}

static int64_t ask_number(struct store_fixture *f, const struct statement *statement,
                          const struct value *values, size_t column)
{
    struct attempt a;
    ask(&a, f, BATCH_READ, statement, values);
    int64_t number =
        a.batch.steps[0].rows.count == 0 ? -1 : rows_at(&a.batch.steps[0].rows, 0, column)->number;
    attempt_release(&a);
    return number;
}

static int64_t head(struct store_fixture *f, const char *stream)
{
    struct value name = value_text(slice_from_string(stream));
    return ask_number(f, &LOG_HEAD, &name, 0);
}

/* The published event at i is attempt a's first, where the store said. */
static void check_published(const struct store_fixture *f, size_t i, const struct attempt *a,
                            const char *stream)
{
    CHECK(i < f->published_count);
    if (i >= f->published_count)
        return;
    const struct event *e = f->published[i];
    CHECK(e->kind == EVENT_DURABLE && uuid_equals(&e->id, &a->id));
    CHECK_INT(e->seq, attempt_seq(a));
    CHECK_INT(e->time, a->batch.events[0].time);
    CHECK_SLICE(e->stream, stream);
    CHECK_SLICE(e->body, "the envelope");
}

/* --- the promises --- */

void store_port_order(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a[5];
    begin(&f, adapter);
    for (unsigned i = 0; i < ARRAY_LEN(a); i++)
        attempt_announce(&a[i], &f, "one", i, true);
    store_fixture_settle(&f);
    CHECK_INT(f.published_count, ARRAY_LEN(a));
    for (unsigned i = 0; i < ARRAY_LEN(a); i++) {
        CHECK_INT(a[i].batch.error, ERR_NONE);
        CHECK_INT(attempt_seq(&a[i]), i + 1);
        check_published(&f, i, &a[i], "one");
        CHECK(i == 0 || (a[i].answered_as > a[i - 1].answered_as &&
                         a[i].batch.events[0].time > a[i - 1].batch.events[0].time));
        attempt_release(&a[i]);
    }
    CHECK_INT(head(&f, "one"), ARRAY_LEN(a));
    end(&f, adapter);
}

void store_port_time_rises(const struct store_adapter *adapter)
{
    static const int64_t moves[] = {0, 0, -3600 * MICROSECONDS_PER_SECOND, 1, 7200 * MICROSECONDS_PER_SECOND,
                                    0};
    struct store_fixture f;
    int64_t last = 0;
    begin(&f, adapter);
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
    end(&f, adapter);
}

void store_port_refusal(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a[3];
    begin(&f, adapter);
    for (unsigned i = 0; i < 3; i++)
        attempt_announce(&a[i], &f, "one", i, i != 1);
    store_fixture_settle(&f);
    CHECK_INT(a[1].batch.error, ERR_NONE);
    CHECK_INT(attempt_seq(&a[1]), 0);
    CHECK_INT(attempt_seq(&a[2]), 2);
    CHECK_INT(f.published_count, 2);
    check_published(&f, 1, &a[2], "one");
    CHECK_INT(head(&f, "one"), 2);
    for (unsigned i = 0; i < 3; i++)
        attempt_release(&a[i]);
    attempt_announce(&a[0], &f, "invented", 3, false);
    store_fixture_settle(&f);
    CHECK_INT(head(&f, "invented"), -1); /* no row: names that peers invent leave nothing */
    attempt_release(&a[0]);
    end(&f, adapter);
}

void store_port_repeated(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a[4];
    begin(&f, adapter);
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
    check_published(&f, 2, &a[2], "one"); /* who has seen seq 1 drops it */
    CHECK_INT(ask_number(&f, &ATTEMPT_COUNT, NULL, 1), 3);
    CHECK_INT(head(&f, "one"), 3);
    for (unsigned i = 0; i < 4; i++)
        attempt_release(&a[i]);
    end(&f, adapter);
}

void store_port_two_events(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    begin(&f, adapter);
    attempt_init(&a, &f, BATCH_WRITE, MEMORY);
    a.id = uuid_number(7);
    size_t stream = batch_stream(&a.batch, SLICE("one"));
    make(&a, SLICE("one"), true);
    struct uuid first = uuid_number(100), second = uuid_number(101);
    append(&a, stream, &first, SLICE("first"));
    append(&a, stream, &second, SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.events[0].seq, 1);
    CHECK_INT(a.batch.events[1].seq, 2);
    CHECK(a.batch.events[1].time > a.batch.events[0].time);
    CHECK_INT(f.published_count, 2);
    CHECK_SLICE(f.published[0]->body, "first");
    CHECK_SLICE(f.published[1]->body, "second");
    CHECK_INT(head(&f, "one"), 2);
    attempt_release(&a);
    end(&f, adapter);
}

void store_port_refused_first(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    begin(&f, adapter);
    attempt_init(&a, &f, BATCH_WRITE, MEMORY);
    a.id = uuid_number(7);
    size_t stream = batch_stream(&a.batch, SLICE("new"));
    make(&a, SLICE("new"), true);
    struct uuid missing = uuid_number(8), first = uuid_number(100), second = uuid_number(101);
    append(&a, stream, &first, SLICE("first"));
    a.batch.events[0].append.values[4] = value_uuid(&missing); /* announces a change that was not made */
    append(&a, stream, &second, SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK_INT(a.batch.events[0].seq, 0);
    CHECK_INT(a.batch.events[1].seq, 1);
    CHECK_INT(f.published_count, 1);
    CHECK_INT(head(&f, "new"), 1);
    attempt_release(&a);
    end(&f, adapter);
}

void store_port_two_streams(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt before, a;
    begin(&f, adapter);
    attempt_announce(&before, &f, "alpha", 1, true);
    attempt_init(&a, &f, BATCH_WRITE, MEMORY);
    a.id = uuid_number(7);
    size_t zulu = batch_stream(&a.batch, SLICE("zulu")), alpha = batch_stream(&a.batch, SLICE("alpha"));
    make(&a, SLICE("zulu"), true);
    struct uuid first = uuid_number(100), second = uuid_number(101);
    append(&a, zulu, &first, SLICE("first"));
    append(&a, alpha, &second, SLICE("second"));
    attempt_submit(&a);
    store_fixture_settle(&f);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK_INT(a.batch.events[0].seq, 1);
    CHECK_INT(a.batch.events[1].seq, 2);
    CHECK_INT(head(&f, "zulu"), 1);
    CHECK_INT(head(&f, "alpha"), 2);
    CHECK_INT(f.published_count, 3);
    attempt_release(&before);
    attempt_release(&a);
    end(&f, adapter);
}

void store_port_failure_alone(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt before, bad, after;
    begin(&f, adapter);
    attempt_announce(&before, &f, "one", 1, true);
    attempt_init(&bad, &f, BATCH_WRITE, MEMORY);
    bad.id = uuid_number(2);
    size_t stream = batch_stream(&bad.batch, SLICE("one"));
    make(&bad, SLICE("one"), true);
    batch_add(&bad.batch, &ATTEMPT_VIOLATE)->values[0] = value_uuid(&bad.id);
    append(&bad, stream, &bad.id, SLICE("never"));
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
    CHECK_INT(ask_number(&f, &ATTEMPT_COUNT, NULL, 0), 2);
    attempt_release(&before);
    attempt_release(&bad);
    attempt_release(&after);
    end(&f, adapter);
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
    begin(&f, adapter);
    attempt_init(&a, &f, BATCH_WRITE, MEMORY);
    a.id = uuid_number(7);
    size_t stream = batch_stream(&a.batch, SLICE("one"));
    make(&a, SLICE("one"), true);
    struct uuid second = uuid_number(101);
    append(&a, stream, &a.id, SLICE("first"));
    struct batch_step *step = batch_event(&a.batch, stream, &second, SLICE("second"), &BAD_APPEND);
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
    CHECK_INT(ask_number(&f, &ATTEMPT_COUNT, NULL, 0), 0);
    CHECK_INT(ask_number(&f, &ATTEMPT_COUNT, NULL, 1), 0);
    CHECK(head(&f, "one") <= 0);
    attempt_release(&a);
    end(&f, adapter);
}

void store_port_answered_after(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a, b;
    begin(&f, adapter);
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
    end(&f, adapter);
}

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
    begin(&f, adapter);
    struct uuid id = uuid_number(9);
    struct value values[] = {value_uuid(&id), value_instant(-5), value_null(),
                             value_text(slice_of(name, sizeof name)), value_text(SLICE_NONE)};
    ask(&write, &f, BATCH_WRITE, &WRITE, values);
    CHECK_INT(write.batch.error, ERR_NONE);
    ask(&read, &f, BATCH_READ, &READ, values);
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
    end(&f, adapter);
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
    begin(&f, adapter);
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
    CHECK_INT(ask_number(&f, &RENAMED, NULL, 0), 0);
    attempt_release(&write);
    end(&f, adapter);
}

void store_port_replay(const struct store_adapter *adapter)
{
    struct store_fixture f;
    begin(&f, adapter);
    fill(&f, 20);
    for (int after = 0; after <= 20; after += 5) {
        struct value values[] = {value_text(SLICE("filled")), value_int(after), value_int(10)};
        struct attempt a;
        ask(&a, &f, BATCH_READ, &LOG_READ, values);
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
    end(&f, adapter);
}

void store_port_unknown_stream(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    begin(&f, adapter);
    CHECK_INT(head(&f, "nowhere"), -1);
    struct value values[] = {value_text(SLICE("nowhere")), value_int(0), value_int(10)};
    ask(&a, &f, BATCH_READ, &LOG_READ, values);
    CHECK_INT(a.batch.error, ERR_NONE);
    CHECK(a.batch.steps[0].rows.count == 0 && a.batch.steps[0].rows.columns == 5);
    attempt_release(&a);
    end(&f, adapter);
}

void store_port_expiry(const struct store_adapter *adapter)
{
    struct store_fixture f;
    struct attempt a;
    begin(&f, adapter);
    fill(&f, 20);
    struct value values[] = {value_instant(f.published[9]->time), value_int(4)};
    for (int left = 20; left > 11; left = left > 15 ? left - 4 : 11) {
        CHECK_INT(ask_number(&f, &ATTEMPT_COUNT, NULL, 1), left);
        ask(&a, &f, BATCH_WRITE, &LOG_EXPIRE, values);
        attempt_release(&a);
    }
    CHECK_INT(ask_number(&f, &ATTEMPT_COUNT, NULL, 1), 11);
    struct value from[] = {value_text(SLICE("filled")), value_int(0), value_int(1)};
    CHECK_INT(ask_number(&f, &LOG_READ, from, 0), 10);
    CHECK_INT(head(&f, "filled"), 20);
    attempt_announce(&a, &f, "filled", 1000, true);
    store_fixture_settle(&f);
    CHECK_INT(attempt_seq(&a), 21);
    attempt_release(&a);
    end(&f, adapter);
}
