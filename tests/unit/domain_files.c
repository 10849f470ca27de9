// SPDX-License-Identifier: MIT
// Files over both stores: their rows, who sees them, what becomes of them.
#include <stdio.h>

#include "chat/files.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

#define NOBODY "99999999-9999-4999-8999-999999999999"

struct room {
    struct domain d;
    struct person haneul, dami, bora;
    char general[UUID_TEXT + 1], direct[UUID_TEXT + 1];
    struct task_file files[FILES_LISTED];
    struct uuid ids[FILES_LISTED];
    struct answer a;
};

static void room_open(struct room *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    domain_join(&r->d, "haneul", "ADMIN", &r->haneul);
    domain_join(&r->d, "dami", "USER", &r->dami);
    domain_join(&r->d, "bora", "USER", &r->bora);
    domain_public_channel(&r->d, &r->haneul, "general", r->general);
    domain_private_channel(&r->d, &r->haneul, &r->dami, r->direct);
    domain_forget_events(&r->d);
}

static void room_close(struct room *r)
{
    answer_release(&r->a);
    domain_close(&r->d);
}

/* Files that came with a request, the n-th of n octets. */
static void bring(struct room *r, struct task *t, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uuid_draw(&r->ids[i], &r->d.random);
        r->files[i] = (struct task_file){.id = r->ids[i],
                                         .part = SLICE("attachments"),
                                         .file_name = slice_from_string(names[i]),
                                         .content_type = SLICE("image/png"),
                                         .size = i + 1};
    }
    t->files = r->files;
    t->file_count = count;
}

static enum error send(struct room *r, const struct person *p, const char *channel, const char *content,
                       const char *const *names, size_t count)
{
    char body[512];
    struct task *t = domain_task(&r->d, &OPERATION_MESSAGE_CREATE);
    snprintf(body, sizeof body, "{%s\"channelId\":\"%s\",\"authorId\":\"%s\"}", content, channel, p->id_text);
    t->bearer = slice_from_string(p->access);
    bring(r, t, names, count);
    task_read(t, slice_from_string(body));
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static const char *const two[] = {"사진 \\\"1\\\".png", "둘.png"};
static const char *const pair[] = {"b.png", "a.png"};

static enum error page(struct room *r, const struct person *p, const char *channel)
{
    struct task *t = domain_task(&r->d, &OPERATION_MESSAGE_LIST);
    t->bearer = slice_from_string(p->access);
    t->parameters.channel_id = slice_from_string(channel);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static enum error about(struct room *r, const struct operation *operation, const struct person *p,
                        const char *id)
{
    char copy[UUID_TEXT + 1];
    struct task *t = domain_task(&r->d, operation);
    snprintf(copy, sizeof copy, "%s", id);
    t->bearer = slice_from_string(p->access);
    t->parameters.id = slice_from_string(copy);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static const char *text_of(const struct uuid *id)
{
    static char text[UUID_TEXT + 1];
    uuid_format(id, text);
    return text;
}

static enum error look(struct room *r, const struct person *p, const struct uuid *id)
{
    return about(r, &OPERATION_FILE_READ, p, text_of(id));
}

static enum error settle(struct room *r, const struct operation *operation, const struct uuid *id)
{
    struct task *t = domain_task(&r->d, operation);
    t->upkeep = (struct task_upkeep){
        .ids = id, .id_count = 1, .request = SLICE("0123456789abcdef"), .problem = SLICE("no space left")};
    r->d.now += MICROSECONDS_PER_SECOND;
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static size_t rows_in(struct room *r, const char *table)
{
    char sql[160];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return (size_t)domain_sql(&r->d, sql);
}

/* The envelope of an event, in the arena. */
static Parley__V1__Envelope *envelope_of(const struct event *e, struct arena *arena)
{
    arena_init(arena, 64 * 1024);
    return dto_unpack(arena, &parley__v1__envelope__descriptor, e->body);
}

/* ---- beginning ---- */

TEST(attached,
     "D4.4, D6.3, D8.5: a message is committed with its files, in order and PROCESSING; its event has them")
{
    struct room r;
    struct arena arena;
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "\"content\":\"봐\",", pair, 2), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "attachments.0.fileName"), "b.png");
    CHECK_TEXT(text_at(&r.a, "attachments.0.id"), text_of(&r.ids[0]));
    CHECK_TEXT(text_at(&r.a, "attachments.1.fileName"), "a.png");
    CHECK_TEXT(text_at(&r.a, "attachments.1.contentType"), "image/png");
    CHECK_INT(json_integer_value(at(&r.a, "attachments.1.size")), 2);
    CHECK_TEXT(text_at(&r.a, "attachments.1.status"), "PROCESSING");
    CHECK_INT(rows_in(&r, "binary_contents WHERE status = 'PROCESSING'"), 2);
    CHECK_INT(r.d.event_count, 1);
    const Parley__V1__MessageDto *m = envelope_of(r.d.events[0], &arena)->message_created;
    CHECK_INT(m->n_attachments, 2);
    CHECK_TEXT(m->attachments[0]->file_name, "b.png");
    CHECK_TEXT(m->attachments[1]->file_name, "a.png");
    arena_release(&arena);
    CHECK_INT(page(&r, &r.bora, r.general), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.0.id"), text_of(&r.ids[0]));
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.0.fileName"), "b.png");
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.0.status"), "PROCESSING");
    CHECK_INT(json_array_size(at(&r.a, "content.0.attachments")), 2);
    CHECK_TEXT(text_at(&r.a, "content.0.author.username"), "dami");
    room_close(&r);
}

TEST(names, "D2.2: a name comes back as it went in, whatever is in it")
{
    struct room r;
    const char *const odd[] = {"사진 \"1\" \\ $[0].png", "è́ 🍜 ' -- .png"};
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", odd, 2), ERR_NONE);
    CHECK_INT(page(&r, &r.dami, r.general), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.0.fileName"), odd[0]);
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.1.fileName"), odd[1]);
    CHECK_INT(look(&r, &r.dami, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "fileName"), odd[0]);
    room_close(&r);
}

TEST(no_text, "D4.4, D2.4: with files the text may be empty or left out, and comes back empty; without it "
              "must be there")
{
    struct room r;
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "\"content\":\"\",", two, 2), ERR_NONE);
    CHECK_INT(send(&r, &r.dami, r.general, "", two, 1), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content"), "");
    CHECK_INT(page(&r, &r.dami, r.general), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "");
    CHECK_TEXT(text_at(&r.a, "content.1.content"), "");
    CHECK_INT(send(&r, &r.dami, r.general, "\"content\":\"\",", two, 0), ERR_VALIDATION_ERROR);
    room_close(&r);
}

TEST(refused, "D8.1: who may not write leaves no file behind")
{
    struct room r;
    room_open(&r);
    CHECK_INT(send(&r, &r.bora, r.direct, "", two, 2), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(send(&r, &r.bora, NOBODY, "", two, 2), ERR_CHANNEL_NOT_FOUND);
    CHECK_INT(rows_in(&r, "binary_contents"), 0);
    CHECK_INT(rows_in(&r, "message_attachments"), 0);
    room_close(&r);
}

TEST(repeated,
     "G2: a batch that is run again makes one message with its files once, and gives the same answer")
{
    struct room r;
    room_open(&r);
    size_t before = rows_in(&r, "log WHERE stream = 'events'");
    r.d.store.twice = true;
    CHECK_INT(send(&r, &r.dami, r.direct, "", pair, 2), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "attachments.1.fileName"), "a.png");
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[1]), ERR_NONE);
    CHECK_INT(rows_in(&r, "binary_contents"), 2);
    CHECK_INT(rows_in(&r, "message_attachments"), 2);
    CHECK_INT(rows_in(&r, "log WHERE stream <> 'events'"), 1);
    CHECK_INT(rows_in(&r, "notifications"), 1);
    CHECK_INT(rows_in(&r, "log WHERE stream = 'events' AND id IN (SELECT n.id FROM notifications n)"), 1);
    CHECK_INT(rows_in(&r, "log WHERE stream = 'events'"), before + 3); /* two files, one notification */
    room_close(&r);
}

TEST(many, "D4.1: ten files are three statements, as is one")
{
    struct room r;
    const char *const ten[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", ten, 10), ERR_NONE);
    CHECK_INT(page(&r, &r.dami, r.general), ERR_NONE);
    CHECK_INT(json_array_size(at(&r.a, "content.0.attachments")), 10);
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.9.fileName"), "9");
    CHECK_INT(json_integer_value(at(&r.a, "content.0.attachments.9.size")), 10);
    room_close(&r);
}

/* ---- pictures ---- */

static enum error sign_up(struct room *r, const char *name, const char *const *names, size_t count)
{
    char body[256];
    struct task *t = domain_task(&r->d, &OPERATION_USER_CREATE);
    snprintf(body, sizeof body,
             "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"pass1234!\"}", name, name);
    bring(r, t, names, count);
    task_read(t, slice_from_string(body));
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(picture,
     "D4.2, D8.5: whoever signs up with a picture has it at once; a name that is taken leaves no file")
{
    struct room r;
    struct arena arena;
    room_open(&r);
    CHECK_INT(sign_up(&r, "sora", pair, 1), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "profile.fileName"), "b.png");
    CHECK_TEXT(text_at(&r.a, "profile.status"), "PROCESSING");
    CHECK_TEXT(envelope_of(r.d.told[0], &arena)->user_created->profile->file_name, "b.png");
    arena_release(&arena);
    CHECK_INT(look(&r, &r.bora, &r.ids[0]), ERR_NONE);
    CHECK_INT(sign_up(&r, "sora", pair, 1), ERR_DUPLICATE_USER);
    CHECK_TEXT(text_at(&r.a, "details.username"), "is taken");
    CHECK_INT(rows_in(&r, "binary_contents"), 1);
    r.d.store.twice = true;
    CHECK_INT(sign_up(&r, "nari", pair, 1), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "profile.fileName"), "b.png");
    CHECK_INT(rows_in(&r, "binary_contents"), 2);
    CHECK_INT(rows_in(&r, "discarded_contents"), 0);
    room_close(&r);
}

/* ---- who sees them ---- */

TEST(seen, "D4.7, G6: everybody sees the files of a PUBLIC channel, its members those of a PRIVATE one, in "
           "any status")
{
    struct room r;
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 1), ERR_NONE);
    CHECK_INT(look(&r, &r.bora, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "id"), text_of(&r.ids[0]));
    CHECK_TEXT(text_at(&r.a, "status"), "PROCESSING");
    CHECK_INT(send(&r, &r.dami, r.direct, "", pair, 1), ERR_NONE);
    CHECK_INT(look(&r, &r.haneul, &r.ids[0]), ERR_NONE);
    CHECK_INT(look(&r, &r.bora, &r.ids[0]), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[0]), ERR_NONE);
    CHECK_INT(look(&r, &r.haneul, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "status"), "FAIL");
    CHECK_INT(about(&r, &OPERATION_FILE_READ, &r.haneul, NOBODY), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(about(&r, &OPERATION_FILE_READ, &r.haneul, "no id"), ERR_BINARY_CONTENT_NOT_FOUND);
    room_close(&r);
}

static enum error list(struct room *r, const struct person *p, const char *ids)
{
    struct task *t = domain_task(&r->d, &OPERATION_FILE_LIST);
    t->bearer = slice_from_string(p->access);
    t->parameters.ids = slice_from_string(ids);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(listed,
     "D4 endpoint 26: files by their ids, in the order asked for, without those that are not to be seen")
{
    struct room r;
    char ids[UUID_TEXT * 4 + 16], long_list[(UUID_TEXT + 1) * (FILES_LISTED + 1) + 1] = "";
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.direct, "", pair, 1), ERR_NONE);
    struct uuid hidden = r.ids[0];
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 2), ERR_NONE);
    size_t len = (size_t)snprintf(ids, sizeof ids, "%s,", text_of(&r.ids[1]));
    len += (size_t)snprintf(ids + len, sizeof ids - len, "%s, " NOBODY ",", text_of(&hidden));
    snprintf(ids + len, sizeof ids - len, "%s", text_of(&r.ids[0]));
    CHECK_INT(list(&r, &r.bora, ids), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 2);
    CHECK_TEXT(text_at(&r.a, "0.fileName"), "a.png");
    CHECK_TEXT(text_at(&r.a, "1.fileName"), "b.png");
    CHECK_INT(list(&r, &r.dami, ids), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 3);
    CHECK_INT(list(&r, &r.dami, ""), ERR_NONE);
    CHECK(json_is_array(r.a.json) && json_array_size(r.a.json) == 0);
    CHECK_INT(list(&r, &r.dami, NULL), ERR_INVALID_REQUEST);
    CHECK_INT(list(&r, &r.dami, "a,b"), ERR_INVALID_REQUEST);
    CHECK_TEXT(text_at(&r.a, "details.binaryContentIds"), "must be a UUID");
    for (int i = 0; i < FILES_LISTED; i++)
        strcat(long_list, NOBODY ",");
    CHECK_INT(list(&r, &r.dami, long_list), ERR_NONE);
    strcat(long_list, NOBODY);
    CHECK_INT(list(&r, &r.dami, long_list), ERR_INVALID_REQUEST);
    room_close(&r);
}

/* ---- what becomes of them ---- */

static void check_told(struct room *r, size_t i, const char *audience, Parley__V1__BinaryContentStatus status)
{
    struct arena arena;
    CHECK(r->d.told_count > i);
    if (r->d.told_count <= i)
        return;
    const Parley__V1__Envelope *e = envelope_of(r->d.told[i], &arena);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_BINARY_CONTENT_UPDATED);
    CHECK_INT(e->binary_content_updated->status, status);
    CHECK_TEXT(e->binary_content_updated->file_name, "b.png");
    if (audience != NULL)
        CHECK_TEXT(e->audience, audience);
    CHECK(audience != NULL || strlen(e->audience) == 2 * UUID_TEXT + 1);
    arena_release(&arena);
}

TEST(stored, "D7.4, D8.5: SUCCESS is told, once, to all who may see the file")
{
    struct room r;
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 1), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "status"), "SUCCESS");
    check_told(&r, 0, "*", PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_SUCCESS);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "status"), "SUCCESS");
    CHECK_INT(r.d.told_count, 1);
    CHECK_INT(rows_in(&r, "notifications"), 0);
    CHECK_INT(send(&r, &r.dami, r.direct, "", pair, 1), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    check_told(&r, 1, NULL, PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_SUCCESS);
    CHECK_INT(sign_up(&r, "sora", pair, 1), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    check_told(&r, 3, "*", PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_SUCCESS);
    room_close(&r);
}

TEST(failed,
     "D8.4, D8.5: FAIL is told to all who may see the file, and to the ADMIN why; a later SUCCESS stands")
{
    struct room r;
    char expected[160];
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 1), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "status"), "FAIL");
    check_told(&r, 0, "*", PARLEY__V1__BINARY_CONTENT_STATUS__BINARY_CONTENT_STATUS_FAIL);
    CHECK_INT(domain_ask(&r.d, &OPERATION_NOTIFICATION_LIST, r.haneul.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 1);
    snprintf(expected, sizeof expected,
             "RequestId: 0123456789abcdef\nBinaryContentId: %s\nError: no space left", text_of(&r.ids[0]));
    CHECK_TEXT(text_at(&r.a, "0.content"), expected);
    CHECK_TEXT(text_at(&r.a, "0.receiverId"), r.haneul.id_text);
    CHECK_INT(domain_ask(&r.d, &OPERATION_NOTIFICATION_LIST, r.dami.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 0);
    CHECK_INT(r.d.told_count, 2);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[0]), ERR_NONE);
    CHECK_INT(r.d.told_count, 2);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "status"), "SUCCESS");
    room_close(&r);
}

TEST(gone, "D8.3: what has no row any more is told to nobody, and said so")
{
    struct room r;
    room_open(&r);
    uuid_draw(&r.ids[0], &r.d.random);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[0]), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(r.d.told_count, 0);
    domain_sql(&r.d,
               "INSERT INTO binary_contents (id, created_at, file_name, size, content_type, status) VALUES"
               " (x'0a0a0a0a0a0a4a0a8a0a0a0a0a0a0a0a', @1, 'x', 1, 'a/b', 'PROCESSING')");
    memset(r.ids[0].octets, 0x0a, sizeof r.ids[0].octets);
    r.ids[0].octets[6] = 0x4a;
    r.ids[0].octets[8] = 0x8a;
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    CHECK_INT(r.d.told_count, 0);
    CHECK_INT(look(&r, &r.haneul, &r.ids[0]), ERR_BINARY_CONTENT_NOT_FOUND);
    room_close(&r);
}

/* Runs an operation that gives ids; how many. */
struct ids {
    size_t count;
    struct uuid list[FILES_LISTED];
};

static struct ids *into;

static void on_ids(struct task *t)
{
    CHECK_INT(t->error, ERR_NONE);
    into->count = t->upkeep.id_count;
    memcpy(into->list, t->upkeep.ids, t->upkeep.id_count * sizeof into->list[0]);
}

static struct ids ids_of(struct room *r, const struct operation *operation, int64_t time)
{
    struct ids ids = {.count = SIZE_MAX};
    struct task *t = task_new(&r->d.chat, operation, &r->d.loop, on_ids);
    into = &ids;
    t->upkeep.time = time;
    task_start(t);
    for (int turns = 0; ids.count == SIZE_MAX && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    return ids;
}

TEST(discarded,
     "D8.1, D8.3: the files of a message that is deleted go with it, those of a channel with the channel")
{
    struct room r;
    char message[UUID_TEXT + 1];
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 2), ERR_NONE);
    snprintf(message, sizeof message, "%s", text_at(&r.a, "id"));
    CHECK_INT(about(&r, &OPERATION_MESSAGE_DELETE, &r.bora, message), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(rows_in(&r, "binary_contents"), 2);
    CHECK_INT(about(&r, &OPERATION_MESSAGE_DELETE, &r.dami, message), ERR_NONE);
    CHECK_INT(rows_in(&r, "binary_contents"), 0);
    CHECK_INT(rows_in(&r, "message_attachments"), 0);
    CHECK_INT(look(&r, &r.dami, &r.ids[0]), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(ids_of(&r, &OPERATION_FILE_DISCARDED, 0).count, 2);
    CHECK_INT(send(&r, &r.haneul, r.direct, "", pair, 2), ERR_NONE);
    CHECK_INT(send(&r, &r.dami, r.direct, "", pair, 1), ERR_NONE);
    CHECK_INT(about(&r, &OPERATION_CHANNEL_DELETE, &r.haneul, r.direct), ERR_NONE);
    CHECK_INT(rows_in(&r, "binary_contents"), 0);
    struct ids left = ids_of(&r, &OPERATION_FILE_DISCARDED, 0);
    CHECK_INT(left.count, 5);
    struct task *t = domain_task(&r.d, &OPERATION_FILE_FORGET);
    t->upkeep = (struct task_upkeep){.ids = left.list, .id_count = 4};
    domain_run(&r.d, t, &r.a);
    CHECK_INT(r.a.error, ERR_NONE);
    CHECK_INT(ids_of(&r, &OPERATION_FILE_DISCARDED, 0).count, 1);
    room_close(&r);
}

TEST(waiting, "D8.5: what is still PROCESSING after its time is found, the oldest first")
{
    struct room r;
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 2), ERR_NONE);
    int64_t then = r.d.now;
    CHECK_INT(ids_of(&r, &OPERATION_FILE_WAITING, then).count, 0);
    CHECK_INT(ids_of(&r, &OPERATION_FILE_WAITING, then + 1).count, 1);
    struct ids both = ids_of(&r, &OPERATION_FILE_WAITING, then + 2);
    CHECK_INT(both.count, 2);
    CHECK(uuid_equals(&both.list[0], &r.ids[0]) && uuid_equals(&both.list[1], &r.ids[1]));
    CHECK_INT(settle(&r, &OPERATION_FILE_STORED, &r.ids[0]), ERR_NONE);
    CHECK_INT(settle(&r, &OPERATION_FILE_FAILED, &r.ids[1]), ERR_NONE);
    CHECK_INT(ids_of(&r, &OPERATION_FILE_WAITING, then + 2).count, 0);
    room_close(&r);
}

TEST(edited, "D4.4: a message that is edited keeps its files")
{
    struct room r;
    char message[UUID_TEXT + 1];
    room_open(&r);
    CHECK_INT(send(&r, &r.dami, r.general, "", pair, 2), ERR_NONE);
    snprintf(message, sizeof message, "%s", text_at(&r.a, "id"));
    struct task *t = domain_task(&r.d, &OPERATION_MESSAGE_UPDATE);
    t->bearer = slice_from_string(r.dami.access);
    t->parameters.id = slice_from_string(message);
    task_read(t, SLICE("{\"newContent\":\"다시\"}"));
    domain_run(&r.d, t, &r.a);
    CHECK_INT(r.a.error, ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "attachments.1.fileName"), "a.png");
    CHECK_TEXT(text_at(&r.a, "author.username"), "dami");
    room_close(&r);
}
