// SPDX-License-Identifier: MIT
//
// The store while calls to the system, or allocations of ours or of SQLite's, fail one by one: until an act has come to
// its end without a failure. Nobody hears yes of what is not kept, what failed has left nothing, and all goes on.
#include "adapter/sqlite_store.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "support/faults.h"
#include "support/faults_libraries.h"
#include "support/forgetful_vfs.h"
#include "support/scratch.h"
#include "support/store_check.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum { GROUP = 4, PROMISES = 256, WAL_FULL = 100000 };

struct promise {
    unsigned id;
    uint64_t seq;
};

struct world {
    struct forgetful *disk;
    struct scratch folder;
    struct store_fixture fixture;
    struct sqlite_store store;
    sqlite3 *eye; /* a connection of the test's own, which sees only what is committed */
    struct problem why;
    unsigned next;
    struct promise promises[PROMISES];
    size_t count;
};

/* --- what fails --- */

struct trouble {
    const char *name;
    void (*arm)(struct world *, uint64_t n);
    bool (*disarm)(struct world *); /* true: something has failed */
};

static void arm_fail(struct world *w, uint64_t n)
{
    forgetful_plan(w->disk, FORGETFUL_FAIL, n);
}

static void arm_full(struct world *w, uint64_t n)
{
    forgetful_plan(w->disk, FORGETFUL_FULL, n);
}

static bool disarm_disk(struct world *w)
{
    bool struck = forgetful_struck(w->disk) != NULL;
    forgetful_plan(w->disk, FORGETFUL_LIVE, 0);
    return struck;
}

/* Of ours, or of ours and SQLite's. */
static void arm_memory(struct world *w, uint64_t n, bool sqlite, uint64_t span)
{
    (void)w;
    faults_count_sqlite(sqlite);
    faults_arm(n, span);
}

static void arm_ours(struct world *w, uint64_t n)
{
    arm_memory(w, n, false, FAULTS_ONCE);
}

static void arm_any(struct world *w, uint64_t n)
{
    arm_memory(w, n, true, FAULTS_ONCE);
}

static void arm_two(struct world *w, uint64_t n)
{
    arm_memory(w, n, true, 2);
}

static void arm_eight(struct world *w, uint64_t n)
{
    arm_memory(w, n, true, 8);
}

static void arm_on(struct world *w, uint64_t n)
{
    arm_memory(w, n, true, FAULTS_ON);
}

static bool disarm_memory(struct world *w)
{
    (void)w;
    return faults_disarm() > 0;
}

/* The first ones one by one, later ones by strides: SQLite allocates thousands of times, much of it for
 * parsing. All of them with PARLEY_TEST_THOROUGH. */
static uint64_t after(uint64_t n)
{
    return n + 1 + (getenv("PARLEY_TEST_THOROUGH") == NULL ? n / 16 : 0);
}

static const struct trouble troubles[] = {
    {"a call fails", arm_fail, disarm_disk},
    {"the disk is full", arm_full, disarm_disk},
    {"an allocation of ours fails", arm_ours, disarm_memory},
    {"an allocation fails", arm_any, disarm_memory},
    {"two allocations fail", arm_two, disarm_memory},
    {"eight allocations fail", arm_eight, disarm_memory},
    {"all memory is gone", arm_on, disarm_memory},
};

__attribute__((constructor)) static void take_sqlite(void)
{
    faults_take_sqlite(); /* before its first use */
}

/* --- the store --- */

static void step(struct store_fixture *f)
{
    struct world *w = f->adapter;
    sqlite_store_step(&w->store);
}

static bool open_store(struct world *w)
{
    struct sqlite_options options = sqlite_defaults;
    options.folder = w->folder.path;
    options.readers = 1;
    return sqlite_store_open(&w->store, &options, &w->fixture.publisher, &w->fixture.clock,
                             &w->fixture.random, &w->why);
}

static void close_eye(struct world *w)
{
    CHECK_INT(sqlite3_close(w->eye), SQLITE_OK);
    w->eye = NULL;
}

static void close_store(struct world *w)
{
    close_eye(w);
    sqlite_store_close(&w->store);
}

/* Now that nothing fails any more. */
static void open_eye(struct world *w)
{
    int rc = sqlite3_open_v2(scratch_path(&w->folder, "parley.db"), &w->eye, SQLITE_OPEN_READONLY, NULL);
    assert(rc == SQLITE_OK);
}

static void begin(struct world *w, uint64_t seed)
{
    memset(w, 0, sizeof *w);
    w->disk = forgetful_new(seed, FORGETFUL_TEARING);
    scratch_init(&w->folder);
    store_fixture_init(&w->fixture);
    w->fixture.store = &w->store.port;
    w->fixture.step = step;
    w->fixture.adapter = w;
}

static void end(struct world *w)
{
    store_fixture_release(&w->fixture);
    forgetful_free(w->disk);
    scratch_release(&w->folder);
}

static void lose_power(struct world *w)
{
    forgetful_kill(w->disk);
    close_store(w);
    forgetful_restart(w->disk);
    bool opened = open_store(w);
    CHECK_SLICE(slice_from_string(w->why.text), "");
    assert(opened);
    open_eye(w);
}

static bool is_published(const struct world *w, const struct uuid *id)
{
    for (size_t i = 0; i < w->fixture.published_count; i++) {
        if (uuid_equals(&w->fixture.published[i]->id, id))
            return true;
    }
    return false;
}

static void forget_published(struct world *w)
{
    while (w->fixture.published_count > 0)
        event_unref(w->fixture.published[--w->fixture.published_count]);
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
    struct batch_step *step = batch_event(&a->batch, 0, second, SLICE("another"), &ANOTHER);
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
    forget_published(w);
    return struck;
}

static const struct trouble no_trouble = {"nothing fails", arm_ours, disarm_memory};

static void run_well(struct world *w)
{
    CHECK(!run_group(w, &no_trouble, UINT64_MAX));
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
    CHECK_INT(count_channels(w, &no_trouble, UINT64_MAX, &again, &more), ERR_NONE);
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
    close_eye(w);
    t->arm(w, n);
    sqlite_store_close(&w->store);
    bool struck = t->disarm(w);
    CHECK(open_store(w));
    open_eye(w);
    return struck;
}

/* True when something has failed. */
static bool open_in_trouble(struct world *w, const struct trouble *t, uint64_t n)
{
    t->arm(w, n);
    bool opened = open_store(w);
    bool struck = t->disarm(w);
    CHECK(opened == (w->why.text[0] == '\0') && (struck || opened));
    if (!opened)
        CHECK(open_store(w));
    open_eye(w);
    return struck;
}

/* Of a store that is there. */
static bool run_open(struct world *w, const struct trouble *t, uint64_t n)
{
    run_well(w);
    if (n % 2 == 0) { /* with a write-ahead log to recover */
        forgetful_settle(w->disk);
        lose_power(w);
    }
    close_store(w);
    return open_in_trouble(w, t, n);
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
    begin(&w, 20260302);
    CHECK(open_store(&w));
    open_eye(&w);
    run_well(&w);
    for (uint64_t n = 1; act->run(&w, t, n); n = after(n)) {
        failures++;
        run_well(&w); /* all goes on */
        lose_power(&w);
        check_promises(&w);
    }
    close_store(&w);
    end(&w);
    printf("# %s while %s: %u times\n", act->name, t->name, failures);
    CHECK(failures > 0 || t->arm == arm_full || t->arm == arm_ours);
}

TEST(store, "whatever fails while the store works: 503 or nothing, no half, no lie, and all goes on; G1 G2")
{
    for (size_t i = 0; i < ARRAY_LEN(acts); i++) {
        for (size_t j = 0; j < ARRAY_LEN(troubles); j++)
            run_act(&acts[i], &troubles[j]);
    }
}

/* False when nothing has failed. */
static bool make_store(const struct trouble *t, uint64_t n)
{
    static struct world w;
    begin(&w, n);
    bool struck = open_in_trouble(&w, t, n);
    run_well(&w);
    lose_power(&w);
    check_promises(&w);
    close_store(&w);
    end(&w);
    return struck;
}

TEST(founding, "whatever fails while a store is made: a clear problem, and the next attempt makes it")
{
    for (size_t i = 0; i < ARRAY_LEN(troubles); i++) {
        unsigned failures = 0;
        for (uint64_t n = 1; make_store(&troubles[i], n); n = after(n))
            failures++;
        printf("# making a store while %s: %u times\n", troubles[i].name, failures);
    }
}
