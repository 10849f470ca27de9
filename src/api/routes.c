// SPDX-License-Identifier: MIT
// The rows: which request leads to which operation (discodeit.md section 4).
#include <stdio.h>

#include "api/internal.h"
#include "wire/http_response.h"
#include "wire/target.h"

/* ---- parameters of the query ---- */

static struct slice query_value(const struct api_request *r, struct task *t, struct slice name)
{
    struct slice raw, value;
    if (!target_query_find(r->http->query, name, &raw))
        return SLICE_NONE;
    if (!target_query_decode(&t->arena, raw, &value))
        return SLICE("\x7f"); /* no parameter is ever this: the operation says that it is wrong */
    struct slice kept = arena_copy(&t->arena, value);
    return kept.data == NULL ? SLICE("") : kept;
}

static void user_parameter(const struct api_request *r, struct task *t)
{
    t->parameters.user_id = query_value(r, t, SLICE("userId"));
}

static void ids_parameter(const struct api_request *r, struct task *t)
{
    t->parameters.ids = query_value(r, t, SLICE("binaryContentIds"));
}

static void id_in_path(const struct api_request *r, struct task *t)
{
    t->parameters.id = arena_copy(&t->arena, r->values[0]);
}

static void page_parameters(const struct api_request *r, struct task *t)
{
    t->parameters.channel_id = query_value(r, t, SLICE("channelId"));
    t->parameters.cursor = query_value(r, t, SLICE("cursor"));
    t->parameters.size = query_value(r, t, SLICE("size"));
    t->parameters.sort = query_value(r, t, SLICE("sort"));
}

/* ---- cookies of the answers (discodeit.md 3.2) ---- */

static void issue_cookie(const struct api_call *call, const struct task *t, struct slice name,
                         struct slice token, int64_t expires, struct buf *fields)
{
    const struct chat *chat = t->chat;
    int64_t left = expires - chat->clock->wall(chat->clock);
    int64_t seconds = (left + MICROSECONDS_PER_SECOND - 1) / MICROSECONDS_PER_SECOND;
    http_response_cookie(fields, &(struct http_cookie){.name = name,
                                                       .value = token,
                                                       .path = SLICE("/"),
                                                       .max_age = seconds > 0 ? seconds : 0,
                                                       .http_only = true,
                                                       .secure = call->secure,
                                                       .same_site = HTTP_SAME_SITE_LAX});
}

static void retry_after(int64_t microseconds, struct buf *fields)
{
    char text[24];
    int64_t seconds = (microseconds + MICROSECONDS_PER_SECOND - 1) / MICROSECONDS_PER_SECOND;
    (void)snprintf(text, sizeof text, "%lld", (long long)seconds);
    http_response_field_string(fields, "Retry-After", text);
}

static void issue_tokens(const struct api_call *call, const struct task *t, struct buf *fields)
{
    const struct task_login *issued = &t->issued;
    if (t->error != ERR_NONE)
        return;
    issue_cookie(call, t, SLICE("REFRESH_TOKEN"), issued->refresh_token, issued->refresh_expires, fields);
    if (call->api->shared->options.access_cookie)
        issue_cookie(call, t, SLICE("ACCESS_TOKEN"), issued->access_token, issued->access_expires, fields);
}

static void clear_tokens(const struct api_call *call, struct buf *fields)
{
    api_clear_cookie(SLICE("REFRESH_TOKEN"), true, call->secure, fields);
    if (call->api->shared->options.access_cookie)
        api_clear_cookie(SLICE("ACCESS_TOKEN"), true, call->secure, fields);
}

static void login_fields(const struct api_call *call, const struct task *t, struct buf *fields)
{
    if (t->error == ERR_TOO_MANY_LOGIN_ATTEMPTS)
        retry_after(t->retry_after, fields);
    issue_tokens(call, t, fields);
    if (t->error == ERR_NONE && !call->wants_csrf_cookie)
        api_csrf_cookie(call->api, call->secure, fields); /* rotated */
}

static void refresh_fields(const struct api_call *call, const struct task *t, struct buf *fields)
{
    if (t->error == ERR_INVALID_TOKEN || t->error == ERR_LOGIN_ENDED || t->error == ERR_UNAUTHENTICATED)
        clear_tokens(call, fields);
    else
        issue_tokens(call, t, fields);
}

static void logout_fields(const struct api_call *call, const struct task *t, struct buf *fields)
{
    (void)t;
    clear_tokens(call, fields);
    api_clear_cookie(SLICE("XSRF-TOKEN"), false, call->secure, fields);
}

/* ---- handlers without an operation ---- */

static void get_csrf_token(struct api_request *r)
{
    struct buf fields;
    buf_init(&fields, API_FIELDS_LIMIT);
    api_common_fields(r->api, r->connection, &fields);
    api_csrf_cookie(r->api, r->secure, &fields);
    if (buf_ok(&fields))
        api_reply(r->connection, 204, SLICE_NONE, buf_slice(&fields), NULL);
    else
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
    buf_release(&fields);
}

#define GET(path_)                .method = HTTP_METHOD_GET, .pattern = SLICE_INIT(path_)
#define POST(path_)               .method = HTTP_METHOD_POST, .pattern = SLICE_INIT(path_)
#define PUT(path_)                .method = HTTP_METHOD_PUT, .pattern = SLICE_INIT(path_)
#define PATCH(path_)              .method = HTTP_METHOD_PATCH, .pattern = SLICE_INIT(path_)
#define DELETE(path_)             .method = HTTP_METHOD_DELETE, .pattern = SLICE_INIT(path_)
#define DOES(operation_, status_) .operation = &OPERATION_##operation_, .status = (status_)

/* The first row that fits serves. */
const struct route api_routes[] = {
    {GET("/api/auth/csrf-token"), .name = "getCsrfToken", .handle = get_csrf_token},
    {POST("/api/auth/login"), .name = "login", DOES(LOGIN, 200), .body = BODY_FORM, .fields = login_fields},
    {POST("/api/auth/refresh"), .name = "refresh", DOES(REFRESH, 200), .fields = refresh_fields},
    {POST("/api/auth/logout"), .name = "logout", DOES(LOGOUT, 204), .fields = logout_fields},
    {POST("/api/auth/tickets"), .name = "createTicket", DOES(TICKET_CREATE, 201)},
    {PUT("/api/auth/role"), .name = "updateRole", DOES(ROLE_UPDATE, 200), .body = BODY_JSON},
    {POST("/api/users"), .name = "createUser", DOES(USER_CREATE, 201), .body = BODY_PART,
     .part = SLICE_INIT("userCreateRequest"), .files = SLICE_INIT("profile"), .one_file = true},
    {PATCH("/api/users/{}"), .name = "updateUser", DOES(USER_UPDATE, 200), .prepare = id_in_path,
     .body = BODY_PART, .part = SLICE_INIT("userUpdateRequest"), .files = SLICE_INIT("profile"),
     .one_file = true},
    {DELETE("/api/users/{}"), .name = "deleteUser", DOES(USER_DELETE, 204), .prepare = id_in_path},
    {GET("/api/users"), .name = "listUsers", DOES(USER_LIST, 200)},
    {GET("/api/channels"), .name = "listChannels", DOES(CHANNEL_LIST, 200), .prepare = user_parameter},
    {POST("/api/channels/public"), .name = "createPublicChannel", DOES(CHANNEL_CREATE_PUBLIC, 201),
     .body = BODY_JSON},
    {POST("/api/channels/private"), .name = "createPrivateChannel", DOES(CHANNEL_CREATE_PRIVATE, 201),
     .body = BODY_JSON},
    {PATCH("/api/channels/{}"), .name = "updateChannel", DOES(CHANNEL_UPDATE, 200), .prepare = id_in_path,
     .body = BODY_JSON},
    {DELETE("/api/channels/{}"), .name = "deleteChannel", DOES(CHANNEL_DELETE, 204), .prepare = id_in_path},
    {POST("/api/messages"), .name = "createMessage", DOES(MESSAGE_CREATE, 201), .body = BODY_PART,
     .part = SLICE_INIT("messageCreateRequest"), .files = SLICE_INIT("attachments")},
    {PATCH("/api/messages/{}"), .name = "updateMessage", DOES(MESSAGE_UPDATE, 200), .prepare = id_in_path,
     .body = BODY_JSON},
    {DELETE("/api/messages/{}"), .name = "deleteMessage", DOES(MESSAGE_DELETE, 204), .prepare = id_in_path},
    {GET("/api/readStatuses"), .name = "listReadStatuses", DOES(READ_STATUS_LIST, 200),
     .prepare = user_parameter},
    {POST("/api/readStatuses"), .name = "createReadStatus", DOES(READ_STATUS_CREATE, 201), .body = BODY_JSON},
    {PATCH("/api/readStatuses/{}"), .name = "updateReadStatus", DOES(READ_STATUS_UPDATE, 200),
     .prepare = id_in_path, .body = BODY_JSON},
    {GET("/api/notifications"), .name = "listNotifications", DOES(NOTIFICATION_LIST, 200)},
    {DELETE("/api/notifications/{}"), .name = "deleteNotification", DOES(NOTIFICATION_DELETE, 204),
     .prepare = id_in_path},
    {GET("/api/messages"), .name = "listMessages", DOES(MESSAGE_LIST, 200), .prepare = page_parameters},
    {GET("/actuator"), .handle = api_get_actuator},
    {GET("/api/binaryContents"), .name = "listBinaryContents", DOES(FILE_LIST, 200),
     .prepare = ids_parameter},
    {GET("/api/binaryContents/{}"), .name = "getBinaryContent", DOES(FILE_READ, 200), .prepare = id_in_path},
    {GET("/api/binaryContents/{}/download"), .name = "downloadBinaryContent", DOES(FILE_READ, 200),
     .prepare = api_download_prepare, .answer = api_download_answer},
    {GET("/actuator/health"), .name = "getHealth", .handle = api_get_health},
    {GET("/actuator/health/{}"), .name = "getHealthPart", .handle = api_get_health_part},
    {GET("/actuator/info"), .name = "getInfo", .handle = api_get_info},
    {GET("/actuator/metrics"), .name = "listMetrics", .handle = api_get_metrics},
    {GET("/actuator/metrics/{}"), .name = "getMetric", .handle = api_get_metric},
    {GET("/actuator/prometheus"), .name = "getPrometheus", .handle = api_get_prometheus},
    {GET("/actuator/loggers"), .name = "listLoggers", .handle = api_get_loggers},
    {GET("/actuator/caches"), .name = "listCaches", .handle = api_get_caches},
    {GET("/ws"), .handle = api_open_websocket, .any_method = true},
    {GET("/ws/websocket"), .handle = api_open_websocket, .any_method = true},
    {GET("/{*}"), .handle = api_get_page, .has = api_has_page},
};
const size_t api_route_count = ARRAY_LEN(api_routes);
