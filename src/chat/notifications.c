// SPDX-License-Identifier: MIT
#include "chat/notifications.h"

#include "chat/events.h"
#include "chat/operation.h"
#include "chat/roles.h"
#include "chat/rows.h"
#include "dto/values.h"

/* ?1, ?2 the least and the greatest id, ?3 now. Twenty-three is the number of Envelope's payload. */
static const struct statement notification_created = {
    "event_notification_created",
    "INSERT INTO log (stream, seq, time, audience, id, envelope)"
    " SELECT s.name, s.seq + x.n, event_time(s.time, ?3, x.n), x.audience, x.id,"
    " pb_cat(pb_id(1, x.id), pb_text(2, s.name), pb_text(5, x.audience), pb_message(23, x.payload))"
    " FROM streams s JOIN (SELECT row_number() OVER (ORDER BY o.id) AS n, o.id,"
    " (SELECT audience_of(u.id) FROM users u WHERE u.id = o.receiver_id) AS audience,"
    " pb_cat(pb_id(1, o.id), pb_instant(2, o.created_at), pb_id(3, o.receiver_id), pb_text(4, o.title),"
    " pb_text(5, o.content)) AS payload"
    " FROM notifications o WHERE o.id BETWEEN ?1 AND ?2"
    " AND NOT EXISTS (SELECT 1 FROM log l WHERE l.id = o.id)) x ON x.n > 0"
    " WHERE s.name = 'events' ON CONFLICT (id) DO NOTHING",
    3};
/* ?1, ?2 the least and the greatest id, ?3 how many their receivers keep */
static const struct statement notification_trim = {
    "notification_trim",
    "DELETE FROM notifications WHERE id IN (SELECT o.id"
    " FROM (SELECT DISTINCT i.receiver_id FROM notifications i WHERE i.id BETWEEN ?1 AND ?2) x"
    " JOIN notifications o ON o.receiver_id = x.receiver_id AND (o.created_at, o.id) <="
    " (SELECT k.created_at, k.id FROM notifications k WHERE k.receiver_id = x.receiver_id"
    " ORDER BY k.created_at DESC, k.id DESC LIMIT 1 OFFSET ?3))",
    3};
/* ?3 user, ?4 role */
static const struct statement notification_role = {
    "notification_role",
    NOTIFICATIONS_INSERT("SELECT 1 AS n, u.id AS receiver, '권한이 변경되었습니다.' AS title,"
                         " u.role || ' -> ' || ?4 AS content, event_id(?1, 1) AS event"
                         " FROM users u WHERE u.id = ?3 AND u.role <> ?4 AND " ROLES_SPARES("u")),
    4};
/* ?3 file, ?4 title, ?5 content, ?6 how many at most */
static const struct statement notification_file = {
    "notification_file",
    NOTIFICATIONS_INSERT("SELECT row_number() OVER (ORDER BY a.id) AS n, a.id AS receiver, ?4 AS title,"
                         " ?5 AS content, f.id AS event FROM binary_contents f"
                         " JOIN (SELECT u.id FROM users u WHERE u.role = 'ADMIN' ORDER BY u.id LIMIT ?6) a"
                         " ON f.id = ?3 WHERE f.status = 'FAIL' AND f.updated_at = ?2"),
    6};

static struct uuid *greatest(struct task *t, const struct uuid *first)
{
    struct uuid *last = ARENA_NEW(&t->arena, struct uuid);
    if (last == NULL)
        return NULL;
    *last = *first;
    memset(last->octets + sizeof last->octets - EVENT_ID_COUNTER, 0xFF, EVENT_ID_COUNTER);
    return last;
}

struct batch_step *notifications_add(struct task *t, struct batch *b, const struct statement *insert)
{
    const struct uuid *first = events_make_id(t), *last = first == NULL ? NULL : greatest(t, first);
    if (last == NULL)
        return NULL;
    struct batch_step *step = batch_add(b, insert), *trim = batch_add(b, &notification_trim);
    struct batch_step *append = events_append(b, first, &notification_created);
    step->values[0] = append->values[0] = trim->values[0] = value_uuid(first);
    step->values[1] = append->values[2] = value_instant(t->now);
    append->values[1] = trim->values[1] = value_uuid(last);
    trim->values[2] = value_int(NOTIFICATIONS_KEPT);
    return step;
}

void notifications_role_changed(struct task *t, struct batch *b, const struct uuid *user,
                                Parley__V1__Role role)
{
    struct uuid *subject = ARENA_NEW(&t->arena, struct uuid);
    struct batch_step *step = subject == NULL ? NULL : notifications_add(t, b, &notification_role);
    if (step == NULL)
        return;
    *subject = *user;
    step->values[2] = value_uuid(subject);
    step->values[3] = value_text(dto_enum_name(&parley__v1__role__descriptor, (int)role));
}

void notifications_file_failed(struct task *t, struct batch *b, const struct uuid *file, struct slice title,
                               struct slice content)
{
    struct uuid *subject = ARENA_NEW(&t->arena, struct uuid);
    struct batch_step *step = subject == NULL ? NULL : notifications_add(t, b, &notification_file);
    if (step == NULL)
        return;
    *subject = *file;
    step->values[2] = value_uuid(subject);
    step->values[3] = value_text(title);
    step->values[4] = value_text(content);
    step->values[5] = value_int(NOTIFICATIONS_ADMINS);
}

/* --- list --- */

static const struct statement notification_list = {
    "notification_list",
    "SELECT n.id, n.created_at, n.receiver_id, n.title, n.content FROM notifications n"
    " WHERE n.receiver_id = ?1 ORDER BY n.created_at DESC, n.id DESC LIMIT ?2",
    2};

static enum error list_read(struct task *t, struct batch *b)
{
    struct batch_step *list = batch_add(b, &notification_list);
    list->values[0] = value_uuid(&t->caller.user);
    list->values[1] = value_int(NOTIFICATIONS_KEPT);
    return ERR_NONE;
}

static ProtobufCMessage *notification_at(struct task *t, const struct rows *rows, size_t row)
{
    struct uuid id, receiver;
    Parley__V1__NotificationDto *n = dto_new(&t->arena, &parley__v1__notification_dto__descriptor);
    if (n == NULL || !rows_uuid(rows, row, 0, &id) || !rows_uuid(rows, row, 2, &receiver))
        return NULL;
    n->id = dto_uuid(&t->arena, &id);
    n->created_at = dto_instant(&t->arena, rows_at(rows, row, 1)->number);
    n->receiver_id = dto_uuid(&t->arena, &receiver);
    n->title = rows_string(t, rows, row, 3);
    n->content = rows_string(t, rows, row, 4);
    return &n->base;
}

static enum error list_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    bool given = task_begin_list(t, rows->count);
    for (size_t row = 0; given && row < rows->count; row++)
        t->list[t->list_count++] = notification_at(t, rows, row);
    return ERR_NONE;
}

const struct operation OPERATION_NOTIFICATION_LIST = {
    .name = "notification_list",
    .who = WHO_USER,
    .read = list_read,
    .finish = list_finish,
};

/* --- delete --- */

static const struct statement notification_receiver = {
    "notification_receiver", "SELECT n.receiver_id FROM notifications n WHERE n.id = ?1", 1};
static const struct statement notification_delete = {
    "notification_delete", "DELETE FROM notifications WHERE id = ?1 AND receiver_id = ?2", 2};

static enum error delete_prepare(struct task *t)
{
    return task_read_id(t, ERR_NOTIFICATION_NOT_FOUND);
}

static enum error delete_read(struct task *t, struct batch *b)
{
    batch_add(b, &notification_receiver)->values[0] = value_uuid(t->state);
    return ERR_NONE;
}

/* Whose it is never changes, and it is judged before the write: one that is repeated after an unknown outcome finds
 * nothing any more, and has succeeded all the same. */
static enum error delete_write(struct task *t, struct batch *b)
{
    const struct rows *rows = &t->read->steps[0].rows;
    struct uuid receiver;
    if (rows->count == 0)
        return ERR_NOTIFICATION_NOT_FOUND;
    if (!rows_uuid(rows, 0, 0, &receiver) || !uuid_equals(&receiver, &t->caller.user))
        return ERR_NOTIFICATION_FORBIDDEN;
    struct batch_step *delete = batch_add(b, &notification_delete);
    delete->values[0] = value_uuid(t->state);
    delete->values[1] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

const struct operation OPERATION_NOTIFICATION_DELETE = {
    .name = "notification_delete",
    .who = WHO_USER,
    .prepare = delete_prepare,
    .read = delete_read,
    .write = delete_write,
};
