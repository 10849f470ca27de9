// SPDX-License-Identifier: MIT
// STOMP: from destinations to operations, to the broker, or to nobody (protocols.md 1.7, rooms.md section 2).
#include <stdlib.h>

#include "api/credentials.h"
#include "api/stomp_rules.h"
#include "broker/pattern.h"
#include "chat/streams.h"
#include "wire/stomp_write.h"

/* ---- what a task of a session keeps ---- */

struct stomp_call {
    struct api *api;
    struct connection_id connection;
    uint32_t number; /* ticket or subscription */
    struct api_session *session;
};

static struct stomp_call *call_of(const struct task *t)
{
    struct stomp_call *call = (struct stomp_call *)(uintptr_t)t->context[0];
    OBJ_CHECK(call->api, API_MAGIC);
    return call;
}

/* A task for this session; NULL when out of memory. */
static struct task *session_task(struct api *a, struct stomp_session *s, const struct operation *operation,
                                 uint32_t number, void (*done)(struct task *))
{
    struct task *t = task_new(&a->shared->chat[a->shared->options.language], operation, a->loop, done);
    struct stomp_call *call = t == NULL ? NULL : ARENA_NEW(&t->arena, struct stomp_call);
    if (call == NULL) {
        if (t != NULL)
            task_free(t);
        return NULL;
    }
    *call = (struct stomp_call){.api = a, .connection = s->connection->id, .number = number};
    if (s->principal != NULL) {
        call->session = api_session_ref(s->principal);
        t->caller = call->session->caller;
    }
    t->context[0] = (uint64_t)(uintptr_t)call;
    return t;
}

static void start(struct task *t)
{
    atomic_fetch_add(&call_of(t)->api->shared->tasks, 1);
    task_start(t);
}

/* First thing in each done(): it runs for every task that was started. */
static struct stomp_call *finish(struct task *t)
{
    struct stomp_call *call = call_of(t);
    atomic_fetch_sub(&call->api->shared->tasks, 1);
    return call;
}

/* SC-1 */
static bool is_allowed(const struct api *a, enum stomp_rule_frame frame, struct slice destination,
                       const struct caller *caller)
{
    return stomp_rules_allow(a->shared->options.rules, frame, destination, caller->role);
}

/* ---- CONNECT ---- */

static void on_opened(struct task *t)
{
    const struct stomp_call *call = finish(t);
    struct api *a = call->api;
    struct stomp_session *s = stomp_find(a->engine, call->connection);
    if (s == NULL || s->life.phase != STOMP_OPENING)
        return;
    if (t->error == ERR_NONE && !is_allowed(a, STOMP_RULE_CONNECT, SLICE("-"), &t->caller))
        t->error = ERR_AUTHORIZATION_DENIED;
    if (t->error != ERR_NONE) {
        stomp_refuse(s, t->error);
        return;
    }
    const Parley__V1__UserDto *user = (const Parley__V1__UserDto *)t->output;
    struct api_session *session = api_session_new(a, call->connection, &t->caller, user);
    if (session == NULL || !api_session_enter(session)) {
        enum error error = session == NULL ? ERR_OUT_OF_MEMORY : ERR_LOGIN_ENDED;
        api_session_unref(session);
        stomp_refuse(s, error);
        return;
    }
    s->denied = stomp_rules_denied(a->shared->options.rules, t->caller.role);
    stomp_accept(s, session, slice_from_string(user->username));
}

void api_stomp_connect(void *context, struct stomp_session *s, const struct stomp_credentials *credentials)
{
    struct api *a = context;
    struct handshake_credentials chosen;
    enum error error = credentials_of_connect(&a->shared->options, credentials, &chosen);
    if (error != ERR_NONE) {
        stomp_refuse(s, error);
        return;
    }
    struct task *t = session_task(a, s, &OPERATION_SESSION_OPEN, 0, on_opened);
    if (t == NULL) {
        stomp_refuse(s, ERR_OUT_OF_MEMORY);
        return;
    }
    struct slice *token = chosen.kind == CREDENTIAL_TICKET ? &t->ticket : &t->bearer;
    *token = arena_copy(&t->arena, chosen.token);
    t->refresh = arena_copy(&t->arena, chosen.refresh);
    start(t);
}

void api_stomp_closed(void *context, struct stomp_session *s)
{
    (void)context;
    struct api_session *session = s->principal;
    api_session_leave(session);
    api_session_unref(session);
    s->principal = NULL;
}

/* ---- SEND ---- */

/* What one is about; lives during api_stomp_send(). */
struct sending {
    struct stomp_session *session;
    uint32_t ticket;
    const struct stomp_frame *frame;
    struct slice destination, name; /* name: what stands behind the prefix of its row */
};

static void on_sent(struct task *t)
{
    struct stomp_call *call = finish(t);
    api_task_answered(call->api, t);
    stomp_sent(call->api->engine, call->connection, call->number, t->error);
    api_session_unref(call->session);
}

static enum stomp_fate send_operation(struct api *a, const struct sending *sending,
                                      const struct operation *operation, enum error *error)
{
    struct store *store = a->shared->chat[LANGUAGE_KOREAN].store;
    if (store->is_crowded(store))
        return STOMP_FATE_BUSY;
    struct task *t = session_task(a, sending->session, operation, sending->ticket, on_sent);
    if (t == NULL) {
        *error = ERR_OUT_OF_MEMORY;
        return STOMP_FATE_REFUSED;
    }
    t->author = api_session_user(sending->session->principal, &t->arena);
    struct slice kept = arena_copy(&t->arena, sending->frame->body);
    task_read(t, kept);
    start(t);
    return STOMP_FATE_PENDING;
}

/* SB-1, AH-6: Spring is silent to the client; here it is counted and logged at least. */
static enum stomp_fate drop(struct api *a, const char *what, struct slice destination)
{
    counter_add(&a->counters.unrouted, 1);
    api_note(a, what, destination);
    return STOMP_FATE_DONE;
}

static enum stomp_fate send_token(struct api *a, const struct sending *sending, enum error *error)
{
    return api_stomp_renew(a, sending->session, sending->ticket, sending->frame, error);
}

/* What stands behind an application prefix (RT-4): an operation of the domain, or a function. */
static const struct {
    struct slice name;
    const struct operation *operation;
    enum stomp_fate (*send)(struct api *, const struct sending *, enum error *);
} handlers[] = {
    {SLICE_INIT("messages"), &OPERATION_MESSAGE_CREATE, NULL},
    {SLICE_INIT("token"), NULL, send_token},
};

static enum stomp_fate send_application(struct api *a, const struct sending *sending, enum error *error)
{
    for (size_t i = 0; i < ARRAY_LEN(handlers); i++) {
        if (!slice_equals(sending->name, handlers[i].name))
            continue;
        return handlers[i].send != NULL ? handlers[i].send(a, sending, error)
                                        : send_operation(a, sending, handlers[i].operation, error);
    }
    return drop(a, "send_without_handler", sending->name);
}

static enum stomp_fate send_forbidden(struct api *a, const struct sending *sending, enum error *error)
{
    (void)a, (void)sending;
    *error = ERR_AUTHORIZATION_DENIED;
    return STOMP_FATE_REFUSED;
}

static enum stomp_fate send_nowhere(struct api *a, const struct sending *sending, enum error *error)
{
    (void)error;
    return drop(a, "send_to_nowhere", sending->destination);
}

static void pass_headers(const struct stomp_frame *f, enum stomp_dialect dialect, struct buf *lines)
{
    for (uint32_t i = 0; i < f->header_count; i++) { /* MF-4: all of them, in order */
        struct stomp_pair pair = {stomp_header_name(f, i), stomp_header_value(f, i)};
        if (stomp_header_passes(pair.name))
            stomp_write_headers(lines, dialect, &pair, 1);
    }
}

/* NULL when out of memory. */
static struct event *transient_event(struct api *a, const struct stomp_frame *f, struct slice destination)
{
    struct event_source source = {.kind = EVENT_TRANSIENT, .stream = destination, .body = f->body};
    struct buf lines;
    (void)stomp_frame_header(f, SLICE("content-type"), &source.content_type);
    uuid_draw(&source.id, a->loop->random);
    buf_init(&lines, 2 * (size_t)a->engine->limits->stomp.frame); /* an escape is two octets at the most */
    pass_headers(f, STOMP_1_2, &lines);
    source.headers = buf_slice(&lines);
    struct event *event = buf_ok(&lines) ? event_new(&source) : NULL;
    buf_release(&lines);
    return event;
}

/* To whoever follows the destination now, past the store. */
static enum stomp_fate send_broker(struct api *a, const struct sending *sending, enum error *error)
{
    if (!a->shared->options.allow_direct_publish)
        return send_forbidden(a, sending, error);
    struct event *event = transient_event(a, sending->frame, sending->destination);
    if (event == NULL) {
        *error = ERR_OUT_OF_MEMORY;
        return STOMP_FATE_REFUSED;
    }
    bool placed = hub_publish_transient(a->shared->hub, event);
    event_unref(event);
    counter_add(placed ? &a->counters.transient : &a->counters.crowded, 1);
    return placed ? STOMP_FATE_DONE : STOMP_FATE_BUSY;
}

/* AH-7: told on its queue for that, if it listens; counted and logged otherwise. */
void api_stomp_forgiven(void *context, struct stomp_session *s, enum error error)
{
    struct api *a = context;
    struct frame *body = api_error_body(a, error, a->shared->options.language);
    size_t told = 0;
    if (body != NULL)
        told = stomp_whisper(s, SLICE("/user/queue/errors"), SLICE("application/json"), frame_slice(body));
    frame_unref(body);
    counter_add(&a->counters.forgiven, 1);
    if (told == 0)
        api_note(a, "send_refused", slice_from_string(error_row(error)->code));
}

/* ---- SUBSCRIBE ---- */

static void on_watched(struct task *t)
{
    struct stomp_call *call = finish(t);
    stomp_admit(call->api->engine, call->connection, call->number, t->error, t->head);
    api_session_unref(call->session);
}

/* The stream of a channel: entered as pending before its check begins, so that nothing falls between
 * (design.md 4). */
static void subscribe_domain(struct api *a, struct stomp_session *s, struct stomp_subscription *sub,
                             struct slice destination)
{
    struct slice stream = slice_after(destination, SLICE("/sub/").len);
    struct connection_id id = s->connection->id;
    uint32_t number = sub->number;
    struct uuid channel;
    if (!stream_channel(stream, &channel)) { /* as for a channel that is not there */
        stomp_admit(a->engine, id, number, ERR_AUTHORIZATION_DENIED, 0);
        return;
    }
    struct task *t = session_task(a, s, &OPERATION_CHANNEL_WATCH, number, on_watched);
    char text[UUID_TEXT];
    uuid_format(&channel, text);
    if (t != NULL)
        t->parameters.channel_id = arena_copy(&t->arena, slice_of(text, sizeof text));
    if (t == NULL || !stomp_follow(sub, stream, true)) {
        if (t != NULL) {
            api_session_unref(call_of(t)->session);
            task_free(t);
        }
        stomp_admit(a->engine, id, number, ERR_OUT_OF_MEMORY, 0);
        return;
    }
    start(t);
}

static void subscribe_broker(struct api *a, struct stomp_session *s, struct stomp_subscription *sub,
                             struct slice destination)
{
    struct connection_id id = s->connection->id;
    uint32_t number = sub->number;
    if (pattern_is(destination))
        stomp_admit(a->engine, id, number, ERR_STOMP_UNSUPPORTED, 0);
    else if (!stomp_follow(sub, destination, false))
        stomp_admit(a->engine, id, number, ERR_OUT_OF_MEMORY, 0);
}

static void subscribe_private(struct api *a, struct stomp_session *s, struct stomp_subscription *sub,
                              struct slice destination)
{
    (void)a, (void)s;
    stomp_keep_private(sub, destination);
}

static void subscribe_nowhere(struct api *a, struct stomp_session *s, struct stomp_subscription *sub,
                              struct slice destination)
{
    (void)drop(a, "subscribe_to_nowhere", destination);
    subscribe_private(a, s, sub, destination);
}

/* ---- where a destination leads ---- */

struct realm {
    struct slice prefix;
    enum stomp_fate (*send)(struct api *, const struct sending *, enum error *);
    void (*subscribe)(struct api *, struct stomp_session *, struct stomp_subscription *,
                      struct slice destination);
};

/* The first row whose prefix fits serves; the last one fits everything. */
static const struct realm realms[] = {
    /* handlers only: SB-1, SB-3 */
    {SLICE_INIT("/pub/"), send_application, subscribe_nowhere},
    {SLICE_INIT("/app/"), send_application, subscribe_nowhere},
    /* the domain's own streams: their bodies come from the server only (SC-3), who subscribes is checked */
    {SLICE_INIT("/sub/channels."), send_forbidden, subscribe_domain},
    /* the broker's: a plain "starts with" (SB-2) */
    {SLICE_INIT("/sub"), send_broker, subscribe_broker},
    {SLICE_INIT("/topic"), send_broker, subscribe_broker},
    {SLICE_INIT("/queue"), send_broker, subscribe_broker},
    /* of this session alone: DF-13 */
    {SLICE_INIT("/user/"), send_nowhere, subscribe_private},
    {SLICE_INIT(""), send_nowhere, subscribe_nowhere},
};

static const struct realm *find_realm(struct slice destination)
{
    const struct realm *row = realms;
    while (!slice_starts_with(destination, row->prefix))
        row++;
    return row;
}

enum stomp_fate api_stomp_send(void *context, struct stomp_session *s, uint32_t ticket,
                               const struct stomp_frame *frame, struct slice destination, enum error *error)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    const struct realm *realm = find_realm(destination);
    const struct api_session *principal = s->principal;
    if (!is_allowed(a, STOMP_RULE_SEND, destination, &principal->caller)) {
        *error = ERR_AUTHORIZATION_DENIED;
        return STOMP_FATE_REFUSED;
    }
    struct sending sending = {.session = s,
                              .ticket = ticket,
                              .frame = frame,
                              .destination = destination,
                              .name = slice_after(destination, realm->prefix.len)};
    return realm->send(a, &sending, error);
}

void api_stomp_subscribe(void *context, struct stomp_session *s, struct stomp_subscription *sub,
                         struct slice destination)
{
    struct api *a = context;
    OBJ_CHECK(a, API_MAGIC);
    const struct api_session *principal = s->principal;
    if (is_allowed(a, STOMP_RULE_SUBSCRIBE, destination, &principal->caller))
        find_realm(destination)->subscribe(a, s, sub, destination);
    else
        stomp_admit(a->engine, s->connection->id, sub->number, ERR_AUTHORIZATION_DENIED, 0);
}
