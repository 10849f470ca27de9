// SPDX-License-Identifier: MIT
#include "chat/task.h"

#include <stdlib.h>

#include "base/object.h"
#include "chat/operation.h"
#include "dto/json.h"
#include "dto/values.h"

enum { ERROR_MEMORY = 16 * 1024 };

struct task *task_new(const struct chat *chat, const struct operation *operation, struct loop *home,
                      void (*done)(struct task *))
{
    struct task *t = malloc(sizeof *t);
    if (t == NULL)
        return NULL;
    OBJ_INIT(t, TASK_MAGIC);
    t->chat = chat;
    t->operation = operation;
    t->home = home;
    t->done = done;
    arena_init(&t->arena, operation->lists ? chat->list_memory : chat->task_memory);
    problems_init(&t->problems, &t->arena, chat->language);
    return t;
}

void task_free(struct task *t)
{
    OBJ_CHECK(t, TASK_MAGIC);
    arena_release(&t->arena);
    OBJ_DEAD(t);
    free(t);
}

void task_spoil(struct task *t, enum error error)
{
    OBJ_CHECK(t, TASK_MAGIC);
    t->input = NULL;
    t->input_error = error;
}

void task_read(struct task *t, struct slice json)
{
    OBJ_CHECK(t, TASK_MAGIC);
    assert(t->operation->input != NULL && !t->started);
    t->input_error =
        json_read(t->operation->input, json, t->chat->body_limit, &t->arena, &t->problems, &t->input);
    if (t->input_error == ERR_INVALID_REQUEST)
        problems_add(&t->problems, "request", PROBLEM_NOT_JSON, 0);
}

void task_make_id(const struct task *t, struct uuid *id)
{
    uuid_draw(id, t->chat->random);
}

bool task_is_caller(const struct task *t, const Parley__V1__Uuid *user)
{
    struct uuid id;
    return dto_read_uuid(user, &id) && uuid_equals(&id, &t->caller.user);
}

enum error task_check_own_list(struct task *t)
{
    struct uuid user;
    if (t->parameters.user_id.data == NULL)
        return ERR_NONE;
    if (!uuid_parse(t->parameters.user_id, &user)) {
        problems_add(&t->problems, "userId", PROBLEM_NOT_UUID, 0);
        return ERR_INVALID_REQUEST;
    }
    return uuid_equals(&user, &t->caller.user) ? ERR_NONE : ERR_AUTHORIZATION_DENIED;
}

void task_note_ended(struct task *t, const struct uuid *user, const struct uuid *login)
{
    presence_end(t->chat->presence, user, login, t->now);
    size_t i = 0;
    while (i < t->ended_count && !uuid_equals(&t->ended[i], login))
        i++;
    if (i < t->ended_count || i == TASK_ENDED)
        return;
    t->ended_users[i] = *user;
    t->ended[i] = *login;
    t->ended_count++;
}

bool task_begin_list(struct task *t, size_t most)
{
    t->list = arena_alloc(&t->arena, most * sizeof(ProtobufCMessage *));
    t->list_given = true;
    return t->list != NULL;
}

enum error task_read_id(struct task *t, enum error unknown)
{
    struct uuid *id = ARENA_NEW(&t->arena, struct uuid);
    if (id == NULL)
        return ERR_OUT_OF_MEMORY;
    t->state = id;
    return uuid_parse(t->parameters.id, id) ? ERR_NONE : unknown;
}

/* What a refusal calls the id that led nowhere, and the field of the input that may have held it. */
struct culprit {
    enum error error;
    const char *name, *field;
};

static const struct culprit culprits[] = {
    {ERR_USER_NOT_FOUND, "userId", "user_id"},
    {ERR_CHANNEL_NOT_FOUND, "channelId", "channel_id"},
    {ERR_PRIVATE_CHANNEL_UPDATE, "channelId", NULL},
    {ERR_MESSAGE_NOT_FOUND, "messageId", NULL},
    {ERR_READ_STATUS_NOT_FOUND, "readStatusId", NULL},
    {ERR_NOTIFICATION_NOT_FOUND, "notificationId", NULL},
    {ERR_BINARY_CONTENT_NOT_FOUND, "binaryContentId", NULL},
};

static const struct culprit *find_culprit(enum error error)
{
    for (size_t i = 0; i < ARRAY_LEN(culprits); i++) {
        if (culprits[i].error == error)
            return &culprits[i];
    }
    return NULL;
}

static struct slice id_in_input(struct task *t, const char *name)
{
    struct uuid id;
    char *text = arena_alloc(&t->arena, UUID_TEXT);
    const ProtobufCFieldDescriptor *field =
        t->input == NULL || name == NULL
            ? NULL
            : protobuf_c_message_descriptor_get_field_by_name(t->input->descriptor, name);
    if (text == NULL || field == NULL ||
        !dto_read_uuid(*(Parley__V1__Uuid *const *)(void *)((char *)t->input + field->offset), &id))
        return SLICE_NONE;
    uuid_format(&id, text);
    return slice_of(text, UUID_TEXT);
}

void task_name_culprit(struct task *t)
{
    const struct culprit *culprit = find_culprit(t->error);
    if (culprit == NULL || t->problems.count > 0)
        return;
    struct slice id = t->parameters.id;
    if (id.data == NULL)
        id = t->parameters.channel_id;
    if (id.data == NULL)
        id = id_in_input(t, culprit->field);
    if (id.data != NULL)
        problems_quote(&t->problems, culprit->name, id);
}

/* Each element in memory of its own, which is given back before the next is made: of a long list only the rows and the
 * text are there at a time. */
static bool render_each(const struct task *t, struct buf *out)
{
    struct task scratch = *t;
    bool fine = buf_append_octet(out, '[');
    for (size_t i = 0; fine && i < t->list_count; i++) {
        arena_init(&scratch.arena, t->chat->task_memory);
        ProtobufCMessage *element = t->element(&scratch, i);
        fine = (i == 0 || buf_append_octet(out, ',')) && element != NULL && arena_ok(&scratch.arena) &&
               json_render(element, out);
        arena_release(&scratch.arena);
    }
    return fine && buf_append_octet(out, ']');
}

bool task_render(const struct task *t, struct buf *out)
{
    OBJ_CHECK(t, TASK_MAGIC);
    assert(t->error == ERR_NONE);
    if (t->element != NULL)
        return render_each(t, out);
    if (t->output != NULL)
        return json_render(t->output, out);
    if (t->list_given)
        return json_render_list((const ProtobufCMessage *const *)t->list, t->list_count, out);
    return buf_ok(out);
}

bool task_render_error(const struct task *t, struct buf *out)
{
    OBJ_CHECK(t, TASK_MAGIC);
    return chat_render_error(t->chat, t->error, &t->problems, out);
}

bool chat_render_error(const struct chat *chat, enum error error, const struct problems *problems,
                       struct buf *out)
{
    const struct error_row *row = error_row(error);
    struct arena arena;
    Parley__V1__Instant timestamp = PARLEY__V1__INSTANT__INIT;
    Parley__V1__ErrorResponse body = PARLEY__V1__ERROR_RESPONSE__INIT;
    arena_init(&arena, ERROR_MEMORY);
    timestamp.microseconds = chat->clock->wall(chat->clock);
    body.timestamp = &timestamp;
    /* Rendering does not write to strings; protobuf-c's members are not const. */
    body.code = (char *)(uintptr_t)row->code;
    body.message = (char *)(uintptr_t)row->message[chat->language];
    body.details = problems == NULL ? NULL : problems_details(problems, &arena);
    body.exception_type = (char *)(uintptr_t)row->type;
    body.has_status = 1;
    body.status = row->status;
    bool rendered = json_render(&body.base, out);
    arena_release(&arena);
    return rendered;
}
