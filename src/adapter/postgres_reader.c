// SPDX-License-Identifier: MIT
#include "adapter/postgres_reader.h"

#include "base/object.h"

enum { LOSSES = 3 /* connections in a row that reads may cost */ };

static void answer_first(struct postgres_reader *r, enum error error)
{
    struct batch *b = r->batches[r->first];
    r->first = (r->first + 1) % POSTGRES_READING;
    r->count--;
    r->sent -= r->sent > 0;
    r->begun = false;
    r->error = ERR_NONE;
    r->losses = 0;
    postgres_queue_answer(r->queue, b, error);
}

void postgres_reader_abandon(struct postgres_reader *r)
{
    while (r->count > 0)
        answer_first(r, ERR_SERVICE_UNAVAILABLE);
}

/* Rows that the first has had already stay in its arena: there must be room for them once more. */
static bool can_repeat(const struct postgres_reader *r)
{
    const struct arena *arena = r->batches[r->first]->arena;
    return !r->begun || arena->total <= arena->limit / 2;
}

static void settle_loss(struct postgres_reader *r)
{
    unsigned losses = r->count > 0 ? r->losses + 1 : 0;
    r->sent = 0;
    if (r->count > 0 && !can_repeat(r))
        answer_first(r, ERR_SERVICE_UNAVAILABLE);
    r->begun = false;
    r->error = ERR_NONE;
    r->losses = losses;
    if (losses >= LOSSES)
        postgres_reader_abandon(r);
}

static void note_failure(struct postgres_reader *r, enum postgres_verdict verdict)
{
    if (r->error == ERR_NONE)
        r->error = verdict == POSTGRES_WRONG ? ERR_INTERNAL_SERVER_ERROR : ERR_SERVICE_UNAVAILABLE;
}

static void receive(struct postgres_reader *r)
{
    struct postgres_answer a;
    enum postgres_outcome outcome;
    while ((outcome = postgres_db_next(&r->db, &a)) != POSTGRES_NOTHING) {
        if (outcome == POSTGRES_SYNCED) {
            answer_first(r, r->error);
        } else if (outcome == POSTGRES_FAILED) {
            note_failure(r, a.verdict);
        } else if (outcome == POSTGRES_ROWS) {
            enum error error = r->error == ERR_NONE ? postgres_batch_take(&a, NULL) : ERR_NONE;
            if (error != ERR_NONE)
                r->error = error;
            r->begun = true;
            postgres_db_clear(&a);
        }
    }
}

/* Without BEGIN: all up to a Sync is one transaction, and what fails in it ends with it. */
static void send(struct postgres_reader *r)
{
    while (r->count < POSTGRES_READING) {
        struct batch *b = postgres_queue_take(r->queue);
        if (b == NULL)
            break;
        r->batches[(r->first + r->count++) % POSTGRES_READING] = b;
    }
    while (r->sent < r->count) {
        postgres_batch_send(&r->db, r->batches[(r->first + r->sent++) % POSTGRES_READING]);
        postgres_db_sync(&r->db);
    }
}

void postgres_reader_step(struct postgres_reader *r)
{
    if (postgres_db_step(&r->db))
        settle_loss(r);
    if (postgres_db_is_down(&r->db))
        postgres_reader_abandon(r);
    if (r->db.phase != POSTGRES_READY)
        return;
    receive(r);
    if (!r->db.given_up)
        send(r);
}

void postgres_reader_init(struct postgres_reader *r, const struct postgres_ways *ways,
                          const struct postgres_target *target, struct postgres_queue *queue)
{
    *r = (struct postgres_reader){.queue = queue};
    postgres_db_init(&r->db, ways, target);
}

void postgres_reader_release(struct postgres_reader *r)
{
    assert(r->count == 0);
    if (r->db.ways != NULL)
        postgres_db_release(&r->db);
    *r = (struct postgres_reader){0};
}
