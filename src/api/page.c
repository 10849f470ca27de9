// SPDX-License-Identifier: MIT
// The page, embedded in the program (discodeit.md section 1, "Static page").
#include <stdlib.h>

#include "api/internal.h"
#include "wire/http_fields.h"
#include "wire/http_response.h"

/* Scripts and styles of our own only, and connections to ourselves only. */
#define PAGE_POLICY                                                                                          \
    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data: blob:; style-src 'self'; "        \
    "script-src 'self'; "                                                                                    \
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

static const struct asset *find_asset(const struct api_shared *shared, struct slice path)
{
    for (size_t i = 0; i < shared->asset_count; i++) {
        if (slice_equals(path, slice_from_string(shared->assets[i].path)))
            return &shared->assets[i];
    }
    return NULL;
}

/* One copy per worker, made when it is first asked for. */
static struct frame *asset_frame(struct api *a, const struct asset *asset)
{
    size_t i = (size_t)(asset - a->shared->assets);
    if (a->asset_frames == NULL)
        a->asset_frames = calloc(a->shared->asset_count, sizeof(struct frame *));
    if (a->asset_frames == NULL)
        return NULL;
    if (a->asset_frames[i] == NULL)
        a->asset_frames[i] = frame_copy(slice_of(asset->begin, (size_t)(asset->end - asset->begin)));
    return a->asset_frames[i];
}

void api_page_release(struct api *a)
{
    for (size_t i = 0; a->asset_frames != NULL && i < a->shared->asset_count; i++)
        frame_unref(a->asset_frames[i]);
    free(a->asset_frames);
}

static void send_asset(struct api_request *r, const struct asset *asset)
{
    struct frame *body = asset_frame(r->api, asset);
    struct buf fields;
    buf_init(&fields, API_FIELDS_LIMIT);
    http_response_field_string(&fields, "ETag", asset->etag);
    http_response_field_string(&fields, "Cache-Control", "no-cache");
    http_response_field_string(&fields, "X-Content-Type-Options", "nosniff");
    http_response_field_string(&fields, "Content-Security-Policy", PAGE_POLICY);
    http_response_field_string(&fields, "Referrer-Policy", "same-origin");
    bool is_fresh = http_etag_matches(api_field(r, SLICE("if-none-match")), slice_from_string(asset->etag));
    if (body == NULL || !buf_ok(&fields))
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
    else if (is_fresh)
        api_reply(r->connection, 304, SLICE_NONE, buf_slice(&fields), NULL);
    else
        api_reply(r->connection, 200, slice_from_string(asset->content_type), buf_slice(&fields), body);
    buf_release(&fields);
}

/* Where other things live, only what is there is ours. */
static bool is_elsewhere(struct slice path)
{
    static const struct slice others[] = {SLICE_INIT("/api"), SLICE_INIT("/actuator"), SLICE_INIT("/ws"),
                                          SLICE_INIT("/assets/")};
    for (size_t i = 0; i < ARRAY_LEN(others); i++) {
        if (slice_starts_with(path, others[i]))
            return true;
    }
    return false;
}

bool api_has_page(const struct api_request *r)
{
    return !is_elsewhere(r->path) || find_asset(r->api->shared, r->path) != NULL;
}

/* An unknown path that is not ours otherwise is the page, which finds its own way. */
void api_get_page(struct api_request *r)
{
    const struct asset *asset = find_asset(r->api->shared, r->path);
    if (asset == NULL && !is_elsewhere(r->path))
        asset = find_asset(r->api->shared, SLICE("/index.html"));
    if (asset == NULL)
        api_refuse(r->api, r->connection, ERR_NOT_FOUND, r->path, r->language, NULL);
    else
        send_asset(r, asset);
}
