// SPDX-License-Identifier: MIT
#include "support/domain.h"

#define NOBODY "99999999-9999-4999-8999-999999999999"

static enum error list_for(struct domain *d, const struct person *p, const char *user, struct answer *a)
{
    struct task *t = domain_task(d, &OPERATION_CHANNEL_LIST);
    t->bearer = slice_from_string(p->access);
    t->parameters.user_id = slice_from_string(user);
    domain_run(d, t, a);
    return a->error;
}

static enum error watch(struct domain *d, const struct person *p, const char *channel, struct answer *a)
{
    struct task *t = domain_task(d, &OPERATION_CHANNEL_WATCH);
    t->bearer = slice_from_string(p->access);
    t->parameters.channel_id = slice_from_string(channel);
    domain_run(d, t, a);
    return a->error;
}

static enum error make_private(struct domain *d, const struct person *p, const char *first,
                               const char *second, const char *third, struct answer *a)
{
    char body[512];
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\"%s%s%s%s%s%s]}", first,
             second == NULL ? "" : ",\"", second == NULL ? "" : second, second == NULL ? "" : "\"",
             third == NULL ? "" : ",\"", third == NULL ? "" : third, third == NULL ? "" : "\"");
    return domain_ask(d, &OPERATION_CHANNEL_CREATE_PRIVATE, p->access, body, a);
}

TEST(public,
     "D4.3, D2.3, D3.10: a channel manager and an administrator make PUBLIC channels, a user does not")
{
    struct domain d;
    struct answer a = {0};
    struct person user, manager, admin;
    domain_open(&d);
    domain_join(&d, "user", "USER", &user);
    domain_join(&d, "manager", "CHANNEL_MANAGER", &manager);
    domain_join(&d, "admin", "ADMIN", &admin);
    static const char body[] = "{\"name\":\"공지\",\"description\":\"all\"}";
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_CREATE_PUBLIC, NULL, body, &a), ERR_UNAUTHENTICATED);
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_CREATE_PUBLIC, user.access, body, &a),
              ERR_AUTHORIZATION_DENIED);
    /* Who may not at all is told that, not what is wrong with his body. */
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_CREATE_PUBLIC, user.access, "{", &a),
              ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 0);
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_CREATE_PUBLIC, manager.access, body, &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "type"), "PUBLIC");
    CHECK_TEXT(text_at(&a, "name"), "공지");
    CHECK_TEXT(text_at(&a, "description"), "all");
    CHECK_TEXT(text_at(&a, "lastMessageAt"), "null");
    CHECK(json_is_array(at(&a, "participants")) && json_array_size(at(&a, "participants")) == 0);
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_CREATE_PUBLIC, admin.access, "{\"name\":\"ok\"}", &a),
              ERR_NONE);
    CHECK_TEXT(text_at(&a, "description"), "null");
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_CREATE_PUBLIC, admin.access, "{\"name\":\"x\"}", &a),
              ERR_VALIDATION_ERROR);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels WHERE type = 'PUBLIC'"), 2);
    answer_release(&a);
    domain_close(&d);
}

TEST(
    private,
    "D4.3, D8.1, D8.2, D2.3: a PRIVATE channel has its members, the caller included, and their read statuses")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami, bora;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &haneul);
    domain_join(&d, "dami", "USER", &dami);
    domain_join(&d, "bora", "USER", &bora);
    CHECK_INT(make_private(&d, &haneul, dami.id_text, haneul.id_text, NULL, &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "type"), "PRIVATE");
    CHECK_TEXT(text_at(&a, "name"), "null");
    CHECK_TEXT(text_at(&a, "description"), "null");
    CHECK_INT(json_array_size(at(&a, "participants")), 2);
    CHECK_TEXT(text_at(&a, "participants.0.username"), "dami");
    CHECK_TEXT(text_at(&a, "participants.1.username"), "haneul");
    CHECK_TEXT(text_at(&a, "participants.1.online"), "true");
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM read_statuses r JOIN channels c ON c.id = r.channel_id"
                             " WHERE r.last_read_at = c.created_at AND r.notification_enabled"),
              2);
    /* The caller is a member even if he forgets himself, and once even if he names himself twice. */
    CHECK_INT(make_private(&d, &haneul, dami.id_text, bora.id_text, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(at(&a, "participants")), 3);
    CHECK_INT(make_private(&d, &haneul, haneul.id_text, bora.id_text, haneul.id_text, &a), ERR_NONE);
    CHECK_INT(json_array_size(at(&a, "participants")), 2);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 3);
    answer_release(&a);
    domain_close(&d);
}

TEST(same_pair, "D4.3: the same two get the channel they have; three do not, and a failed try leaves nothing")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami, bora;
    char first[UUID_TEXT + 1], again[UUID_TEXT + 1];
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &haneul);
    domain_join(&d, "dami", "USER", &dami);
    domain_join(&d, "bora", "USER", &bora);
    CHECK_INT(make_private(&d, &haneul, dami.id_text, bora.id_text, NULL, &a), ERR_NONE);
    domain_private_channel(&d, &haneul, &dami, first);
    domain_private_channel(&d, &dami, &haneul, again);
    CHECK_TEXT(again, first);
    CHECK(strcmp(first, text_at(&a, "id")) != 0);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 2);
    CHECK_INT(make_private(&d, &haneul, dami.id_text, NOBODY, NULL, &a), ERR_USER_NOT_FOUND);
    CHECK_INT(json_object_size(at(&a, "details")), 1);
    CHECK_TEXT(text_at(&a, "details.participantIds[1]"), NOBODY);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 2);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM read_statuses"), 5);
    CHECK_INT(make_private(&d, &haneul, dami.id_text, NULL, NULL, &a), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&a, "details.participantIds"), "must have at least 2 elements");
    CHECK_INT(make_private(&d, &haneul, haneul.id_text, haneul.id_text, NULL, &a), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&a, "details.participantIds"), "must have at least 2 elements");
    d.store.twice = true;
    CHECK_INT(make_private(&d, &bora, dami.id_text, bora.id_text, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(at(&a, "participants")), 2);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 3);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM read_statuses"), 7);
    answer_release(&a);
    domain_close(&d);
}

TEST(listing, "D4.3, D8.1, D2.3: all PUBLIC channels and one's own PRIVATE ones, in the order they were made")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami, bora;
    char general[UUID_TEXT + 1], direct[UUID_TEXT + 1], notices[UUID_TEXT + 1];
    domain_open(&d);
    domain_join(&d, "haneul", "ADMIN", &haneul);
    domain_join(&d, "dami", "USER", &dami);
    domain_join(&d, "bora", "USER", &bora);
    domain_public_channel(&d, &haneul, "general", general);
    d.now++;
    domain_private_channel(&d, &haneul, &dami, direct);
    d.now++;
    domain_public_channel(&d, &haneul, "notices", notices);
    CHECK_INT(domain_send(&d, &dami, direct, "hi", &a), ERR_NONE);
    char sent[32];
    snprintf(sent, sizeof sent, "%s", text_at(&a, "createdAt"));
    CHECK_INT(list_for(&d, &dami, dami.id_text, &a), ERR_NONE);
    CHECK_INT(json_array_size(a.json), 3);
    CHECK_TEXT(text_at(&a, "0.id"), general);
    CHECK_TEXT(text_at(&a, "0.lastMessageAt"), "null");
    CHECK_INT(json_array_size(at(&a, "0.participants")), 0);
    CHECK_TEXT(text_at(&a, "1.id"), direct);
    CHECK_TEXT(text_at(&a, "1.lastMessageAt"), sent);
    CHECK_INT(json_array_size(at(&a, "1.participants")), 2);
    CHECK_TEXT(text_at(&a, "2.name"), "notices");
    CHECK_INT(list_for(&d, &bora, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(a.json), 2);
    CHECK_TEXT(text_at(&a, "1.id"), notices);
    CHECK_INT(list_for(&d, &bora, dami.id_text, &a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(list_for(&d, &haneul, dami.id_text, &a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(list_for(&d, &bora, "bora", &a), ERR_INVALID_REQUEST);
    CHECK_TEXT(text_at(&a, "details.userId"), "must be a UUID");
    /* A member who was deleted is no participant any more: whom he left alone is not shown the channel (D10). And a
     * PUBLIC channel's read statuses are no members. */
    domain_sql(&d, "DELETE FROM users WHERE username = 'haneul'");
    domain_sql(&d, "INSERT INTO read_statuses SELECT x'00000000000000000000000000000001', @1, NULL, u.id, "
                   "c.id, @1, FALSE"
                   " FROM users u, channels c WHERE u.username = 'bora' AND c.name = 'general'");
    CHECK_INT(list_for(&d, &dami, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(at(&a, "0.participants")), 0);
    CHECK_INT(json_array_size(a.json), 2);
    CHECK_TEXT(text_at(&a, "1.id"), notices);
    answer_release(&a);
    domain_close(&d);
}

TEST(watching,
     "D8.1: who may see a channel learns its stream and head; unknown and forbidden are the same refusal")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami, bora;
    char general[UUID_TEXT + 1], direct[UUID_TEXT + 1], name[80];
    domain_open(&d);
    domain_join(&d, "haneul", "ADMIN", &haneul);
    domain_join(&d, "dami", "USER", &dami);
    domain_join(&d, "bora", "USER", &bora);
    domain_public_channel(&d, &haneul, "general", general);
    domain_private_channel(&d, &haneul, &dami, direct);
    CHECK_INT(watch(&d, &bora, general, &a), ERR_NONE);
    snprintf(name, sizeof name, "channels.%s.messages", general);
    CHECK_TEXT(a.stream, name);
    CHECK_INT(a.head, 0);
    CHECK(a.json == NULL);
    CHECK_INT(domain_send(&d, &bora, general, "one", &a), ERR_NONE);
    CHECK_INT(domain_send(&d, &dami, general, "two", &a), ERR_NONE);
    CHECK_INT(watch(&d, &bora, general, &a), ERR_NONE);
    CHECK_INT(a.head, 2);
    CHECK_INT(watch(&d, &dami, direct, &a), ERR_NONE);
    CHECK_INT(a.head, 0);
    CHECK_INT(watch(&d, &bora, direct, &a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(watch(&d, &bora, NOBODY, &a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(watch(&d, &bora, "general", &a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(watch(&d, &bora, NULL, &a), ERR_AUTHORIZATION_DENIED);
    answer_release(&a);
    domain_close(&d);
}

TEST(memberships, "nobody is made a member of more PRIVATE channels than his list can carry; D4.3 G5")
{
    struct domain d;
    struct answer a = {0};
    struct person one, two, three, four;
    domain_open(&d);
    domain_join(&d, "one", "USER", &one);
    domain_join(&d, "two", "USER", &two);
    domain_join(&d, "three", "USER", &three);
    domain_join(&d, "four", "USER", &four);
    for (int i = 0; i < CHAT_MEMBERSHIPS; i++)
        CHECK_INT(make_private(&d, &one, one.id_text, two.id_text, three.id_text, &a), ERR_NONE);
    CHECK_INT(make_private(&d, &one, one.id_text, two.id_text, three.id_text, &a), ERR_CHANNEL_LIMIT);
    CHECK_INT(make_private(&d, &four, four.id_text, two.id_text, NULL, &a), ERR_CHANNEL_LIMIT);
    CHECK_INT(make_private(&d, &four, four.id_text, "00000000-0000-4000-8000-000000000000", NULL, &a),
              ERR_USER_NOT_FOUND);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM read_statuses"), 3 * CHAT_MEMBERSHIPS);
    CHECK_INT(domain_ask(&d, &OPERATION_CHANNEL_LIST, two.access, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(at(&a, "")), CHAT_MEMBERSHIPS);
    answer_release(&a);
    domain_close(&d);
}
