// SPDX-License-Identifier: MIT
//
// JSON into messages and back. The first octet chooses the type, and whether the rest is JSON or protobuf.
//   JSON: what was read can be judged, is rendered, reads back, and is the same message.
//   protobuf: what another program may have sent is rendered or refused, within the limit.
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "dto/json.h"
#include "dto/validate.h"
#include "dto/values.h"
#include "parley/v1/dto.pb-c.h"
#include "parley/v1/event.pb-c.h"

enum { LIMIT = 64 * 1024, ARENA = 4 * 1024 * 1024, OUT = 1024 * 1024 };

static const struct {
    const ProtobufCMessageDescriptor *type;
    const struct validation *validation;
} kinds[] = {
    {&parley__v1__user_create_request__descriptor, &VALIDATE_USER_CREATE},
    {&parley__v1__user_create_request__descriptor, &VALIDATE_FIRST_ADMIN},
    {&parley__v1__public_channel_create_request__descriptor, &VALIDATE_PUBLIC_CHANNEL_CREATE},
    {&parley__v1__private_channel_create_request__descriptor, &VALIDATE_PRIVATE_CHANNEL_CREATE},
    {&parley__v1__message_create_request__descriptor, &VALIDATE_MESSAGE_CREATE},
    {&parley__v1__message_create_request__descriptor, &VALIDATE_MESSAGE_CREATE_WITH_FILES},
    {&parley__v1__login_request__descriptor, NULL},
    {&parley__v1__message_page__descriptor, NULL},
    {&parley__v1__channel_dto__descriptor, NULL},
    {&parley__v1__error_response__descriptor, NULL},
    {&parley__v1__envelope__descriptor, NULL},
};

static void check_round_trip(struct arena *arena, const ProtobufCMessage *message)
{
    struct problems problems;
    ProtobufCMessage *back;
    struct buf out;
    buf_init(&out, OUT);
    bool rendered = json_render(message, &out);
    assert(rendered && out.len <= OUT);
    problems_init(&problems, arena, LANGUAGE_KOREAN);
    enum error error = json_read(message->descriptor, buf_slice(&out), OUT, arena, &problems, &back);
    assert(error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
    if (error == ERR_NONE) {
        struct slice was = dto_pack(arena, message), is = dto_pack(arena, back);
        assert(!arena_ok(arena) || slice_equals(was, is));
    }
    buf_release(&out);
}

static void read_json(size_t kind, struct slice text)
{
    struct arena arena;
    struct problems problems;
    ProtobufCMessage *message;
    arena_init(&arena, ARENA);
    problems_init(&problems, &arena, LANGUAGE_ENGLISH);
    enum error error = json_read(kinds[kind].type, text, LIMIT, &arena, &problems, &message);
    assert((message != NULL) == (error == ERR_NONE || error == ERR_VALIDATION_ERROR));
    assert((problems.count > 0) == (error == ERR_VALIDATION_ERROR) || error == ERR_OUT_OF_MEMORY);
    if (message != NULL && kinds[kind].validation != NULL) {
        bool fine = validate(kinds[kind].validation, message, &problems);
        assert(fine || problems.count > 0);
    }
    if (error == ERR_NONE)
        check_round_trip(&arena, message);
    arena_release(&arena);
}

static void read_protobuf(size_t kind, struct slice octets)
{
    struct arena arena;
    struct buf out;
    arena_init(&arena, ARENA);
    buf_init(&out, OUT);
    ProtobufCMessage *message = dto_unpack(&arena, kinds[kind].type, octets);
    if (message != NULL)
        json_render(message, &out);
    assert(out.len <= OUT && buf_valid(&out));
    buf_release(&out);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    size_t kind = (data[0] & 0x7F) % (sizeof kinds / sizeof kinds[0]);
    struct slice rest = slice_of(data + 1, size - 1);
    if (data[0] & 0x80)
        read_protobuf(kind, rest);
    else
        read_json(kind, rest);
    return 0;
}
