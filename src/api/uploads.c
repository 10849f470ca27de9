// SPDX-License-Identifier: MIT
#include "api/uploads.h"

#include <stdlib.h>

#include "api/uploads_internal.h"
#include "wire/media_type.h"

enum { UPLOAD_MAGIC = 0x55504C44, FURTHER_PARTS = 8, PART_HEAD = 8 << 10 };

const struct upload_limits upload_limits_default = {.file = UINT64_C(10) << 20,
                                                    .request = UINT64_C(30) << 20,
                                                    .files = 10,
                                                    .at_once = 128,
                                                    .spool = UINT64_C(2) << 30,
                                                    .downloads = 512,
                                                    .piece = 64 << 10};

static struct connection *connection_of(const struct upload *u)
{
    return u->gone ? NULL : connection_find(u->api->engine, u->call->connection);
}

/* ---- what the chart asks for ---- */

static void do_nothing(struct upload *u)
{
    (void)u;
}

static void do_hold(struct upload *u)
{
    struct connection *c = connection_of(u);
    if (c != NULL)
        http_body_pause(c);
}

/* The last thing: what was held back may come from inside it. */
static void do_resume(struct upload *u)
{
    struct connection *c = connection_of(u);
    if (c != NULL)
        http_body_resume(c);
}

static void do_flush(struct upload *u)
{
    upload_spool_pump(u);
    if (!u->busy)
        upload_step(u, UPLOADE_WRITTEN);
}

static void on_sealed(struct upload *u, enum error error)
{
    if (error != ERR_NONE)
        upload_refuse(u, ERR_SERVICE_UNAVAILABLE, NULL, PROBLEM_NONE, 0);
    else
        upload_step(u, UPLOADE_SEALED);
}

static void do_seal(struct upload *u)
{
    upload_spool_release(u);
    if (u->begun == 0) {
        upload_step(u, UPLOADE_SEALED);
        return;
    }
    u->blob = (struct blob_call){.ids = u->ids, .id_count = u->begun};
    upload_ask(u, BLOB_SEAL, on_sealed);
}

static void do_run(struct upload *u)
{
    struct task *t = u->task;
    struct slice json = arena_copy(&t->arena, buf_slice(&u->json));
    t->files = u->files;
    t->file_count = u->file_count;
    task_read(t, json);
    u->busy = true;
    task_start(t);
}

static void answer(struct upload *u)
{
    struct connection *c = connection_of(u);
    if (c != NULL && http_is_answering(c))
        api_answer_task(u->call, u->task, c);
    u->gone = true; /* and is not answered twice */
}

static void upload_free(struct upload *u)
{
    struct api_shared *shared = u->api->shared;
    upload_room_give_back(u);
    atomic_fetch_sub(&shared->tasks, 1);
    upload_spool_release(u);
    buf_release(&u->json);
    multipart_release(&u->form);
    if (!u->has_task_ended)
        task_free(u->task);
    OBJ_DEAD(u);
    free(u);
}

/* The answer goes at once; the files are stored behind it (discodeit.md 8.5). */
static void do_keep(struct upload *u)
{
    char request[API_REQUEST_ID];
    const struct connection *c = connection_of(u);
    size_t len = c == NULL || !http_is_answering(c) ? 0 : sizeof request;
    if (len > 0)
        api_request_id(u->api, c, request);
    answer(u);
    for (size_t i = 0; i < u->file_count; i++)
        keeper_take(&u->api->keeper, &u->files[i].id, u->files[i].size, slice_of(request, len));
    upload_free(u);
}

static void be_quiet(struct upload *u)
{
    if (!u->busy)
        upload_step(u, UPLOADE_QUIET);
}

static void do_answer(struct upload *u)
{
    u->task->error = u->error;
    answer(u);
    be_quiet(u);
}

static void do_leave(struct upload *u)
{
    u->gone = true;
    be_quiet(u);
}

static void on_cleared(struct upload *u, enum error error)
{
    if (error != ERR_NONE)
        api_note(u->api, "upload_not_cleared", slice_from_string(u->blob.problem));
    upload_step(u, UPLOADE_CLEARED);
}

static void do_clear(struct upload *u)
{
    if (u->begun == 0) {
        upload_step(u, UPLOADE_CLEARED);
        return;
    }
    u->blob = (struct blob_call){.ids = u->ids, .id_count = u->begun};
    upload_ask(u, BLOB_DROP, on_cleared);
}

static void do_bug(struct upload *u)
{
    (void)u;
    assert(false); /* an event that the chart does not allow */
}

void upload_step(struct upload *u, enum upload_event event)
{
    static void (*const deeds[])(struct upload *) = {
        [UPLOAD_DO_NOTHING] = do_nothing, [UPLOAD_DO_HOLD] = do_hold,     [UPLOAD_DO_RESUME] = do_resume,
        [UPLOAD_DO_FLUSH] = do_flush,     [UPLOAD_DO_SEAL] = do_seal,     [UPLOAD_DO_RUN] = do_run,
        [UPLOAD_DO_KEEP] = do_keep,       [UPLOAD_DO_ANSWER] = do_answer, [UPLOAD_DO_LEAVE] = do_leave,
        [UPLOAD_DO_CLEAR] = do_clear,     [UPLOAD_DO_FREE] = upload_free, [UPLOAD_DO_BUG] = do_bug,
    };
    OBJ_CHECK(u, UPLOAD_MAGIC);
    deeds[upload_life_step(&u->life, event)](u);
}

void upload_refuse(struct upload *u, enum error error, const char *field, enum problem_reason reason,
                   size_t number)
{
    u->error = error;
    if (field != NULL)
        problems_add(&u->task->problems, field, reason, number);
    upload_step(u, UPLOADE_REFUSED);
}

/* ---- what comes back ---- */

/* True when it came back to an upload that has ended meanwhile. */
static bool has_ended(struct upload *u)
{
    OBJ_CHECK(u, UPLOAD_MAGIC);
    u->busy = false;
    if (u->life.phase != UPLOAD_ENDING)
        return false;
    upload_step(u, UPLOADE_QUIET);
    return true;
}

static void on_blob(struct blob_call *call)
{
    struct upload *u = CONTAINER_OF(call, struct upload, blob);
    if (call->problem[0] != '\0')
        api_note(u->api, "upload_failed", slice_from_string(call->problem));
    if (!has_ended(u))
        u->on_blob(u, call->error);
}

/* What the port did not take comes back as if it had. */
static void on_refused(struct mail *mail)
{
    on_blob(CONTAINER_OF(mail, struct blob_call, mail));
}

void upload_ask(struct upload *u, enum blob_operation operation, void (*done)(struct upload *, enum error))
{
    struct blobs *blobs = u->api->shared->chat[LANGUAGE_KOREAN].blobs;
    u->blob.home = u->api->loop;
    u->blob.operation = operation;
    u->blob.done = on_blob;
    u->on_blob = done;
    u->busy = true;
    if (blobs->submit(blobs, &u->blob))
        return;
    u->blob.error = ERR_SERVICE_UNAVAILABLE;
    u->blob.mail.run = on_refused;
    loop_post(u->api->loop, &u->blob.mail);
}

static struct upload *upload_of(const struct task *t)
{
    return (struct upload *)(uintptr_t)t->context[1];
}

static void on_known(struct task *t)
{
    struct upload *u = upload_of(t);
    if (has_ended(u))
        return;
    if (t->error == ERR_NONE)
        upload_step(u, UPLOADE_ADMITTED);
    else
        upload_refuse(u, t->error, NULL, PROBLEM_NONE, 0);
}

static void on_done(struct task *t)
{
    struct upload *u = upload_of(t);
    bool has_succeeded = t->error == ERR_NONE;
    api_task_answered(u->api, t);
    u->busy = false;
    u->has_task_ended = true; /* it is freed behind this */
    u->error = t->error;
    upload_step(u, has_succeeded ? UPLOADE_DONE : UPLOADE_REFUSED);
}

/* ---- the beginning ---- */

static struct upload *upload_new(struct api_request *r, const struct route *route, struct slice boundary)
{
    struct upload *u = calloc(1, sizeof *u);
    if (u == NULL)
        return NULL;
    u->magic = UPLOAD_MAGIC;
    u->api = r->api;
    u->route = route;
    u->task = api_task_new(r, route, on_done);
    u->files = u->task == NULL ? NULL : arena_alloc(&u->task->arena, UPLOAD_FILES * sizeof *u->files);
    if (u->files == NULL) {
        if (u->task != NULL)
            task_free(u->task);
        free(u);
        return NULL;
    }
    u->call = (struct api_call *)(uintptr_t)u->task->context[0];
    u->task->context[1] = (uint64_t)(uintptr_t)u;
    upload_life_init(&u->life);
    multipart_init(&u->form, boundary, UPLOAD_FILES + FURTHER_PARTS, PART_HEAD);
    buf_init(&u->json, u->task->chat->body_limit);
    atomic_fetch_add(&r->api->shared->tasks, 1);
    return u;
}

/* Asks who it is, if that matters, and holds the body back meanwhile. */
static void ask_who(struct upload *u)
{
    if (u->route->operation->who == WHO_ANYONE) {
        upload_step(u, UPLOADE_ADMITTED);
        return;
    }
    struct task *t = task_new(u->task->chat, &OPERATION_CALLER, u->api->loop, on_known);
    if (t == NULL) {
        upload_refuse(u, ERR_OUT_OF_MEMORY, NULL, PROBLEM_NONE, 0);
        return;
    }
    t->bearer = u->task->bearer;
    t->context[1] = (uint64_t)(uintptr_t)u;
    u->busy = true;
    do_hold(u);
    task_start(t);
}

static void begin(struct api_request *r, struct upload *u)
{
    const struct http1_head *head = r->http->head;
    uint64_t most = r->api->shared->options.uploads.request;
    bool is_too_large = head->has_length && head->content_length > most;
    u->is_small = head->has_length && head->content_length <= u->task->chat->body_limit;
    u->length = is_too_large ? 0 : head->has_length ? head->content_length : most;
    struct ip_address address = api_client_address(r);
    u->share = share_of(&r->api->shared->key, &address);
    if (!is_too_large && !upload_room_take(u)) {
        api_refuse_for(r, ERR_SERVICE_UNAVAILABLE);
        upload_free(u);
        return;
    }
    http_stream_set(r->connection, u);
    if (is_too_large)
        upload_form_refuse_size(u);
    else
        ask_who(u);
}

uint64_t api_upload_begin(struct api_request *r, const struct route *route)
{
    struct slice boundary;
    if (!api_boundary(r, &boundary))
        return 0; /* no form: collected like any body, and refused when it is its turn, behind 401 and 403 */
    struct upload *u = upload_new(r, route, boundary);
    if (u != NULL)
        begin(r, u);
    else
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
    return UINT64_MAX; /* what is beyond is seen here, and the limit named */
}

/* ---- from the engine ---- */

void api_http_body(void *context, struct connection *c, struct slice piece)
{
    struct upload *u = http_stream(c);
    (void)context;
    OBJ_CHECK(u, UPLOAD_MAGIC);
    if (!upload_form_take(u, piece))
        return; /* and it may be gone */
    upload_spool_pump(u);
    if (u->life.phase == UPLOAD_RECEIVING && upload_spool_is_behind(u))
        upload_step(u, UPLOADE_BUSY);
}

void api_http_body_end(void *context, struct connection *c)
{
    struct upload *u = http_stream(c);
    (void)context;
    OBJ_CHECK(u, UPLOAD_MAGIC);
    if (upload_form_end(u))
        upload_step(u, UPLOADE_WHOLE);
}

bool api_upload_dropped(void *stream)
{
    struct upload *u = stream;
    if (u->magic != UPLOAD_MAGIC)
        return false;
    upload_step(u, UPLOADE_GONE);
    return true;
}
