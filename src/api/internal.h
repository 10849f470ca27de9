/* SPDX-License-Identifier: MIT
 *
 * api/internal.h - what the files of the api share: rest.c (requests to tasks and back), bodies.c, routes.c (the rows),
 * reply.c (answers), page.c (the embedded page), client.c (who is behind a proxy), stomp.c (frames to tasks),
 * sessions.c (who is connected), events.c (bodies of events), journal.c (what is counted and logged), actuator.c
 * and actuator_metrics.c (/actuator).
 */
#ifndef PARLEY_API_INTERNAL_H
#define PARLEY_API_INTERNAL_H

#include "api/api.h"
#include "engine/http.h"
#include "engine/stomp.h"

enum {
    API_MAGIC = 0x41504920,
    API_REQUEST_ID = 32,           /* hex digits */
    API_BODY_LIMIT = 64 << 20,     /* octets of an answer */
    API_FIELDS_LIMIT = 8 << 10,    /* octets of an answer's own header fields */
    API_NOTES = 10,                /* log lines a second that peers can cause, per worker */
    API_REQUEST_MEMORY = 64 << 10, /* arena of what a route needs before it has a task */
    API_PATH_VALUES = 4,           /* that the pattern of a route may take */
};

#define API_SLOW MICROSECONDS_PER_SECOND /* a request that takes longer has a line in the log */

/* ---- requests ---- */

/* A request as the routes see it; lives during http_request(). */
struct api_request {
    struct api *api;
    struct connection *connection;
    const struct http_request *http;
    struct arena arena;
    struct slice path;                    /* decoded */
    struct slice values[API_PATH_VALUES]; /* what the pattern of the row took of it, in order */
    enum language language;
    bool secure; /* the outside scheme is https */
    bool wants_csrf_cookie;
    uint64_t body_limit; /* octets of a body that is streamed; 0: it is collected */
};

/* What an answer needs of its request, kept in the task. */
struct api_call {
    struct api *api;
    struct connection_id connection;
    const struct route *route;
    bool secure, wants_csrf_cookie;
};

enum route_body {
    BODY_NONE,
    BODY_JSON, /* application/json */
    BODY_PART, /* multipart/form-data with a JSON part of the row's name (discodeit.md 4.1) */
    BODY_FORM, /* multipart/form-data (or urlencoded) whose fields are the input's fields */
};

/* Who does it: an operation of the domain, or a function of the api. */
struct route {
    enum http_method method;
    struct slice pattern;
    const char *name; /* operationId in schema/openapi.yaml; NULL: it is not described there */
    const struct operation *operation;
    unsigned status; /* of success */
    enum route_body body;
    struct slice part;
    struct slice files; /* the parts of this name are files, and the body is streamed (api/uploads.h) */
    bool one_file;      /* the first of them; what else there is of them is ignored */
    /* Hands the task what the operation wants of path and query. */
    void (*prepare)(const struct api_request *, struct task *);
    /* Further fields of the answer. */
    void (*fields)(const struct api_call *, const struct task *, struct buf *fields);
    /* Instead of the output as JSON, when all went well. */
    void (*answer)(const struct api_call *, const struct task *, struct connection *);
    void (*handle)(struct api_request *);    /* without an operation */
    bool (*has)(const struct api_request *); /* NULL: it serves whatever fits the pattern */
    bool any_method;                         /* `handle` judges the method */
};

extern const struct route api_routes[];
extern const size_t api_route_count;

/* The cookie of a request; false without it. */
bool api_cookie(const struct api_request *r, struct slice name, struct slice *value);
struct slice api_field(const struct api_request *r, struct slice name);
enum language api_language(const struct api *a, const struct http_request *http);

/* Where the client is: the connection's peer, or who it speaks for if it is a proxy that is trusted (client.c). */
struct ip_address api_client_address(const struct api_request *r);

/* ---- answers (reply.c) ---- */

/* Renders a body, or NULL when there is no memory. */
struct frame *api_error_body(const struct api *a, enum error error, enum language language);
/* Answers with an error: JSON under /api and /actuator, one plain line elsewhere. `more` are further fields, or
 * NULL; when they are not whole, the connection ends. */
void api_refuse(struct api *a, struct connection *c, enum error error, struct slice path,
                enum language language, const struct buf *more);
void api_reply(struct connection *c, unsigned status, struct slice content_type, struct slice fields,
               struct frame *body);
/* `Discodeit-Request-ID` and the fields that every answer carries. */
void api_common_fields(const struct api *a, const struct connection *c, struct buf *fields);
/* The fields that RFC 9110 asks an answer of this error to carry. */
void api_error_fields(enum error error, struct buf *fields);
void api_csrf_cookie(const struct api *a, bool secure, struct buf *fields);
void api_clear_cookie(struct slice name, bool http_only, bool secure, struct buf *fields);

/* Answers a request with this text, if it is whole. */
void api_reply_text(struct api_request *r, unsigned status, const char *type, const struct buf *text);
/* Appends a JSON string of text that is UTF-8. */
void api_json_string(struct buf *b, struct slice s);
/* Appends "name":"value", with a comma in front of all but the first. NULL is "". */
void api_json_member(struct buf *b, bool first, const char *name, const char *value);

/* ---- what is counted and logged (journal.c) ---- */

/* A log line about what a peer did, unless there were API_NOTES of them in this second already. */
void api_note(struct api *a, const char *event, struct slice detail);
/* The id of the request that is being answered: in its answer, and in the lines about it. */
void api_request_id(const struct api *a, const struct connection *c, char id[API_REQUEST_ID]);
/* Where the request went; NULL: nowhere. */
void api_note_route(const struct connection *c, const struct route *route);
/* A task of a request or a SEND is done. */
void api_task_answered(struct api *a, const struct task *t);
void api_http_answered(void *context, struct connection *c, unsigned status, int64_t started);
void api_connection_failed(void *context, struct connection *c, enum error cause);

/* ---- handlers ---- */
void api_get_actuator(struct api_request *r);
void api_get_health(struct api_request *r);
void api_get_health_part(struct api_request *r);
void api_get_info(struct api_request *r);
void api_get_metrics(struct api_request *r);
void api_get_metric(struct api_request *r);
void api_get_prometheus(struct api_request *r);
void api_get_loggers(struct api_request *r);
void api_get_caches(struct api_request *r);
void api_get_page(struct api_request *r);
void api_open_websocket(struct api_request *r);
/* Does the page answer for this path? */
bool api_has_page(const struct api_request *r);
void api_page_release(struct api *a);

/* ---- sessions (sessions.c): the principal of a STOMP session ---- */

struct api_session {
    unsigned magic;
    uint32_t references; /* plain: one worker. The session's own, and one per task that uses it */
    struct api *api;
    struct table_node node; /* by login */
    struct connection_id connection;
    struct caller caller;
    uint16_t user_len;
    bool entered;
    unsigned char user[]; /* a snapshot of the UserDto, packed: most sessions are idle most of the time */
};

/* Copies the caller and the user. NULL when out of memory, or for a user who is larger than any can be. One
 * reference. */
struct api_session *api_session_new(struct api *a, struct connection_id id, const struct caller *caller,
                                    const Parley__V1__UserDto *user);
struct api_session *api_session_ref(struct api_session *s);
void api_session_unref(struct api_session *s);
/* Enters it, so that the end of its login finds it. False when that login has ended already. */
bool api_session_enter(struct api_session *s);
/* The snapshot, unpacked into the arena of a task; NULL when it has no room. */
Parley__V1__UserDto *api_session_user(const struct api_session *s, struct arena *arena);
/* Enters it under another login of its user. False, and it stays where it is, when that one has ended already. */
bool api_session_move(struct api_session *s, const struct caller *caller);
void api_session_leave(struct api_session *s);
/* All sessions of a user who was deleted end. */
void api_end_user(struct api *a, const struct uuid *user);
void api_sessions_release(struct api *a);

/* ---- STOMP (stomp.c) ---- */
void api_stomp_connect(void *context, struct stomp_session *s, const struct stomp_credentials *credentials);
enum stomp_fate api_stomp_send(void *context, struct stomp_session *s, uint32_t ticket,
                               const struct stomp_frame *frame, struct slice destination, enum error *error);
/* A SEND to the destination for that (stomp_renewal.c). */
enum stomp_fate api_stomp_renew(struct api *a, const struct stomp_session *s, uint32_t ticket,
                                const struct stomp_frame *frame, enum error *error);
void api_stomp_forgiven(void *context, struct stomp_session *s, enum error error);
void api_stomp_subscribe(void *context, struct stomp_session *s, struct stomp_subscription *sub,
                         struct slice destination);
void api_stomp_closed(void *context, struct stomp_session *s);

/* ---- REST (rest.c) ---- */
/* False unless the request's body has the parts of a form. */
bool api_boundary(const struct api_request *r, struct slice *boundary);
/* Reads the body of a request into the task, as its row says. */
enum error api_read_body(struct api_request *r, struct task *t, const struct route *route);
/* A task for the request, with its tokens and what the route prepares, and a struct api_call as context[0]; NULL when out
 * of memory. */
struct task *api_task_new(const struct api_request *r, const struct route *route,
                          void (*done)(struct task *));
/* The output as JSON, or the error. */
void api_answer_task(const struct api_call *call, const struct task *t, struct connection *c);
void api_refuse_for(struct api_request *r, enum error error);
uint64_t api_http_head(void *context, struct connection *c, const struct http_request *http);
void api_http_request(void *context, struct connection *c, const struct http_request *http);
void api_http_refused(void *context, struct connection *c, enum error error, struct slice path);

/* ---- uploads (uploads.c) ---- */
/* From inside http_head(). Returns how much of the body may come. */
uint64_t api_upload_begin(struct api_request *r, const struct route *route);
void api_http_body(void *context, struct connection *c, struct slice piece);
void api_http_body_end(void *context, struct connection *c);
/* False when that stream is no upload. */
bool api_upload_dropped(void *stream);

/* ---- downloads (downloads.c) ---- */
/* Notes what the request says of ranges and of what the client has already. */
void api_download_prepare(const struct api_request *r, struct task *t);
/* Answers with the octets. */
void api_download_answer(const struct api_call *call, const struct task *t, struct connection *c);
void api_download_writable(void *context, struct connection *c);
/* False when that stream is no download. */
bool api_download_dropped(void *stream);

/* ---- events (events.c) ---- */
enum error api_render_event(struct renderer *renderer, const struct event *event, struct message *into);

#endif
