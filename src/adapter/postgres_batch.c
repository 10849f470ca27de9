// SPDX-License-Identifier: MIT
#include "adapter/postgres_batch.h"

#include <libpq-fe.h>
#include <stdlib.h>

#include "adapter/postgres_values.h"
#include "base/object.h"

enum role {
    ROLE_PLAIN,  /* nothing comes back that anybody wants */
    ROLE_STEP,   /* rows of steps[index] */
    ROLE_APPEND, /* rows of events[index] */
    ROLE_FIND    /* place of events[index] */
};

/* --- there --- */

static int by_name(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

static void send_on_stream(struct postgres_db *db, struct batch *b, const struct statement *statement,
                           struct slice stream)
{
    struct value name = value_text(stream);
    struct postgres_piece piece = {.statement = statement, .batch = b, .role = ROLE_PLAIN};
    postgres_db_send(db, &piece, &name);
}

void postgres_batch_lock(struct postgres_db *db, struct slice *names, size_t count)
{
    qsort(names, count, sizeof names[0], by_name);
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || !slice_equals(names[i], names[i - 1]))
            send_on_stream(db, NULL, &LOG_LOCK, names[i]);
    }
}

static void send_step(struct postgres_db *db, struct batch *b, const struct batch_step *step, enum role role,
                      size_t index)
{
    struct postgres_piece piece = {
        .statement = step->statement, .batch = b, .role = (unsigned char)role, .index = (unsigned char)index};
    postgres_db_send(db, &piece, step->values);
}

static void send_event(struct postgres_db *db, struct batch *b, size_t index)
{
    struct batch_event *e = &b->events[index];
    struct value id = value_uuid(&e->id);
    struct postgres_piece find = {
        .statement = &LOG_FIND, .batch = b, .role = ROLE_FIND, .index = (unsigned char)index};
    e->seq = 0;
    e->time = 0;
    send_step(db, b, &e->append, ROLE_APPEND, index);
    send_on_stream(db, b, &LOG_RAISE, b->streams[e->stream]);
    postgres_db_send(db, &find, &id);
}

void postgres_batch_send(struct postgres_db *db, struct batch *b)
{
    for (size_t i = 0; i < b->step_count; i++)
        send_step(db, b, &b->steps[i], ROLE_STEP, i);
    for (size_t i = 0; i < b->event_count; i++)
        send_event(db, b, i);
}

void postgres_batch_tidy(struct postgres_db *db, struct batch *b)
{
    for (size_t i = 0; i < b->event_count; i++) {
        if (b->events[i].seq == 0)
            send_on_stream(db, b, &LOG_TIDY, b->streams[b->events[i].stream]);
    }
}

void postgres_batch_command(struct postgres_db *db, const struct statement *statement)
{
    struct postgres_piece piece = {.statement = statement, .role = ROLE_PLAIN};
    postgres_db_send(db, &piece, NULL);
}

size_t postgres_batch_octets(const struct batch *b)
{
    size_t octets = 0;
    for (size_t i = 0; i < b->step_count; i++) {
        for (unsigned p = 0; p < b->steps[i].statement->parameters; p++)
            octets += b->steps[i].values[p].octets.len;
    }
    for (size_t i = 0; i < b->event_count; i++)
        octets += b->events[i].envelope.len;
    return octets;
}

/* --- and back --- */

static enum error take_place(const struct pg_result *result, struct batch_event *e)
{
    if (PQntuples(result) > 0) {
        e->seq = (uint64_t)postgres_value_at(result, 0, 0).number;
        e->time = postgres_value_at(result, 0, 1).number;
    }
    return ERR_NONE;
}

enum error postgres_batch_take(const struct postgres_answer *answer)
{
    struct batch *b = answer->piece.batch;
    unsigned index = answer->piece.index;
    switch ((enum role)answer->piece.role) {
    case ROLE_PLAIN: return ERR_NONE;
    case ROLE_STEP: return postgres_take_rows(answer->result, b->arena, &b->steps[index].rows);
    case ROLE_APPEND: return postgres_take_rows(answer->result, b->arena, &b->events[index].append.rows);
    case ROLE_FIND: return take_place(answer->result, &b->events[index]);
    }
    return ERR_INTERNAL_SERVER_ERROR;
}
