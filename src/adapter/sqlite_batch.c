// SPDX-License-Identifier: MIT
#include "adapter/sqlite_batch.h"

#include <sqlite3.h>
#include <stdlib.h>

#include "base/object.h"

enum {
    FIRST_SCRATCH = 256,     /* values */
    SCRATCH_KEPT = 16 * 1024 /* values: more than that is given back after the step */
};

/* --- rows: from SQLite's memory, which the next step overwrites, into the batch's arena --- */

static size_t octets_in_row(sqlite3_stmt *prepared, int columns)
{
    size_t octets = 0;
    for (int i = 0; i < columns; i++) {
        int type = sqlite3_column_type(prepared, i);
        if (type == SQLITE_TEXT || type == SQLITE_BLOB)
            octets += (size_t)sqlite3_column_bytes(prepared, i);
    }
    return octets;
}

static struct slice place(unsigned char **to, const void *octets, int len)
{
    struct slice placed = slice_of(*to, (size_t)len);
    if (len > 0)
        memcpy(*to, octets, (size_t)len);
    *to += len;
    return placed;
}

/* False for a REAL: no column of ours is one, and rounding it in silence would hide the mistake. */
static bool copy_value(sqlite3_stmt *prepared, int column, unsigned char **to, struct value *v)
{
    switch (sqlite3_column_type(prepared, column)) {
    case SQLITE_NULL: *v = value_null(); return true;
    case SQLITE_INTEGER: *v = value_int(sqlite3_column_int64(prepared, column)); return true;
    case SQLITE_TEXT: {
        const void *text = sqlite3_column_text(prepared, column);
        *v = value_text(place(to, text, sqlite3_column_bytes(prepared, column)));
        return true;
    }
    case SQLITE_BLOB: {
        const void *blob = sqlite3_column_blob(prepared, column);
        *v = value_blob(place(to, blob, sqlite3_column_bytes(prepared, column)));
        return true;
    }
    default: return false;
    }
}

/* Room for `count` values, as many as the arena could hold at most. */
static bool reserve(struct sqlite_db *db, size_t count, const struct arena *arena)
{
    if (count > arena->limit / sizeof(struct value))
        return false;
    if (count <= db->scratch_room)
        return true;
    size_t room = db->scratch_room == 0 ? FIRST_SCRATCH : db->scratch_room * 2;
    if (room < count)
        room = count;
    struct value *scratch = realloc(db->scratch, room * sizeof *scratch);
    if (scratch == NULL)
        return false;
    db->scratch = scratch;
    db->scratch_room = room;
    return true;
}

static enum error copy_row(struct sqlite_db *db, const struct statement *statement, sqlite3_stmt *prepared,
                           struct arena *arena, struct rows *rows)
{
    size_t at = rows->count * rows->columns, octets = octets_in_row(prepared, (int)rows->columns);
    unsigned char *to = octets == 0 ? NULL : arena_alloc(arena, octets);
    if ((octets > 0 && to == NULL) || !reserve(db, at + rows->columns, arena))
        return ERR_CONTENT_TOO_LARGE;
    for (size_t i = 0; i < rows->columns; i++) {
        if (!copy_value(prepared, (int)i, &to, &db->scratch[at + i]))
            return sqlite_db_failed(db, statement->name, SQLITE_MISMATCH);
    }
    rows->count++;
    return ERR_NONE;
}

static enum error keep_rows(struct sqlite_db *db, struct arena *arena, struct rows *rows)
{
    size_t count = rows->count * rows->columns;
    if (count > 0) {
        rows->values = arena_alloc(arena, count * sizeof *rows->values);
        if (rows->values == NULL)
            return ERR_CONTENT_TOO_LARGE;
        memcpy(rows->values, db->scratch, count * sizeof *rows->values);
    }
    if (db->scratch_room > SCRATCH_KEPT) {
        free(db->scratch);
        db->scratch = NULL;
        db->scratch_room = 0;
    }
    return ERR_NONE;
}

static enum error run_step(struct sqlite_db *db, struct batch *b, struct batch_step *step)
{
    enum error error, copied = ERR_NONE;
    sqlite3_stmt *prepared = sqlite_db_bind(db, step->statement, step->values, &error);
    if (prepared == NULL)
        return error;
    step->rows = (struct rows){.columns = (size_t)sqlite3_column_count(prepared)};
    while (copied == ERR_NONE && sqlite_db_next(db, step->statement, prepared, &error))
        copied = copy_row(db, step->statement, prepared, b->arena, &step->rows);
    sqlite_db_finish(prepared);
    if (copied != ERR_NONE)
        return copied;
    return error == ERR_NONE ? keep_rows(db, b->arena, &step->rows) : error;
}

static enum error run_steps(struct sqlite_db *db, struct batch *b)
{
    enum error error = ERR_NONE;
    for (size_t i = 0; i < b->step_count && error == ERR_NONE; i++)
        error = run_step(db, b, &b->steps[i]);
    return error;
}

/* --- streams and events --- */

static enum error run_on_stream(struct sqlite_db *db, const struct statement *statement, struct slice stream)
{
    struct value name = value_text(stream);
    return sqlite_db_run(db, statement, &name);
}

static int by_name(const void *a, const void *b)
{
    return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

/* In name order, as every store does it: two batches can never wait for each other. */
static enum error lock_streams(struct sqlite_db *db, const struct batch *b)
{
    struct slice names[BATCH_STREAMS];
    enum error error = ERR_NONE;
    memcpy(names, b->streams, sizeof names);
    qsort(names, b->stream_count, sizeof names[0], by_name);
    for (size_t i = 0; i < b->stream_count && error == ERR_NONE; i++)
        error = run_on_stream(db, &LOG_LOCK, names[i]);
    return error;
}

static struct slice octets_at(sqlite3_stmt *prepared, int column)
{
    const void *octets = sqlite3_column_blob(prepared, column);
    return slice_of(octets, (size_t)sqlite3_column_bytes(prepared, column));
}

/* LOG_FIND's row as an event; false when its id is none. */
static bool read_event(sqlite3_stmt *prepared, struct slice stream, struct event_source *e)
{
    struct slice id = octets_at(prepared, 3);
    *e = (struct event_source){.kind = EVENT_DURABLE,
                               .seq = (uint64_t)sqlite3_column_int64(prepared, 0),
                               .time = sqlite3_column_int64(prepared, 1),
                               .stream = stream,
                               .body = octets_at(prepared, 4)};
    if (id.len != sizeof e->id.octets)
        return false;
    memcpy(e->id.octets, id.data, id.len);
    return true;
}

/* Hands on what stands in the log, by this batch or by an earlier try of it. */
static enum error find_event(struct sqlite_db *db, const struct batch *b, struct batch_event *e,
                             struct harvest *harvest)
{
    enum error error;
    struct value ids[] = {value_uuid(&e->id), value_uuid(&e->last)};
    struct event_source found;
    e->seq = 0;
    e->time = 0;
    sqlite3_stmt *prepared = sqlite_db_bind(db, &LOG_FIND, ids, &error);
    if (prepared == NULL)
        return error;
    while (sqlite_db_next(db, &LOG_FIND, prepared, &error)) {
        if (!read_event(prepared, b->streams[e->stream], &found) || !harvest_add(harvest, &found)) {
            sqlite_db_finish(prepared);
            return ERR_SERVICE_UNAVAILABLE;
        }
        if (e->seq != 0)
            continue;
        e->seq = found.seq;
        e->time = found.time;
    }
    sqlite_db_finish(prepared);
    return error;
}

/* The stream is raised after each event and not once at the end, so that two events of one stream get two places. */
static enum error run_event(struct sqlite_db *db, struct batch *b, struct batch_event *e,
                            struct harvest *harvest)
{
    enum error error = run_step(db, b, &e->append);
    if (error == ERR_NONE)
        error = run_on_stream(db, &LOG_RAISE, b->streams[e->stream]);
    return error == ERR_NONE ? find_event(db, b, e, harvest) : error;
}

/* After all events: a later one of the same batch may still come to
 * a stream that an earlier one was refused. */
static enum error tidy(struct sqlite_db *db, const struct batch *b)
{
    enum error error = ERR_NONE;
    for (size_t i = 0; i < b->event_count && error == ERR_NONE; i++) {
        if (b->events[i].seq == 0)
            error = run_on_stream(db, &LOG_TIDY, b->streams[b->events[i].stream]);
    }
    return error;
}

enum error sqlite_batch_read(struct sqlite_db *db, struct batch *b)
{
    return run_steps(db, b);
}

static enum error run_events(struct sqlite_db *db, struct batch *b, struct harvest *harvest, bool before)
{
    enum error error = ERR_NONE;
    for (size_t i = 0; i < b->event_count && error == ERR_NONE; i++) {
        if (b->events[i].before == before)
            error = run_event(db, b, &b->events[i], harvest);
    }
    return error;
}

enum error sqlite_batch_write(struct sqlite_db *db, struct batch *b, struct harvest *harvest)
{
    enum error error = lock_streams(db, b);
    if (error == ERR_NONE)
        error = run_events(db, b, harvest, true);
    if (error == ERR_NONE)
        error = run_steps(db, b);
    if (error == ERR_NONE)
        error = run_events(db, b, harvest, false);
    return error == ERR_NONE ? tidy(db, b) : error;
}
