// SPDX-License-Identifier: MIT
#include "chat/keeper.h"

#include <stdlib.h>

#include "base/object.h"
#include "chat/keeper_internal.h"
#include "chat/operation.h"

enum { FILE_MAGIC = 0x4B455054 };

const struct keeper_options keeper_defaults = {.retries = 3,
                                               .pause = 2 * MICROSECONDS_PER_SECOND,
                                               .sweep_interval = 60 * MICROSECONDS_PER_SECOND,
                                               .orphan_age = INT64_C(3600) * MICROSECONDS_PER_SECOND};

#define SETTLE_PAUSE (5 * MICROSECONDS_PER_SECOND)

/* A file on its way. */
struct kept_file {
    unsigned magic;
    struct keeper *keeper;
    struct list node;
    struct uuid id;
    char request[KEEPER_REQUEST];
    size_t request_len;
    uint64_t size;                   /* that counts as spooled */
    bool is_walked;                  /* of the walk at the start, or of a sweep */
    unsigned tries;                  /* of storing it, that failed */
    const struct operation *verdict; /* NULL: not stored yet, and not given up */
    char problem[BLOB_PROBLEM];
    struct timer again;
    struct blob_call call;
};

static void store(struct kept_file *f);
static void settle(struct kept_file *f);

void keeper_note(const struct keeper *k, const struct uuid *file, const char *event, const char *what)
{
    char id[UUID_TEXT];
    struct log_field fields[] = {{"binaryContentId", slice_of(id, sizeof id)},
                                 {"detail", slice_from_string(what)}};
    uuid_format(file, id);
    k->log(LOG_WARNING, event, fields, ARRAY_LEN(fields));
}

static void finish(struct kept_file *f)
{
    struct keeper *k = f->keeper;
    bool is_walked = f->is_walked;
    atomic_fetch_sub(k->spooled, f->size);
    list_remove(&f->node);
    OBJ_DEAD(f);
    free(f);
    if (is_walked && --k->unfinished == 0)
        keeper_walk(k);
}

/* Later, unless the process is about to end: then the next one finds it in the spool. */
static void wait(struct kept_file *f, int64_t pause)
{
    timer_start(&f->keeper->loop->timers, &f->again, f->keeper->loop->now + pause);
}

static void on_again(struct timer *timer)
{
    struct kept_file *f = CONTAINER_OF(timer, struct kept_file, again);
    OBJ_CHECK(f, FILE_MAGIC);
    if (atomic_load(f->keeper->leaving))
        finish(f);
    else if (f->verdict == NULL)
        store(f);
    else
        settle(f);
}

bool keeper_ask(struct keeper *k, struct blob_call *call, void (*done)(struct blob_call *))
{
    call->home = k->loop;
    call->done = done;
    if (!k->chat->blobs->submit(k->chat->blobs, call))
        return false;
    atomic_fetch_add(k->tasks, 1);
    return true;
}

/* ---- out of the spool ---- */

/* What comes back counts until what follows does: else the process might end between the two, and the disk before the
 * call to it. */

static void on_cleared(struct blob_call *call)
{
    struct kept_file *f = CONTAINER_OF(call, struct kept_file, call);
    struct keeper *k = f->keeper;
    OBJ_CHECK(f, FILE_MAGIC);
    if (call->error != ERR_NONE)
        keeper_note(k, &f->id, "file_not_cleared", call->problem);
    finish(f);
    atomic_fetch_sub(k->tasks, 1);
}

static void clear(struct kept_file *f, enum blob_operation operation)
{
    f->call = (struct blob_call){.operation = operation, .ids = &f->id, .id_count = 1};
    if (!keeper_ask(f->keeper, &f->call, on_cleared))
        finish(f); /* the next start sees that its status is written */
}

/* ---- its status ---- */

static void on_settled(struct task *t)
{
    struct kept_file *f = (struct kept_file *)(uintptr_t)t->context[0];
    struct keeper *k = f->keeper;
    OBJ_CHECK(f, FILE_MAGIC);
    if (t->error == ERR_NONE)
        clear(f, BLOB_DROP);
    else if (t->error == ERR_BINARY_CONTENT_NOT_FOUND)
        clear(f, BLOB_REMOVE); /* its row is gone, or never was */
    else
        wait(f, SETTLE_PAUSE);
    atomic_fetch_sub(k->tasks, 1);
}

static void settle(struct kept_file *f)
{
    struct keeper *k = f->keeper;
    struct task *t = task_new(k->chat, f->verdict, k->loop, on_settled);
    if (t == NULL) {
        wait(f, SETTLE_PAUSE);
        return;
    }
    t->context[0] = (uint64_t)(uintptr_t)f;
    t->upkeep = (struct task_upkeep){.ids = &f->id,
                                     .id_count = 1,
                                     .request = slice_of(f->request, f->request_len),
                                     .problem = slice_from_string(f->problem)};
    atomic_fetch_add(k->tasks, 1);
    task_start(t);
}

/* ---- to its place ---- */

static void give_up(struct kept_file *f)
{
    keeper_note(f->keeper, &f->id, "file_failed", f->problem);
    f->verdict = &OPERATION_FILE_FAILED;
    settle(f);
}

static void try_again(struct kept_file *f)
{
    const struct keeper_options *o = &f->keeper->options;
    if (f->tries++ >= o->retries) {
        give_up(f);
        return;
    }
    keeper_note(f->keeper, &f->id, "file_tried_again", f->problem);
    wait(f, o->pause << (f->tries - 1));
}

static void on_stored(struct blob_call *call)
{
    struct kept_file *f = CONTAINER_OF(call, struct kept_file, call);
    struct keeper *k = f->keeper;
    OBJ_CHECK(f, FILE_MAGIC);
    memcpy(f->problem, call->problem, sizeof f->problem);
    if (call->error == ERR_NONE) {
        f->verdict = &OPERATION_FILE_STORED;
        settle(f);
    } else if (call->error == ERR_BINARY_CONTENT_NOT_FOUND) {
        static const char lost[] = "its octets are lost";
        memcpy(f->problem, lost, sizeof lost);
        give_up(f);
    } else {
        try_again(f);
    }
    atomic_fetch_sub(k->tasks, 1);
}

static void store(struct kept_file *f)
{
    f->call = (struct blob_call){.operation = BLOB_STORE, .ids = &f->id, .id_count = 1};
    if (!keeper_ask(f->keeper, &f->call, on_stored))
        wait(f, f->keeper->options.pause);
}

static bool take(struct keeper *k, const struct uuid *id, uint64_t size, struct slice request, bool is_walked)
{
    struct kept_file *f = malloc(sizeof *f);
    if (f == NULL)
        return false;
    OBJ_INIT(f, FILE_MAGIC);
    f->keeper = k;
    f->id = *id;
    f->size = size;
    atomic_fetch_add(k->spooled, size);
    f->is_walked = is_walked;
    f->request_len = request.len < KEEPER_REQUEST ? request.len : KEEPER_REQUEST;
    if (f->request_len > 0)
        memcpy(f->request, request.data, f->request_len);
    list_init(&f->node);
    list_append(&k->files, &f->node);
    timer_init(&f->again, on_again);
    store(f);
    return true;
}

void keeper_take(struct keeper *k, const struct uuid *id, uint64_t size, struct slice request)
{
    OBJ_CHECK(k, KEEPER_MAGIC);
    (void)take(k, id, size, request, false);
}

void keeper_take_all(struct keeper *k, const struct uuid *ids, size_t count)
{
    k->unfinished = 1; /* not before all are taken */
    for (size_t i = 0; i < count; i++)
        k->unfinished += take(k, &ids[i], 0, SLICE_NONE, true);
    if (--k->unfinished == 0)
        keeper_walk(k);
}

void keeper_init(struct keeper *k, const struct chat *chat, struct loop *loop,
                 const struct keeper_process *process)
{
    OBJ_INIT(k, KEEPER_MAGIC);
    k->chat = chat;
    k->loop = loop;
    k->tasks = process->tasks;
    k->spooled = process->spooled;
    k->leaving = process->leaving;
    k->log = process->log;
    k->options = keeper_defaults;
    list_init(&k->files);
    keeper_walk_init(k);
}

void keeper_stop(struct keeper *k)
{
    OBJ_CHECK(k, KEEPER_MAGIC);
    struct list *node;
    timer_stop(&k->loop->timers, &k->sweep);
    while ((node = list_pop(&k->files)) != NULL) {
        struct kept_file *f = CONTAINER_OF(node, struct kept_file, node);
        timer_stop(&k->loop->timers, &f->again);
        free(f);
    }
}

void keeper_release(struct keeper *k)
{
    keeper_stop(k);
    OBJ_DEAD(k);
}
