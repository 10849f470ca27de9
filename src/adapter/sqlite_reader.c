// SPDX-License-Identifier: MIT
#include "adapter/sqlite_reader.h"

#include "base/object.h"

static const struct statement BEGIN_READ = {"begin_read", "BEGIN", 0};

/* A single statement is a snapshot of its own. */
static enum error read_batch(struct sqlite_db *db, struct batch *b)
{
    if (!sqlite_db_abandon(db)) /* what an earlier failure has left open */
        return ERR_SERVICE_UNAVAILABLE;
    if (b->step_count <= 1)
        return sqlite_batch_read(db, b);
    enum error error = sqlite_db_run(db, &BEGIN_READ, NULL);
    if (error == ERR_NONE)
        error = sqlite_batch_read(db, b);
    (void)sqlite_db_abandon(db);
    return error;
}

static void step(struct service *service)
{
    struct sqlite_reader *r = CONTAINER_OF(service, struct sqlite_reader, service);
    struct mail *next;
    for (struct mail *mail = mailbox_take(&service->inbox); mail != NULL; mail = next) {
        struct batch *b = CONTAINER_OF(mail, struct batch, mail);
        next = mail->next; /* the batch is gone once it is answered */
        enum error error = read_batch(r->db, b);
        atomic_fetch_sub_explicit(&r->unfinished, 1, memory_order_relaxed);
        store_stats_answered(&r->stats, b, error);
        batch_answer(b, error);
    }
}

void sqlite_reader_init(struct sqlite_reader *r, struct sqlite_db *db, const struct clock *clock)
{
    service_init(&r->service, "sqlite read", step);
    r->db = db;
    store_stats_init(&r->stats, clock);
    atomic_init(&r->unfinished, 0);
}

void sqlite_reader_submit(struct sqlite_reader *r, struct batch *b)
{
    atomic_fetch_add_explicit(&r->unfinished, 1, memory_order_relaxed);
    service_post(&r->service, &b->mail);
}
