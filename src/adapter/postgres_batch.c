// SPDX-License-Identifier: MIT
#include "adapter/postgres_batch.h"

#include <stdlib.h>

#include "adapter/postgres_library.h"
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
    struct value ids[] = {value_uuid(&e->id), value_uuid(&e->last)};
    struct postgres_piece find = {
        .statement = &LOG_FIND, .batch = b, .role = ROLE_FIND, .index = (unsigned char)index};
    e->seq = 0;
    e->time = 0;
    send_step(db, b, &e->append, ROLE_APPEND, index);
    send_on_stream(db, b, &LOG_RAISE, b->streams[e->stream]);
    postgres_db_send(db, &find, ids);
}

static void send_events(struct postgres_db *db, struct batch *b, bool before)
{
    for (size_t i = 0; i < b->event_count; i++) {
        if (b->events[i].before == before)
            send_event(db, b, i);
    }
}

void postgres_batch_send(struct postgres_db *db, struct batch *b)
{
    send_events(db, b, true);
    for (size_t i = 0; i < b->step_count; i++)
        send_step(db, b, &b->steps[i], ROLE_STEP, i);
    send_events(db, b, false);
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
    for (size_t i = 0; i < b->event_count; i++) {
        const struct batch_step *append = &b->events[i].append;
        for (unsigned p = 0; p < append->statement->parameters; p++)
            octets += append->values[p].octets.len;
    }
    return octets;
}

/* --- and back --- */

/* LOG_FIND's rows: what stands in the log, by this batch or by an earlier try of it. */
static enum error take_events(const struct pg_result *result, const struct batch *b, struct batch_event *e,
                              struct harvest *harvest)
{
    for (int row = 0; row < PQntuples(result); row++) {
        struct event_source found = {.kind = EVENT_DURABLE,
                                     .seq = (uint64_t)postgres_value_at(result, row, 0).number,
                                     .time = postgres_value_at(result, row, 1).number,
                                     .stream = b->streams[e->stream],
                                     .body = postgres_value_at(result, row, 4).octets};
        struct slice id = postgres_value_at(result, row, 3).octets;
        if (id.len != sizeof found.id.octets)
            return ERR_INTERNAL_SERVER_ERROR;
        memcpy(found.id.octets, id.data, id.len);
        if (!harvest_add(harvest, &found))
            return ERR_SERVICE_UNAVAILABLE;
        if (row > 0)
            continue;
        e->seq = found.seq;
        e->time = found.time;
    }
    return ERR_NONE;
}

enum error postgres_batch_take(const struct postgres_answer *answer, struct harvest *harvest)
{
    struct batch *b = answer->piece.batch;
    unsigned index = answer->piece.index;
    switch ((enum role)answer->piece.role) {
    case ROLE_PLAIN: return ERR_NONE;
    case ROLE_STEP: return postgres_take_rows(answer->result, b->arena, &b->steps[index].rows);
    case ROLE_APPEND: return postgres_take_rows(answer->result, b->arena, &b->events[index].append.rows);
    case ROLE_FIND: return take_events(answer->result, b, &b->events[index], harvest);
    }
    return ERR_INTERNAL_SERVER_ERROR;
}
