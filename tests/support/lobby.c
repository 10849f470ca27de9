// SPDX-License-Identifier: MIT
#include "support/lobby.h"

#include <stdlib.h>

#include "engine/http.h"
#include "engine/raw.h"
#include "engine/stomp.h"
#include "engine/websocket.h"
#include "wire/http_response.h"
#include "wire/stomp_write.h"

static struct lobby *lobby_of(void *context)
{
    return context;
}

struct lobby_task *lobby_add_task(struct lobby *l, enum lobby_kind kind, struct connection_id id)
{
    if (l->count == LOBBY_TASKS)
        return NULL;
    struct lobby_task *t = &l->tasks[l->count++];
    *t = (struct lobby_task){.kind = kind, .connection = id};
    return t;
}

/* ---- HTTP ---- */

static void answer(struct connection *c, unsigned status, struct frame *body, bool close)
{
    http_answer(c, &(struct http_response){
                       .status = status, .content_type = SLICE("text/plain"), .body = body, .close = close});
}

static void answer_text(struct connection *c, unsigned status, struct slice text, bool close)
{
    struct frame *body = frame_copy(text);
    answer(c, status, body, close);
    frame_unref(body);
}

/* ---- raw WebSocket ---- */

/* The owner is memory of its own, so that a leak or a second release shows. */
static void on_raw_message(struct raw_session *s, bool is_text, struct slice message)
{
    if (slice_equals(message, SLICE("bye"))) {
        websocket_close(s->connection, 4000, message);
        return;
    }
    struct frame *copy = frame_copy(message);
    (void)raw_send(s, is_text, copy);
    frame_unref(copy);
}

static void on_raw_closed(struct raw_session *s)
{
    free(s->owner);
}

static const struct raw_service raw_service = {
    .message_limit = LOBBY_RAW, .message = on_raw_message, .closed = on_raw_closed};

static bool open_raw(struct connection *c, struct slice note)
{
    void *owner = malloc(1);
    (void)note;
    if (raw_open(c, &raw_service, owner))
        return true;
    free(owner);
    return false;
}

static const struct http_successor raw_successor = {.open = open_raw};

static void on_request(void *context, struct connection *c, const struct http_request *r)
{
    struct lobby *l = lobby_of(context);
    if (slice_equals(r->path, SLICE("/ws")))
        http_upgrade(c, r, &stomp_successor, r->query);
    else if (slice_equals(r->path, SLICE("/raw")))
        http_upgrade(c, r, &raw_successor, SLICE_NONE);
    else if (slice_equals(r->path, SLICE("/now")))
        answer_text(c, 200, SLICE("hello"), false);
    else if (slice_equals(r->path, SLICE("/bye")))
        answer_text(c, 200, SLICE("bye"), true);
    else if (slice_equals(r->path, SLICE("/echo")))
        answer_text(c, 200, r->body, false);
    else if (slice_equals(r->path, SLICE("/page")))
        answer(c, 200, l->page, false);
    else if (lobby_send_file(l, c, r->path))
        return;
    else if (!slice_equals(r->path, SLICE("/later")) || lobby_add_task(l, LOBBY_REQUEST, c->id) == NULL)
        answer_text(c, 404, SLICE("nothing here"), false);
}

static void on_refused(void *context, struct connection *c, enum error error, struct slice path)
{
    struct buf fields;
    (void)context;
    buf_init(&fields, 256);
    if (error == ERR_UPGRADE_REQUIRED)
        http_response_field_string(&fields, "Sec-WebSocket-Version", "13");
    struct frame *body = frame_copy(path);
    http_answer(c, &(struct http_response){
                       .status = error_row(error)->status, .fields = buf_slice(&fields), .body = body});
    frame_unref(body);
    buf_release(&fields);
}

static void on_accept(void *context, struct slice key, char accept[28])
{
    (void)context;
    memset(accept, '=', 28);
    memcpy(accept, key.data, key.len);
}

/* ---- CONNECT ---- */

/* The principal is memory of its own, so that a leak or a second release shows. */
static void welcome(struct lobby *l, struct stomp_session *s, struct slice user)
{
    void *principal = malloc(1);
    if (principal == NULL) {
        stomp_refuse(s, ERR_OUT_OF_MEMORY);
        return;
    }
    l->principals++;
    stomp_accept(s, principal, user);
}

static void on_connect(void *context, struct stomp_session *s, const struct stomp_credentials *credentials)
{
    struct lobby *l = lobby_of(context);
    struct slice later = SLICE("Later ");
    struct slice user =
        credentials->authorization.data != NULL ? credentials->authorization : credentials->handshake;
    if (user.data == NULL) {
        stomp_refuse(s, ERR_UNAUTHENTICATED);
        return;
    }
    if (!slice_starts_with(user, later)) {
        welcome(l, s, user);
        return;
    }
    struct lobby_task *t = lobby_add_task(l, LOBBY_LOGIN, s->connection->id);
    if (t == NULL) {
        stomp_refuse(s, ERR_SERVICE_UNAVAILABLE);
        return;
    }
    (void)snprintf(t->user, sizeof t->user, "%.*s", (int)(user.len - later.len),
                   (const char *)user.data + later.len);
}

static void on_closed(void *context, struct stomp_session *s)
{
    struct lobby *l = lobby_of(context);
    assert(l->principals > 0);
    l->principals--;
    free(s->principal);
    s->principal = NULL;
}

/* ---- SEND ---- */

static enum stomp_fate publish(struct lobby *l, const struct stomp_frame *f, struct slice destination,
                               enum error *error)
{
    struct event_source source = {.kind = EVENT_TRANSIENT, .stream = destination, .body = f->body};
    struct buf lines;
    if (l->placed == LOBBY_LANE)
        return STOMP_FATE_BUSY;
    buf_init(&lines, 1 << 20);
    for (uint32_t i = 0; i < f->header_count; i++) {
        struct stomp_pair pair = {stomp_header_name(f, i), stomp_header_value(f, i)};
        if (stomp_header_passes(pair.name))
            stomp_write_headers(&lines, STOMP_1_2, &pair, 1);
    }
    (void)stomp_frame_header(f, SLICE("content-type"), &source.content_type);
    source.headers = buf_slice(&lines);
    source.id.octets[15] = (unsigned char)++l->publishes;
    struct event *event = event_new(&source);
    buf_release(&lines);
    if (event == NULL) {
        *error = ERR_OUT_OF_MEMORY;
        return STOMP_FATE_REFUSED;
    }
    l->lane[l->placed++] = event;
    return STOMP_FATE_DONE;
}

static enum stomp_fate at_once(struct lobby *l, struct stomp_session *s, uint32_t ticket, enum error error)
{
    stomp_sent(&l->pipes.engine, s->connection->id, ticket, error);
    return STOMP_FATE_PENDING;
}

static enum stomp_fate later(struct lobby *l, struct stomp_session *s, uint32_t ticket)
{
    struct lobby_task *t = lobby_add_task(l, LOBBY_SEND, s->connection->id);
    if (t == NULL)
        return STOMP_FATE_BUSY;
    t->number = ticket;
    return STOMP_FATE_PENDING;
}

static enum stomp_fate busy(struct lobby *l)
{
    if (!l->busy)
        return STOMP_FATE_DONE;
    l->busy_answers++;
    return STOMP_FATE_BUSY;
}

static enum stomp_fate on_send(void *context, struct stomp_session *s, uint32_t ticket,
                               const struct stomp_frame *f, struct slice destination, enum error *error)
{
    struct lobby *l = lobby_of(context);
    if (slice_starts_with(destination, SLICE("/topic")))
        return publish(l, f, destination, error);
    if (slice_equals(destination, SLICE("/pub/done")))
        return STOMP_FATE_DONE;
    if (slice_equals(destination, SLICE("/pub/later")))
        return later(l, s, ticket);
    if (slice_equals(destination, SLICE("/pub/busy")))
        return busy(l);
    if (slice_equals(destination, SLICE("/pub/at-once")))
        return at_once(l, s, ticket, ERR_NONE);
    if (slice_equals(destination, SLICE("/pub/fails-at-once")))
        return at_once(l, s, ticket, ERR_AUTHORIZATION_DENIED);
    *error =
        slice_equals(destination, SLICE("/pub/invalid")) ? ERR_VALIDATION_ERROR : ERR_AUTHORIZATION_DENIED;
    return STOMP_FATE_REFUSED;
}

static void on_forgiven(void *context, struct stomp_session *s, enum error error)
{
    struct lobby *l = lobby_of(context);
    l->forgiven++;
    (void)stomp_whisper(s, SLICE("/user/queue/errors"), SLICE("text/plain"),
                        slice_from_string(error_row(error)->line));
}

/* ---- SUBSCRIBE ---- */

static void watch(struct lobby *l, struct stomp_session *s, struct stomp_subscription *sub,
                  struct slice stream)
{
    struct connection_id id = s->connection->id;
    uint32_t number = sub->number;
    struct lobby_task *t = NULL;
    bool is_stream = stream.len == 1 && stream.data[0] >= 'a' && stream.data[0] <= 'd';
    if (is_stream && stomp_follow(sub, stream, true))
        t = lobby_add_task(l, LOBBY_WATCH, id);
    if (t == NULL) {
        stomp_admit(&l->pipes.engine, id, number, ERR_AUTHORIZATION_DENIED, 0);
        return;
    }
    t->number = number;
    t->stream = (size_t)(stream.data[0] - 'a');
}

static void on_subscribe(void *context, struct stomp_session *s, struct stomp_subscription *sub,
                         struct slice destination)
{
    struct lobby *l = lobby_of(context);
    struct slice stream = SLICE("/stream/");
    if (slice_starts_with(destination, SLICE("/topic")))
        (void)stomp_follow(sub, destination, false);
    else if (slice_starts_with(destination, SLICE("/user/")))
        stomp_keep_private(sub, destination);
    else if (slice_starts_with(destination, stream))
        watch(l, s, sub, slice_after(destination, stream.len));
    else
        stomp_admit(&l->pipes.engine, s->connection->id, sub->number, ERR_AUTHORIZATION_DENIED, 0);
}

static const struct engine_ports ports = {
    .http_request = on_request,
    .http_refused = on_refused,
    .http_head = lobby_http_head,
    .http_body = lobby_http_body,
    .http_body_end = lobby_http_body_end,
    .http_writable = lobby_http_writable,
    .http_dropped = lobby_http_dropped,
    .websocket_accept = on_accept,
    .stomp_connect = on_connect,
    .stomp_send = on_send,
    .stomp_forgiven = on_forgiven,
    .stomp_subscribe = on_subscribe,
    .stomp_closed = on_closed,
};

/* ---- answers ---- */

static void finish_login(struct lobby *l, const struct lobby_task *t, enum error error)
{
    struct stomp_session *s = stomp_find(&l->pipes.engine, t->connection);
    if (s == NULL || s->life.phase != STOMP_OPENING)
        return;
    if (error == ERR_NONE)
        welcome(l, s, slice_from_string(t->user));
    else
        stomp_refuse(s, error);
}

static void finish_request(struct lobby *l, const struct lobby_task *t)
{
    struct connection *c = connection_find(&l->pipes.engine, t->connection);
    if (c != NULL && http_is_answering(c))
        answer_text(c, 200, SLICE("late"), false);
}

void lobby_finish(struct lobby *l, size_t index, enum error error)
{
    struct lobby_task t = l->tasks[index];
    memmove(l->tasks + index, l->tasks + index + 1, (--l->count - index) * sizeof t);
    switch (t.kind) {
    case LOBBY_LOGIN: finish_login(l, &t, error); break;
    case LOBBY_SEND: stomp_sent(&l->pipes.engine, t.connection, t.number, error); break;
    case LOBBY_WATCH:
        stomp_admit(&l->pipes.engine, t.connection, t.number, error, l->pipes.table.head[t.stream]);
        break;
    case LOBBY_REQUEST: finish_request(l, &t); break;
    case LOBBY_STREAM: lobby_finish_stream(l, &t); break;
    }
}

void lobby_commit(struct lobby *l, size_t stream)
{
    struct log_table *table = &l->pipes.table;
    struct event *e = log_table_event(table, stream, ++table->head[stream]);
    broker_event(&l->pipes.broker, e);
    event_unref(e);
}

/* ---- life ---- */

/* The worker's lane, and the store's thread. */
static bool work(struct pipes *w)
{
    struct lobby *l = lobby_of(w->application);
    bool did = l->placed > 0 || w->table.count > 0;
    while (w->table.count > 0)
        log_table_run(&w->table, 0);
    for (size_t i = 0; i < l->placed; i++) {
        broker_event(&w->broker, l->lane[i]);
        event_unref(l->lane[i]);
    }
    l->placed = 0;
    return did;
}

void lobby_init(struct lobby *l)
{
    memset(l, 0, sizeof *l);
    pipes_init(&l->pipes, &ports, l);
    l->pipes.work = work;
    l->file = LOBBY_FILE;
    l->page = frame_new(LOBBY_PAGE);
    assert(l->page != NULL);
    memset(l->page->octets, 'p', LOBBY_PAGE);
}

bool lobby_release(struct lobby *l, const char **why)
{
    bool released = pipes_release(&l->pipes, why);
    if (released && l->principals > 0) {
        *why = "principals";
        released = false;
    }
    if (released && l->streams > 0) {
        *why = "streams";
        released = false;
    }
    frame_unref(l->page);
    return released;
}
