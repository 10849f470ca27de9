// SPDX-License-Identifier: MIT
// Subscriptions of a session, and what is delivered to them.
#include <stdlib.h>

#include "base/utf8.h"
#include "base/uuid.h"
#include "engine/stomp_internal.h"
#include "wire/media_type.h"
#include "wire/stomp_write.h"

/* Of a prefix: every octet of an id may need an escape. */
enum { PREFIX_MOST = 32 + 2 * STOMP_SUBSCRIPTION_ID };

static const struct subscriber stomp_subscriber;

/* ---- finding ---- */

static struct slice id_of(const struct stomp_subscription *sub)
{
    return slice_of(sub->octets, sub->id_len);
}

/* The prefix of its MESSAGEs, behind STOMP_MESSAGE_BEGIN. */
static struct slice line_of(const struct stomp_subscription *sub)
{
    return slice_of(sub->octets + sub->id_len, sub->line_len);
}

static bool is_to(const struct stomp_subscription *sub, struct slice destination)
{
    struct slice name =
        sub->private_name == NULL ? subscription_name(&sub->following) : frame_slice(sub->private_name);
    return slice_equals(name, destination);
}

struct id_key {
    const struct stomp_session *session;
    struct slice id;
};

static bool id_equals(const struct table_node *node, const void *key)
{
    const struct stomp_subscription *sub = CONTAINER_OF(node, struct stomp_subscription, node);
    const struct id_key *wanted = key;
    return sub->session == wanted->session && slice_equals(id_of(sub), wanted->id);
}

/* All sessions share one table: clients that count from sub-0 must not meet in one chain. */
static uint32_t id_hash(const struct stomp_session *s, struct slice id)
{
    const struct connection *c = s->connection;
    return (uint32_t)hash_slice(&c->engine->key, id) ^ (c->id.slot * UINT32_C(0x9E3779B1));
}

static struct stomp_subscription *find_by_id(const struct stomp_session *s, struct slice id)
{
    struct id_key key = {s, id};
    struct table_node *node =
        table_find(&s->connection->engine->subscriptions, id_hash(s, id), id_equals, &key);
    return node == NULL ? NULL : CONTAINER_OF(node, struct stomp_subscription, node);
}

/* ---- life ---- */

static struct stomp_subscription *subscription_new(struct stomp_session *s, struct slice id)
{
    struct buf prefix;
    buf_init(&prefix, PREFIX_MOST);
    stomp_write_message_prefix(&prefix, s->dialect, id, SLICE_NONE);
    struct slice line =
        buf_ok(&prefix) ? slice_after(buf_slice(&prefix), STOMP_MESSAGE_BEGIN.len) : SLICE_NONE;
    struct stomp_subscription *sub = buf_ok(&prefix) ? calloc(1, sizeof *sub + id.len + line.len) : NULL;
    if (sub != NULL) {
        sub->magic = STOMP_SUBSCRIPTION_MAGIC;
        sub->session = s;
        sub->connection = s->connection;
        sub->dialect = (uint8_t)s->dialect;
        sub->number = ++s->numbers;
        sub->id_len = (uint16_t)id.len;
        sub->line_len = (uint16_t)line.len;
        memcpy(sub->octets, id.data, id.len);
        memcpy(sub->octets + id.len, line.data, line.len);
        subscription_init(&sub->following, &stomp_subscriber);
        table_insert(&s->connection->engine->subscriptions, &sub->node, id_hash(s, id));
        list_init(&sub->link);
        list_append(&s->subscriptions, &sub->link);
        s->subscription_count++;
    }
    buf_release(&prefix);
    return sub;
}

static void subscription_free(struct stomp_subscription *sub)
{
    OBJ_CHECK(sub, STOMP_SUBSCRIPTION_MAGIC);
    struct stomp_session *s = sub->session;
    broker_unsubscribe(s->connection->engine->broker, &sub->following);
    if (s->subscribing == sub)
        s->subscribing = NULL;
    table_remove(&s->connection->engine->subscriptions, &sub->node);
    list_remove(&sub->link);
    s->subscription_count--;
    frame_unref(sub->private_name);
    OBJ_DEAD(sub);
    free(sub);
}

void stomp_unsubscribe_all(struct stomp_session *s)
{
    while (!list_is_empty(&s->subscriptions))
        subscription_free(CONTAINER_OF(s->subscriptions.next, struct stomp_subscription, link));
}

/* ---- SUBSCRIBE, UNSUBSCRIBE ---- */

static bool is_ack_mode(struct slice value)
{
    return slice_equals(value, SLICE("auto")) || slice_equals(value, SLICE("client")) ||
           slice_equals(value, SLICE("client-individual"));
}

static enum error check_subscribe(const struct stomp_session *s, const struct stomp_frame *f,
                                  struct slice *id, struct slice *destination)
{
    const struct engine_limits *limits = s->connection->engine->limits;
    struct slice ack;
    if (!stomp_frame_header(f, SLICE("id"), id) || !stomp_frame_header(f, SLICE("destination"), destination))
        return ERR_STOMP_MISSING_HEADER; /* SB-6 */
    if (id->len == 0 || id->len > STOMP_SUBSCRIPTION_ID || destination->len == 0 ||
        destination->len > limits->stomp_destination)
        return ERR_STOMP_BAD_VALUE; /* ST-59 */
    if (stomp_frame_header(f, SLICE("ack"), &ack) && !is_ack_mode(ack))
        return ERR_STOMP_BAD_VALUE; /* ST-34 */
    return ERR_NONE;
}

void stomp_do_subscribe(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    const struct engine *e = s->connection->engine;
    struct slice id, destination;
    enum error error = check_subscribe(s, f, &id, &destination);
    if (error == ERR_NONE && find_by_id(s, id) != NULL) {
        stomp_finish_frame(s, receipt); /* SB-7: the first one stands */
        return;
    }
    if (error == ERR_NONE && s->subscription_count >= e->limits->stomp_subscriptions)
        error = ERR_RATE_LIMIT; /* LM-8 */
    if (error != ERR_NONE) {
        stomp_reject(s, error, receipt);
        return;
    }
    struct stomp_subscription *sub = subscription_new(s, id);
    uint32_t ticket = sub == NULL ? 0 : stomp_ticket_take(s, receipt, false);
    if (ticket == 0) {
        connection_abort(s->connection, ERR_OUT_OF_MEMORY);
        return;
    }
    assert(s->subscribing == NULL);
    sub->ticket = ticket;
    s->subscribing = sub;
    e->ports->stomp_subscribe(e->ports_context, s, sub, destination);
}

void stomp_do_unsubscribe(struct stomp_session *s, const struct stomp_frame *f, struct slice receipt)
{
    struct slice id;
    if (!stomp_frame_header(f, SLICE("id"), &id)) {
        stomp_reject(s, ERR_STOMP_MISSING_HEADER, receipt);
        return;
    }
    struct stomp_subscription *sub = find_by_id(s, id);
    if (sub != NULL)
        subscription_free(sub);
    stomp_finish_frame(s, receipt); /* SB-8: an unknown id is no error */
}

/* The SUBSCRIBE is done, one way or the other. */
static void finish_subscribe(struct stomp_subscription *sub, enum error error)
{
    struct stomp_session *s = sub->session;
    uint32_t ticket = sub->ticket;
    sub->ticket = 0;
    if (s->subscribing == sub)
        s->subscribing = NULL;
    if (error != ERR_NONE)
        subscription_free(sub);
    if (ticket != 0)
        stomp_ticket_finish(s, ticket, error);
    else if (error != ERR_NONE)
        stomp_refuse(s, error);
}

bool stomp_follow(struct stomp_subscription *sub, struct slice destination, bool durable)
{
    OBJ_CHECK(sub, STOMP_SUBSCRIPTION_MAGIC);
    struct broker *broker = sub->session->connection->engine->broker;
    if (broker_subscribe(broker, &sub->following, destination, durable) != ERR_NONE)
        return false;
    if (!durable)
        (void)broker_admit(broker, &sub->following, 0, 0);
    return true;
}

void stomp_keep_private(struct stomp_subscription *sub, struct slice destination)
{
    OBJ_CHECK(sub, STOMP_SUBSCRIPTION_MAGIC);
    sub->private_name = frame_copy(destination);
    finish_subscribe(sub, sub->private_name == NULL ? ERR_OUT_OF_MEMORY : ERR_NONE);
}

void stomp_admit(struct engine *e, struct connection_id id, uint32_t number, enum error error, uint64_t head)
{
    struct stomp_session *s = stomp_find(e, id);
    struct stomp_subscription *sub = s == NULL ? NULL : s->subscribing;
    if (sub == NULL || sub->number != number)
        return;
    if (error == ERR_NONE && !broker_admit(e->broker, &sub->following, head, head))
        error = ERR_AUTHORIZATION_DENIED; /* withdrawn while its check was running */
    if (error != ERR_NONE)
        finish_subscribe(sub, error);
}

void stomp_withdraw(struct stomp_session *s, struct slice destination)
{
    struct stomp_subscription *unfinished = s->subscribing;
    LIST_FOREACH (node, &s->subscriptions) {
        struct stomp_subscription *sub = CONTAINER_OF(node, struct stomp_subscription, link);
        if (!is_to(sub, destination))
            continue;
        broker_withdraw(&sub->following);
        if (sub != unfinished)
            subscription_free(sub);
    }
    /* One whose check is still running finds out by itself;
     * one that is being replayed to will not be live. */
    if (unfinished != NULL && unfinished->following.withdrawn &&
        unfinished->following.state != SUBSCRIPTION_PENDING)
        finish_subscribe(unfinished, ERR_AUTHORIZATION_DENIED);
}

/* ---- what the broker calls ---- */

/* "Compatible" is what Spring makes of it: parameters do not matter, wildcards fit. */
static bool is_octet_stream(struct slice content_type)
{
    struct media_type type;
    if (content_type.len == 0 || !media_type_parse(content_type, &type))
        return false;
    return media_type_is(&type, SLICE("application"), SLICE("octet-stream")) ||
           media_type_is(&type, SLICE("application"), SLICE("*")) ||
           media_type_is(&type, SLICE("*"), SLICE("*"));
}

/* SE-6, SE-7: binary only if the body says that it is, or is no text. */
static bool must_be_binary(const struct message *m)
{
    struct slice body = frame_slice(m->body);
    return body.len > 0 && (is_octet_stream(m->content_type) || !utf8_valid(body));
}

/* What all subscribers of this worker share: from `destination:` to the NUL.
 * Rendered at the first delivery. */
static struct frame *render(struct message *m, enum stomp_dialect dialect)
{
    char id[UUID_TEXT];
    struct buf b;
    uuid_format(&m->event->id, id);
    struct stomp_message fields = {
        .destination = m->destination,
        .message_id = slice_of(id, sizeof id),
        .content_type = m->content_type.len == 0 ? SLICE_NONE : m->content_type,
        .lines = m->event->headers,
        .body = frame_slice(m->body),
    };
    buf_init(&b, SIZE_MAX / 2); /* bounded by the event */
    stomp_write_message_rest(&b, dialect, &fields);
    m->is_binary = must_be_binary(m);
    m->rendered[dialect] = buf_ok(&b) ? frame_copy(buf_slice(&b)) : NULL;
    buf_release(&b);
    return m->rendered[dialect];
}

static struct slice put_prefix(const struct stomp_subscription *sub, unsigned char *prefix)
{
    struct slice begin = STOMP_MESSAGE_BEGIN, line = line_of(sub);
    memcpy(prefix, begin.data, begin.len);
    memcpy(prefix + begin.len, line.data, line.len);
    return slice_of(prefix, begin.len + line.len);
}

static void on_deliver(struct subscription *following, struct message *m)
{
    struct stomp_subscription *sub = CONTAINER_OF(following, struct stomp_subscription, following);
    OBJ_CHECK(sub, STOMP_SUBSCRIPTION_MAGIC);
    struct connection *c = sub->connection;
    struct frame *rest = m->rendered[sub->dialect];
    if (rest == NULL)
        rest = render(m, (enum stomp_dialect)sub->dialect);
    if (rest == NULL) {
        connection_abort(c, ERR_OUT_OF_MEMORY);
        return;
    }
    counter_add(&c->engine->counters.messages_out, 1);
    unsigned char prefix[PREFIX_MOST];
    (void)websocket_deliver(c, m->is_binary ? WS_BINARY : WS_TEXT, put_prefix(sub, prefix), rest);
}

/* Replays go at the pace of the socket: live messages keep most of the buffer for themselves. */
static bool on_has_room(struct subscription *following)
{
    struct stomp_subscription *sub = CONTAINER_OF(following, struct stomp_subscription, following);
    struct stomp_session *s = sub->session;
    bool has_room = s->connection->out.bytes < s->connection->engine->limits->send_buffer / 4;
    if (!has_room) {
        s->stalled = true;
        connection_want_drained(s->connection);
    }
    return has_room;
}

static void on_live(struct subscription *following)
{
    finish_subscribe(CONTAINER_OF(following, struct stomp_subscription, following), ERR_NONE);
}

/* What was there and is gone is nobody's fault: it costs its subscribers nothing but the subscription. One that was not
 * finished is refused as if it had never been there. */
static void on_failed(struct subscription *following, enum error error)
{
    struct stomp_subscription *sub = CONTAINER_OF(following, struct stomp_subscription, following);
    struct stomp_session *s = sub->session;
    const struct engine *e = s->connection->engine;
    if (error_row(error)->status != 404 || sub->ticket != 0) {
        finish_subscribe(sub, error_row(error)->status == 404 ? ERR_AUTHORIZATION_DENIED : error);
        return;
    }
    subscription_free(sub);
    e->ports->stomp_forgiven(e->ports_context, s, error);
}

static const struct subscriber stomp_subscriber = {
    .deliver = on_deliver,
    .has_room = on_has_room,
    .live = on_live,
    .failed = on_failed,
};

/* ---- private destinations ---- */

static void whisper(struct stomp_subscription *sub, struct slice content_type, struct slice body)
{
    struct stomp_session *s = sub->session;
    struct uuid id;
    char text[UUID_TEXT];
    struct buf b;
    uuid_draw(&id, s->connection->engine->loop->random);
    uuid_format(&id, text);
    buf_init(&b, SIZE_MAX / 2);
    buf_append(&b, STOMP_MESSAGE_BEGIN);
    buf_append(&b, line_of(sub));
    stomp_write_message_rest(&b, s->dialect,
                             &(struct stomp_message){.destination = frame_slice(sub->private_name),
                                                     .message_id = slice_of(text, sizeof text),
                                                     .content_type = content_type,
                                                     .body = body});
    stomp_push(s, &b);
    buf_release(&b);
}

size_t stomp_whisper(struct stomp_session *s, struct slice destination, struct slice content_type,
                     struct slice body)
{
    size_t count = 0;
    LIST_FOREACH (node, &s->subscriptions) {
        struct stomp_subscription *sub = CONTAINER_OF(node, struct stomp_subscription, link);
        if (sub->private_name == NULL || !is_to(sub, destination))
            continue;
        whisper(sub, content_type, body);
        count++;
    }
    return count;
}
