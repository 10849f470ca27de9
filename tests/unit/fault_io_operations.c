// SPDX-License-Identifier: MIT
//
// Every call of SQLite's to the system is made to fail once, in every operation of the domain: until the operation has
// come to its end without a failure.
#include "support/fault_stage.h"
#include "support/forgetful_vfs.h"

static void lose_power(void *disk)
{
    forgetful_kill(disk);
    forgetful_restart(disk);
}

/* What was answered is on the disk. */
static void check_durable(struct stage *s, struct forgetful *disk, const struct deed *deed)
{
    uint64_t before = stage_digest(s);
    stage_reopen(s, lose_power, disk);
    if (stage_digest(s) != before) {
        printf("# %s was answered and is lost\n", deed->name);
        CHECK(false);
    }
}

/* True when something was struck. */
static bool try(struct stage *s, struct forgetful *disk, const struct deed *deed, enum forgetful_fate fate,
                uint64_t n)
{
    stage_prepare(s, deed);
    uint64_t before = stage_digest(s);
    stage_reopen(s, NULL, NULL); /* cold */
    forgetful_plan(disk, fate, n);
    enum error error = stage_do(s, deed).error;
    bool struck = forgetful_struck(disk) != NULL;
    const char *call = struck ? forgetful_struck(disk) : "";
    size_t published = s->domain.event_count + s->domain.told_count;
    forgetful_plan(disk, FORGETFUL_LIVE, 0);
    bool clear = error == ERR_NONE || (struck && error == ERR_SERVICE_UNAVAILABLE);
    bool whole = error == ERR_NONE || (stage_digest(s) == before && published == 0);
    if (!clear || !whole)
        printf("# %s, call %d (%s): %s%s\n", deed->name, (int)n, call,
               error == ERR_NONE ? "no error" : error_row(error)->code, whole ? "" : ", half done");
    CHECK(clear && whole);
    CHECK(error != ERR_NONE || deed->kind != DEED_WRITES || stage_digest(s) != before);
    if (error == ERR_NONE)
        check_durable(s, disk, deed);
    else
        CHECK_INT(stage_do(s, deed).error, ERR_NONE); /* and all goes on */
    return struck;
}

static void try_all(enum forgetful_fate fate)
{
    static struct stage s;
    unsigned total = 0;
    for (size_t i = 0; i < deeds_count(); i++) {
        struct forgetful *disk = forgetful_new(20260302 + i, 0);
        stage_open(&s);
        for (uint64_t n = 1; try(&s, disk, deed_at(i), fate, n); n++)
            total++;
        stage_close(&s);
        forgetful_free(disk);
    }
    printf("# %u calls failed\n", total);
    CHECK(total > deeds_count());
}

TEST(calls_fail,
     "whichever call to the system fails in an operation: 503, nothing half done, and all goes on; G1 G2")
{
    try_all(FORGETFUL_FAIL);
}

TEST(disk_full, "wherever in an operation the disk is full: 503, nothing half done, and all goes on; G1 G2")
{
    try_all(FORGETFUL_FULL);
}
