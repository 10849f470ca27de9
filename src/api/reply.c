// SPDX-License-Identifier: MIT
// Answers: the fields that all of them carry, cookies, errors.
#include "api/internal.h"
#include "wire/http_response.h"

void api_reply(struct connection *c, unsigned status, struct slice content_type, struct slice fields,
               struct frame *body)
{
    http_answer(c, &(struct http_response){
                       .status = status, .content_type = content_type, .fields = fields, .body = body});
}

void api_common_fields(const struct api *a, const struct connection *c, struct buf *fields)
{
    char id[API_REQUEST_ID];
    api_request_id(a, c, id);
    http_response_field(fields, SLICE("Discodeit-Request-ID"), slice_of(id, sizeof id));
    http_response_field_string(fields, "Cache-Control", "no-store");
    http_response_field_string(fields, "X-Content-Type-Options", "nosniff");
}

void api_csrf_cookie(const struct api *a, bool secure, struct buf *fields)
{
    char text[UUID_TEXT];
    struct uuid value;
    uuid_draw(&value, a->loop->random);
    uuid_format(&value, text);
    http_response_cookie(fields, &(struct http_cookie){.name = SLICE("XSRF-TOKEN"),
                                                       .value = slice_of(text, sizeof text),
                                                       .path = SLICE("/"),
                                                       .max_age = -1,
                                                       .secure = secure});
}

void api_clear_cookie(struct slice name, bool http_only, bool secure, struct buf *fields)
{
    http_response_cookie(fields, &(struct http_cookie){.name = name,
                                                       .value = SLICE(""),
                                                       .path = SLICE("/"),
                                                       .max_age = 0,
                                                       .http_only = http_only,
                                                       .secure = secure});
}

struct frame *api_error_body(const struct api *a, enum error error, enum language language)
{
    struct buf b;
    buf_init(&b, API_BODY_LIMIT);
    struct frame *frame =
        chat_render_error(&a->shared->chat[language], error, NULL, &b) ? frame_copy(buf_slice(&b)) : NULL;
    buf_release(&b);
    return frame;
}

static struct frame *plain_body(enum error error)
{
    struct buf b;
    buf_init(&b, 256);
    buf_printf(&b, "%s\n", error_row(error)->line);
    struct frame *frame = buf_ok(&b) ? frame_copy(buf_slice(&b)) : NULL;
    buf_release(&b);
    return frame;
}

void api_error_fields(enum error error, struct buf *fields)
{
    unsigned status = error_row(error)->status;
    if (error == ERR_UPGRADE_REQUIRED) {
        http_response_field_string(fields, "Sec-WebSocket-Version", "13"); /* HS-4 */
        http_response_field_string(fields, "Upgrade", "websocket");        /* RFC 9110 15.5.22, 7.8 */
        http_response_field_string(fields, "Connection", "Upgrade");
    }
    if (status == 401)
        http_response_field_string(fields, "WWW-Authenticate", "Bearer");
    if (status == 503)
        http_response_field_string(fields, "Retry-After", "1");
}

void api_refuse(struct api *a, struct connection *c, enum error error, struct slice path,
                enum language language, const struct buf *more)
{
    bool is_json = slice_starts_with(path, SLICE("/api")) || slice_starts_with(path, SLICE("/actuator"));
    struct frame *body = is_json ? api_error_body(a, error, language) : plain_body(error);
    struct buf fields;
    counter_add(&a->counters.refused[error], 1);
    buf_init(&fields, API_FIELDS_LIMIT);
    api_common_fields(a, c, &fields);
    api_error_fields(error, &fields);
    if (more != NULL)
        buf_append(&fields, buf_slice(more));
    struct slice type = is_json ? SLICE("application/json") : SLICE("text/plain; charset=UTF-8");
    if (body == NULL || !buf_ok(&fields) || (more != NULL && !buf_ok(more)))
        connection_abort(c, ERR_OUT_OF_MEMORY);
    else
        api_reply(c, error_row(error)->status, type, buf_slice(&fields), body);
    buf_release(&fields);
    frame_unref(body);
}

void api_reply_text(struct api_request *r, unsigned status, const char *type, const struct buf *text)
{
    struct frame *body = buf_ok(text) ? frame_copy(buf_slice(text)) : NULL;
    struct buf fields;
    buf_init(&fields, API_FIELDS_LIMIT);
    api_common_fields(r->api, r->connection, &fields);
    if (body == NULL || !buf_ok(&fields))
        connection_abort(r->connection, ERR_OUT_OF_MEMORY);
    else
        api_reply(r->connection, status, slice_from_string(type), buf_slice(&fields), body);
    buf_release(&fields);
    frame_unref(body);
}

/* ---- JSON of what has no message ---- */

void api_json_string(struct buf *b, struct slice s)
{
    buf_append_octet(b, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] == '"' || s.data[i] == '\\')
            buf_append_octet(b, '\\');
        if (s.data[i] < 0x20)
            buf_printf(b, "\\u%04x", s.data[i]);
        else
            buf_append_octet(b, s.data[i]);
    }
    buf_append_octet(b, '"');
}

void api_json_member(struct buf *b, bool first, const char *name, const char *value)
{
    buf_printf(b, "%s\"%s\":", first ? "" : ",", name);
    api_json_string(b, slice_from_string(value == NULL ? "" : value));
}
