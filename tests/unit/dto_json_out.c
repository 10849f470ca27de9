// SPDX-License-Identifier: MIT
#include <inttypes.h>

#include "dto/json.h"
#include "dto/values.h"
#include "parley/v1/dto.pb-c.h"
#include "parley/v1/event.pb-c.h"
#include "support/test.h"

static struct arena arena;
static struct buf out;

static void begin(void)
{
    arena_init(&arena, 1024 * 1024);
    buf_init(&out, 64 * 1024);
}

static void end(void)
{
    arena_release(&arena);
    buf_release(&out);
}

static const struct uuid haneul = {
    {0x5d, 0x0c, 0x2a, 0x9e, 0x7b, 0x1f, 0x4f, 0x0e, 0x9a, 0x56, 0x0f, 0x1d, 0x2c, 0x3b, 0x4a, 0x59}};

#define HANEUL "\"5d0c2a9e-7b1f-4f0e-9a56-0f1d2c3b4a59\""

static Parley__V1__UserDto *make_user(void)
{
    static char name[] = "haneul", email[] = "haneul@example.org", file[] = "me.png", type[] = "image/png";
    Parley__V1__UserDto *u = dto_new(&arena, &parley__v1__user_dto__descriptor);
    u->id = dto_uuid(&arena, &haneul);
    u->username = name;
    u->email = email;
    u->profile = dto_new(&arena, &parley__v1__binary_content_dto__descriptor);
    u->profile->id = dto_uuid(&arena, &haneul);
    u->profile->file_name = file;
    u->profile->has_size = 1;
    u->profile->size = 48213;
    u->profile->content_type = type;
    u->profile->has_status = 1;
    u->profile->status = PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_SUCCESS;
    u->has_online = u->online = 1;
    u->has_role = 1;
    u->role = PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER;
    return u;
}

TEST(user, "D2.1, D2.2: a UserDto with its picture")
{
    begin();
    CHECK(json_render(&make_user()->base, &out));
    CHECK_SLICE(buf_slice(&out),
                "{\"id\":" HANEUL ",\"username\":\"haneul\",\"email\":\"haneul@example.org\","
                "\"profile\":{\"id\":" HANEUL ",\"fileName\":\"me.png\",\"size\":48213,"
                "\"contentType\":\"image/png\",\"status\":\"SUCCESS\"},"
                "\"online\":true,\"role\":\"CHANNEL_MANAGER\"}");
    end();
}

TEST(absent, "D2.3, D2.4, D2.8: absent fields are null, repeated ones are arrays")
{
    Parley__V1__ChannelDto channel = PARLEY__V1__CHANNEL_DTO__INIT;
    Parley__V1__MessageDto message = PARLEY__V1__MESSAGE_DTO__INIT;
    Parley__V1__MessagePage page = PARLEY__V1__MESSAGE_PAGE__INIT;
    begin();
    channel.has_type = 1;
    channel.type = PARLEY__V1__CHANNEL_TYPE__CHANNEL_TYPE_PRIVATE;
    CHECK(json_render(&channel.base, &out));
    CHECK_SLICE(buf_slice(&out), "{\"id\":null,\"type\":\"PRIVATE\",\"name\":null,\"description\":null,"
                                 "\"participants\":[],\"lastMessageAt\":null}");
    buf_clear(&out);
    CHECK(json_render(&message.base, &out));
    CHECK_SLICE(buf_slice(&out), "{\"id\":null,\"createdAt\":null,\"updatedAt\":null,\"content\":null,"
                                 "\"channelId\":null,\"author\":null,\"attachments\":[]}");
    buf_clear(&out);
    CHECK(json_render(&page.base, &out));
    CHECK_SLICE(buf_slice(&out), "{\"content\":[],\"nextCursor\":null,\"size\":null,\"hasNext\":null,"
                                 "\"totalElements\":null}");
    end();
}

TEST(lists, "a list is an array of messages, an empty one too")
{
    Parley__V1__JwtDto jwt = PARLEY__V1__JWT_DTO__INIT;
    const ProtobufCMessage *list[] = {&jwt.base, &jwt.base};
    begin();
    CHECK(json_render_list(NULL, 0, &out));
    CHECK(json_render_list(list, 2, &out));
    CHECK_SLICE(buf_slice(&out),
                "[][{\"userDto\":null,\"accessToken\":null},{\"userDto\":null,\"accessToken\":null}]");
    end();
}

TEST(instants,
     "instants have six digits and a Z; the ends of the calendar are written, beyond them nothing is")
{
    static const struct {
        int64_t at;
        const char *text;
    } cases[] = {
        {0, "\"1970-01-01T00:00:00.000000Z\""},
        {-1, "\"1969-12-31T23:59:59.999999Z\""},
        {INT64_C(-62135596800000000), "\"0001-01-01T00:00:00.000000Z\""},
        {INT64_C(253402300799999999), "\"9999-12-31T23:59:59.999999Z\""},
        {INT64_C(-62135596800000001), NULL},
        {INT64_C(253402300800000000), NULL},
        {INT64_MIN, NULL},
        {INT64_MAX, NULL},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        begin();
        CHECK(json_render(&dto_instant(&arena, cases[i].at)->base, &out) == (cases[i].text != NULL));
        if (cases[i].text != NULL)
            CHECK_SLICE(buf_slice(&out), cases[i].text);
        end();
    }
}

TEST(strings, "RFC 8259 7: only what must be escaped is, and everything reads back as it was")
{
    Parley__V1__LoginRequest login = PARLEY__V1__LOGIN_REQUEST__INIT, *back;
    char every[0x82];
    struct problems problems;
    begin();
    for (int i = 0; i < 0x80; i++)
        every[i] = (char)(i + 1);
    every[0x7F] = '\0';
    login.username = every;
    static char text[] = "/\"\\\b\f\n\r\t\x01\x1F\xED\x95\x9C\xE2\x80\xA8";
    login.password = text;
    CHECK(json_render(&login.base, &out));
    static const char tail[] = "\"/\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\xED\x95\x9C\xE2\x80\xA8\"}";
    CHECK_SLICE(slice_after(buf_slice(&out), out.len - strlen(tail)), tail);
    problems_init(&problems, &arena, LANGUAGE_ENGLISH);
    CHECK_INT(json_read(&parley__v1__login_request__descriptor, buf_slice(&out), 4096, &arena, &problems,
                        (ProtobufCMessage **)(void *)&back),
              ERR_NONE);
    CHECK_SLICE(slice_from_string(back->username), every);
    CHECK_SLICE(slice_from_string(back->password), text);
    end();
}

TEST(round_trip, "what is rendered reads back to the same message, field by field")
{
    Parley__V1__MessageDto message = PARLEY__V1__MESSAGE_DTO__INIT;
    ProtobufCMessage *back;
    struct problems problems;
    begin();
    static char content[] = "lunch? \xF0\x9F\x8D\x9C";
    message.id = dto_uuid(&arena, &haneul);
    message.created_at = dto_instant(&arena, 1772442930482913);
    message.content = content;
    message.channel_id = dto_uuid(&arena, &haneul);
    message.author = make_user();
    message.n_attachments = 1;
    message.attachments = &message.author->profile;
    CHECK(json_render(&message.base, &out));
    problems_init(&problems, &arena, LANGUAGE_ENGLISH);
    CHECK_INT(json_read(message.base.descriptor, buf_slice(&out), 4096, &arena, &problems, &back), ERR_NONE);
    struct slice was = dto_pack(&arena, &message.base), is = dto_pack(&arena, back);
    CHECK(slice_equals(was, is) && was.len > 100);
    CHECK(dto_unpack(&arena, message.base.descriptor, was) != NULL);
    CHECK(dto_unpack(&arena, message.base.descriptor, slice_of(was.data, was.len - 1)) == NULL);
    end();
}

TEST(numbers, "the largest integers are written digit by digit")
{
    Parley__V1__BinaryContentDto file = PARLEY__V1__BINARY_CONTENT_DTO__INIT;
    begin();
    file.has_size = 1;
    file.size = UINT64_MAX;
    CHECK(json_render(&file.base, &out));
    CHECK_SLICE(buf_slice(&out), "{\"id\":null,\"fileName\":null,\"size\":18446744073709551615,"
                                 "\"contentType\":null,\"status\":null}");
    end();
}

TEST(errors, "D5.1: details are an object of field and reason; Details reads back")
{
    struct problems problems;
    ProtobufCMessage *back;
    begin();
    problems_init(&problems, &arena, LANGUAGE_KOREAN);
    CHECK(problems_details(&problems, &arena) == NULL);
    problems_add(&problems, "username", PROBLEM_TOO_SHORT, 3);
    problems_add(&problems, "username", PROBLEM_BLANK, 0);
    problems_add(&problems, "email", PROBLEM_NOT_EMAIL, 0);
    Parley__V1__Details *details = problems_details(&problems, &arena);
    CHECK(json_render(&details->base, &out));
    CHECK_SLICE(buf_slice(&out),
                "{\"username\":\"3자 이상이어야 합니다.\",\"email\":\"이메일 형식이 올바르지 않습니다.\"}");
    CHECK_INT(json_read(&parley__v1__details__descriptor, buf_slice(&out), 4096, &arena, &problems, &back),
              ERR_NONE);
    CHECK(slice_equals(dto_pack(&arena, back), dto_pack(&arena, &details->base)));
    for (int i = 0; i < 2 * PROBLEMS_MAX; i++) {
        char name[16];
        snprintf(name, sizeof name, "field%d", i);
        problems_add(&problems, name, PROBLEM_REQUIRED, 0);
    }
    CHECK_INT(problems.count, PROBLEMS_MAX);
    end();
}

TEST(envelopes, "of a oneof only the member that is set is written")
{
    Parley__V1__Envelope envelope = PARLEY__V1__ENVELOPE__INIT;
    begin();
    CHECK(json_render(&envelope.base, &out));
    CHECK_SLICE(buf_slice(&out),
                "{\"id\":null,\"stream\":null,\"seq\":null,\"time\":null,\"audience\":null}");
    end();
}

TEST(refusals, "what cannot be JSON is not written: a short Uuid, an unknown enum value, a full buf")
{
    Parley__V1__Uuid uuid = PARLEY__V1__UUID__INIT;
    Parley__V1__UserDto user = PARLEY__V1__USER_DTO__INIT;
    begin();
    CHECK(!json_render(&uuid.base, &out));
    end();
    begin();
    user.has_role = 1;
    user.role = (Parley__V1__Role)99;
    CHECK(!json_render(&user.base, &out));
    end();
    begin();
    buf_release(&out);
    buf_init(&out, 16);
    CHECK(!json_render(&make_user()->base, &out));
    CHECK(out.len <= 16);
    end();
}

TEST(names, "enum values go by their names without the prefix of their enum")
{
    int value = 0;
    CHECK_SLICE(dto_enum_name(&parley__v1__channel_type__descriptor, 2), "PRIVATE");
    CHECK_SLICE(dto_enum_name(&parley__v1__binary_content_status__descriptor, 1), "PROCESSING");
    CHECK(slice_is_empty(dto_enum_name(&parley__v1__role__descriptor, 0)));
    CHECK(dto_enum_value(&parley__v1__role__descriptor, SLICE("ADMIN"), &value) && value == 3);
    CHECK(!dto_enum_value(&parley__v1__role__descriptor, SLICE("ROLE_ADMIN"), &value));
    CHECK(!dto_enum_value(&parley__v1__role__descriptor, SLICE("admin"), &value));
    CHECK(!dto_enum_value(&parley__v1__role__descriptor, SLICE(""), &value) && value == 3);
}
