// SPDX-License-Identifier: MIT
// Requests: the routes of the echo server, and how refusals look.
#include "engine/http.h"
#include "dto/json.h"
#include "engine/stomp.h"
#include "support/echo_server/echo_server.h"
#include "wire/http_response.h"

enum { FIELDS_LIMIT = 1 << 10 };

/* ---- answers ---- */

static void answer(struct connection *c, unsigned status, struct slice type, struct slice fields,
                   struct slice text)
{
    struct frame *body = frame_copy(text);
    if (body == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return;
    }
    http_answer(
        c, &(struct http_response){.status = status, .content_type = type, .fields = fields, .body = body});
    frame_unref(body);
}

static void answer_text(struct connection *c, unsigned status, struct slice text)
{
    answer(c, status, SLICE("text/plain; charset=UTF-8"), SLICE_NONE, text);
}

static void refuse(struct connection *c, enum error error, const char *allow)
{
    struct buf fields;
    buf_init(&fields, FIELDS_LIMIT);
    if (error == ERR_UPGRADE_REQUIRED) { /* RFC 6455 4.2.2, RFC 9110 15.5.22, 7.8 */
        http_response_field_string(&fields, "Sec-WebSocket-Version", "13");
        http_response_field_string(&fields, "Upgrade", "websocket");
        http_response_field_string(&fields, "Connection", "Upgrade");
    }
    if (error == ERR_METHOD_NOT_ALLOWED)
        http_response_field_string(&fields, "Allow", allow);
    answer(c, error_row(error)->status, SLICE("text/plain; charset=UTF-8"), buf_slice(&fields),
           slice_from_string(error_row(error)->line));
    buf_release(&fields);
}

void echo_http_refused(void *context, struct connection *c, enum error error, struct slice path)
{
    (void)context, (void)path;
    refuse(c, error, "GET");
}

/* ---- routes ---- */

static void get_root(struct connection *c, const struct http_request *r)
{
    (void)r;
    answer_text(c, 200, SLICE("This server says what it hears.\n"));
}

static void post_root(struct connection *c, const struct http_request *r)
{
    answer(c, 200, http1_head_field(r->head, r->base, SLICE("content-type")), SLICE_NONE, r->body);
}

/* Whoever sends one of these means a handshake, and is told what is wrong with it. */
static bool is_handshake(const struct http_request *r)
{
    static const struct slice names[] = {SLICE_INIT("upgrade"), SLICE_INIT("sec-websocket-key"),
                                         SLICE_INIT("sec-websocket-version")};
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (http1_head_field_count(r->head, r->base, names[i]) > 0)
            return true;
    }
    return false;
}

/* The lines as they came, ends and all. */
static void echo_head(struct connection *c, const struct http_request *r)
{
    const struct http1_head *h = r->head;
    size_t begin = h->field_count == 0 ? h->nread - 2 : h->fields[0].name.at;
    answer_text(c, 200, slice_of(r->base + begin, h->nread - 2 - begin));
}

static void any_echo(struct connection *c, const struct http_request *r)
{
    if (is_handshake(r))
        http_upgrade(c, r, &echo_messages, SLICE_NONE);
    else
        echo_head(c, r);
}

static void any_stomp(struct connection *c, const struct http_request *r)
{
    http_upgrade(c, r, &stomp_successor, SLICE_NONE);
}

static void get_stream(struct connection *c, const struct http_request *r)
{
    uint64_t length;
    if (!slice_to_uint(r->query, UINT32_MAX, &length))
        refuse(c, ERR_BAD_REQUEST, NULL);
    else if (!echo_stream_send(c, length))
        connection_abort(c, ERR_OUT_OF_MEMORY);
}

static void post_json(struct connection *c, const struct http_request *r)
{
    if (json_is_text(r->body))
        answer_text(c, 200, SLICE("JSON\n"));
    else
        refuse(c, ERR_BAD_REQUEST, NULL);
}

enum {
    GET = 1 << HTTP_METHOD_GET | 1 << HTTP_METHOD_HEAD,
    POST = 1 << HTTP_METHOD_POST,
    ANY = -1 /* the route says what it refuses */
};

static const struct route {
    struct slice path;
    int methods;
    void (*serve)(struct connection *, const struct http_request *);
    const char *allow;
} routes[] = {
    {SLICE_INIT("/"), GET, get_root, "GET, HEAD, POST"},
    {SLICE_INIT("/"), POST, post_root, "GET, HEAD, POST"},
    {SLICE_INIT("/stream"), GET, get_stream, "GET, HEAD, POST"},
    {SLICE_INIT("/stream"), POST, post_root, "GET, HEAD, POST"}, /* without a body */
    {SLICE_INIT("/json"), POST, post_json, "POST"},
    {SLICE_INIT("/echo"), ANY, any_echo, NULL},
    {SLICE_INIT("/stomp"), ANY, any_stomp, NULL},
};

void echo_http_request(void *context, struct connection *c, const struct http_request *r)
{
    const struct route *found = NULL;
    (void)context;
    for (size_t i = 0; i < ARRAY_LEN(routes); i++) {
        if (!slice_equals(r->path, routes[i].path))
            continue;
        found = &routes[i];
        if ((found->methods & 1 << r->head->method) != 0) {
            found->serve(c, r);
            return;
        }
    }
    refuse(c, found == NULL ? ERR_NOT_FOUND : ERR_METHOD_NOT_ALLOWED, found == NULL ? NULL : found->allow);
}
