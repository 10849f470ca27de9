// SPDX-License-Identifier: MIT
// REST: from a request to the row that serves it, to a task, and from its outcome to an answer.
#include "api/internal.h"
#include "wire/authorization.h"
#include "wire/cookie.h"
#include "wire/http_response.h"
#include "wire/target.h"

/* ---- asking the request ---- */

struct slice api_field(const struct api_request *r, struct slice name)
{
    return http1_head_field(r->http->head, r->http->base, name);
}

bool api_cookie(const struct api_request *r, struct slice name, struct slice *value)
{
    struct slice header;
    size_t i = 0;
    while (http1_head_field_next(r->http->head, r->http->base, SLICE("cookie"), &i, &header)) {
        if (cookie_find(header, name, value))
            return true;
    }
    return false;
}

/* The page says which language it is in; whoever says nothing gets the configured one. */
enum language api_language(const struct api *a, const struct http_request *http)
{
    struct slice tag = http1_head_field(http->head, http->base, SLICE("accept-language"));
    if (tag.len >= 2 && slice_equals_nocase(slice_of(tag.data, 2), SLICE("en")))
        return LANGUAGE_ENGLISH;
    if (tag.len >= 2 && slice_equals_nocase(slice_of(tag.data, 2), SLICE("ko")))
        return LANGUAGE_KOREAN;
    return a->shared->options.language;
}

/* discodeit.md 3.3: double submit. */
static bool csrf_passes(const struct api_request *r)
{
    struct slice cookie, header = api_field(r, SLICE("x-xsrf-token"));
    return api_cookie(r, SLICE("XSRF-TOKEN"), &cookie) && cookie.len > 0 &&
           slice_equals_secret(cookie, header);
}

static bool needs_csrf(const struct api_request *r)
{
    enum http_method method = r->http->head->method;
    return method != HTTP_METHOD_GET && method != HTTP_METHOD_HEAD && method != HTTP_METHOD_OPTIONS &&
           slice_starts_with(r->path, SLICE("/api/"));
}

/* ---- tasks ---- */

static struct frame *render_outcome(const struct task *t, bool *failed)
{
    struct buf b;
    buf_init(&b, API_BODY_LIMIT);
    *failed = !(t->error == ERR_NONE ? task_render(t, &b) : task_render_error(t, &b));
    struct frame *frame = *failed || b.len == 0 ? NULL : frame_copy(buf_slice(&b));
    *failed |= b.len > 0 && frame == NULL;
    buf_release(&b);
    return frame;
}

void api_answer_task(const struct api_call *call, const struct task *t, struct connection *c)
{
    struct buf fields;
    bool failed;
    struct frame *body = render_outcome(t, &failed);
    buf_init(&fields, API_FIELDS_LIMIT);
    api_common_fields(call->api, c, &fields);
    if (call->wants_csrf_cookie)
        api_csrf_cookie(call->api, call->secure, &fields);
    if (call->route->fields != NULL)
        call->route->fields(call, t, &fields);
    if (t->error != ERR_NONE) {
        counter_add(&call->api->counters.refused[t->error], 1);
        api_error_fields(t->error, &fields);
    }
    unsigned status = t->error == ERR_NONE ? call->route->status : error_row(t->error)->status;
    if (failed || !buf_ok(&fields))
        connection_abort(c, ERR_OUT_OF_MEMORY);
    else
        api_reply(c, status, body == NULL ? SLICE_NONE : SLICE("application/json"), buf_slice(&fields), body);
    buf_release(&fields);
    frame_unref(body);
}

static void on_task_done(struct task *t)
{
    const struct api_call *call = (const struct api_call *)(uintptr_t)t->context[0];
    struct api *a = call->api;
    OBJ_CHECK(a, API_MAGIC);
    atomic_fetch_sub(&a->shared->tasks, 1);
    api_task_answered(a, t);
    struct connection *c = connection_find(a->engine, call->connection);
    if (c == NULL || !http_is_answering(c))
        return;
    if (t->error == ERR_NONE && call->route->answer != NULL)
        call->route->answer(call, t, c);
    else
        api_answer_task(call, t, c);
}

static void on_logins_ended(struct task *t)
{
    const struct api_call *call = (const struct api_call *)(uintptr_t)t->context[0];
    api_end_logins(call->api, t->ended, t->ended_count);
}

static struct api_call *call_new(const struct api_request *r, struct task *t, const struct route *route)
{
    struct api_call *call = ARENA_NEW(&t->arena, struct api_call);
    if (call == NULL)
        return NULL;
    *call = (struct api_call){.api = r->api,
                              .connection = r->connection->id,
                              .route = route,
                              .secure = r->secure,
                              .wants_csrf_cookie = r->wants_csrf_cookie};
    t->context[0] = (uint64_t)(uintptr_t)call;
    t->on_ended = on_logins_ended;
    return call;
}

void api_refuse_for(struct api_request *r, enum error error)
{
    struct buf fields;
    buf_init(&fields, API_FIELDS_LIMIT);
    if (r->wants_csrf_cookie)
        api_csrf_cookie(r->api, r->secure, &fields);
    api_refuse(r->api, r->connection, error, r->path, r->language, &fields);
    buf_release(&fields);
}

struct task *api_task_new(const struct api_request *r, const struct route *route, void (*done)(struct task *))
{
    struct api *a = r->api;
    struct task *t = task_new(&a->shared->chat[r->language], route->operation, a->loop, done);
    struct slice token;
    if (t == NULL || call_new(r, t, route) == NULL) {
        if (t != NULL)
            task_free(t);
        return NULL;
    }
    if (authorization_bearer(api_field(r, SLICE("authorization")), &token))
        t->bearer = arena_copy(&t->arena, token);
    if (api_cookie(r, SLICE("REFRESH_TOKEN"), &token))
        t->refresh = arena_copy(&t->arena, token);
    if (route->operation->secret != NULL)
        t->address = api_client_address(r);
    if (route->prepare != NULL)
        route->prepare(r, t);
    return t;
}

static void run_operation(struct api_request *r, const struct route *route)
{
    struct task *t = api_task_new(r, route, on_task_done);
    if (t == NULL) {
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    enum error error = api_read_body(r, t, route);
    if (error != ERR_NONE)
        task_spoil(t, error);
    atomic_fetch_add(&r->api->shared->tasks, 1);
    task_start(t);
}

/* ---- routing ---- */

static bool method_fits(const struct route *route, enum http_method method)
{
    return route->any_method || route->method == method ||
           (route->method == HTTP_METHOD_GET && method == HTTP_METHOD_HEAD);
}

static bool path_fits(const struct route *route, struct api_request *r)
{
    return target_path_match(r->path, route->pattern, r->values, API_PATH_VALUES) &&
           (route->has == NULL || route->has(r));
}

/* The row for this request; without one *allowed says which methods the path has (RFC 9110 15.5.6). */
static const struct route *find_route(struct api_request *r, struct buf *allowed)
{
    for (size_t i = 0; i < api_route_count; i++) {
        const struct route *route = &api_routes[i];
        if (!path_fits(route, r))
            continue;
        if (method_fits(route, r->http->head->method))
            return route;
        buf_printf(allowed, "%s%s%s", allowed->len == 0 ? "" : ", ", http_method_name(route->method),
                   route->method == HTTP_METHOD_GET ? ", HEAD" : "");
    }
    return NULL;
}

static void no_route(struct api_request *r, const struct buf *allowed)
{
    struct buf fields;
    if (!buf_ok(allowed)) { /* whether the path has any method is not known */
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    buf_init(&fields, API_FIELDS_LIMIT);
    if (allowed->len > 0)
        http_response_field(&fields, SLICE("Allow"), buf_slice(allowed));
    api_refuse(r->api, r->connection, allowed->len > 0 ? ERR_METHOD_NOT_ALLOWED : ERR_NOT_FOUND, r->path,
               r->language, &fields);
    buf_release(&fields);
}

static void serve(struct api_request *r)
{
    struct buf allowed;
    buf_init(&allowed, 256);
    const struct route *route = find_route(r, &allowed);
    api_note_route(r->connection, route);
    if (route == NULL)
        no_route(r, &allowed);
    else if (needs_csrf(r) && !csrf_passes(r))
        api_refuse_for(r, ERR_INVALID_CSRF_TOKEN);
    else if (route->operation != NULL)
        run_operation(r, route);
    else
        route->handle(r);
    buf_release(&allowed);
}

/* Serves it, once it is known what it is about. Returns how much of its body is to be streamed. */
static uint64_t with_request(struct api *a, struct connection *c, const struct http_request *http,
                             void (*act)(struct api_request *))
{
    struct slice cookie;
    struct api_request r = {.api = a, .connection = c, .http = http, .language = api_language(a, http)};
    arena_init(&r.arena, API_REQUEST_MEMORY);
    r.secure = slice_equals_nocase(api_field(&r, SLICE("x-forwarded-proto")), SLICE("https"));
    if (!target_path_decode(&r.arena, http->path, &r.path)) {
        api_refuse(a, c, arena_ok(&r.arena) ? ERR_BAD_REQUEST : ERR_OUT_OF_MEMORY, http->path, r.language,
                   NULL);
    } else {
        r.wants_csrf_cookie =
            slice_starts_with(r.path, SLICE("/api/")) && !api_cookie(&r, SLICE("XSRF-TOKEN"), &cookie);
        act(&r);
    }
    arena_release(&r.arena);
    return r.body_limit;
}

void api_http_request(void *context, struct connection *c, const struct http_request *http)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    (void)with_request(a, c, http, serve);
}

/* What brings files is judged before its body is read. */
static void serve_head(struct api_request *r)
{
    struct buf allowed;
    buf_init(&allowed, 256);
    const struct route *route = find_route(r, &allowed);
    buf_release(&allowed);
    if (route == NULL || route->files.len == 0)
        return;
    api_note_route(r->connection, route);
    if (needs_csrf(r) && !csrf_passes(r))
        api_refuse_for(r, ERR_INVALID_CSRF_TOKEN);
    else
        r->body_limit = api_upload_begin(r, route);
}

uint64_t api_http_head(void *context, struct connection *c, const struct http_request *http)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    return a->shared->chat[LANGUAGE_KOREAN].blobs == NULL ? 0 : with_request(a, c, http, serve_head);
}

void api_http_refused(void *context, struct connection *c, enum error error, struct slice path)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    api_refuse(a, c, error, path, a->shared->options.language, NULL);
}
