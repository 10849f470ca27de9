// SPDX-License-Identifier: MIT
#include "support/sim/store_faults.h"

#include <sqlite3.h>

#include "support/sim/sim.h"

enum { FAULT_STEPS = 40 /* instructions of SQLite's machine between two throws of the dice */ };

static bool strikes(struct sim *sim, unsigned per_mille, const char *what)
{
    if (!sim->faults_on || !dice_chance(&sim->luck, per_mille))
        return false;
    sim->store_has_failed = true;
    NOTE(sim, STORE_FAULT, .text = what);
    return true;
}

static int on_commit(void *sim)
{
    return strikes(sim, ((struct sim *)sim)->plan.store_faults, "a COMMIT is refused");
}

/* SQLite asks once more when a COMMIT is done, and would call it interrupted although it has happened: a
 * writer is interrupted inside its transaction only. */
static int on_progress(void *of)
{
    struct sqlite_db *db = of;
    struct sim *sim = db->report.to;
    bool may_be = db != &sim->house.store.writer.db || sqlite3_get_autocommit(db->handle) == 0;
    return may_be && strikes(sim, sim->plan.store_faults / 8, "a statement is interrupted");
}

void store_faults_install(struct sim *sim)
{
    struct sqlite_store *store = &sim->house.store;
    if (sim->plan.store_faults == 0)
        return;
    (void)sqlite3_commit_hook(store->writer.db.handle, on_commit, sim);
    sqlite3_progress_handler(store->writer.db.handle, FAULT_STEPS, on_progress, &store->writer.db);
    for (unsigned i = 0; i < store->reader_count; i++)
        sqlite3_progress_handler(store->readers[i].db->handle, FAULT_STEPS, on_progress,
                                 store->readers[i].db);
}
