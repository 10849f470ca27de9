// SPDX-License-Identifier: MIT
#include "chat/events.h"

#include "chat/snapshots.h"

/* Rows of the stream: n counts from 1, audience, payload. ?1 id of the first event, ?2 now, ?3 what it is about. Times
 * rise strictly within the stream. */
#define APPEND(rows)                                                                                         \
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"                                            \
    " SELECT s.name, s.seq + x.n, event_time(s.time, ?2, x.n), x.audience,"                                  \
    " event_id(?1, x.n),"                                                                                    \
    " pb_cat(pb_id(1, event_id(?1, x.n)), pb_text(2, s.name), pb_text(5, x.audience), x.payload)"            \
    " FROM streams s JOIN (" rows ") x ON x.n > 0"                                                           \
    " WHERE s.name = 'events' AND NOT EXISTS (SELECT 1 FROM log l WHERE l.id = event_id(?1, 1))"             \
    " ON CONFLICT (id) DO NOTHING"

#define USER(field)                                                                                          \
    APPEND("SELECT 1 AS n, '*' AS audience, pb_message(" #field ", " SNAPSHOT_USER                           \
           ") AS payload FROM users u" ROWS_PROFILE " WHERE u.id = ?3")
#define CHANNEL(field, condition)                                                                            \
    APPEND("SELECT 1 AS n, " SNAPSHOT_AUDIENCE " AS audience, pb_message(" #field ", " SNAPSHOT_CHANNEL      \
           ") AS payload FROM channels c WHERE c.id = ?3" condition)

/* The numbers of Envelope's payloads (schema/proto/parley/v1/event.proto). */
static const struct statement user_created = {"event_user_created", USER(17), 3};
static const struct statement user_updated = {"event_user_updated", USER(18), 3};
static const struct statement channel_created = {"event_channel_created", CHANNEL(20, ""), 3};
static const struct statement channel_updated = {"event_channel_updated",
                                                 CHANNEL(21, " AND c.updated_at = ?2"), 3};
static const struct statement channel_deleted = {"event_channel_deleted", CHANNEL(22, ""), 3};
/* ?4 how many at most, ?5 of how many members at most */
static const struct statement channels_of_user = {
    "event_channels_of_user",
    APPEND(
        "SELECT row_number() OVER (ORDER BY c.id) AS n, " SNAPSHOT_AUDIENCE
        " AS audience, pb_message(21, " SNAPSHOT_CHANNEL ") AS payload"
        " FROM (SELECT y.* FROM read_statuses z JOIN channels y ON y.id = z.channel_id AND y.type = 'PRIVATE'"
        " WHERE z.user_id = ?3"
        " AND NOT EXISTS (SELECT 1 FROM read_statuses o WHERE o.channel_id = y.id LIMIT 1 OFFSET ?5)"
        " ORDER BY y.id LIMIT ?4) c"),
    5};

static const struct slice stream_name = SLICE_INIT("events");

/* The stream's place in the batch, declared once. */
static size_t stream_of(struct batch *b)
{
    for (size_t i = 0; i < b->stream_count; i++) {
        if (slice_equals(b->streams[i], stream_name))
            return i;
    }
    return batch_stream(b, stream_name);
}

static struct batch_step *append(struct task *t, struct batch *b, const struct uuid *about,
                                 const struct statement *statement)
{
    struct uuid *first = ARENA_NEW(&t->arena, struct uuid), *subject = ARENA_NEW(&t->arena, struct uuid);
    if (first == NULL || subject == NULL)
        return NULL; /* the driver asks the arena */
    task_make_id(t, first);
    memset(first->octets + sizeof first->octets - EVENT_ID_COUNTER, 0, EVENT_ID_COUNTER);
    *subject = *about;
    struct batch_step *step = batch_events(b, stream_of(b), first, statement);
    step->values[0] = value_uuid(first);
    step->values[1] = value_instant(t->now);
    step->values[2] = value_uuid(subject);
    return step;
}

void events_user_created(struct task *t, struct batch *b, const struct uuid *user)
{
    (void)append(t, b, user, &user_created);
}

void events_user_updated(struct task *t, struct batch *b, const struct uuid *user)
{
    (void)append(t, b, user, &user_updated);
    struct batch_step *channels = append(t, b, user, &channels_of_user);
    if (channels == NULL)
        return;
    channels->values[3] = value_int(EVENTS_CHANNELS);
    channels->values[4] = value_int(EVENTS_MEMBERS);
}

void events_channel_created(struct task *t, struct batch *b, const struct uuid *channel)
{
    (void)append(t, b, channel, &channel_created);
}

void events_channel_updated(struct task *t, struct batch *b, const struct uuid *channel)
{
    (void)append(t, b, channel, &channel_updated);
}

void events_channel_deleted(struct task *t, struct batch *b, const struct uuid *channel)
{
    if (append(t, b, channel, &channel_deleted) != NULL)
        b->events[b->event_count - 1].before = true;
}
