// SPDX-License-Identifier: MIT
#include "api/api.h"

#include "api/internal.h"

static void websocket_accept(void *context, struct slice key, char accept[28])
{
    const struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    a->shared->websocket_accept(key, accept);
}

/* Whose it is, it says itself. */
static void http_dropped(void *context, struct connection *c)
{
    void *stream = http_stream(c);
    bool was_ours = api_upload_dropped(stream) || api_download_dropped(stream);
    (void)context;
    assert(was_ours);
}

const struct engine_ports api_ports = {
    .http_request = api_http_request,
    .http_refused = api_http_refused,
    .http_head = api_http_head,
    .http_body = api_http_body,
    .http_body_end = api_http_body_end,
    .http_writable = api_download_writable,
    .http_dropped = http_dropped,
    .http_answered = api_http_answered,
    .connection_failed = api_connection_failed,
    .websocket_accept = websocket_accept,
    .stomp_connect = api_stomp_connect,
    .stomp_send = api_stomp_send,
    .stomp_forgiven = api_stomp_forgiven,
    .stomp_subscribe = api_stomp_subscribe,
    .stomp_closed = api_stomp_closed,
};

void api_init(struct api *a, struct api_shared *shared, struct loop *loop)
{
    OBJ_INIT(a, API_MAGIC);
    a->shared = shared;
    a->loop = loop;
    a->renderer.render = api_render_event;
    a->key = hash_key_draw(loop->random);
    table_init(&a->sessions);
    table_init(&a->ended);
    list_init(&a->ended_order);
    keeper_init(&a->keeper, &shared->chat[LANGUAGE_KOREAN], loop,
                &(struct keeper_process){.tasks = &shared->tasks,
                                         .spooled = &shared->spooled,
                                         .leaving = &shared->leaving,
                                         .log = shared->log});
}

void api_attach(struct api *a, struct engine *engine)
{
    OBJ_CHECK(a, API_MAGIC);
    a->engine = engine;
}

void api_stop(struct api *a)
{
    OBJ_CHECK(a, API_MAGIC);
    keeper_stop(&a->keeper);
}

void api_release(struct api *a)
{
    OBJ_CHECK(a, API_MAGIC);
    api_sessions_release(a);
    api_page_release(a);
    keeper_release(&a->keeper);
    OBJ_DEAD(a);
}
