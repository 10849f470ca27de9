// SPDX-License-Identifier: MIT
// The form of an upload: a part of JSON and parts that are files, in any order (discodeit.md 4.1).
#include "api/uploads_internal.h"
#include "wire/file_name.h"
#include "wire/media_type.h"

static const struct upload_limits *limits_of(const struct upload *u)
{
    return &u->api->shared->options.uploads;
}

static size_t most_files(const struct upload *u)
{
    return u->route->one_file ? 1 : limits_of(u)->files;
}

/* The name of the row's parts, as a string for details. */
static const char *name_of(struct slice part)
{
    return (const char *)part.data; /* made of literals */
}

static bool refuse_count(struct upload *u)
{
    upload_refuse(u, ERR_CONTENT_TOO_LARGE, name_of(u->route->files), PROBLEM_TOO_MANY, most_files(u));
    return false;
}

/* ---- a part begins ---- */

/* By the name of the part: a browser gives JSON parts a file name too. */
static enum upload_part kind_of(const struct upload *u)
{
    struct slice name = u->form.part.name;
    if (slice_equals(name, u->route->part))
        return u->has_json ? UPLOAD_PART_IGNORED : UPLOAD_PART_JSON;
    if (!slice_equals(name, u->route->files))
        return UPLOAD_PART_IGNORED;
    if (u->file_count < most_files(u))
        return UPLOAD_PART_FILE;
    return u->route->one_file ? UPLOAD_PART_IGNORED : UPLOAD_PART_BEYOND;
}

static struct slice clean_type(struct slice type)
{
    struct media_type parsed;
    bool is_type = type.len > 0 && type.len <= FILES_TYPE && media_type_parse(type, &parsed);
    return is_type ? type : SLICE("application/octet-stream");
}

/* Its id is drawn now, and the spool knows it from its first octet on. */
static bool begin_file(struct upload *u)
{
    struct task *t = u->task;
    struct task_file *file = &u->files[u->file_count];
    unsigned char *room = arena_alloc(&t->arena, u->form.part.filename.len + 1);
    if (room == NULL) {
        upload_refuse(u, ERR_OUT_OF_MEMORY, NULL, PROBLEM_NONE, 0);
        return false;
    }
    *file = (struct task_file){.part = u->route->files,
                               .file_name = file_name_clean(u->form.part.filename, room),
                               .content_type = arena_copy(&t->arena, clean_type(u->form.part.content_type))};
    task_make_id(t, &file->id);
    u->ids[u->file_count] = file->id;
    return true;
}

static bool begin_part(struct upload *u)
{
    u->part = kind_of(u);
    u->has_json |= u->part == UPLOAD_PART_JSON;
    return u->part != UPLOAD_PART_FILE || begin_file(u);
}

/* ---- its octets ---- */

static bool take_file(struct upload *u, struct slice octets)
{
    struct task_file *file = &u->files[u->file_count];
    uint64_t offset = file->size;
    file->size += octets.len;
    if (file->size > limits_of(u)->file) {
        upload_refuse(u, ERR_CONTENT_TOO_LARGE, name_of(u->route->files), PROBLEM_TOO_LARGE,
                      (size_t)limits_of(u)->file);
        return false;
    }
    if (!upload_room_reserve(u)) {
        upload_refuse(u, ERR_SERVICE_UNAVAILABLE, NULL, PROBLEM_NONE, 0);
        return false;
    }
    u->begun = u->file_count + 1;
    if (upload_spool_put(u, u->file_count, offset, octets))
        return true;
    upload_refuse(u, ERR_OUT_OF_MEMORY, NULL, PROBLEM_NONE, 0);
    return false;
}

static bool take_json(struct upload *u, struct slice octets)
{
    size_t most = u->task->chat->body_limit;
    if (u->json.len + octets.len > most) {
        upload_refuse(u, ERR_CONTENT_TOO_LARGE, name_of(u->route->part), PROBLEM_TOO_LARGE, most);
        return false;
    }
    if (buf_append(&u->json, octets))
        return true;
    upload_refuse(u, ERR_OUT_OF_MEMORY, NULL, PROBLEM_NONE, 0);
    return false;
}

static bool take_octets(struct upload *u, struct slice octets)
{
    switch (u->part) {
    case UPLOAD_PART_JSON: return take_json(u, octets);
    case UPLOAD_PART_FILE: return take_file(u, octets);
    case UPLOAD_PART_BEYOND: return refuse_count(u);
    case UPLOAD_PART_IGNORED: break;
    }
    return true;
}

/* ---- it ends ---- */

/* What a browser sends where no file was chosen; and an empty picture is none (discodeit.md 4.1). */
static bool is_absent(const struct upload *u)
{
    return u->files[u->file_count].size == 0 && (u->route->one_file || u->form.part.filename.len == 0);
}

static bool end_part(struct upload *u)
{
    if (u->part == UPLOAD_PART_BEYOND && u->form.part.filename.len > 0)
        return refuse_count(u);
    if (u->part != UPLOAD_PART_FILE || is_absent(u))
        return true;
    if (u->files[u->file_count].size == 0 && !take_file(u, SLICE_NONE))
        return false;
    u->file_count++;
    return true;
}

/* ---- the form ---- */

static bool refuse_form(struct upload *u, enum error error)
{
    upload_refuse(u, error, NULL, PROBLEM_NONE, 0);
    return false;
}

static bool take_event(struct upload *u, enum multipart_event event, struct slice data)
{
    switch (event) {
    case MULTIPART_PART: return begin_part(u);
    case MULTIPART_DATA: return take_octets(u, data);
    case MULTIPART_PART_END: return end_part(u);
    case MULTIPART_ERROR: return refuse_form(u, u->form.error);
    case MULTIPART_END:
    case MULTIPART_MORE: break;
    }
    return true;
}

void upload_form_refuse_size(struct upload *u)
{
    upload_refuse(u, ERR_CONTENT_TOO_LARGE, "request", PROBLEM_TOO_LARGE, (size_t)limits_of(u)->request);
}

static bool take_piece(struct upload *u, struct slice piece)
{
    enum multipart_event event;
    struct slice data;
    while ((event = multipart_next(&u->form, &piece, &data)) != MULTIPART_MORE) {
        if (!take_event(u, event, data))
            return false;
    }
    return true;
}

/* What stands before the octet that is too many is judged first, however the body was cut. */
bool upload_form_take(struct upload *u, struct slice piece)
{
    uint64_t left = limits_of(u)->request - u->received;
    bool is_too_large = piece.len > left;
    if (is_too_large)
        piece.len = (size_t)left;
    u->received += piece.len;
    if (!take_piece(u, piece))
        return false;
    if (is_too_large)
        upload_form_refuse_size(u);
    return !is_too_large;
}

bool upload_form_end(struct upload *u)
{
    enum error error = multipart_finish(&u->form);
    return error == ERR_NONE || refuse_form(u, error);
}
