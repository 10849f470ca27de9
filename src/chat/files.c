// SPDX-License-Identifier: MIT
#include "chat/files.h"

#include "chat/channels.h"
#include "chat/operation.h"
#include "chat/rows.h"
#include "dto/json.h"
#include "dto/values.h"

enum { JSON_MEMORY = 64 * 1024 };

/* ---- rows of new files ---- */

/* ?1 ids, ?2 how many, ?3 whose they are, ?4 now, ?5 what they are called, how large they are and of which type, as JSON.
 * Their times rise with their places, so that they stand in the order in which they were sent. */
#define INSERT(owner)                                                                                        \
    ROWS_LISTED                                                                                              \
    "INSERT INTO binary_contents (id, created_at, updated_at, file_name, size, content_type, status)"        \
    " SELECT l.id, ?4 + l.i, NULL, json_extract(?5, '$[' || l.i || '].fileName'),"                           \
    " json_extract(?5, '$[' || l.i || '].size'), json_extract(?5, '$[' || l.i || '].contentType'),"          \
    " 'PROCESSING' FROM listed l WHERE EXISTS (" owner ") ON CONFLICT (id) DO NOTHING"
#define CHANGED_USER(user, now)                                                                              \
    "SELECT 1 FROM users u WHERE u.id = " user " AND"                                                        \
    " (u.updated_at = " now " OR (u.created_at = " now " AND u.updated_at IS NULL))"

static const struct statement file_of_message = {"file_of_message",
                                                 INSERT("SELECT 1 FROM messages m WHERE m.id = ?3"), 5};
static const struct statement file_of_user = {"file_of_user", INSERT(CHANGED_USER("?3", "?4")), 5};
/* ?1 ids, ?2 how many, ?3 message */
static const struct statement file_attach = {
    "file_attach",
    ROWS_LISTED "INSERT INTO message_attachments (message_id, attachment_id)"
                " SELECT m.id, f.id FROM listed l JOIN binary_contents f ON f.id = l.id"
                " JOIN messages m ON m.id = ?3 WHERE TRUE ON CONFLICT DO NOTHING",
    3};
/* ?1 his new picture, ?2 user, ?3 now. The old one goes, and is taken from him by its foreign key. */
static const struct statement file_replace = {
    "file_replace",
    "DELETE FROM binary_contents WHERE id <> ?1 AND id = (SELECT o.profile_id FROM users o WHERE o.id = ?2)"
    " AND EXISTS (SELECT 1 FROM binary_contents p WHERE p.id = ?1) AND EXISTS (" CHANGED_USER("?2", "?3") ")",
    3};
static const struct statement file_give = {
    "file_give",
    "UPDATE users SET profile_id = ?1"
    " WHERE id = ?2 AND EXISTS (SELECT 1 FROM binary_contents p WHERE p.id = ?1) AND EXISTS (" CHANGED_USER(
        "?2", "?3") ")",
    3};

static Parley__V1__BinaryContentDto *describe(struct task *t, const struct task_file *file)
{
    Parley__V1__BinaryContentDto *dto = dto_new(&t->arena, &parley__v1__binary_content_dto__descriptor);
    if (dto == NULL)
        return NULL;
    dto->id = dto_uuid(&t->arena, &file->id);
    dto->file_name = arena_string(&t->arena, file->file_name);
    dto->content_type = arena_string(&t->arena, file->content_type);
    dto->has_size = dto->has_status = 1;
    dto->size = file->size;
    dto->status = PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_PROCESSING;
    return dto;
}

Parley__V1__BinaryContentDto **files_attachments(struct task *t)
{
    Parley__V1__BinaryContentDto **all = arena_alloc(&t->arena, t->file_count * sizeof *all);
    for (size_t i = 0; all != NULL && i < t->file_count; i++) {
        all[i] = describe(t, &t->files[i]);
        if (all[i] == NULL)
            return NULL;
    }
    return all;
}

/* The descriptions of all files as JSON; data is NULL without room. */
static struct slice describe_all(struct task *t)
{
    struct buf json;
    struct slice kept = SLICE_NONE;
    Parley__V1__BinaryContentDto **all = files_attachments(t);
    buf_init(&json, JSON_MEMORY);
    if (all != NULL &&
        json_render_list((const ProtobufCMessage *const *)(const void *)all, t->file_count, &json))
        kept = arena_copy(&t->arena, buf_slice(&json));
    buf_release(&json);
    return kept;
}

static struct uuid *list_ids(struct task *t)
{
    struct uuid *ids = arena_alloc(&t->arena, t->file_count * sizeof *ids);
    for (size_t i = 0; ids != NULL && i < t->file_count; i++)
        ids[i] = t->files[i].id;
    return ids;
}

/* NULL without room: the driver asks the arena. */
static struct batch_step *add_insert(struct task *t, struct batch *b, const struct uuid *owner,
                                     const struct statement *statement)
{
    const struct uuid *ids = list_ids(t);
    struct slice json = describe_all(t);
    if (ids == NULL || json.data == NULL)
        return NULL;
    struct batch_step *insert = batch_add(b, statement);
    insert->values[0] = value_blob(slice_of(ids, t->file_count * sizeof *ids));
    insert->values[1] = value_int((int64_t)t->file_count);
    insert->values[2] = value_uuid(owner);
    insert->values[3] = value_instant(t->now);
    insert->values[4] = value_text(json);
    return insert;
}

void files_attach(struct task *t, struct batch *b, const struct uuid *message)
{
    const struct batch_step *insert = t->file_count == 0 ? NULL : add_insert(t, b, message, &file_of_message);
    if (insert == NULL)
        return;
    struct batch_step *attach = batch_add(b, &file_attach);
    memcpy(attach->values, insert->values, 3 * sizeof insert->values[0]);
}

void files_give_picture(struct task *t, struct batch *b, const struct uuid *user)
{
    const struct batch_step *insert = t->file_count == 0 ? NULL : add_insert(t, b, user, &file_of_user);
    if (insert == NULL)
        return;
    struct batch_step *replace = batch_add(b, &file_replace), *give = batch_add(b, &file_give);
    replace->values[0] = value_uuid(&t->files[0].id);
    memcpy(&replace->values[1], &insert->values[2], 2 * sizeof insert->values[0]);
    memcpy(give->values, replace->values, 3 * sizeof replace->values[0]);
}

/* ---- who may see them ---- */

/* A condition on `binary_contents p` for the user whose id is the parameter. */
#define VISIBLE_TO(user)                                                                                     \
    "(EXISTS (SELECT 1 FROM users o WHERE o.profile_id = p.id)"                                              \
    " OR EXISTS (SELECT 1 FROM message_attachments a JOIN messages m ON m.id = a.message_id"                 \
    " JOIN channels c ON c.id = m.channel_id WHERE a.attachment_id = p.id AND " CHANNELS_VISIBLE_TO(         \
        user) "))"

static const struct statement file_read = {
    "file_read",
    "SELECT " ROWS_FILE_COLUMNS ", p.created_at FROM binary_contents p WHERE p.id = ?1 AND " VISIBLE_TO("?2"),
    2};
/* ?1 ids, ?2 how many, ?3 user */
static const struct statement file_list = {"file_list",
                                           ROWS_LISTED "SELECT " ROWS_FILE_COLUMNS
                                                       " FROM listed l JOIN binary_contents p ON p.id = l.id"
                                                       " WHERE " VISIBLE_TO("?3") " ORDER BY l.i",
                                           3};

/* For whoever is about to send much: who is it, before it is read? */
const struct operation OPERATION_CALLER = {.name = "caller", .who = WHO_USER};

static enum error read_prepare(struct task *t)
{
    return task_read_id(t, ERR_BINARY_CONTENT_NOT_FOUND);
}

static enum error read_read(struct task *t, struct batch *b)
{
    struct batch_step *read = batch_add(b, &file_read);
    read->values[0] = value_uuid(t->state);
    read->values[1] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

static enum error read_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    if (rows->count == 0)
        return ERR_BINARY_CONTENT_NOT_FOUND;
    t->output = (ProtobufCMessage *)rows_file(t, rows, 0, 0);
    t->upkeep.time = rows_at(rows, 0, 5)->number;
    return ERR_NONE;
}

const struct operation OPERATION_FILE_READ = {
    .name = "file_read",
    .who = WHO_USER,
    .prepare = read_prepare,
    .read = read_read,
    .finish = read_finish,
};

struct wanted {
    size_t count;
    struct uuid ids[FILES_LISTED];
};

static enum error wrong(struct task *t, enum problem_reason reason, size_t number)
{
    problems_add(&t->problems, "binaryContentIds", reason, number);
    return ERR_INVALID_REQUEST;
}

static enum error list_prepare(struct task *t)
{
    struct wanted *w = ARENA_NEW(&t->arena, struct wanted);
    struct slice rest = t->parameters.ids;
    if (w == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = w;
    if (rest.data == NULL)
        return wrong(t, PROBLEM_REQUIRED, 0);
    while (rest.data != NULL && rest.len > 0) {
        struct slice one = slice_trim(slice_cut(&rest, ','));
        if (w->count == FILES_LISTED)
            return wrong(t, PROBLEM_TOO_MANY, FILES_LISTED);
        if (!uuid_parse(one, &w->ids[w->count++]))
            return wrong(t, PROBLEM_NOT_UUID, 0);
    }
    return ERR_NONE;
}

static enum error list_read(struct task *t, struct batch *b)
{
    const struct wanted *w = t->state;
    if (w->count == 0)
        return ERR_NONE;
    struct batch_step *list = batch_add(b, &file_list);
    list->values[0] = value_blob(slice_of(w->ids, w->count * sizeof w->ids[0]));
    list->values[1] = value_int((int64_t)w->count);
    list->values[2] = value_uuid(&t->caller.user);
    return ERR_NONE;
}

static enum error list_finish(struct task *t)
{
    static const struct rows none;
    const struct rows *rows = t->read->step_count == 0 ? &none : &t->read->steps[0].rows;
    bool given = task_begin_list(t, rows->count);
    for (size_t i = 0; given && i < rows->count; i++)
        t->list[t->list_count++] = (ProtobufCMessage *)rows_file(t, rows, i, 0);
    return ERR_NONE;
}

const struct operation OPERATION_FILE_LIST = {
    .name = "file_list",
    .who = WHO_USER,
    .prepare = list_prepare,
    .read = list_read,
    .finish = list_finish,
};
