// SPDX-License-Identifier: MIT
// Changing and deleting: messages by their authors, channels by managers, read statuses by their users.
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

#define NOBODY "99999999-9999-4999-8999-999999999999"

struct rig {
    struct domain d;
    struct answer a;
    struct person manager, kim, lee;
    char lobby[UUID_TEXT + 1], own[UUID_TEXT + 1]; /* PUBLIC; PRIVATE of kim and lee */
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    domain_join(&r->d, "manager", "CHANNEL_MANAGER", &r->manager);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    domain_public_channel(&r->d, &r->manager, "lobby", r->lobby);
    domain_private_channel(&r->d, &r->kim, &r->lee, r->own);
    r->d.now += MICROSECONDS_PER_SECOND;
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    domain_close(&r->d);
}

/* On what the path names; the body may be NULL. */
static enum error ask(struct rig *r, const struct operation *operation, const struct person *p,
                      const char *id, const char *body)
{
    struct task *t = domain_task(&r->d, operation);
    t->bearer = p == NULL ? SLICE_NONE : slice_from_string(p->access);
    t->parameters.id = slice_from_string(id);
    if (body != NULL)
        task_read(t, slice_from_string(body));
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static void copy_id(const struct answer *a, char id[UUID_TEXT + 1])
{
    (void)snprintf(id, UUID_TEXT + 1, "%s", text_at(a, "id"));
}

static void send(struct rig *r, const struct person *p, const char *channel, char id[UUID_TEXT + 1])
{
    CHECK_INT(domain_send(&r->d, p, channel, "as it was", &r->a), ERR_NONE);
    copy_id(&r->a, id);
}

/* --- messages --- */

TEST(message_update,
     "D4.4, D8.3, D3.10: an author changes his message, and nobody else does, not even a manager")
{
    static const char body[] = "{\"newContent\":\"as it is\"}";
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    send(&r, &r.kim, r.lobby, id);
    r.d.now += 5;
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, NULL, id, body), ERR_UNAUTHENTICATED);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.lee, id, body), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.manager, id, body), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM messages WHERE content = 'as it was'"), 1);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.kim, id, body), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content"), "as it is");
    CHECK_TEXT(text_at(&r.a, "id"), id);
    CHECK_TEXT(text_at(&r.a, "author.username"), "kim");
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM messages WHERE updated_at > created_at"), 1);
    end(&r);
}

TEST(message_update_refused, "D4.4, D5.2: no text, too much of it, no such message")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    send(&r, &r.kim, r.lobby, id);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.kim, id, "{\"newContent\":\" \"}"), ERR_VALIDATION_ERROR);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.kim, id, "{}"), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&r.a, "code"), "VALIDATION_ERROR");
    CHECK(at(&r.a, "details.newContent") != NULL);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.kim, NOBODY, "{\"newContent\":\"x\"}"),
              ERR_MESSAGE_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "code"), "MESSAGE_NOT_FOUND");
    CHECK_INT(json_object_size(at(&r.a, "details")), 1);
    CHECK_TEXT(text_at(&r.a, "details.messageId"), NOBODY);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.kim, "none", "{\"newContent\":\"x\"}"),
              ERR_MESSAGE_NOT_FOUND);
    end(&r);
}

TEST(message_delete, "D8.3, D3.10: an author deletes his message, and nobody else does")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    send(&r, &r.kim, r.lobby, id);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_DELETE, &r.lee, id, NULL), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_DELETE, &r.manager, id, NULL), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM messages"), 1);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_DELETE, &r.kim, id, NULL), ERR_NONE);
    CHECK(r.a.json == NULL);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM messages"), 0);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_DELETE, &r.kim, id, NULL), ERR_MESSAGE_NOT_FOUND);
    end(&r);
}

TEST(orphaned, "D8.3: a message whose author was deleted is nobody's to change")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    send(&r, &r.kim, r.lobby, id);
    CHECK_INT(domain_sql(&r.d, "UPDATE messages SET author_id = NULL"), 1);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_DELETE, &r.kim, id, NULL), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(ask(&r, &OPERATION_MESSAGE_UPDATE, &r.kim, id, "{\"newContent\":\"x\"}"),
              ERR_AUTHORIZATION_DENIED);
    end(&r);
}

/* --- channels --- */

static Parley__V1__Envelope__PayloadCase last_told(const struct rig *r, struct arena *arena,
                                                   Parley__V1__Envelope **envelope)
{
    arena_init(arena, 1 << 16);
    *envelope = dto_unpack(arena, &parley__v1__envelope__descriptor, r->d.told[r->d.told_count - 1]->body);
    return (*envelope)->payload_case;
}

TEST(channel_update,
     "D4.3, D3.10: a manager changes a PUBLIC channel, what is absent stays, and everybody is told")
{
    struct rig r;
    struct arena arena;
    Parley__V1__Envelope *e;
    begin(&r);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.kim, r.lobby, "{\"newName\":\"hall\"}"),
              ERR_AUTHORIZATION_DENIED);
    size_t before = r.d.told_count;
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.manager, r.lobby,
                  "{\"newName\":\"hall\",\"newDescription\":\"for all\"}"),
              ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "name"), "hall");
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.manager, r.lobby, "{\"newName\":null}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "name"), "hall");
    CHECK_TEXT(text_at(&r.a, "description"), "for all");
    CHECK_INT(r.d.told_count, before + 2);
    CHECK_INT(last_told(&r, &arena, &e), PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
    CHECK_TEXT(e->channel_updated->name, "hall");
    CHECK_TEXT(e->audience, "*");
    arena_release(&arena);
    end(&r);
}

TEST(channel_update_refused,
     "D4.3, D5.2: a PRIVATE channel does not change; nor one that is not there; nor to a bad name")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.manager, r.own, "{\"newName\":\"hall\"}"),
              ERR_PRIVATE_CHANNEL_UPDATE);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM channels WHERE name = 'hall'"), 0);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.manager, NOBODY, "{\"newName\":\"hall\"}"),
              ERR_CHANNEL_NOT_FOUND);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.manager, "x", "{\"newName\":\"hall\"}"),
              ERR_CHANNEL_NOT_FOUND);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_UPDATE, &r.manager, r.lobby, "{\"newName\":\"x\"}"),
              ERR_VALIDATION_ERROR);
    CHECK_INT(r.d.told_count, before);
    end(&r);
}

TEST(channel_delete,
     "D8.1, D3.10, D7.4: a manager deletes a channel with all that is in it; those who could see it are told")
{
    struct rig r;
    struct arena arena;
    Parley__V1__Envelope *e;
    char id[UUID_TEXT + 1];
    begin(&r);
    send(&r, &r.kim, r.own, id);
    send(&r, &r.kim, r.lobby, id);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_DELETE, &r.kim, r.own, NULL), ERR_AUTHORIZATION_DENIED);
    size_t before = r.d.told_count;
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_DELETE, &r.manager, r.own, NULL), ERR_NONE);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM messages"), 1);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM read_statuses"), 0);
    CHECK_INT(r.d.told_count, before + 1);
    CHECK_INT(last_told(&r, &arena, &e), PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_DELETED);
    CHECK(strstr(e->audience, r.kim.id_text) != NULL && strstr(e->audience, r.lee.id_text) != NULL);
    CHECK(strstr(e->audience, r.manager.id_text) == NULL);
    CHECK_INT(e->channel_deleted->n_participants, 2);
    arena_release(&arena);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_DELETE, &r.manager, r.own, NULL), ERR_CHANNEL_NOT_FOUND);
    CHECK_INT(r.d.told_count, before + 1);
    end(&r);
}

TEST(channel_delete_repeated,
     "design 5: a deletion whose batch is run twice gives the answer of one, and tells it once")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    r.d.store.twice = true;
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_DELETE, &r.manager, r.own, NULL), ERR_NONE);
    CHECK_INT(ask(&r, &OPERATION_CHANNEL_DELETE, &r.manager, r.own, NULL), ERR_CHANNEL_NOT_FOUND);
    r.d.store.twice = false;
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM channels"), 1);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM log WHERE stream = 'events'"), (int64_t)before + 1);
    end(&r);
}

/* --- read statuses --- */

static enum error make_status(struct rig *r, const struct person *p, const char *user, const char *channel)
{
    char body[256];
    (void)snprintf(body, sizeof body,
                   "{\"userId\":\"%s\",\"channelId\":\"%s\",\"lastReadAt\":\"2031-01-01T00:00:00.000Z\"}",
                   user, channel);
    return domain_ask(&r->d, &OPERATION_READ_STATUS_CREATE, p->access, body, &r->a);
}

TEST(status_create, "D4.5, D8.2: one per user and channel; in a PUBLIC one it begins without notifications; "
                    "the future is fine")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, r.lobby), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "notificationEnabled"), "false");
    CHECK_TEXT(text_at(&r.a, "lastReadAt"), "2031-01-01T00:00:00.000000Z");
    CHECK_TEXT(text_at(&r.a, "userId"), r.kim.id_text);
    CHECK_TEXT(text_at(&r.a, "channelId"), r.lobby);
    copy_id(&r.a, id);
    CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, r.lobby), ERR_NONE); /* two tabs */
    CHECK_TEXT(text_at(&r.a, "id"), id);
    CHECK_INT(
        domain_sql(&r.d,
                   "SELECT count(*) FROM read_statuses WHERE channel_id IN (SELECT id FROM channels WHERE"
                   " type = 'PUBLIC')"),
        1);
    end(&r);
}

TEST(status_create_refused,
     "D3.10, D8.1: not for another, not for what is not there, and nobody enters a PRIVATE channel by it")
{
    struct rig r;
    begin(&r);
    CHECK_INT(make_status(&r, &r.kim, r.lee.id_text, r.lobby), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, NOBODY), ERR_CHANNEL_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "details.channelId"), NOBODY);
    CHECK_INT(make_status(&r, &r.manager, r.manager.id_text, r.own), ERR_CHANNEL_NOT_FOUND);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM read_statuses"), 2);
    CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, r.own), ERR_NONE); /* a member has his */
    CHECK_TEXT(text_at(&r.a, "notificationEnabled"), "true");
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM read_statuses"), 2);
    CHECK_INT(domain_ask(&r.d, &OPERATION_READ_STATUS_CREATE, r.kim.access, "{}", &r.a),
              ERR_VALIDATION_ERROR);
    end(&r);
}

TEST(status_update, "D4.5, D3.10: its user changes it, null leaves, and nobody else touches it")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, r.lobby), ERR_NONE);
    copy_id(&r.a, id);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, &r.kim, id,
                  "{\"newLastReadAt\":null,\"newNotificationEnabled\":true}"),
              ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "notificationEnabled"), "true");
    CHECK_TEXT(text_at(&r.a, "lastReadAt"), "2031-01-01T00:00:00.000000Z");
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, &r.kim, id,
                  "{\"newLastReadAt\":\"2032-01-01T00:00:00.000Z\",\"newNotificationEnabled\":null}"),
              ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "lastReadAt"), "2032-01-01T00:00:00.000000Z");
    CHECK_TEXT(text_at(&r.a, "notificationEnabled"), "true");
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, &r.lee, id, "{\"newNotificationEnabled\":false}"),
              ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM read_statuses WHERE notification_enabled"), 3);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, &r.kim, NOBODY, "{}"), ERR_READ_STATUS_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "details.readStatusId"), NOBODY);
    CHECK_INT(ask(&r, &OPERATION_READ_STATUS_UPDATE, &r.kim, "\"undefined\"", "{}"),
              ERR_READ_STATUS_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "details.readStatusId"), "\"undefined\"");
    end(&r);
}

static enum error list_for(struct rig *r, const struct person *p, const char *user)
{
    struct task *t = domain_task(&r->d, &OPERATION_READ_STATUS_LIST);
    t->bearer = slice_from_string(p->access);
    t->parameters.user_id = slice_from_string(user);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(status_list, "D4.5, D3.10: one's own, all of them, and nobody else's")
{
    struct rig r;
    begin(&r);
    CHECK_INT(list_for(&r, &r.manager, r.manager.id_text), ERR_NONE);
    CHECK(json_is_array(r.a.json) && json_array_size(r.a.json) == 0);
    CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, r.lobby), ERR_NONE);
    CHECK_INT(list_for(&r, &r.kim, r.kim.id_text), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 2);
    CHECK_INT(list_for(&r, &r.kim, r.lee.id_text), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(list_for(&r, &r.kim, "x"), ERR_INVALID_REQUEST);
    end(&r);
}

TEST(memberships, "D8.2: read statuses of PUBLIC channels do not count as memberships")
{
    struct rig r;
    char body[128], id[UUID_TEXT + 1];
    begin(&r);
    for (int i = 0; i < CHAT_MEMBERSHIPS; i++) {
        (void)snprintf(body, sizeof body, "room %d", i);
        domain_public_channel(&r.d, &r.manager, body, id);
        CHECK_INT(make_status(&r, &r.kim, r.kim.id_text, id), ERR_NONE);
    }
    domain_private_channel(&r.d, &r.kim, &r.manager, id);
    CHECK(id[0] != '\0');
    end(&r);
}
