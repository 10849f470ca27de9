// SPDX-License-Identifier: MIT
//
// chat/notify.c - telling of messages: what the notifier does to a channel, and how it finds those in which there is
// something to do (discodeit.md 8.4; docs/notifications.md).
//
// The work is the pairs (message, receiver) in the order of the log, and a row of `cursors` says up to which pair it is
// done. One batch reads what the next pairs are, the other writes their notifications if the cursor still stands
// where it was read, and moves it: what another instance has done meanwhile is not done again, and neither is what an
// earlier try of the same batch did. The stream of the channel is never locked.
#include "chat/notifications.h"
#include "chat/notifier.h"
#include "chat/operation.h"
#include "chat/streams.h"

/* The cursor of stream ?1: seq, part (null: none yet), and the `floor`, behind which the next event in the log stands;
 * retention may have left a gap there. */
#define PLACE                                                                                                \
    "(SELECT k.name, k.seq AS head, COALESCE(c.seq, 0) AS seq, c.part AS part,"                              \
    " (SELECT min(e.seq) FROM log e WHERE e.stream = k.name AND e.seq > COALESCE(c.seq, 0)) - 1 AS floor"    \
    " FROM streams k LEFT JOIN cursors c ON c.consumer = 'notifications' AND c.stream = k.name"              \
    " WHERE k.name = ?1) w"
/* Who is told of `messages m`: `read_statuses r`. Of one whose author is gone nobody is. */
#define RECEIVERS                                                                                            \
    " JOIN read_statuses r ON r.channel_id = m.channel_id AND r.notification_enabled AND r.user_id <> "      \
    "m.author_id"

static const struct statement notify_place = {"notify_place",
                                              "SELECT w.seq, w.part, w.head, w.floor FROM " PLACE, 1};
/* ?1 stream, ?2 how many pairs, ?3 of how many events, at most */
static const struct statement notify_pairs = {
    "notify_pairs",
    "SELECT l.seq, r.user_id FROM " PLACE
    " JOIN log l ON l.stream = w.name AND l.seq > w.floor AND l.seq <= w.floor + ?3"
    " JOIN messages m ON m.id = l.id" RECEIVERS
    " WHERE l.seq > w.seq + 1 OR w.part IS NULL OR r.user_id > w.part"
    " ORDER BY l.seq, r.user_id LIMIT ?2",
    3};

/* Whoever writes of the same stream waits here. A stream whose channel is gone has none. */
static const struct statement notify_lock = {
    "notify_lock",
    "INSERT INTO cursors (consumer, stream, seq, part) SELECT 'notifications', s.name, 0, ?2 FROM streams s"
    " WHERE s.name = ?1 ON CONFLICT (consumer, stream) DO UPDATE SET seq = cursors.seq",
    2};
/* ?3 stream, ?4, ?5 the cursor as it was read, ?6, ?7 as it will be, ?8 characters of text */
static const struct statement notify_insert = {
    "notify_insert",
    NOTIFICATIONS_INSERT(
        "SELECT row_number() OVER (ORDER BY l.seq, r.user_id) AS n, r.user_id AS receiver,"
        " CASE WHEN c.name IS NULL THEN u.username ELSE u.username || ' (#' || c.name || ')' END AS title,"
        " CASE WHEN trim(COALESCE(m.content, '')) = '' THEN COALESCE((SELECT p.file_name ||"
        " CASE WHEN f.count > 1 THEN ' (+' || (f.count - 1) || ')' ELSE '' END FROM"
        " (SELECT count(*) AS count FROM message_attachments i WHERE i.message_id = m.id) f"
        " JOIN message_attachments a ON a.message_id = m.id JOIN binary_contents p ON p.id = a.attachment_id"
        " ORDER BY p.created_at, p.id LIMIT 1), '')"
        " WHEN length(m.content) > ?8 THEN substr(m.content, 1, CAST(?8 AS integer) - 1) || '…' ELSE "
        "m.content END AS content,"
        " m.id AS event"
        " FROM cursors w JOIN log l ON l.stream = w.stream AND l.seq > ?4 AND l.seq <= ?6 + 1"
        " JOIN messages m ON m.id = l.id JOIN channels c ON c.id = m.channel_id"
        " JOIN users u ON u.id = m.author_id" RECEIVERS
        " WHERE w.consumer = 'notifications' AND w.stream = ?3 AND w.seq = ?4 AND w.part = ?5"
        " AND (l.seq > ?4 + 1 OR r.user_id > ?5) AND (l.seq <= ?6 OR r.user_id <= ?7)"),
    8};
/* ?1 stream, ?2, ?3 the cursor as it was read, ?4, ?5 as it will be */
static const struct statement notify_raise = {
    "notify_raise",
    "UPDATE cursors SET seq = ?4, part = ?5"
    " WHERE consumer = 'notifications' AND stream = ?1 AND seq = ?2 AND part = ?3",
    5};
/* The same where there may be no cursor yet. */
static const struct statement notify_skip = {
    "notify_skip",
    "INSERT INTO cursors (consumer, stream, seq, part) SELECT 'notifications', s.name, ?4, ?5 FROM streams s"
    " WHERE s.name = ?1 ON CONFLICT (consumer, stream) DO UPDATE SET seq = excluded.seq, part = excluded.part"
    " WHERE cursors.seq = ?2 AND cursors.part = ?3",
    5};

struct place {
    int64_t seq;
    struct uuid part;
};

struct notify {
    struct slice stream;
    struct place from, to;
};

static enum error channel_prepare(struct task *t)
{
    struct notify *n = ARENA_NEW(&t->arena, struct notify);
    if (n == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = n;
    n->stream = stream_of_channel(&t->arena, &t->notify.channel);
    return ERR_NONE;
}

static enum error channel_read(struct task *t, struct batch *b)
{
    const struct notify *n = t->state;
    batch_add(b, &notify_place)->values[0] = value_text(n->stream);
    struct batch_step *pairs = batch_add(b, &notify_pairs);
    pairs->values[0] = value_text(n->stream);
    pairs->values[1] = value_int(NOTIFIER_ROWS);
    pairs->values[2] = value_int(NOTIFIER_EVENTS);
    return ERR_NONE;
}

/* How far the pairs that were read go: to the last of them if there may be more, else to the last event looked at. */
static void find_target(struct notify *n, const struct rows *place, const struct rows *pairs)
{
    const struct value *floor = rows_at(place, 0, 3);
    int64_t head = rows_at(place, 0, 2)->number;
    n->to = (struct place){.seq = head};
    if (pairs->count == NOTIFIER_ROWS) {
        n->to.seq = rows_at(pairs, pairs->count - 1, 0)->number - 1;
        (void)rows_uuid(pairs, pairs->count - 1, 1, &n->to.part);
    } else if (floor->kind != VALUE_NULL && floor->number + NOTIFIER_EVENTS < head) {
        n->to.seq = floor->number + NOTIFIER_EVENTS;
    }
}

static void give_places(struct batch_step *step, const struct notify *n, size_t at)
{
    step->values[at] = value_text(n->stream);
    step->values[at + 1] = value_int(n->from.seq);
    step->values[at + 2] = value_uuid(&n->from.part);
    step->values[at + 3] = value_int(n->to.seq);
    step->values[at + 4] = value_uuid(&n->to.part);
}

static const struct uuid nothing;

static void add_notifications(struct task *t, struct batch *b, const struct notify *n)
{
    struct batch_step *lock = batch_add(b, &notify_lock);
    lock->values[0] = value_text(n->stream);
    lock->values[1] = value_uuid(&nothing);
    struct batch_step *insert = notifications_add(t, b, &notify_insert);
    if (insert == NULL)
        return;
    give_places(insert, n, 2);
    insert->values[7] = value_int(NOTIFIER_TEXT);
    give_places(batch_add(b, &notify_raise), n, 0);
}

static enum error channel_write(struct task *t, struct batch *b)
{
    struct notify *n = t->state;
    const struct rows *place = &t->read->steps[0].rows, *pairs = &t->read->steps[1].rows;
    if (place->count == 0)
        return ERR_NONE; /* the channel is gone */
    n->from.seq = rows_at(place, 0, 0)->number;
    (void)rows_uuid(place, 0, 1, &n->from.part);
    if (n->from.seq >= rows_at(place, 0, 2)->number)
        return ERR_NONE;
    find_target(n, place, pairs);
    t->notify.more = n->to.seq < rows_at(place, 0, 2)->number;
    if (pairs->count > 0)
        add_notifications(t, b, n);
    else
        give_places(batch_add(b, &notify_skip), n, 0);
    return ERR_NONE;
}

const struct operation OPERATION_NOTIFY_CHANNEL = {
    .name = "notify_channel",
    .who = WHO_ANYONE,
    .prepare = channel_prepare,
    .read = channel_read,
    .write = channel_write,
};

/* --- which --- */

/* ?1 beyond this name, ?2 how many are looked at */
#define PAGE                                                                                                 \
    "(SELECT k.name, k.seq, k.time FROM streams k WHERE k.name > ?1 AND k.name < 'channels/'"                \
    " ORDER BY k.name LIMIT ?2) s"

/* ?3 to ?4 the times that are too near; a clock that goes wrong makes none of them */
static const struct statement notify_behind = {
    "notify_behind",
    "SELECT s.name FROM " PAGE " LEFT JOIN cursors c ON c.consumer = 'notifications' AND c.stream = s.name"
    " WHERE s.seq > COALESCE(c.seq, 0) AND s.time NOT BETWEEN ?3 AND ?4 ORDER BY s.name",
    4};
static const struct statement notify_page = {"notify_page", "SELECT count(*), max(s.name) FROM " PAGE, 2};

static enum error behind_read(struct task *t, struct batch *b)
{
    struct slice after = stream_of_channel(&t->arena, &t->notify.after);
    struct batch_step *behind = batch_add(b, &notify_behind), *page = batch_add(b, &notify_page);
    behind->values[0] = page->values[0] = value_text(after);
    behind->values[1] = page->values[1] = value_int(NOTIFIER_PAGE);
    behind->values[2] = value_instant(t->now - t->notify.quiet + 1); /* with 0 there is nothing in between */
    behind->values[3] = value_instant(t->now + t->notify.quiet);
    return ERR_NONE;
}

static enum error behind_finish(struct task *t)
{
    const struct rows *behind = &t->read->steps[0].rows, *page = &t->read->steps[1].rows;
    struct task_notify *n = &t->notify;
    n->channels = arena_alloc(&t->arena, behind->count * sizeof *n->channels);
    for (size_t i = 0; n->channels != NULL && i < behind->count; i++)
        n->channel_count += stream_channel(rows_at(behind, i, 0)->octets, &n->channels[n->channel_count]);
    n->more = rows_at(page, 0, 0)->number == NOTIFIER_PAGE &&
              stream_channel(rows_at(page, 0, 1)->octets, &n->after);
    return ERR_NONE;
}

const struct operation OPERATION_NOTIFY_BEHIND = {
    .name = "notify_behind",
    .who = WHO_ANYONE,
    .read = behind_read,
    .finish = behind_finish,
};
