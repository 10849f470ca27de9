// SPDX-License-Identifier: MIT
//
// The store on a disk that forgets what was not synchronised: power is lost hundreds of times, in any call.
#include <sqlite3.h>
#include <stdlib.h>

#include "adapter/sqlite_store.h"
#include "support/forgetful_vfs.h"
#include "support/scratch.h"
#include "support/store_check.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum {
    KILLS = 300,
    KILLS_OF_FOLDER = 20,
    MOST_WINDOW = 6,  /* batches of one group */
    MOST_GROUPS = 200 /* before power is lost between two calls */
};

struct promise {
    unsigned id;
    uint64_t seq;
};

struct world {
    struct forgetful *disk;
    const char *pragma; /* how little is to be synchronised; NULL: as the store does */
    uint64_t dice;
    struct scratch folder;
    struct store_fixture fixture;
    struct sqlite_store store;
    bool has_epoch;
    struct uuid epoch;
    unsigned next;
    struct promise *promises; /* of this folder: answered, or published */
    size_t count;
    /* what came of it */
    unsigned kills, in_calls, kept, lost, broken;
};

static uint64_t roll(struct world *w, uint64_t most)
{
    w->dice = w->dice * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (w->dice >> 33) % most;
}

static void step(struct store_fixture *f)
{
    struct world *w = f->adapter;
    sqlite_store_step(&w->store);
}

static void promise(struct world *w, unsigned id, uint64_t seq)
{
    assert(w->count < KILLS_OF_FOLDER * MOST_GROUPS * MOST_WINDOW * 2);
    w->promises[w->count++] = (struct promise){id, seq};
}

static void on_publish(struct store_fixture *f, const struct event *e)
{
    unsigned id = 0;
    for (size_t i = 0; i < sizeof id; i++)
        id |= (unsigned)e->id.octets[15 - i] << (8 * i); /* as uuid_number() made it */
    promise(f->adapter, id, e->seq);
}

/* --- a folder and its store --- */

static void begin_folder(struct world *w)
{
    scratch_init(&w->folder);
    w->has_epoch = false;
    w->count = 0;
}

static void end_folder(struct world *w)
{
    forgetful_kill(w->disk);
    forgetful_restart(w->disk);
    scratch_release(&w->folder);
}

static bool open_store(struct world *w)
{
    struct sqlite_options options = sqlite_defaults;
    struct problem why;
    options.folder = w->folder.path;
    options.group = MOST_WINDOW - 1;
    options.retention = 0;
    store_fixture_init(&w->fixture);
    w->fixture.wall += w->next;
    w->fixture.on_publish = on_publish;
    w->fixture.store = &w->store.port;
    w->fixture.step = step;
    w->fixture.adapter = w;
    w->fixture.seed = w->next;
    if (!sqlite_store_open(&w->store, &options, &w->fixture.publisher, &w->fixture.clock, &w->fixture.random,
                           &why))
        return false;
    if (w->pragma != NULL)
        (void)sqlite3_exec(w->store.writer.db.handle, w->pragma, NULL, NULL, NULL);
    return true;
}

static void close_store(struct world *w)
{
    sqlite_store_close(&w->store);
    store_fixture_release(&w->fixture);
}

/* --- what was promised, and what is there --- */

static void look(struct world *w)
{
    sqlite3 *handle = w->store.writer.db.handle;
    bool broken =
        store_check_whole(handle) != NULL || (w->has_epoch && !uuid_equals(&w->epoch, &w->store.epoch));
    unsigned kept = 0;
    for (size_t i = 0; i < w->count; i++) {
        struct uuid id = uuid_number(w->promises[i].id);
        kept += store_check_has(handle, &id, w->promises[i].seq);
    }
    if (forgetful_struck(w->disk) != NULL)
        return; /* power was lost while we looked */
    w->broken += broken;
    w->kept += kept;
    w->lost += (unsigned)w->count - kept;
    w->epoch = w->store.epoch;
    w->has_epoch = true;
}

/* A group of batches, some of which are refused by their guards. */
static void run_group(struct world *w)
{
    static const char *const streams[] = {"even", "odd"};
    struct attempt a[MOST_WINDOW];
    unsigned count = 1 + (unsigned)roll(w, MOST_WINDOW), first = w->next;
    for (unsigned i = 0; i < count; i++, w->next++)
        attempt_announce(&a[i], &w->fixture, streams[w->next % 2], w->next, roll(w, 8) != 0);
    store_fixture_settle(&w->fixture);
    for (unsigned i = 0; i < count; i++) {
        CHECK_INT(a[i].answers, 1);
        if (a[i].batch.error == ERR_NONE && attempt_seq(&a[i]) != 0)
            promise(w, first + i, attempt_seq(&a[i]));
        attempt_release(&a[i]);
    }
    while (w->fixture.published_count > 0)
        event_unref(w->fixture.published[--w->fixture.published_count]);
}

static void run_until_killed(struct world *w)
{
    for (unsigned i = 0; i < MOST_GROUPS && forgetful_struck(w->disk) == NULL; i++)
        run_group(w);
    w->in_calls += forgetful_struck(w->disk) != NULL;
    forgetful_kill(w->disk);
}

/* Closed in good order; then power is lost before the system has written anything by itself. */
static void run_and_close(struct world *w)
{
    for (uint64_t i = roll(w, 20); i > 0; i--)
        run_group(w);
}

/* One life of the store. Sometimes power is lost while it is being opened, sometimes after it was closed. */
static void live(struct world *w)
{
    uint64_t call = 1 + roll(w, UINT64_C(1) << (2 + roll(w, 11)));
    uint64_t way = roll(w, 8);
    if (way < 2)
        forgetful_plan(w->disk, FORGETFUL_KILL, call);
    if (!open_store(w)) {
        w->broken += forgetful_struck(w->disk) == NULL;
        store_fixture_release(&w->fixture);
    } else {
        look(w);
        if (way > 2)
            forgetful_plan(w->disk, FORGETFUL_KILL, call);
        (way == 2 ? run_and_close : run_until_killed)(w);
        close_store(w);
    }
    w->kills++;
    forgetful_kill(w->disk);
    forgetful_restart(w->disk);
}

static void lose_power(struct world *w, unsigned kills, const char *pragma, uint64_t seed)
{
    *w = (struct world){.pragma = pragma, .dice = seed};
    w->disk = forgetful_new(seed, FORGETFUL_TEARING);
    w->promises = calloc((size_t)KILLS_OF_FOLDER * MOST_GROUPS * MOST_WINDOW * 2, sizeof *w->promises);
    assert(w->promises != NULL);
    while (w->kills < kills) {
        begin_folder(w);
        unsigned before = w->lost + w->broken;
        for (unsigned i = 0; i < KILLS_OF_FOLDER && w->lost + w->broken == before; i++)
            live(w);
        end_folder(w);
    }
    forgetful_free(w->disk);
    free(w->promises);
    printf("# %s: %u kills, %u of them in a call; %u promises kept, %u lost; %u times broken\n",
           pragma == NULL ? "as it is" : pragma, w->kills, w->in_calls, w->kept, w->lost, w->broken);
}

TEST(power, "a loss of power in any call loses nothing that was promised and leaves nothing half; G1 G2 G3")
{
    static struct world w;
    lose_power(&w, KILLS, NULL, 20260302);
    CHECK(w.kept > 1000 && w.in_calls > KILLS / 2);
    CHECK_INT(w.lost, 0);
    CHECK_INT(w.broken, 0);
}

TEST(normal, "this test has teeth: with synchronous = NORMAL promises are lost")
{
    static struct world w;
    lose_power(&w, KILLS / 5, "PRAGMA synchronous = NORMAL", 20260303);
    CHECK(w.lost > 0);
    CHECK_INT(w.broken, 0); /* NORMAL forgets the newest, but what is left is whole */
}

TEST(off, "this test has teeth: with synchronous = OFF promises are lost")
{
    static struct world w;
    lose_power(&w, KILLS / 5, "PRAGMA synchronous = OFF", 20260304);
    CHECK(w.lost > 0);
}
