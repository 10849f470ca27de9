// SPDX-License-Identifier: MIT
//
// chat/file_upkeep.c - what became of the octets of files, and what is still to be done about them (discodeit.md 8.4, 8.5).
// Operations of the program itself, for chat/keeper.h.
#include <stdio.h>

#include "chat/events.h"
#include "chat/files.h"
#include "chat/notifications.h"
#include "chat/operation.h"
#include "chat/rows.h"

/* ?1 file, ?2 now, ?3 status. Octets that were given up by one instance may still be found by another. */
static const struct statement file_settle = {"file_settle",
                                             "UPDATE binary_contents SET status = ?3, updated_at = ?2 WHERE "
                                             "id = ?1 AND status <> 'SUCCESS' AND status <> ?3",
                                             3};
static const struct statement file_status = {
    "file_status", "SELECT " ROWS_FILE_COLUMNS " FROM binary_contents p WHERE p.id = ?1", 1};

static void add_settle(struct task *t, struct batch *b, struct slice status)
{
    struct batch_step *settle = batch_add(b, &file_settle);
    settle->values[0] = value_uuid(t->upkeep.ids);
    settle->values[1] = value_instant(t->now);
    settle->values[2] = value_text(status);
    batch_add(b, &file_status)->values[0] = value_uuid(t->upkeep.ids);
    events_file_updated(t, b, t->upkeep.ids);
}

static enum error stored_write(struct task *t, struct batch *b)
{
    add_settle(t, b, SLICE("SUCCESS"));
    return ERR_NONE;
}

static enum error settle_finish(struct task *t)
{
    const struct rows *rows = &t->write->steps[1].rows;
    if (rows->count == 0)
        return ERR_BINARY_CONTENT_NOT_FOUND;
    t->output = (ProtobufCMessage *)rows_file(t, rows, 0, 0);
    return ERR_NONE;
}

const struct operation OPERATION_FILE_STORED = {
    .name = "file_stored",
    .who = WHO_ANYONE,
    .write = stored_write,
    .finish = settle_finish,
};

/* discodeit.md 8.4: three lines. */
static struct slice explain(struct task *t)
{
    char text[512], id[UUID_TEXT];
    struct slice request = slice_is_empty(t->upkeep.request) ? SLICE("-") : t->upkeep.request;
    uuid_format(t->upkeep.ids, id);
    int len = snprintf(text, sizeof text, "RequestId: %.*s\nBinaryContentId: %.*s\nError: %.*s",
                       (int)request.len, (const char *)request.data, UUID_TEXT, id,
                       (int)t->upkeep.problem.len, (const char *)t->upkeep.problem.data);
    return arena_copy(&t->arena, slice_of(text, (size_t)len));
}

static enum error failed_write(struct task *t, struct batch *b)
{
    add_settle(t, b, SLICE("FAIL"));
    notifications_file_failed(t, b, t->upkeep.ids, SLICE("파일 저장 실패"), explain(t));
    return ERR_NONE;
}

const struct operation OPERATION_FILE_FAILED = {
    .name = "file_failed",
    .who = WHO_ANYONE,
    .write = failed_write,
    .finish = settle_finish,
};

/* ---- what is still to be done ---- */

static const struct statement file_waiting = {
    "file_waiting",
    "SELECT p.id FROM binary_contents p WHERE p.status = 'PROCESSING' AND p.created_at < ?1"
    " ORDER BY p.created_at LIMIT ?2",
    2};
static const struct statement file_discarded = {
    "file_discarded", "SELECT d.id FROM discarded_contents d ORDER BY d.id LIMIT ?1", 1};
/* ?1 ids, ?2 how many */
static const struct statement file_forget = {
    "file_forget", ROWS_LISTED "DELETE FROM discarded_contents WHERE id IN (SELECT l.id FROM listed l)", 2};

static enum error waiting_read(struct task *t, struct batch *b)
{
    struct batch_step *waiting = batch_add(b, &file_waiting);
    waiting->values[0] = value_instant(t->upkeep.time);
    waiting->values[1] = value_int(FILES_LISTED);
    return ERR_NONE;
}

static enum error discarded_read(struct task *t, struct batch *b)
{
    (void)t;
    batch_add(b, &file_discarded)->values[0] = value_int(FILES_LISTED);
    return ERR_NONE;
}

static enum error ids_finish(struct task *t)
{
    const struct rows *rows = &t->read->steps[0].rows;
    struct uuid *ids = arena_alloc(&t->arena, rows->count * sizeof *ids);
    t->upkeep.ids = ids;
    t->upkeep.id_count = 0;
    for (size_t i = 0; ids != NULL && i < rows->count; i++)
        t->upkeep.id_count += rows_uuid(rows, i, 0, &ids[t->upkeep.id_count]);
    return ERR_NONE;
}

static enum error forget_write(struct task *t, struct batch *b)
{
    struct batch_step *forget = batch_add(b, &file_forget);
    forget->values[0] = value_blob(slice_of(t->upkeep.ids, t->upkeep.id_count * sizeof t->upkeep.ids[0]));
    forget->values[1] = value_int((int64_t)t->upkeep.id_count);
    return ERR_NONE;
}

const struct operation OPERATION_FILE_WAITING = {
    .name = "file_waiting",
    .who = WHO_ANYONE,
    .read = waiting_read,
    .finish = ids_finish,
};

const struct operation OPERATION_FILE_DISCARDED = {
    .name = "file_discarded",
    .who = WHO_ANYONE,
    .read = discarded_read,
    .finish = ids_finish,
};

const struct operation OPERATION_FILE_FORGET = {
    .name = "file_forget",
    .who = WHO_ANYONE,
    .write = forget_write,
};
