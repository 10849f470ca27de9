// SPDX-License-Identifier: MIT
// The octets of a file, piece by piece as the client takes them (discodeit.md 4.7; RFC 9110 section 14).
#include <stdlib.h>

#include "api/internal.h"
#include "dto/values.h"
#include "wire/content_disposition.h"
#include "wire/http_fields.h"
#include "wire/http_range.h"
#include "wire/http_response.h"

enum { DOWNLOAD_MAGIC = 0x444E4C44, PIECE = 64 << 10, ETAG = UUID_TEXT + 2, FIELD = 1 << 10 };

/* What the request says, noted in the task before it runs. */
struct wish {
    bool is_head;
    struct slice range, if_range, if_none_match;
    size_t share; /* of whoever wants it */
};

/* On its way. One piece is in memory: being read, or waiting to be wanted. */
struct download {
    unsigned magic;
    struct api *api;
    struct connection_id connection;
    struct uuid id;
    uint64_t at, end; /* of the file: what is read next, and where it stops */
    struct frame *piece;
    bool busy;   /* the piece is being read */
    bool wanted; /* and is pushed as soon as it is there */
    bool gone;
    /* The head, until the first piece says that there is a file. */
    struct http_response head;
    struct buf fields;
    uint64_t length;
    size_t share;
    bool has_place; /* what is one piece needs none: it goes as any other answer does */
    char *type;
    bool is_processing;
    enum language language;
    struct blob_call call;
};

void api_download_prepare(const struct api_request *r, struct task *t)
{
    struct wish *wish = ARENA_NEW(&t->arena, struct wish);
    t->parameters.id = arena_copy(&t->arena, r->values[0]);
    if (wish == NULL)
        return; /* the driver asks the arena */
    struct ip_address address = api_client_address(r);
    wish->share = share_of(&r->api->shared->key, &address);
    wish->is_head = r->http->head->method == HTTP_METHOD_HEAD;
    wish->range = arena_copy(&t->arena, api_field(r, SLICE("range")));
    wish->if_range = arena_copy(&t->arena, api_field(r, SLICE("if-range")));
    wish->if_none_match = arena_copy(&t->arena, api_field(r, SLICE("if-none-match")));
    t->context[2] = (uint64_t)(uintptr_t)wish;
}

/* ---- the head ---- */

/* A file never changes, so its id is its tag (RFC 9110 8.8.3). */
static void write_etag(const struct uuid *id, char etag[ETAG])
{
    etag[0] = etag[ETAG - 1] = '"';
    uuid_format(id, etag + 1);
}

static void write_fields(const struct download *d, const struct task *t, const char etag[ETAG],
                         struct buf *fields)
{
    const Parley__V1__BinaryContentDto *file = (const void *)t->output;
    char id[API_REQUEST_ID], date[HTTP_DATE_LEN + 1];
    const struct connection *c = connection_find(d->api->engine, d->connection);
    api_request_id(d->api, c, id);
    http_date_format(t->upkeep.time / MICROSECONDS_PER_SECOND, date);
    http_response_field(fields, SLICE("Discodeit-Request-ID"), slice_of(id, sizeof id));
    http_response_field(fields, SLICE("ETag"), slice_of(etag, ETAG));
    http_response_field_string(fields, "Last-Modified", date);
    http_response_field_string(fields, "Accept-Ranges", "bytes");
    http_response_field_string(fields, "Cache-Control", "private, max-age=31536000, immutable");
    http_response_field_string(fields, "X-Content-Type-Options", "nosniff");
    http_response_field_string(fields, "Content-Security-Policy", "sandbox; default-src 'none'");
    content_disposition_write(fields, slice_from_string(file->file_name));
}

/* RFC 9110 13.1.5: the range counts if the client has a part of this very file. */
static bool range_counts(const struct wish *wish, const struct task *t, const char etag[ETAG])
{
    char date[HTTP_DATE_LEN + 1];
    http_date_format(t->upkeep.time / MICROSECONDS_PER_SECOND, date);
    return !wish->is_head && /* 14.2: for GET alone */
           (slice_is_empty(wish->if_range) || slice_equals(wish->if_range, slice_of(etag, ETAG)) ||
            slice_equals(wish->if_range, slice_from_string(date)));
}

static void write_content_range(struct buf *fields, const struct http_range *range, uint64_t size)
{
    struct buf value;
    buf_init(&value, FIELD);
    if (range == NULL)
        buf_printf(&value, "bytes */%llu", (unsigned long long)size);
    else
        buf_printf(&value, "bytes %llu-%llu/%llu", (unsigned long long)range->first,
                   (unsigned long long)range->last, (unsigned long long)size);
    http_response_field(fields, SLICE("Content-Range"), buf_slice(&value));
    fields->failed |= !buf_ok(&value);
    buf_release(&value);
}

/* Which octets, and with which status. */
static void choose(struct download *d, const struct task *t, const struct wish *wish)
{
    const Parley__V1__BinaryContentDto *file = (const void *)t->output;
    struct http_range range;
    char etag[ETAG];
    write_etag(&d->id, etag);
    write_fields(d, t, etag, &d->fields);
    d->head.status = 200;
    d->end = file->size;
    if (http_etag_matches(wish->if_none_match, slice_of(etag, ETAG))) {
        d->head.status = 304;
        return;
    }
    enum http_range_verdict verdict =
        range_counts(wish, t, etag) ? http_range_parse(wish->range, file->size, &range) : HTTP_RANGE_NONE;
    if (verdict == HTTP_RANGE_UNSATISFIABLE) {
        d->head.status = 416;
        write_content_range(&d->fields, NULL, file->size);
    } else if (verdict == HTTP_RANGE_ONE) {
        d->head.status = 206;
        write_content_range(&d->fields, &range, file->size);
        d->at = range.first;
        d->end = range.last + 1;
    }
}

/* ---- its life ---- */

static struct connection *connection_of(const struct download *d)
{
    return d->gone ? NULL : connection_find(d->api->engine, d->connection);
}

static bool take_place(struct download *d)
{
    struct api_shared *shared = d->api->shared;
    uint32_t most = shared->options.uploads.downloads;
    if (!shares_take(&shared->downloads_of, d->share, 1, most - most / 2))
        return false;
    d->has_place = atomic_fetch_add(&shared->downloads, 1) < most;
    if (d->has_place)
        return true;
    atomic_fetch_sub(&shared->downloads, 1);
    shares_give_back(&shared->downloads_of, d->share, 1);
    return false;
}

static void give_place_back(struct download *d)
{
    if (!d->has_place)
        return;
    atomic_fetch_sub(&d->api->shared->downloads, 1);
    shares_give_back(&d->api->shared->downloads_of, d->share, 1);
}

static void download_free(struct download *d)
{
    give_place_back(d);
    atomic_fetch_sub(&d->api->shared->tasks, 1);
    frame_unref(d->piece);
    buf_release(&d->fields);
    free(d->type);
    OBJ_DEAD(d);
    free(d);
}

static void refuse(struct download *d, enum error error)
{
    struct connection *c = connection_of(d);
    if (c != NULL)
        api_refuse(d->api, c, error, SLICE("/api/"), d->language, NULL);
    download_free(d);
}

/* The octets are told before they are known to be there: whoever cannot have them sees the connection end. */
static void break_off(struct download *d)
{
    struct connection *c = connection_of(d);
    if (c != NULL)
        http_answer_abort(c, ERR_SERVICE_UNAVAILABLE);
    download_free(d);
}

static void fail(struct download *d, enum error error)
{
    if (d->call.problem[0] != '\0')
        api_note(d->api, "download_failed", slice_from_string(d->call.problem));
    if (d->head.status == 0)
        break_off(d);
    else if (error == ERR_BINARY_CONTENT_NOT_FOUND && d->is_processing)
        refuse(d, ERR_SERVICE_UNAVAILABLE); /* it is still with another instance */
    else
        refuse(d, error);
}

static void on_read(struct blob_call *call);

static void read_next(struct download *d)
{
    struct blobs *blobs = d->api->shared->chat[LANGUAGE_KOREAN].blobs;
    uint64_t left = d->end - d->at;
    d->piece = frame_new(left < PIECE ? (size_t)left : PIECE);
    if (d->piece == NULL) {
        fail(d, ERR_OUT_OF_MEMORY);
        return;
    }
    d->call = (struct blob_call){.home = d->api->loop,
                                 .done = on_read,
                                 .operation = BLOB_READ,
                                 .ids = &d->id,
                                 .id_count = 1,
                                 .offset = d->at,
                                 .into = d->piece->octets,
                                 .room = d->piece->len};
    d->busy = blobs->submit(blobs, &d->call);
    if (!d->busy)
        fail(d, ERR_SERVICE_UNAVAILABLE);
}

/* The piece is there, and it is wanted. */
static void push(struct download *d)
{
    struct connection *c = connection_of(d);
    struct frame *piece = d->piece;
    bool is_last = d->at == d->end;
    d->piece = NULL;
    d->wanted = false;
    if (c != NULL) {
        http_answer_more(c, piece);
        d->gone |= is_last; /* what was kept for it is forgotten */
    }
    frame_unref(piece);
    if (is_last || c == NULL)
        download_free(d);
    else
        read_next(d);
}

/* The first piece is there: so there is a file. */
static void begin(struct download *d, struct connection *c)
{
    struct http_response head = d->head;
    d->head.status = 0;
    head.fields = buf_slice(&d->fields);
    bool goes_on = http_answer_begin(c, &head, d->length);
    buf_release(&d->fields);
    d->gone = !goes_on;
    if (!goes_on)
        download_free(d);
}

static void on_read(struct blob_call *call)
{
    struct download *d = CONTAINER_OF(call, struct download, call);
    struct connection *c = connection_of(d);
    OBJ_CHECK(d, DOWNLOAD_MAGIC);
    d->busy = false;
    if (c == NULL) {
        download_free(d);
    } else if (call->error != ERR_NONE || call->length < call->room) {
        fail(d, call->error == ERR_NONE ? ERR_SERVICE_UNAVAILABLE : call->error);
    } else {
        d->at += call->length;
        if (d->head.status != 0)
            begin(d, c);
        else if (d->wanted)
            push(d);
    }
}

void api_download_writable(void *context, struct connection *c)
{
    struct download *d = http_stream(c);
    (void)context;
    OBJ_CHECK(d, DOWNLOAD_MAGIC);
    if (d->busy)
        d->wanted = true;
    else
        push(d);
}

bool api_download_dropped(void *stream)
{
    struct download *d = stream;
    if (d->magic != DOWNLOAD_MAGIC)
        return false;
    d->gone = true;
    if (!d->busy)
        download_free(d);
    return true;
}

/* ---- the beginning ---- */

static struct download *download_new(const struct api_call *call, const struct task *t)
{
    const Parley__V1__BinaryContentDto *file = (const void *)t->output;
    struct download *d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    d->magic = DOWNLOAD_MAGIC;
    d->api = call->api;
    d->connection = call->connection;
    d->language = t->chat->language;
    d->type = strdup(file->content_type);
    d->is_processing = file->status == PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_PROCESSING;
    (void)dto_read_uuid(file->id, &d->id);
    buf_init(&d->fields, API_FIELDS_LIMIT);
    atomic_fetch_add(&call->api->shared->tasks, 1);
    return d;
}

/* No octet is wanted: it is answered by what is known. */
static void answer_head(struct download *d, struct connection *c)
{
    struct http_response head = d->head;
    head.fields = buf_slice(&d->fields);
    bool goes_on = http_answer_begin(c, &head, d->length);
    assert(!goes_on);
    download_free(d);
}

static void start(struct download *d, const struct task *t, struct connection *c)
{
    const struct wish *wish = (const struct wish *)(uintptr_t)t->context[2];
    choose(d, t, wish);
    d->share = wish->share;
    d->head.content_type = d->head.status < 300 ? slice_from_string(d->type) : SLICE_NONE;
    d->length = d->head.status < 300 ? d->end - d->at : 0;
    if (d->type == NULL || !buf_ok(&d->fields)) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        download_free(d);
    } else if (wish->is_head || d->length == 0) {
        answer_head(d, c);
    } else if (d->length > PIECE && !take_place(d)) {
        refuse(d, ERR_SERVICE_UNAVAILABLE);
    } else {
        http_stream_set(c, d);
        read_next(d);
    }
}

void api_download_answer(const struct api_call *call, const struct task *t, struct connection *c)
{
    const Parley__V1__BinaryContentDto *file = (const void *)t->output;
    struct api_shared *shared = call->api->shared;
    bool is_lost = file->status == PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_FAIL;
    bool is_there = shared->chat[LANGUAGE_KOREAN].blobs != NULL && !is_lost;
    struct download *d = is_there ? download_new(call, t) : NULL;
    if (d != NULL)
        start(d, t, c);
    else if (!is_there)
        api_refuse(call->api, c, ERR_BINARY_CONTENT_NOT_FOUND, SLICE("/api/"), t->chat->language, NULL);
    else
        connection_abort(c, ERR_OUT_OF_MEMORY);
}
