// SPDX-License-Identifier: MIT
#include "adapter/sqlite_writer.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/object.h"

#define SWEEP_INTERVAL (60 * MICROSECONDS_PER_SECOND)

enum {
    SWEEP_PORTION = 1000, /* rows: what a batch may have to wait for */
    WAL_PAGES = 1000      /* a checkpoint is due at 4 MiB */
};

static const struct statement BEGIN_GROUP = {"begin_group", "BEGIN IMMEDIATE", 0};
static const struct statement COMMIT_GROUP = {"commit_group", "COMMIT", 0};
static const struct statement BEGIN_BATCH = {"begin_batch", "SAVEPOINT batch", 0};
static const struct statement ROLLBACK_BATCH = {"rollback_batch", "ROLLBACK TO batch", 0};
static const struct statement END_BATCH = {"end_batch", "RELEASE batch", 0};

/* --- one group of batches --- */

/* What failed is undone alone. False when that fails, or when SQLite has rolled back everything by itself:
 * then nothing of the group may be committed. */
static bool end_batch(struct sqlite_writer *w, enum error error)
{
    if (!sqlite_db_in_transaction(&w->db))
        return false;
    if (error != ERR_NONE && sqlite_db_run(&w->db, &ROLLBACK_BATCH, NULL) != ERR_NONE)
        return false;
    return sqlite_db_run(&w->db, &END_BATCH, NULL) == ERR_NONE;
}

/* False when the group cannot go on; *error is what became of this batch. */
static bool run_batch(struct sqlite_writer *w, struct batch *b, enum error *error)
{
    size_t before = w->harvest.count;
    *error = sqlite_db_run(&w->db, &BEGIN_BATCH, NULL);
    if (*error != ERR_NONE)
        return sqlite_db_in_transaction(&w->db);
    *error = sqlite_batch_write(&w->db, b, &w->harvest);
    if (*error != ERR_NONE)
        harvest_drop(&w->harvest, before);
    return end_batch(w, *error);
}

/* True when what succeeded is on the disk. */
static bool commit_group(struct sqlite_writer *w)
{
    bool going = sqlite_db_abandon(&w->db) && sqlite_db_run(&w->db, &BEGIN_GROUP, NULL) == ERR_NONE;
    for (size_t i = 0; i < w->batch_count && going; i++)
        going = run_batch(w, w->batches[i], &w->errors[i]);
    if (going && sqlite_db_run(&w->db, &COMMIT_GROUP, NULL) == ERR_NONE)
        return true;
    (void)sqlite_db_abandon(&w->db);
    return false;
}

static void answer(struct sqlite_writer *w, bool committed)
{
    for (size_t i = 0; i < w->batch_count; i++) {
        enum error error = w->errors[i];
        if (!committed && error == ERR_NONE)
            error = ERR_SERVICE_UNAVAILABLE;
        atomic_fetch_sub_explicit(&w->unfinished, 1, memory_order_relaxed);
        store_stats_answered(&w->stats, w->batches[i], error);
        batch_answer(w->batches[i], error);
    }
    w->batch_count = 0;
}

static void run_group(struct sqlite_writer *w)
{
    memset(w->errors, 0, w->batch_count * sizeof *w->errors);
    bool committed = commit_group(w);
    if (committed)
        store_stats_committed(&w->stats, w->batch_count);
    if (committed)
        harvest_publish(&w->harvest, w->publisher);
    answer(w, committed);
    harvest_drop(&w->harvest, 0);
}

/* --- what keeps the files small --- */

static int on_commit(void *writer, sqlite3 *handle, const char *database, int pages)
{
    (void)handle, (void)database;
    struct sqlite_writer *w = writer;
    w->wal_pages = pages;
    return SQLITE_OK;
}

/* After the answers, unlike SQLite's own checkpoint within COMMIT. Passive: it waits for no reader, and what
 * it cannot move now the next one will. */
static void checkpoint(struct sqlite_writer *w)
{
    if (w->wal_pages < WAL_PAGES)
        return;
    w->wal_pages = 0;
    int rc = sqlite3_wal_checkpoint_v2(w->db.handle, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY)
        (void)sqlite_db_failed(&w->db, "checkpoint", rc);
}

/* One portion, its own transaction. An error waits for the next minute. */
static void expire(struct sqlite_writer *w)
{
    int64_t oldest = w->clock->wall(w->clock) - w->retention;
    struct value values[] = {value_instant(oldest), value_int(SWEEP_PORTION)};
    w->sweeping = sqlite_db_abandon(&w->db) && sqlite_db_run(&w->db, &LOG_EXPIRE, values) == ERR_NONE &&
                  sqlite3_changes(w->db.handle) >= SWEEP_PORTION;
}

/* Begins at most once a minute; once begun it goes on between the groups until nothing is left, or a store
 * that is written to faster than a portion a minute would grow for ever. */
static void sweep(struct sqlite_writer *w)
{
    if (w->retention == 0)
        return;
    int64_t now = w->clock->mono(w->clock);
    if (!w->sweeping && now < w->next_sweep)
        return;
    if (!w->sweeping)
        w->next_sweep = now + SWEEP_INTERVAL;
    expire(w);
}

static void keep_house(struct sqlite_writer *w)
{
    sweep(w);
    checkpoint(w);
}

/* --- the service --- */

static void step(struct service *service)
{
    struct sqlite_writer *w = CONTAINER_OF(service, struct sqlite_writer, service);
    do {
        struct mail *mail = mailbox_take(&service->inbox);
        do {
            for (; mail != NULL && w->batch_count < w->group; mail = mail->next)
                w->batches[w->batch_count++] = CONTAINER_OF(mail, struct batch, mail);
            if (w->batch_count > 0)
                run_group(w);
            keep_house(w);
        } while (mail != NULL);
    } while (w->sweeping && !atomic_load(&service->stopping)); /* the rest can wait for the next start */
}

bool sqlite_writer_init(struct sqlite_writer *w, struct publisher *publisher, const struct clock *clock,
                        unsigned group, int64_t retention)
{
    assert(group > 0);
    service_init(&w->service, "sqlite write", step);
    w->publisher = publisher;
    w->clock = clock;
    store_stats_init(&w->stats, clock);
    w->group = group;
    w->retention = retention;
    w->next_sweep = clock->mono(clock) + SWEEP_INTERVAL;
    w->sweeping = false;
    w->wal_pages = 0;
    w->batch_count = 0;
    harvest_init(&w->harvest);
    atomic_init(&w->unfinished, 0);
    w->batches = calloc(group, sizeof(struct batch *));
    w->errors = calloc(group, sizeof *w->errors);
    return w->batches != NULL && w->errors != NULL;
}

void sqlite_writer_attach(struct sqlite_writer *w)
{
    (void)sqlite3_wal_hook(w->db.handle, on_commit, w);
}

void sqlite_writer_release(struct sqlite_writer *w)
{
    free(w->batches);
    free(w->errors);
    harvest_release(&w->harvest);
    w->batches = NULL;
    w->errors = NULL;
}

void sqlite_writer_submit(struct sqlite_writer *w, struct batch *b)
{
    atomic_fetch_add_explicit(&w->unfinished, 1, memory_order_relaxed);
    service_post(&w->service, &b->mail);
}
