// SPDX-License-Identifier: MIT
#include "support/fault_world.h"

#include <stdlib.h>

#include "support/faults.h"
#include "support/faults_libraries.h"

/* --- what fails --- */

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

uint64_t trouble_after(uint64_t n)
{
    return n + 1 + (getenv("PARLEY_TEST_THOROUGH") == NULL ? n / 16 : 0);
}

const struct trouble troubles[] = {
    {"a call fails", arm_fail, disarm_disk, false},
    {"the disk is full", arm_full, disarm_disk, true},
    {"an allocation of ours fails", arm_ours, disarm_memory, true},
    {"an allocation fails", arm_any, disarm_memory, false},
    {"two allocations fail", arm_two, disarm_memory, false},
    {"eight allocations fail", arm_eight, disarm_memory, false},
    {"all memory is gone", arm_on, disarm_memory, false},
};
const size_t trouble_count = ARRAY_LEN(troubles);
const struct trouble trouble_none = {"nothing fails", arm_ours, disarm_memory, true};

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

bool world_open(struct world *w)
{
    struct sqlite_options options = sqlite_defaults;
    options.folder = w->folder.path;
    options.readers = 1;
    return sqlite_store_open(&w->store, &options, &w->fixture.publisher, &w->fixture.clock,
                             &w->fixture.random, &w->why);
}

void world_close_eye(struct world *w)
{
    CHECK_INT(sqlite3_close(w->eye), SQLITE_OK);
    w->eye = NULL;
}

void world_close(struct world *w)
{
    world_close_eye(w);
    sqlite_store_close(&w->store);
}

void world_open_eye(struct world *w)
{
    int rc = sqlite3_open_v2(scratch_path(&w->folder, "parley.db"), &w->eye, SQLITE_OPEN_READONLY, NULL);
    assert(rc == SQLITE_OK);
}

void world_begin(struct world *w, uint64_t seed)
{
    memset(w, 0, sizeof *w);
    w->disk = forgetful_new(seed, FORGETFUL_TEARING);
    scratch_init(&w->folder);
    store_fixture_init(&w->fixture);
    w->fixture.store = &w->store.port;
    w->fixture.step = step;
    w->fixture.adapter = w;
}

void world_end(struct world *w)
{
    store_fixture_release(&w->fixture);
    forgetful_free(w->disk);
    scratch_release(&w->folder);
}

void world_lose_power(struct world *w)
{
    forgetful_kill(w->disk);
    world_close(w);
    forgetful_restart(w->disk);
    bool opened = world_open(w);
    CHECK_SLICE(slice_from_string(w->why.text), "");
    assert(opened);
    world_open_eye(w);
}

void world_forget_published(struct world *w)
{
    while (w->fixture.published_count > 0)
        event_unref(w->fixture.published[--w->fixture.published_count]);
}

bool world_open_in_trouble(struct world *w, const struct trouble *t, uint64_t n)
{
    t->arm(w, n);
    bool opened = world_open(w);
    bool struck = t->disarm(w);
    CHECK(opened == (w->why.text[0] == '\0') && (struck || opened));
    if (!opened)
        CHECK(world_open(w));
    world_open_eye(w);
    return struck;
}
