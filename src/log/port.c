// SPDX-License-Identifier: MIT
#include "log/port.h"

enum { BATCH_MAGIC = 0x42415443 };

/* Raising by what was appended, not by a counter of the program, leaves no hole after a refusal and nothing
 * to repeat after an unknown outcome. */
const struct statement LOG_LOCK = {"log_lock",
                                   "INSERT INTO streams (name, seq, time) VALUES (?1, 0, 0) ON CONFLICT "
                                   "(name) DO UPDATE SET seq = streams.seq",
                                   1};
const struct statement LOG_RAISE = {
    "log_raise",
    "UPDATE streams SET seq = h.seq, time = h.time"
    " FROM (SELECT l.seq, l.time FROM log l WHERE l.stream = ?1 ORDER BY l.seq DESC LIMIT 1) h"
    " WHERE streams.name = ?1 AND h.seq > streams.seq",
    1};
const struct statement LOG_FIND = {
    "log_find", "SELECT seq, time, audience, id, envelope FROM log WHERE id BETWEEN ?1 AND ?2 ORDER BY seq",
    2};
const struct statement LOG_HEAD = {"log_head", "SELECT seq FROM streams WHERE name = ?1", 1};
const struct statement LOG_READ = {
    "log_read",
    "SELECT seq, time, audience, id, envelope FROM log WHERE stream = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3",
    3};
/* A refused publish names a stream that may never exist: whoever sends to names he invents must leave
 * nothing. */
const struct statement LOG_TIDY = {"log_tidy", "DELETE FROM streams WHERE name = ?1 AND seq = 0", 1};
const struct statement LOG_EXPIRE = {"log_expire",
                                     "DELETE FROM log WHERE (stream, seq) IN (SELECT stream, seq FROM log "
                                     "WHERE time < ?1 ORDER BY time LIMIT ?2)",
                                     2};

void batch_init(struct batch *b, enum batch_kind kind, struct arena *arena, struct loop *home,
                void (*done)(struct batch *))
{
    OBJ_INIT(b, BATCH_MAGIC);
    b->kind = kind;
    b->arena = arena;
    b->home = home;
    b->done = done;
}

struct batch_step *batch_add(struct batch *b, const struct statement *statement)
{
    OBJ_CHECK(b, BATCH_MAGIC);
    assert(b->step_count < BATCH_STEPS);
    struct batch_step *step = &b->steps[b->step_count++];
    step->statement = statement;
    return step;
}

size_t batch_stream(struct batch *b, struct slice name)
{
    OBJ_CHECK(b, BATCH_MAGIC);
    assert(b->stream_count < BATCH_STREAMS);
    b->streams[b->stream_count] = name;
    return b->stream_count++;
}

static struct batch_step *add_event(struct batch *b, size_t stream, const struct uuid *id,
                                    const struct uuid *last, const struct statement *append)
{
    OBJ_CHECK(b, BATCH_MAGIC);
    assert(b->event_count < BATCH_EVENTS && stream < b->stream_count);
    struct batch_event *event = &b->events[b->event_count++];
    event->id = *id;
    event->last = *last;
    event->stream = stream;
    event->append.statement = append;
    return &event->append;
}

struct batch_step *batch_event(struct batch *b, size_t stream, const struct uuid *id,
                               const struct statement *append)
{
    return add_event(b, stream, id, id, append);
}

struct batch_step *batch_events(struct batch *b, size_t stream, const struct uuid *first,
                                const struct statement *append)
{
    struct uuid last = *first;
    for (size_t i = sizeof last.octets - EVENT_ID_COUNTER; i < sizeof last.octets; i++) {
        assert(last.octets[i] == 0);
        last.octets[i] = 0xFF;
    }
    return add_event(b, stream, first, &last, append);
}
