// SPDX-License-Identifier: MIT
// Files of an upload, on their way into the spool: one buffer is filled while the other is written.
#include "api/uploads_internal.h"

/* What comes in one piece from a connection, at most, besides a full buffer. */
enum { BUFFER = 1 << 20 };

static struct upload_buffer *filling(struct upload *u)
{
    return &u->buffers[u->filling];
}

static struct upload_buffer *draining(struct upload *u)
{
    return &u->buffers[1 - u->filling];
}

/* Each file has one run in a buffer, so there is room for all. */
static struct upload_run *run_of(struct upload_buffer *b, size_t file, uint64_t offset)
{
    struct upload_run *last = b->run_count == 0 ? NULL : &b->runs[b->run_count - 1];
    if (last != NULL && last->file == file)
        return last;
    assert(b->run_count < ARRAY_LEN(b->runs));
    last = &b->runs[b->run_count++];
    *last = (struct upload_run){.file = file, .offset = offset, .at = b->octets.len};
    return last;
}

bool upload_spool_put(struct upload *u, size_t file, uint64_t offset, struct slice octets)
{
    struct upload_buffer *b = filling(u);
    if (b->octets.limit == 0)
        buf_init(&b->octets, BUFFER);
    struct upload_run *run = run_of(b, file, offset);
    if (!buf_append(&b->octets, octets))
        return false;
    run->len += octets.len;
    return true;
}

bool upload_spool_is_behind(const struct upload *u)
{
    return u->buffers[u->filling].octets.len >= u->api->shared->options.uploads.piece;
}

static void on_written(struct upload *u, enum error error)
{
    if (error != ERR_NONE) {
        upload_refuse(u, ERR_SERVICE_UNAVAILABLE, NULL, PROBLEM_NONE, 0);
        return;
    }
    draining(u)->next++;
    upload_spool_pump(u);
    if (u->life.phase == UPLOAD_WRITING && !u->busy)
        upload_step(u, UPLOADE_WRITTEN);
    else if (u->life.phase != UPLOAD_WRITING && !upload_spool_is_behind(u))
        upload_step(u, UPLOADE_ROOM);
}

static void write_run(struct upload *u, const struct upload_buffer *b)
{
    const struct upload_run *run = &b->runs[b->next];
    struct slice behind =
        slice_after(buf_slice(&b->octets), run->at); /* of a file without octets it may be NULL */
    u->blob = (struct blob_call){.ids = &u->ids[run->file],
                                 .id_count = 1,
                                 .offset = run->offset,
                                 .octets = slice_of(behind.data, run->len)};
    upload_ask(u, BLOB_APPEND, on_written);
}

void upload_spool_pump(struct upload *u)
{
    struct upload_buffer *b = draining(u);
    if (u->busy)
        return;
    if (b->next == b->run_count) {
        buf_clear(&b->octets);
        b->run_count = b->next = 0;
        if (u->life.phase != UPLOAD_WRITING && !upload_spool_is_behind(u))
            return;
        u->filling = 1 - u->filling;
        b = draining(u);
    }
    if (b->next < b->run_count)
        write_run(u, b);
}

void upload_spool_release(struct upload *u)
{
    for (size_t i = 0; i < ARRAY_LEN(u->buffers); i++)
        buf_release(&u->buffers[i].octets);
}
