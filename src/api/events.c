// SPDX-License-Identifier: MIT
// Event types and the bodies that clients get of them.
#include "api/internal.h"
#include "chat/rows.h"
#include "dto/json.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"

enum { EVENT_MEMORY = 1 << 20 };

/* seq and time are columns of the log: merged in here. `online` is not stored: it is what it is when somebody
 * looks (discodeit.md 8.6). */
static ProtobufCMessage *message_created(const struct api *a, const struct event *event,
                                         Parley__V1__Envelope *envelope, struct arena *arena)
{
    Parley__V1__MessageDto *message = envelope->message_created;
    message->created_at = dto_instant(arena, event->time);
    if (message->author != NULL)
        chat_fill_online(&a->shared->chat[LANGUAGE_KOREAN], message->author);
    return &message->base;
}

static const struct event_row {
    Parley__V1__Envelope__PayloadCase payload;
    ProtobufCMessage *(*body)(const struct api *, const struct event *, Parley__V1__Envelope *,
                              struct arena *);
} rows[] = {
    {PARLEY__V1__ENVELOPE__PAYLOAD_MESSAGE_CREATED, message_created},
};

static const struct event_row *find_row(const Parley__V1__Envelope *envelope)
{
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (rows[i].payload == envelope->payload_case)
            return &rows[i];
    }
    return NULL;
}

static struct frame *render_json(const ProtobufCMessage *message)
{
    struct buf b;
    buf_init(&b, EVENT_MEMORY);
    struct frame *frame = json_render(message, &b) ? frame_copy(buf_slice(&b)) : NULL;
    buf_release(&b);
    return frame;
}

/* Clients follow a stream under the broker prefix of the domain. */
static struct frame *name_destination(struct slice stream)
{
    struct slice prefix = SLICE("/sub/");
    struct frame *frame = frame_new(prefix.len + stream.len);
    if (frame == NULL)
        return NULL;
    memcpy(frame->octets, prefix.data, prefix.len);
    memcpy(frame->octets + prefix.len, stream.data, stream.len);
    return frame;
}

/* An event that is far from using up what it may was refused by the machine, not by the limit. */
static enum error no_room(const struct event *event)
{
    return event->body.len < EVENT_MEMORY / 16 ? ERR_OUT_OF_MEMORY : ERR_CONTENT_TOO_LARGE;
}

static enum error render_body(const struct api *a, const struct event *event, struct arena *arena,
                              struct frame **body)
{
    Parley__V1__Envelope *envelope = dto_unpack(arena, &parley__v1__envelope__descriptor, event->body);
    const struct event_row *row = envelope == NULL ? NULL : find_row(envelope);
    const ProtobufCMessage *message = row == NULL ? NULL : row->body(a, event, envelope, arena);
    if (!arena_ok(arena))
        return no_room(event);
    if (message == NULL)
        return ERR_INTERNAL_SERVER_ERROR; /* no envelope, or of a type that is not known here */
    *body = render_json(message);
    return *body == NULL ? no_room(event) : ERR_NONE;
}

enum error api_render_event(struct renderer *renderer, const struct event *event, struct message *into)
{
    const struct api *a = CONTAINER_OF(renderer, struct api, renderer);
    struct arena arena;
    struct frame *body = NULL;
    arena_init(&arena, EVENT_MEMORY);
    enum error error = render_body(a, event, &arena, &body);
    arena_release(&arena);
    struct frame *named = error == ERR_NONE ? name_destination(event->stream) : NULL;
    if (named == NULL) {
        frame_unref(body);
        return error == ERR_NONE ? ERR_OUT_OF_MEMORY : error;
    }
    into->named = named;
    into->destination = frame_slice(named);
    into->content_type = SLICE("application/json");
    into->body = body;
    return ERR_NONE;
}
