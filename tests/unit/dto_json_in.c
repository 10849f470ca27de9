// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "dto/json.h"
#include "dto/values.h"
#include "parley/v1/dto.pb-c.h"
#include "support/guarded.h"
#include "support/test.h"

struct document {
    struct arena arena;
    struct problems problems;
    ProtobufCMessage *message;
    enum error error;
};

enum { LIMIT = 4096 };

static void *read_octets(struct document *d, const ProtobufCMessageDescriptor *type, struct slice text)
{
    arena_init(&d->arena, 1024 * 1024);
    problems_init(&d->problems, &d->arena, LANGUAGE_ENGLISH);
    struct guarded guarded;
    guarded_init(&guarded, text.len);
    d->error = json_read(type, guarded_copy(&guarded, text), LIMIT, &d->arena, &d->problems, &d->message);
    guarded_release(&guarded); /* so that a pointer that was kept shows */
    return d->message;
}

static void *read_text(struct document *d, const ProtobufCMessageDescriptor *type, const char *text)
{
    return read_octets(d, type, slice_from_string(text));
}

/* The reason of a field; "" when nothing is wrong with it. */
static const char *reason(const struct document *d, const char *field)
{
    for (size_t i = 0; i < d->problems.count; i++) {
        if (strcmp(d->problems.rows[i].field, field) == 0)
            return d->problems.rows[i].reason;
    }
    return "";
}

TEST(request, "D4.2: fields by their camelCase names, in any order, with unknown ones ignored")
{
    struct document d;
    Parley__V1__UserCreateRequest *in =
        read_text(&d, &parley__v1__user_create_request__descriptor,
                  " {\"password\":\"p\\u00e9\\n\", \"x\":{\"y\":[1,2.5,null]},\r\n"
                  "\t\"username\":\"\\uD83D\\uDE00\",\"email\":null}");
    CHECK_INT(d.error, ERR_NONE);
    CHECK_SLICE(slice_from_string(in->password), "p\xC3\xA9\n");
    CHECK_SLICE(slice_from_string(in->username), "\xF0\x9F\x98\x80");
    CHECK(in->email == NULL);
    arena_release(&d.arena);
}

TEST(uuids, "a UUID is 36 characters in either case; anything else is a wrong field")
{
    struct document d;
    struct uuid u;
    char text[UUID_TEXT];
    Parley__V1__MessageCreateRequest *in =
        read_text(&d, &parley__v1__message_create_request__descriptor,
                  "{\"content\":\"\",\"channelId\":\"9F8E7D6C-5b4a-4392-8181-706050403020\"}");
    CHECK_INT(d.error, ERR_NONE);
    CHECK(dto_read_uuid(in->channel_id, &u) && in->author_id == NULL);
    uuid_format(&u, text);
    CHECK_SLICE(slice_of(text, sizeof text), "9f8e7d6c-5b4a-4392-8181-706050403020");
    CHECK(in->content != NULL && in->content[0] == '\0');
    arena_release(&d.arena);
    in = read_text(&d, &parley__v1__message_create_request__descriptor,
                   "{\"channelId\":\"9f8e7d6c5b4a43928181706050403020\",\"authorId\":7}");
    CHECK_INT(d.error, ERR_VALIDATION_ERROR);
    CHECK(in->channel_id == NULL && in->author_id == NULL);
    CHECK_SLICE(slice_from_string(reason(&d, "channelId")), "must be a UUID");
    CHECK_SLICE(slice_from_string(reason(&d, "authorId")), "must be a UUID");
    arena_release(&d.arena);
}

TEST(repeated, "an array fills a repeated field; null and absent are empty; a bad element is named, and "
               "empties the field")
{
    struct document d;
    const ProtobufCMessageDescriptor *type = &parley__v1__private_channel_create_request__descriptor;
    Parley__V1__PrivateChannelCreateRequest *in =
        read_text(&d, type,
                  "{\"participantIds\":[\"9f8e7d6c-5b4a-4392-8181-706050403020\","
                  "\"9f8e7d6c-5b4a-4392-8181-706050403021\"]}");
    CHECK_INT(d.error, ERR_NONE);
    CHECK_INT(in->n_participant_ids, 2);
    CHECK_INT(in->participant_ids[1]->value.data[15], 0x21);
    arena_release(&d.arena);
    static const struct {
        const char *text;
        enum error error;
        const char *field, *reason;
    } cases[] = {
        {"{}", ERR_NONE, "participantIds", ""},
        {"{\"participantIds\":null}", ERR_NONE, "participantIds", ""},
        {"{\"participantIds\":[]}", ERR_NONE, "participantIds", ""},
        {"{\"participantIds\":\"9f8e7d6c-5b4a-4392-8181-706050403020\"}", ERR_VALIDATION_ERROR,
         "participantIds", "must be an array"},
        {"{\"participantIds\":[\"9f8e7d6c-5b4a-4392-8181-706050403020\",null]}", ERR_VALIDATION_ERROR,
         "participantIds[1]", "must be a UUID"},
        {"{\"participantIds\":[[]]}", ERR_VALIDATION_ERROR, "participantIds[0]", "must be a UUID"},
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        in = read_text(&d, type, cases[i].text);
        CHECK_INT(d.error, cases[i].error);
        CHECK_INT(in->n_participant_ids, 0);
        CHECK_SLICE(slice_from_string(reason(&d, cases[i].field)), cases[i].reason);
        arena_release(&d.arena);
    }
}

TEST(wrong_types, "each field of a wrong type is reported by name, the first reason of each, and is absent")
{
    struct document d;
    Parley__V1__BinaryContentDto *file =
        read_text(&d, &parley__v1__binary_content_dto__descriptor,
                  "{\"id\":{},\"fileName\":1,\"size\":\"1\",\"contentType\":[],\"status\":\"DONE\"}");
    CHECK_INT(d.error, ERR_VALIDATION_ERROR);
    CHECK_INT(d.problems.count, 5);
    CHECK_SLICE(slice_from_string(reason(&d, "id")), "must be a UUID");
    CHECK_SLICE(slice_from_string(reason(&d, "fileName")), "must be a string");
    CHECK_SLICE(slice_from_string(reason(&d, "size")), "must be an integer");
    CHECK_SLICE(slice_from_string(reason(&d, "contentType")), "must be a string");
    CHECK_SLICE(slice_from_string(reason(&d, "status")), "is none of the values allowed");
    CHECK(file->id == NULL && file->file_name == NULL && !file->has_size && !file->has_status);
    arena_release(&d.arena);
    read_text(&d, &parley__v1__user_dto__descriptor,
              "{\"online\":1,\"role\":3,\"profile\":[],\"username\":true,\"email\":{}}");
    CHECK_SLICE(slice_from_string(reason(&d, "online")), "must be true or false");
    CHECK_SLICE(slice_from_string(reason(&d, "role")), "must be a string");
    CHECK_SLICE(slice_from_string(reason(&d, "profile")), "must be an object");
    CHECK_SLICE(slice_from_string(reason(&d, "username")), "must be a string");
    CHECK_SLICE(slice_from_string(reason(&d, "email")), "must be a string");
    arena_release(&d.arena);
    read_text(&d, &parley__v1__error_response__descriptor,
              "{\"timestamp\":\"yesterday\",\"details\":{\"a\":1},\"status\":-1}");
    CHECK_SLICE(slice_from_string(reason(&d, "timestamp")), "must be an ISO 8601 instant");
    CHECK_SLICE(slice_from_string(reason(&d, "details")), "must be a string");
    CHECK_SLICE(slice_from_string(reason(&d, "status")), "is out of range");
    arena_release(&d.arena);
}

TEST(paths,
     "D5.2: what is wrong within a field is named by its path, all of it, also beside other wrong fields")
{
    struct document d;
    read_text(
        &d, &parley__v1__message_page__descriptor,
        "{\"content\":[{\"author\":{\"id\":1,\"role\":\"GOD\"},\"attachments\":[{},{\"size\":\"x\"}]},[],"
        "{\"content\":\"fine\"},null],\"size\":-1,\"hasNext\":true}");
    CHECK_INT(d.error, ERR_VALIDATION_ERROR);
    CHECK_INT(d.problems.count, 6);
    CHECK_SLICE(slice_from_string(reason(&d, "content[0].author.id")), "must be a UUID");
    CHECK_SLICE(slice_from_string(reason(&d, "content[0].author.role")), "is none of the values allowed");
    CHECK_SLICE(slice_from_string(reason(&d, "content[0].attachments[1].size")), "must be an integer");
    CHECK_SLICE(slice_from_string(reason(&d, "content[1]")), "must be an object");
    CHECK_SLICE(slice_from_string(reason(&d, "content[3]")), "must be an object");
    CHECK_SLICE(slice_from_string(reason(&d, "size")), "is out of range");
    arena_release(&d.arena);
}

TEST(many, "no more wrong fields are named than anybody would read")
{
    struct document d;
    struct buf text;
    buf_init(&text, LIMIT);
    buf_append_string(&text, "{\"participantIds\":[0");
    for (size_t i = 0; i < PROBLEMS_MAX; i++)
        buf_append_string(&text, ",0");
    buf_append_string(&text, "]}");
    read_octets(&d, &parley__v1__private_channel_create_request__descriptor, buf_slice(&text));
    CHECK_INT(d.error, ERR_VALIDATION_ERROR);
    CHECK_INT(d.problems.count, PROBLEMS_MAX);
    CHECK_SLICE(slice_from_string(d.problems.rows[PROBLEMS_MAX - 1].field), "participantIds[127]");
    arena_release(&d.arena);
    buf_release(&text);
}

TEST(unknown,
     "D1: unknown fields are ignored, whatever they hold within the limits; not even their types are judged")
{
    static const char *const cases[] = {
        "{\"a\":{\"username\":1,\"b\":[[{\"c\":[null,true,false,-5e-3,\"\\u00e9\"]}]]},\"username\":\"abc\"}",
        "{\"Username\":7,\"USERNAME\":{},\"user_name\":[],\"\":\"\",\"username\":\"abc\"}",
        "{\"username\":\"abc\",\"\xED\x95\x98\xEB\x8A\x98\":[{\"x\":1},{\"x\":1}]}",
        "{\"username\":\"abc\",\"n\":[9223372036854775807,-9223372036854775808,1e308,123456789.123456789]}",
    };
    struct document d;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        Parley__V1__UserCreateRequest *in =
            read_text(&d, &parley__v1__user_create_request__descriptor, cases[i]);
        CHECK_INT(d.error, ERR_NONE);
        CHECK_SLICE(slice_from_string(in->username), "abc");
        CHECK(in->email == NULL && in->password == NULL);
        arena_release(&d.arena);
    }
}

TEST(integers, "integers are taken exactly or not at all, never rounded")
{
    static const struct {
        const char *text;
        enum error error;
        uint64_t size;
    } cases[] = {
        {"{\"size\":0}", ERR_NONE, 0},
        {"{\"size\":9007199254740993}", ERR_NONE, UINT64_C(9007199254740993)},
        {"{\"size\":9223372036854775807}", ERR_NONE, INT64_MAX},
        {"{\"size\":9223372036854775808}", ERR_INVALID_REQUEST, 0},
        {"{\"unknown\":99999999999999999999}", ERR_INVALID_REQUEST, 0},
        {"{\"unknown\":1e999}", ERR_INVALID_REQUEST, 0},
        {"{\"size\":-9223372036854775809}", ERR_INVALID_REQUEST, 0},
        {"{\"size\":-9223372036854775808}", ERR_VALIDATION_ERROR, 0},
        {"{\"size\":-0}", ERR_NONE, 0},
        {"{\"size\":1.5}", ERR_VALIDATION_ERROR, 0},
        {"{\"size\":\"1\"}", ERR_VALIDATION_ERROR, 0},
        {"{\"size\":-1}", ERR_VALIDATION_ERROR, 0},
        {"{\"size\":1.0}", ERR_VALIDATION_ERROR, 0},
        {"{\"size\":1e2}", ERR_VALIDATION_ERROR, 0},
        {"{\"size\":01}", ERR_INVALID_REQUEST, 0},
        {"{\"size\":+1}", ERR_INVALID_REQUEST, 0},
        {"{\"size\":0x1}", ERR_INVALID_REQUEST, 0},
        {"{\"size\":NaN}", ERR_INVALID_REQUEST, 0},
    };
    struct document d;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        Parley__V1__BinaryContentDto *file =
            read_text(&d, &parley__v1__binary_content_dto__descriptor, cases[i].text);
        CHECK_INT(d.error, cases[i].error);
        CHECK(d.error == ERR_INVALID_REQUEST || file->size == cases[i].size);
        arena_release(&d.arena);
    }
    Parley__V1__ErrorResponse *e =
        read_text(&d, &parley__v1__error_response__descriptor, "{\"status\":4294967295}");
    CHECK(e->has_status && e->status == UINT32_MAX);
    arena_release(&d.arena);
    read_text(&d, &parley__v1__error_response__descriptor, "{\"status\":4294967296}");
    CHECK_SLICE(slice_from_string(reason(&d, "status")), "is out of range");
    arena_release(&d.arena);
}

TEST(malformed, "what is not one strict JSON object is refused as a whole")
{
    static const char *const cases[] = {
        "",
        " ",
        "null",
        "[]",
        "1",
        "\"{}\"",
        "{",
        "}",
        "{}{}",
        "{} x",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{'a':1}",
        "{a:1}",
        "{\"a\":tru}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "\xEF\xBB\xBF{}",
        "{\"a\":1,\"a\":1}",            /* RFC 8259 4: names should be unique; here they must */
        "{\"a\":1,\"\\u0061\":2}",      /* the same name by another spelling */
        "{\"a\":{\"b\":1,\"b\":2}}",    /* at any depth */
        "{\"username\":\"\\u0000\"}",   /* no text of ours holds a NUL */
        "{\"username\":\"a\\u0000b\"}", /* nor hides what follows it */
        "{\"username\":\"\\uD800\"}",   /* half a surrogate pair */
        "{\"username\":\"\\uDC00\"}",
        "{\"username\":\"\\uDC00\\uD800\"}",
        "{\"username\":\"\\uD800\\u0041\"}",
        "{\"username\":\"\\uD83D\xF0\x9F\x98\x80\"}",
        "{\"a\":\"\\uD800\"}", /* whether anybody wants it or not */
        "{\"a\":{\"b\\u0000\":1}}",
        "{\"username\":\"\\u00e\"}",
        "{\"username\":\"\\u{e9}\"}",
        "{\"username\":\"\x7F\x80\"}",
        "{}\xEF\xBB\xBF",
        "{}\f",
        "\xC2\xA0{}",
        "{\"a\":1}}",
        "{\"a\":[1}]",
        "{}//",
        "{/**/}",
        "{\"a\":.5}",
        "{\"a\":5.}",
        "{\"a\":-}",
        "{\"a\":1e}",
        "{\"a\":Infinity}",
        "{\"a\":nul}",
        "{\"a\":TRUE}",
        "{\"username\":\"\xC0\x80\"}",
        "{\"username\":\"\xED\xA0\x80\"}",
        "{\"username\":\"\xF4\x90\x80\x80\"}",
        "{\"username\":\"\xC3\"}",
        "{\"\xFF\":1}",
    };
    struct document d;
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        read_text(&d, &parley__v1__user_create_request__descriptor, cases[i]);
        if (d.error != ERR_INVALID_REQUEST)
            printf("# case %zu: %s\n", i, cases[i]);
        CHECK_INT(d.error, ERR_INVALID_REQUEST);
        CHECK(d.message == NULL);
        arena_release(&d.arena);
    }
    read_octets(&d, &parley__v1__user_create_request__descriptor, SLICE("{\"username\":\"\0\"}"));
    CHECK_INT(d.error, ERR_INVALID_REQUEST);
    arena_release(&d.arena);
    read_octets(&d, &parley__v1__user_create_request__descriptor, SLICE("{}\0"));
    CHECK_INT(d.error, ERR_INVALID_REQUEST);
    arena_release(&d.arena);
}

/* {"a":[[...]]} with `depth` brackets of either kind in all. */
static enum error read_nested(size_t depth)
{
    struct document d;
    struct buf text;
    buf_init(&text, LIMIT);
    buf_append_string(&text, "{\"a\":");
    for (size_t i = 1; i < depth; i++)
        buf_append_octet(&text, '[');
    for (size_t i = 1; i < depth; i++)
        buf_append_octet(&text, ']');
    buf_append_string(&text, "}");
    read_octets(&d, &parley__v1__user_create_request__descriptor, buf_slice(&text));
    buf_release(&text);
    arena_release(&d.arena);
    return d.error;
}

TEST(nesting, "nesting is allowed to 32 and refused from 33 on; brackets in strings do not count")
{
    struct document d;
    CHECK_INT(read_nested(JSON_DEPTH), ERR_NONE);
    CHECK_INT(read_nested(JSON_DEPTH + 1), ERR_INVALID_REQUEST);
    CHECK_INT(read_nested(2000), ERR_INVALID_REQUEST);
    read_text(&d, &parley__v1__user_create_request__descriptor,
              "{\"username\":\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{{{{{{{\"}");
    CHECK_INT(d.error, ERR_NONE);
    arena_release(&d.arena);
}

TEST(bounds, "a text over the limit is 413, one with too many values is refused, one over the arena is 503")
{
    struct document d;
    struct buf text;
    buf_init(&text, 1024 * 1024);
    buf_append_string(&text, "{\"a\":[0");
    while (text.len < LIMIT - 3)
        buf_append_string(&text, ",0");
    buf_append_string(&text, text.len == LIMIT - 3 ? " ]}" : "]}");
    CHECK_INT(text.len, LIMIT);
    read_octets(&d, &parley__v1__user_create_request__descriptor, buf_slice(&text));
    CHECK_INT(d.error, ERR_NONE);
    arena_release(&d.arena);
    buf_append_octet(&text, ' ');
    read_octets(&d, &parley__v1__user_create_request__descriptor, buf_slice(&text));
    CHECK_INT(d.error, ERR_CONTENT_TOO_LARGE);
    arena_release(&d.arena);
    buf_clear(&text);
    buf_append_string(&text, "{\"a\":[0");
    for (size_t i = 0; i < JSON_VALUES; i++)
        buf_append_string(&text, ",0");
    buf_append_string(&text, "]}");
    arena_init(&d.arena, 1024);
    problems_init(&d.problems, &d.arena, LANGUAGE_ENGLISH);
    CHECK_INT(json_read(&parley__v1__user_create_request__descriptor, buf_slice(&text), text.len, &d.arena,
                        &d.problems, &d.message),
              ERR_INVALID_REQUEST);
    arena_release(&d.arena);
    arena_init(&d.arena, sizeof(Parley__V1__UserCreateRequest) + 2);
    CHECK_INT(json_read(&parley__v1__user_create_request__descriptor, SLICE("{\"username\":\"abc\"}"), LIMIT,
                        &d.arena, &d.problems, &d.message),
              ERR_OUT_OF_MEMORY);
    CHECK(d.message == NULL);
    arena_release(&d.arena);
    buf_release(&text);
}

TEST(texts, "any value is a JSON text, and nothing else is: RFC 8259 2 to 8")
{
    static const char *const texts[] = {"{}",
                                        "[]",
                                        "1",
                                        "-0.1E+2",
                                        "true",
                                        "null",
                                        "\"\\u0000\"",
                                        "-18446744073709551616123",
                                        " [1 , {\"a\":1,\"a\":2}]\n"};
    static const char *const others[] = {"",         " ",           "{",     "[1,]",   "{\"a\":1,}",
                                         "01",       "+1",          "1.",    ".5",     "NaN",
                                         "'a'",      "{a:1}",       "[1] 2", "\"\t\"", "\"\\x\"",
                                         "\"\xFF\"", "\"\\uD800\"", "tru",   "[1]//",  "\xEF\xBB\xBF{}"};
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        CHECK(json_is_text(slice_from_string(texts[i])));
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        CHECK(!json_is_text(slice_from_string(others[i])));
    struct buf deep;
    buf_init(&deep, 1000);
    for (int i = 0; i <= JSON_DEPTH; i++)
        buf_append_octet(&deep, '[');
    for (int i = 0; i <= JSON_DEPTH; i++)
        buf_append_octet(&deep, ']');
    CHECK(!json_is_text(buf_slice(&deep)));
    CHECK(json_is_text(slice_of(deep.data + 1, deep.len - 2)));
    buf_release(&deep);
}
