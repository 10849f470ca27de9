// SPDX-License-Identifier: MIT
// Who may do what in the domain (discodeit.md 3.10, 6.4, 8.1), and that what is done to one thing is done to no other.
// tests/integration/access.test.js says the same of the routes.
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

enum { BODY = 256 };

struct rig {
    struct domain d;
    struct answer a;
    struct person chief, kim, lee, max, ann;
    char hall[UUID_TEXT + 1], pair[UUID_TEXT + 1],
        other[UUID_TEXT + 1]; /* PUBLIC; of Kim and Lee; of Max and Ann */
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    domain_join(&r->d, "chief", "ADMIN", &r->chief);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    domain_join(&r->d, "max", "USER", &r->max);
    domain_join(&r->d, "ann", "USER", &r->ann);
    domain_public_channel(&r->d, &r->chief, "hall", r->hall);
    domain_private_channel(&r->d, &r->kim, &r->lee, r->pair);
    domain_private_channel(&r->d, &r->max, &r->ann, r->other);
    r->d.now++;
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    domain_close(&r->d);
}

static int64_t count(struct rig *r, const char *what)
{
    char sql[BODY];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
    return domain_sql(&r->d, sql);
}

/* With what the path or the query names. */
static enum error ask(struct rig *r, const struct operation *operation, const char *access, const char *id,
                      const char *body)
{
    struct task *t = domain_task(&r->d, operation);
    t->bearer = slice_from_string(access);
    t->parameters.id = t->parameters.channel_id = slice_from_string(id);
    if (body != NULL)
        task_read(t, slice_from_string(body));
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(nobody, "D3.10: without a token, or with one that is none, every operation of a user's is 401, whatever "
             "else is wrong")
{
    static const struct operation *const operations[] = {
        &OPERATION_USER_LIST,
        &OPERATION_USER_UPDATE,
        &OPERATION_USER_DELETE,
        &OPERATION_ROLE_UPDATE,
        &OPERATION_CHANNEL_LIST,
        &OPERATION_CHANNEL_CREATE_PUBLIC,
        &OPERATION_CHANNEL_CREATE_PRIVATE,
        &OPERATION_CHANNEL_WATCH,
        &OPERATION_CHANNEL_UPDATE,
        &OPERATION_CHANNEL_DELETE,
        &OPERATION_MESSAGE_LIST,
        &OPERATION_MESSAGE_CREATE,
        &OPERATION_MESSAGE_UPDATE,
        &OPERATION_MESSAGE_DELETE,
        &OPERATION_READ_STATUS_LIST,
        &OPERATION_READ_STATUS_CREATE,
        &OPERATION_READ_STATUS_UPDATE,
        &OPERATION_NOTIFICATION_LIST,
        &OPERATION_NOTIFICATION_DELETE,
        &OPERATION_CALLER,
        &OPERATION_FILE_READ,
        &OPERATION_FILE_LIST,
        &OPERATION_SESSION_OPEN,
        &OPERATION_TICKET_CREATE,
    };
    struct rig r;
    begin(&r);
    for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
        const char *body = operations[i]->input == NULL ? NULL : "{";
        CHECK_INT(ask(&r, operations[i], "", "x", body), ERR_UNAUTHENTICATED);
        CHECK_INT(ask(&r, operations[i], "A.forged", "x", body), ERR_INVALID_TOKEN);
        CHECK_INT(ask(&r, operations[i], r.kim.refresh, "x", body), ERR_INVALID_TOKEN);
    }
    end(&r);
}

TEST(strangers, "D8.1, D6.4: whoever is a member of one PRIVATE channel has no right in another")
{
    struct rig r;
    char body[BODY];
    begin(&r);
    CHECK_INT(domain_send(&r.d, &r.kim, r.pair, "secret", &r.a), ERR_NONE);
    snprintf(body, sizeof body, "{\"content\":\"hi\",\"channelId\":\"%s\"}", r.pair);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_CREATE, r.max.access, "", body), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_LIST, r.max.access, r.pair, NULL), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_WATCH, r.max.access, r.pair, NULL), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_LIST, r.chief.access, r.pair, NULL), ERR_AUTHORIZATION_DENIED);
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", r.pair);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_CREATE, r.max.access, "", body), ERR_CHANNEL_NOT_FOUND);
    CHECK_INT(domain_ask(&r.d, &OPERATION_CHANNEL_LIST, r.max.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 2);
    CHECK_TEXT(text_at(&r.a, "0.id"), r.hall);
    CHECK_TEXT(text_at(&r.a, "1.id"), r.other);
    CHECK_INT(count(&r, "messages"), 1);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_LIST, r.lee.access, r.pair, NULL), ERR_NONE);
    end(&r);
}

TEST(one_message, "D8.3: changing and deleting a message leaves the author's others alone")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    CHECK_INT(domain_send(&r.d, &r.kim, r.hall, "one", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.kim, r.hall, "two", &r.a), ERR_NONE);
    snprintf(id, sizeof id, "%s", text_at(&r.a, "id"));
    CHECK_INT(domain_send(&r.d, &r.kim, r.pair, "three", &r.a), ERR_NONE);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, r.kim.access, id, "{\"newContent\":\"changed\"}"), ERR_NONE);
    CHECK_INT(count(&r, "messages WHERE content = 'changed'"), 1);
    CHECK_INT(count(&r, "messages WHERE updated_at IS NULL"), 2);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_DELETE, r.kim.access, id, NULL), ERR_NONE);
    CHECK_INT(count(&r, "messages WHERE content IN ('one', 'three')"), 2);
    CHECK_INT(count(&r, "messages"), 2);
    end(&r);
}

TEST(one_channel, "D4.3, D8.1: changing and deleting a channel leaves the others alone")
{
    struct rig r;
    char second[UUID_TEXT + 1];
    begin(&r);
    domain_public_channel(&r.d, &r.chief, "second", second);
    CHECK_INT(domain_send(&r.d, &r.kim, second, "gone", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.kim, r.hall, "stays", &r.a), ERR_NONE);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, r.chief.access, second, "{\"newName\":\"changed\"}"),
              ERR_NONE);
    CHECK_INT(count(&r, "channels WHERE updated_at IS NOT NULL"), 1);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_DELETE, r.chief.access, second, NULL), ERR_NONE);
    CHECK_INT(count(&r, "channels"), 3);
    CHECK_INT(count(&r, "messages WHERE content = 'stays'"), 1);
    CHECK_INT(count(&r, "messages"), 1);
    end(&r);
}

TEST(one_status, "D8.2: changing a read status leaves one's others, and those of others, alone")
{
    struct rig r;
    char body[BODY], id[UUID_TEXT + 1];
    begin(&r);
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", r.hall);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_CREATE, r.max.access, "", body), ERR_NONE);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_CREATE, r.kim.access, "", body), ERR_NONE);
    snprintf(id, sizeof id, "%s", text_at(&r.a, "id"));
    CHECK_INT(count(&r, "read_statuses"), 6);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, r.kim.access, id, "{\"newNotificationEnabled\":true}"),
              ERR_NONE);
    CHECK_INT(count(&r, "read_statuses WHERE updated_at IS NOT NULL"), 1);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, r.max.access, id, "{\"newNotificationEnabled\":false}"),
              ERR_AUTHORIZATION_DENIED);
    CHECK_INT(count(&r, "read_statuses WHERE updated_at IS NOT NULL"), 1);
    CHECK_INT(domain_ask(&r.d, &OPERATION_READ_STATUS_LIST, r.kim.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 2);
    end(&r);
}

TEST(one_event, "G2: a message tells of itself alone, also where the log has forgotten those before it")
{
    struct rig r;
    begin(&r);
    CHECK_INT(domain_send(&r.d, &r.kim, r.hall, "one", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.kim, r.hall, "two", &r.a), ERR_NONE);
    domain_sql(&r.d, "DELETE FROM log");
    domain_forget_events(&r.d);
    CHECK_INT(domain_send(&r.d, &r.lee, r.hall, "three", &r.a), ERR_NONE);
    CHECK_INT(r.d.event_count, 1);
    CHECK_INT(count(&r, "log"), 1);
    end(&r);
}

TEST(public_pair, "D8.1: two who alone have read a PUBLIC channel have no PRIVATE one by that")
{
    struct rig r;
    char body[BODY], made[UUID_TEXT + 1];
    begin(&r);
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", r.hall);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_CREATE, r.kim.access, "", body), ERR_NONE);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_CREATE, r.max.access, "", body), ERR_NONE);
    domain_private_channel(&r.d, &r.kim, &r.max, made);
    CHECK_INT(count(&r, "channels WHERE type = 'PRIVATE'"), 3);
    CHECK(strcmp(made, r.hall) != 0 && strcmp(made, r.pair) != 0 && strcmp(made, r.other) != 0);
    end(&r);
}

/* As many as that for this user, told at this instant; their ids begin with these two digits. */
static void add_notifications(struct rig *r, const char *name, const char *digits, int64_t instant, int many)
{
    char sql[2 * BODY];
    for (int i = 0; i < many; i++) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO notifications (id, created_at, receiver_id, title, content)"
                 " SELECT x'%s0000000000000000000000000000%02x', @%lld, id, 't', 'c' FROM users WHERE "
                 "username = '%s'",
                 digits, i, (long long)instant + i, name);
        domain_sql(&r->d, sql);
    }
}

TEST(one_notification,
     "D4.6: reading one leaves one's others alone, and keeping a list short those of others")
{
    struct rig r;
    char body[BODY];
    begin(&r);
    add_notifications(&r, "kim", "00", r.d.now, 2);
    CHECK_INT(
        ask(&r, &OPERATION_NOTIFICATION_DELETE, r.kim.access, "00000000-0000-0000-0000-000000000001", NULL),
        ERR_NONE);
    CHECK_INT(count(&r, "notifications"), 1);
    add_notifications(&r, "ann", "10", 1, 3);
    add_notifications(&r, "kim", "20", r.d.now + 1000, 100);
    r.d.now += MICROSECONDS_PER_SECOND;
    snprintf(body, sizeof body, "{\"userId\":\"%s\",\"newRole\":\"CHANNEL_MANAGER\"}", r.kim.id_text);
    CHECK_INT(domain_ask(&r.d, &OPERATION_ROLE_UPDATE, r.chief.access, body, &r.a), ERR_NONE);
    CHECK_INT(count(&r, "notifications n JOIN users u ON u.id = n.receiver_id WHERE u.username = 'kim'"),
              100);
    CHECK_INT(count(&r, "notifications n JOIN users u ON u.id = n.receiver_id WHERE u.username = 'ann'"), 3);
    end(&r);
}

static Parley__V1__Envelope *told(struct rig *r, struct arena *arena)
{
    CHECK(r->d.told_count > 0);
    return dto_unpack(arena, &parley__v1__envelope__descriptor, r->d.told[r->d.told_count - 1]->body);
}

TEST(told_of_one,
     "D7.4, D2.3: what is told of a PUBLIC channel has no participants, and no other's last message")
{
    struct rig r;
    struct arena arena;
    char body[BODY];
    begin(&r);
    arena_init(&arena, 64 * 1024);
    snprintf(body, sizeof body, "{\"channelId\":\"%s\"}", r.hall);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_CREATE, r.kim.access, "", body), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.kim, r.pair, "elsewhere", &r.a), ERR_NONE);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, r.chief.access, r.hall, "{\"newName\":\"lobby\"}"),
              ERR_NONE);
    const Parley__V1__ChannelDto *channel = told(&r, &arena)->channel_updated;
    CHECK_TEXT(channel->name, "lobby");
    CHECK_INT(channel->n_participants, 0);
    CHECK(channel->last_message_at == NULL);
    arena_release(&arena);
    end(&r);
}

static struct task_file file;

/* A message with one file. */
static enum error send_file(struct rig *r, const struct person *p, const char *channel, const char *name)
{
    char body[BODY];
    file = (struct task_file){
        .file_name = slice_from_string(name), .content_type = SLICE("image/png"), .size = 1};
    uuid_draw(&file.id, &r->d.random);
    snprintf(body, sizeof body, "{\"content\":\"%s\",\"channelId\":\"%s\"}", name, channel);
    struct task *t = domain_task(&r->d, &OPERATION_MESSAGE_CREATE);
    t->bearer = slice_from_string(p->access);
    t->files = &file;
    t->file_count = 1;
    task_read(t, slice_from_string(body));
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(one_file, "D2.4, D8.5: a message shows its own files; one that is refused leaves none; who is told of a "
               "file is who sees it")
{
    struct rig r;
    struct arena arena;
    begin(&r);
    arena_init(&arena, 64 * 1024);
    CHECK_INT(send_file(&r, &r.kim, r.hall, "hall.png"), ERR_NONE);
    CHECK_INT(send_file(&r, &r.max, r.pair, "no.png"), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(count(&r, "binary_contents"), 1);
    CHECK_INT(send_file(&r, &r.max, r.other, "theirs.png"), ERR_NONE);
    CHECK_INT(send_file(&r, &r.kim, r.pair, "ours.png"), ERR_NONE);
    struct uuid ours = file.id;
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_LIST, r.lee.access, r.pair, NULL), ERR_NONE);
    CHECK_INT(json_array_size(at(&r.a, "content.0.attachments")), 1);
    CHECK_TEXT(text_at(&r.a, "content.0.attachments.0.fileName"), "ours.png");
    r.d.now++;
    struct task *t = domain_task(&r.d, &OPERATION_FILE_STORED);
    t->upkeep.ids = &ours;
    t->upkeep.id_count = 1;
    domain_run(&r.d, t, &r.a);
    CHECK_INT(r.a.error, ERR_NONE);
    const char *audience = told(&r, &arena)->audience;
    CHECK_INT(strlen(audience), 2 * UUID_TEXT + 1);
    CHECK(strstr(audience, r.kim.id_text) != NULL && strstr(audience, r.lee.id_text) != NULL);
    arena_release(&arena);
    end(&r);
}
