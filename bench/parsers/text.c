// SPDX-License-Identifier: MIT
// Texts and documents.
#include <jansson.h>
#include <stdlib.h>

#include "base/instant.h"
#include "base/object.h"
#include "base/utf8.h"
#include "base/uuid.h"
#include "dto/email.h"
#include "dto/json.h"
#include "parley/v1/dto.pb-c.h"
#include "parsers/subjects.h"
#include "support/measure.h"

enum { TEXT = 4 << 10, MEMORY = 64 << 10 };

static void must(bool ok, const char *what)
{
    if (!ok)
        bench_die("%s is refused", what);
}

struct slice subject_input(const void *octets, size_t len)
{
    unsigned char *copy = malloc(len);
    if (copy == NULL)
        bench_die("out of memory");
    memcpy(copy, octets, len);
    return slice_of(copy, len);
}

struct slice subject_repeated(const char *unit, size_t len)
{
    size_t size = strlen(unit);
    unsigned char *text = malloc(len + size);
    if (text == NULL)
        bench_die("out of memory");
    for (size_t at = 0; at < len; at += size)
        memcpy(text + at, unit, size);
    return slice_of(text, len);
}

static struct slice make_ascii(void)
{
    return subject_repeated("plain text. ", TEXT);
}

static struct slice make_korean(void)
{
    return subject_repeated("안녕하세요. ", TEXT / 17 * 17); /* whole characters */
}

static void run_utf8(unsigned char *octets, size_t len)
{
    must(utf8_valid(slice_of(octets, len)), "the text");
}

static struct slice make_message(void)
{
    return SUBJECT_INPUT(
        "{\"channelId\":\"3f0c8f5e-5c1d-4f4e-9d2b-2f8a0c7b1e11\",\"authorId\":\"9b1d6a34-77b1-4a9e-"
        "8a3e-0d6f2c3b4a59\",\"content\":\"a message of usual length, which somebody has typed into a "
        "box and sent to a channel\"}");
}

static void run_json(unsigned char *octets, size_t len)
{
    struct arena arena;
    struct problems problems;
    ProtobufCMessage *message;
    arena_init(&arena, MEMORY);
    problems_init(&problems, &arena, LANGUAGE_ENGLISH);
    must(json_read(&parley__v1__message_create_request__descriptor, slice_of(octets, len), MEMORY, &arena,
                   &problems, &message) == ERR_NONE,
         "the document");
    subject_keep(message);
    arena_release(&arena);
}

static void run_jansson(unsigned char *octets, size_t len)
{
    json_t *document = json_loadb((const char *)octets, len, JSON_REJECT_DUPLICATES, NULL);
    must(document != NULL, "the document");
    json_decref(document);
}

static struct slice make_uuid(void)
{
    return SUBJECT_INPUT("3f0c8f5e-5c1d-4f4e-9d2b-2f8a0c7b1e11");
}

static void run_uuid(unsigned char *octets, size_t len)
{
    struct uuid u;
    must(uuid_parse(slice_of(octets, len), &u), "the UUID");
    subject_keep(&u);
}

static struct slice make_instant(void)
{
    return SUBJECT_INPUT("2026-03-02T09:15:30.482913Z");
}

static void run_instant(unsigned char *octets, size_t len)
{
    int64_t at;
    must(instant_parse(slice_of(octets, len), &at), "the instant");
    subject_keep(&at);
}

static struct slice make_email(void)
{
    return SUBJECT_INPUT("woody.the-sheriff+chat@mail.parley.example");
}

static void run_email(unsigned char *octets, size_t len)
{
    must(email_is_address(slice_of(octets, len)), "the address");
}

const struct subject subjects_text[] = {
    {"UTF-8, 4 KiB of ASCII", make_ascii, run_utf8, NULL, NULL, 0, 0, false},
    {"UTF-8, 4 KiB of Korean", make_korean, run_utf8, NULL, NULL, 0, 0, false},
    {"JSON of a message to its DTO", make_message, run_json, run_jansson, "jansson's tree alone", 0, 0,
     false},
    {"UUID", make_uuid, run_uuid, NULL, NULL, 0, 0, false},
    {"instant", make_instant, run_instant, NULL, NULL, 0, 0, false},
    {"e-mail address", make_email, run_email, NULL, NULL, 0, 0, false},
};
const size_t subjects_text_count = ARRAY_LEN(subjects_text);
