// SPDX-License-Identifier: MIT
//
// The store while calls to the system, or allocations of ours or of SQLite's, fail one by one: until an act has come to
// its end without a failure. Nobody hears yes of what is not kept, what failed has left nothing, and all goes on.
#include "support/fault_world.h"

enum { GROUP = 4, WAL_FULL = 100000 };

static bool is_published(const struct world *w, const struct uuid *id)
{
    for (size_t i = 0; i < w->fixture.published_count; i++) {
        if (uuid_equals(&w->fixture.published[i]->id, id))
            return true;
    }
    return false;
}

/* --- acts --- */

static const struct statement ANOTHER = {"test_another",
                                         "INSERT INTO log (stream, seq, time, audience, id, envelope) SELECT "
                                         "name, seq + 1, time + 1, '*', ?2, x'00'"
                                         " FROM streams WHERE name = ?1 ON CONFLICT (id) DO NOTHING",
                                         2};
static const struct statement ITS_CHANNEL = {
    "test_its_channel",
    "INSERT INTO channels (id, created_at, type) VALUES (?1, 0, 'PUBLIC') ON CONFLICT DO NOTHING", 1};

/* A batch that announces two things: `id` and `id + 1`. */
static void announce_two(struct attempt *a, struct store_fixture *f, unsigned id, struct uuid *second)
{
    *second = uuid_number(id + 1);
    attempt_prepare(a, f, "two", id, true);
    batch_add(&a->batch, &ITS_CHANNEL)->values[0] = value_uuid(second);
    struct batch_step *step = batch_event(&a->batch, 0, second, &ANOTHER);
    step->values[0] = value_text(SLICE("two"));
    step->values[1] = value_uuid(second);
    attempt_submit(a);
}

static bool is_clear(enum error error)
{
    return error == ERR_SERVICE_UNAVAILABLE || error == ERR_CONTENT_TOO_LARGE;
}

/* What is true of one announcement after its batch was answered. */
static void check_one(struct world *w, enum error error, const struct uuid *id, uint64_t seq)
{
    bool kept = error == ERR_NONE;
    CHECK(error == ERR_NONE || is_clear(error));
    CHECK(is_published(w, id) == kept);
    if (kept)
        CHECK(store_check_has(w->eye, id, seq));
    else
        CHECK_INT(store_check_ask(w->eye, "SELECT count(*) FROM channels WHERE id = ?1", id), 0);
}

static void promise(struct world *w, unsigned id, uint64_t seq)
{
    assert(w->count < PROMISES);
    w->promises[w->count++] = (struct promise){id, seq};
}

/* Groups of batches with one event and with two, of which any may fail alone. */
static bool run_group(struct world *w, const struct trouble *t, uint64_t n)
{
    struct attempt a[GROUP];
    struct uuid second[GROUP];
    unsigned first = w->next;
    w->next += 2 * GROUP;
    for (unsigned i = 0; i < GROUP; i++) {
        if (i % 2 == 1)
            announce_two(&a[i], &w->fixture, first + 2 * i, &second[i]);
        else
            attempt_announce(&a[i], &w->fixture, "one", first + 2 * i, true);
    }
    t->arm(w, n);
    store_fixture_settle(&w->fixture);
    bool struck = t->disarm(w);
    for (unsigned i = 0; i < GROUP; i++) {
        CHECK_INT(a[i].answers, 1);
        CHECK(struck || a[i].batch.error == ERR_NONE);
        for (unsigned j = 0; j <= i % 2; j++) {
            check_one(w, a[i].batch.error, j == 0 ? &a[i].id : &second[i], a[i].batch.events[j].seq);
            if (a[i].batch.error == ERR_NONE)
                promise(w, first + 2 * i + j, a[i].batch.events[j].seq);
        }
        attempt_release(&a[i]);
    }
    world_forget_published(w);
    return struck;
}

static void run_well(struct world *w)
{
    CHECK(!run_group(w, &trouble_none, UINT64_MAX));
}

/* All channels there are, as a read batch of two steps says. */
static enum error count_channels(struct world *w, const struct trouble *t, uint64_t n, bool *struck,
                                 int64_t *channels)
{
    struct attempt a;
    attempt_init(&a, &w->fixture, BATCH_READ, 1 << 20);
    batch_add(&a.batch, &ATTEMPT_COUNT);
    batch_add(&a.batch, &ATTEMPT_CHANNELS)->values[0] = value_int(5);
    attempt_submit(&a);
    t->arm(w, n);
    store_fixture_settle(&w->fixture);
    *struck = t->disarm(w);
    CHECK_INT(a.answers, 1);
    enum error error = a.batch.error;
    *channels = error == ERR_NONE ? rows_at(&a.batch.steps[0].rows, 0, 0)->number : -1;
    CHECK(error != ERR_NONE || a.batch.steps[1].rows.count == 5);
    attempt_release(&a);
    return error;
}

static bool run_read(struct world *w, const struct trouble *t, uint64_t n)
{
    bool struck, again;
    int64_t channels, more;
    enum error error = count_channels(w, t, n, &struck, &channels);
    CHECK(is_clear(error) || (error == ERR_NONE && channels > 0));
    run_well(w);
    CHECK_INT(count_channels(w, &trouble_none, UINT64_MAX, &again, &more), ERR_NONE);
    CHECK(error != ERR_NONE || more > channels); /* no old snapshot */
    CHECK_INT(more, store_check_ask(w->store.writer.db.handle, "SELECT count(*) FROM channels", NULL));
    return struck;
}

static bool run_checkpoint(struct world *w, const struct trouble *t, uint64_t n)
{
    run_well(w);
    w->store.writer.wal_pages = WAL_FULL;
    t->arm(w, n);
    store_fixture_settle(&w->fixture);
    return t->disarm(w);
}

static bool run_close(struct world *w, const struct trouble *t, uint64_t n)
{
    run_well(w);
    world_close_eye(w);
    t->arm(w, n);
    sqlite_store_close(&w->store);
    bool struck = t->disarm(w);
    CHECK(world_open(w));
    world_open_eye(w);
    return struck;
}

/* Of a store that is there. */
static bool run_open(struct world *w, const struct trouble *t, uint64_t n)
{
    run_well(w);
    if (n % 2 == 0) { /* with a write-ahead log to recover */
        forgetful_settle(w->disk);
        world_lose_power(w);
    }
    world_close(w);
    return world_open_in_trouble(w, t, n);
}

static const struct act {
    const char *name;
    bool (*run)(struct world *, const struct trouble *, uint64_t n);
} acts[] = {
    {"writing", run_group}, {"reading", run_read}, {"a checkpoint", run_checkpoint},
    {"closing", run_close}, {"opening", run_open},
};

static void check_promises(struct world *w)
{
    sqlite3 *handle = w->store.writer.db.handle;
    const char *broken = store_check_whole(handle);
    CHECK_SLICE(slice_from_string(broken == NULL ? "" : broken), "");
    for (size_t i = 0; i < w->count; i++) {
        struct uuid id = uuid_number(w->promises[i].id);
        CHECK(store_check_has(handle, &id, w->promises[i].seq));
    }
    w->count = 0;
}

static void run_act(const struct act *act, const struct trouble *t)
{
    static struct world w;
    unsigned failures = 0;
    world_begin(&w, 20260302);
    CHECK(world_open(&w));
    world_open_eye(&w);
    run_well(&w);
    for (uint64_t n = 1; act->run(&w, t, n); n = trouble_after(n)) {
        failures++;
        run_well(&w); /* all goes on */
        world_lose_power(&w);
        check_promises(&w);
    }
    world_close(&w);
    world_end(&w);
    printf("# %s while %s: %u times\n", act->name, t->name, failures);
    CHECK(failures > 0 || t->rare);
}

TEST(store, "whatever fails while the store works: 503 or nothing, no half, no lie, and all goes on; G1 G2")
{
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        for (size_t j = 0; j < trouble_count; j++)
            run_act(&acts[i], &troubles[j]);
    }
}

/* False when nothing has failed. */
static bool make_store(const struct trouble *t, uint64_t n)
{
    static struct world w;
    world_begin(&w, n);
    bool struck = world_open_in_trouble(&w, t, n);
    run_well(&w);
    world_lose_power(&w);
    check_promises(&w);
    world_close(&w);
    world_end(&w);
    return struck;
}

TEST(founding, "whatever fails while a store is made: a clear problem, and the next attempt makes it")
{
    for (size_t i = 0; i < trouble_count; i++) {
        unsigned failures = 0;
        for (uint64_t n = 1; make_store(&troubles[i], n); n = trouble_after(n))
            failures++;
        printf("# making a store while %s: %u times\n", troubles[i].name, failures);
    }
}

/* --- the sweeper of the log --- */

static int64_t see(struct world *w, const char *sql)
{
    return store_check_ask(w->eye, sql, NULL);
}

static void let_it_sweep(struct world *w)
{
    w->fixture.mono += 61 * MICROSECONDS_PER_SECOND;
    store_fixture_settle(&w->fixture);
}

/* False when nothing has failed. Rows leave whole portions at a time; places stay. */
static bool sweep(const struct trouble *t, uint64_t n)
{
    static struct world w;
    world_begin(&w, n);
    CHECK(world_open(&w));
    world_open_eye(&w);
    run_well(&w);
    int64_t rows = see(&w, "SELECT count(*) FROM log"), heads = see(&w, "SELECT sum(seq) FROM streams");
    w.fixture.wall += 2 * sqlite_defaults.retention;
    t->arm(&w, n);
    let_it_sweep(&w);
    bool struck = t->disarm(&w);
    int64_t left = see(&w, "SELECT count(*) FROM log");
    CHECK(rows > 0 && (left == 0 || (struck && left == rows)));
    let_it_sweep(&w);
    CHECK_INT(see(&w, "SELECT count(*) FROM log"), 0);
    run_well(&w);
    world_lose_power(&w);
    CHECK_INT(see(&w, "SELECT count(*) FROM log"), rows);
    CHECK_INT(see(&w, "SELECT sum(seq) FROM streams"), 2 * heads);
    CHECK_INT(see(&w, "SELECT integrity_check = 'ok' FROM pragma_integrity_check"), 1);
    world_close(&w);
    world_end(&w);
    return struck;
}

TEST(sweeping, "whatever fails while the log is swept: it is swept a minute later, and places stay; G3")
{
    for (size_t i = 0; i < trouble_count; i++) {
        unsigned failures = 0;
        for (uint64_t n = 1; sweep(&troubles[i], n); n = trouble_after(n))
            failures++;
        printf("# sweeping while %s: %u times\n", troubles[i].name, failures);
        CHECK(failures > 0 || troubles[i].rare);
    }
}
