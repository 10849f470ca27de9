// SPDX-License-Identifier: MIT
#include "adapter/postgres_writer.h"

#include <stdlib.h>

#include "base/object.h"

enum {
    GROUP_OCTETS = 1024 * 1024, /* of values and envelopes: what waits in libpq's buffer */
    TRIES = 2,                  /* of a batch that lost against another one */
    LOSSES = 3                  /* connections that one batch may cost */
};

static const struct statement BEGIN_GROUP = {"begin_group", "BEGIN", 0};
static const struct statement COMMIT_GROUP = {"commit_group", "COMMIT", 0};
static const struct statement ROLLBACK_GROUP = {"rollback_group", "ROLLBACK", 0};

/* --- the group --- */

static bool is_empty(const struct postgres_writer *w)
{
    return w->first == w->count;
}

/* From the queue, as many as one transaction takes. A batch without streams goes alone: which rows its
 * statements lock, and in what order, nobody knows here, so two groups could wait for each other. */
static void fill_group(struct postgres_writer *w)
{
    struct batch *b;
    size_t octets = 0;
    w->first = w->count = w->running = w->unknown = 0;
    w->tries = w->losses = 0;
    while (w->count < w->limit && (b = postgres_queue_peek(w->queue)) != NULL) {
        octets += postgres_batch_octets(b);
        if (w->count > 0 && (b->stream_count == 0 || octets > GROUP_OCTETS))
            break;
        w->group[w->count++] = postgres_queue_take(w->queue);
        if (b->stream_count == 0)
            break;
    }
    w->running = w->count;
}

static void lock_streams(struct postgres_writer *w)
{
    size_t count = 0;
    for (size_t i = w->first; i < w->first + w->running; i++) {
        memcpy(w->names + count, w->group[i]->streams, w->group[i]->stream_count * sizeof w->names[0]);
        count += w->group[i]->stream_count;
    }
    postgres_batch_lock(&w->db, w->names, count);
}

static void begin(struct postgres_writer *w)
{
    w->phase = WRITER_RUNNING;
    w->error = ERR_NONE;
    w->again = false;
    postgres_batch_command(&w->db, &BEGIN_GROUP);
    lock_streams(w);
    for (size_t i = w->first; i < w->first + w->running; i++)
        postgres_batch_send(&w->db, w->group[i]);
    postgres_db_flush(&w->db);
}

/* The next transaction, if there is one to begin. */
static void start(struct postgres_writer *w)
{
    if (is_empty(w))
        fill_group(w);
    else
        w->running = 1;
    if (!is_empty(w))
        begin(w);
}

/* --- its end --- */

/* The first `n` are answered and gone. */
static void answer(struct postgres_writer *w, size_t n, enum error error)
{
    for (size_t i = 0; i < n; i++)
        postgres_queue_answer(w->queue, w->group[w->first++], error);
    w->unknown -= w->unknown < n ? w->unknown : n;
    w->running = 0;
    w->tries = w->losses = 0;
}

static void finish(struct postgres_writer *w)
{
    harvest_publish(&w->harvest, w->publisher);
    store_stats_committed(w->queue->stats, w->running);
    w->phase = WRITER_IDLE;
    answer(w, w->running, ERR_NONE);
}

/* Nothing of this try was written. One that failed alone is answered, unless it is worth a second try, or an
 * earlier try may have been written: then it goes on until that is known, after a pause. */
static void settle_failure(struct postgres_writer *w)
{
    bool alone = w->running == 1;
    bool again = w->again && ++w->tries < TRIES;
    if (alone && again)
        counter_add(&w->queue->stats->again, w->running);
    bool pause = w->unknown > 0 && w->error == ERR_SERVICE_UNAVAILABLE;
    harvest_drop(&w->harvest, 0);
    w->phase = WRITER_IDLE;
    if (alone && !again && !pause)
        answer(w, 1, w->error);
    if (pause)
        postgres_db_give_up(&w->db);
    w->running = 0;
}

/* A lost one is tried alone from now on: if one of them costs the connection, it is that one. */
static void settle_loss(struct postgres_writer *w)
{
    if (w->phase == WRITER_COMMITTING && w->unknown < w->running) {
        counter_add(&w->queue->stats->unknown, w->running - w->unknown);
        w->unknown = w->running;
    }
    bool hopeless = w->running == 1 && ++w->losses >= LOSSES && w->unknown == 0;
    harvest_drop(&w->harvest, 0);
    w->phase = WRITER_IDLE;
    if (hopeless)
        answer(w, 1, ERR_SERVICE_UNAVAILABLE);
    w->running = 0;
}

/* Who may be told that nothing was written is not kept waiting for a server that is down. */
static void refuse_waiting(struct postgres_writer *w)
{
    while (w->count > w->first + w->unknown)
        postgres_queue_answer(w->queue, w->group[--w->count], ERR_SERVICE_UNAVAILABLE);
}

/* --- the course of a transaction --- */

static void undo(struct postgres_writer *w)
{
    if (w->phase == WRITER_RUNNING)
        postgres_db_sync(
            &w->db); /* what was sent so far ends here; it is skipped if a statement has failed */
    w->phase = WRITER_UNDOING;
    postgres_batch_command(&w->db, &ROLLBACK_GROUP);
    postgres_db_sync(&w->db);
}

static void commit(struct postgres_writer *w)
{
    w->phase = WRITER_COMMITTING;
    for (size_t i = w->first; i < w->first + w->running; i++)
        postgres_batch_tidy(&w->db, w->group[i]);
    postgres_batch_command(&w->db, &COMMIT_GROUP);
    postgres_db_sync(&w->db);
}

static void note_failure(struct postgres_writer *w, enum postgres_verdict verdict)
{
    if (w->error != ERR_NONE)
        return;
    w->error = verdict == POSTGRES_WRONG ? ERR_INTERNAL_SERVER_ERROR : ERR_SERVICE_UNAVAILABLE;
    w->again = verdict == POSTGRES_AGAIN;
}

static void take(struct postgres_writer *w, enum postgres_outcome outcome, struct postgres_answer *a)
{
    if (outcome == POSTGRES_FAILED) {
        note_failure(w, a->verdict);
    } else if (outcome == POSTGRES_ROWS) {
        enum error error = w->phase == WRITER_RUNNING ? postgres_batch_take(a, &w->harvest) : ERR_NONE;
        if (w->error == ERR_NONE)
            w->error = error;
        postgres_db_clear(a);
    }
}

/* On, when all that was sent has been answered; or as soon as a statement has failed, since what is behind it
 * waits for a Sync. */
static void turn(struct postgres_writer *w)
{
    bool whole = w->db.count == 0;
    if (w->phase == WRITER_RUNNING && w->error != ERR_NONE)
        undo(w);
    else if (w->phase == WRITER_RUNNING && whole)
        commit(w);
    else if (w->phase == WRITER_COMMITTING && whole && w->error != ERR_NONE)
        undo(w);
    else if (w->phase == WRITER_COMMITTING && whole)
        finish(w);
    else if (w->phase == WRITER_UNDOING && whole)
        settle_failure(w);
}

static void receive(struct postgres_writer *w)
{
    struct postgres_answer a;
    enum postgres_outcome outcome;
    while ((outcome = postgres_db_next(&w->db, &a)) != POSTGRES_NOTHING)
        take(w, outcome, &a);
    turn(w);
}

void postgres_writer_step(struct postgres_writer *w)
{
    if (postgres_db_step(&w->db) && w->phase != WRITER_IDLE)
        settle_loss(w);
    if (postgres_db_is_down(&w->db))
        refuse_waiting(w);
    if (w->db.phase != POSTGRES_READY)
        return;
    receive(w);
    if (w->phase == WRITER_IDLE && !w->db.given_up)
        start(w);
}

void postgres_writer_abandon(struct postgres_writer *w)
{
    harvest_drop(&w->harvest, 0);
    answer(w, w->count - w->first, ERR_SERVICE_UNAVAILABLE);
    w->phase = WRITER_IDLE;
}

/* --- life --- */

bool postgres_writer_init(struct postgres_writer *w, const struct postgres_ways *ways,
                          const struct postgres_target *target, struct postgres_queue *queue,
                          struct publisher *publisher, unsigned limit)
{
    assert(limit > 0);
    *w = (struct postgres_writer){.queue = queue, .publisher = publisher, .limit = limit};
    postgres_db_init(&w->db, ways, target);
    w->group = calloc(limit, sizeof(struct batch *));
    w->names = calloc((size_t)limit * BATCH_STREAMS, sizeof *w->names);
    return w->group != NULL && w->names != NULL;
}

void postgres_writer_release(struct postgres_writer *w)
{
    assert(is_empty(w));
    if (w->db.ways != NULL)
        postgres_db_release(&w->db);
    free(w->group);
    free(w->names);
    harvest_release(&w->harvest);
    *w = (struct postgres_writer){0};
}
