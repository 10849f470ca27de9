// SPDX-License-Identifier: MIT
#include "chat/events.h"

#include "chat/roles.h"
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

#define USER(field, condition)                                                                               \
    APPEND("SELECT 1 AS n, '*' AS audience, pb_message(" #field ", " SNAPSHOT_USER                           \
           ") AS payload FROM users u" ROWS_PROFILE " WHERE u.id = ?3" condition)
#define CHANNEL(field, condition)                                                                            \
    APPEND("SELECT 1 AS n, " SNAPSHOT_AUDIENCE " AS audience, pb_message(" #field ", " SNAPSHOT_CHANNEL      \
           ") AS payload FROM channels c WHERE c.id = ?3" condition)

/* How many others are in `channels y`; `?5` when there are so many or more. */
#define OTHERS                                                                                               \
    "(SELECT count(*) FROM (SELECT 1 FROM read_statuses o WHERE o.channel_id = y.id AND o.user_id <> ?3"     \
    " LIMIT ?5) counted)"
/* The PRIVATE channels of ?3, if he fits the condition on `users g`, that have so many others: ?4 of them at most. */
#define CHANNELS(condition, others)                                                                          \
    " FROM (SELECT y.*, " OTHERS " AS others FROM read_statuses z"                                           \
    " JOIN users g ON g.id = z.user_id AND " condition                                                       \
    " JOIN channels y ON y.id = z.channel_id AND y.type = 'PRIVATE'"                                         \
    " WHERE z.user_id = ?3 AND " OTHERS " " others " ORDER BY y.id LIMIT ?4) c"
/* Whom one has to himself is shown to nobody (chat/channels.h). */
#define CHANNELS_UPDATED(condition)                                                                          \
    APPEND("SELECT row_number() OVER (ORDER BY c.id) AS n, " SNAPSHOT_AUDIENCE                               \
           " AS audience, pb_message(21, " SNAPSHOT_CHANNEL                                                  \
           ") AS payload" CHANNELS(condition, "BETWEEN 1 AND ?5 - 1"))

/* The numbers of Envelope's payloads (schema/proto/parley/v1/event.proto). */
static const struct statement user_created = {"event_user_created", USER(17, ""), 3};
static const struct statement user_updated = {"event_user_updated", USER(18, ""), 3};
static const struct statement user_changed = {"event_user_changed", USER(18, " AND u.updated_at = ?2"), 3};
static const struct statement user_deleted = {"event_user_deleted", USER(19, " AND " ROLES_SPARES("u")), 3};
static const struct statement channel_created = {"event_channel_created", CHANNEL(20, ""), 3};
static const struct statement channel_updated = {"event_channel_updated",
                                                 CHANNEL(21, " AND c.updated_at = ?2"), 3};
static const struct statement channel_deleted = {"event_channel_deleted", CHANNEL(22, ""), 3};
/* ?4 how many channels at most, ?5 of how many members at most */
static const struct statement channels_of_user = {"event_channels_of_user", CHANNELS_UPDATED("TRUE"), 5};
static const struct statement channels_of_changed = {"event_channels_of_changed",
                                                     CHANNELS_UPDATED("g.updated_at = ?2"), 5};
static const struct statement channels_of_deleted = {
    "event_channels_of_deleted",
    APPEND(
        "SELECT row_number() OVER (ORDER BY c.id) AS n, (SELECT audience_of(r.user_id) FROM read_statuses r"
        " WHERE r.channel_id = c.id AND (r.user_id <> ?3 OR c.others = 0)) AS audience,"
        " pb_message(CASE WHEN c.others > 1 THEN 21 ELSE 22 END, " SNAPSHOT_CHANNEL_OF(
            " AND r.user_id <> ?3") ") AS payload" CHANNELS(ROLES_SPARES("g"), "< ?5")),
    5};

/* One that nobody may see is told to nobody. */
static const struct statement file_updated = {
    "event_file_updated",
    APPEND("SELECT 1 AS n, p.audience, pb_message(24, " SNAPSHOT_FILE
           ") AS payload FROM (SELECT p.*, " SNAPSHOT_FILE_AUDIENCE " AS audience FROM binary_contents p"
           " WHERE p.id = ?3 AND p.updated_at = ?2) p WHERE p.audience IS NOT NULL"),
    3};

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

struct uuid *events_make_id(struct task *t)
{
    struct uuid *first = ARENA_NEW(&t->arena, struct uuid);
    if (first == NULL)
        return NULL;
    task_make_id(t, first);
    memset(first->octets + sizeof first->octets - EVENT_ID_COUNTER, 0, EVENT_ID_COUNTER);
    return first;
}

struct batch_step *events_append(struct batch *b, const struct uuid *first, const struct statement *statement)
{
    return batch_events(b, stream_of(b), first, statement);
}

/* NULL when there is no room. */
static struct batch_event *append(struct task *t, struct batch *b, const struct uuid *about,
                                  const struct statement *statement)
{
    struct uuid *first = events_make_id(t), *subject = ARENA_NEW(&t->arena, struct uuid);
    if (first == NULL || subject == NULL)
        return NULL; /* the driver asks the arena */
    *subject = *about;
    struct batch_step *step = events_append(b, first, statement);
    step->values[0] = value_uuid(first);
    step->values[1] = value_instant(t->now);
    step->values[2] = value_uuid(subject);
    return &b->events[b->event_count - 1];
}

static struct batch_event *append_channels(struct task *t, struct batch *b, const struct uuid *user,
                                           const struct statement *statement, int64_t most)
{
    struct batch_event *channels = append(t, b, user, statement);
    if (channels == NULL)
        return NULL;
    channels->append.values[3] = value_int(most);
    channels->append.values[4] = value_int(EVENTS_MEMBERS);
    return channels;
}

void events_user_created(struct task *t, struct batch *b, const struct uuid *user)
{
    (void)append(t, b, user, &user_created);
}

void events_user_updated(struct task *t, struct batch *b, const struct uuid *user)
{
    (void)append(t, b, user, &user_updated);
    (void)append_channels(t, b, user, &channels_of_user, EVENTS_CHANNELS);
}

const struct batch_event *events_user_changed(struct task *t, struct batch *b, const struct uuid *user)
{
    struct batch_event *changed = append(t, b, user, &user_changed);
    (void)append_channels(t, b, user, &channels_of_changed, EVENTS_CHANNELS);
    return changed;
}

const struct batch_event *events_user_deleted(struct task *t, struct batch *b, const struct uuid *user)
{
    struct batch_event *channels = append_channels(t, b, user, &channels_of_deleted, CHAT_MEMBERSHIPS);
    struct batch_event *deleted = append(t, b, user, &user_deleted);
    if (channels == NULL || deleted == NULL)
        return NULL;
    channels->before = deleted->before = true;
    return deleted;
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
    struct batch_event *deleted = append(t, b, channel, &channel_deleted);
    if (deleted != NULL)
        deleted->before = true;
}

void events_file_updated(struct task *t, struct batch *b, const struct uuid *file)
{
    (void)append(t, b, file, &file_updated);
}
