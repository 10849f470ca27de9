// SPDX-License-Identifier: MIT
// Users who go, and what goes with them (discodeit.md 8.7).
#include "support/user_rig.h"

/* --- delete --- */

static void add_notification(struct rig *r)
{
    domain_sql(&r->d, "INSERT INTO notifications (id, created_at, receiver_id, title, content)"
                      " SELECT id, @1, id, 't', 'c' FROM users");
}

TEST(deleted,
     "D8.7, D9: read statuses, notifications, picture and logins go with him, his messages stay without "
     "an author")
{
    struct rig r;
    struct answer other = {0};
    char hall[UUID_TEXT + 1];
    begin(&r);
    domain_public_channel(&r.d, &r.chief, "hall", hall);
    CHECK_INT(domain_send(&r.d, &r.kim, hall, "of kim", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.lee, hall, "of lee", &r.a), ERR_NONE);
    domain_sql(&r.d,
               "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at,"
               " notification_enabled) SELECT u.id, @1, u.id, c.id, @1, TRUE FROM users u JOIN channels c ON "
               "c.name = 'hall'");
    add_notification(&r);
    CHECK_INT(edit_with_picture(&r, &r.kim, "{}"), ERR_NONE);
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &other), ERR_NONE);
    size_t before = r.d.told_count;
    CHECK_INT(leave(&r, &r.kim), ERR_NONE);
    CHECK(r.a.json == NULL);
    CHECK_INT(r.a.ended_count, 2);
    CHECK_INT(count(&r, "users"), 2);
    CHECK_INT(count(&r, "users WHERE username = 'kim'"), 0);
    CHECK_INT(count(&r, "logins"), 2);
    CHECK_INT(count(&r, "read_statuses"), 2);
    CHECK_INT(count(&r, "notifications"), 2);
    CHECK_INT(count(&r, "binary_contents"), 0);
    CHECK_INT(count(&r, "discarded_contents"), 1);
    CHECK_INT(count(&r, "messages WHERE content = 'of kim' AND author_id IS NULL"), 1);
    CHECK_INT(count(&r, "messages WHERE content = 'of lee' AND author_id IS NOT NULL"), 1);
    CHECK_INT(r.d.told_count, before + 1);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_DELETED);
    CHECK_TEXT(e->audience, "*");
    struct uuid id;
    CHECK(dto_read_uuid(e->user_deleted->id, &id) && uuid_equals(&id, &r.kim.id));
    answer_release(&other);
    end(&r);
}

TEST(gone, "D8.7: his tokens are dead at once, his name is free, and presence has forgotten him")
{
    struct rig r;
    begin(&r);
    CHECK_INT(leave(&r, &r.kim), ERR_NONE);
    CHECK(!presence_is_online(r.d.chat.presence, &r.kim.id, r.d.now));
    CHECK_INT(list_as(&r, r.kim.access), ERR_INVALID_TOKEN);
    CHECK_INT(domain_refresh(&r.d, r.kim.refresh, &r.a), ERR_INVALID_TOKEN);
    CHECK_INT(leave(&r, &r.kim), ERR_INVALID_TOKEN);
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &r.a), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(list_as(&r, r.lee.access), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 2);
    struct person again;
    domain_join(&r.d, "kim", "USER", &again);
    CHECK(!uuid_equals(&again.id, &r.kim.id));
    end(&r);
}

static void group(struct rig *r, char *out)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\",\"%s\",\"%s\"]}", r->lee.id_text,
             r->chief.id_text, r->kim.id_text);
    CHECK_INT(domain_ask(&r->d, &OPERATION_CHANNEL_CREATE_PRIVATE, r->kim.access, body, &r->a), ERR_NONE);
    snprintf(out, UUID_TEXT + 1, "%s", text_at(&r->a, "id"));
}

static enum error read_channel(struct rig *r, const struct person *who, const char *channel)
{
    struct task *t = domain_task(&r->d, &OPERATION_MESSAGE_LIST);
    t->bearer = slice_from_string(who->access);
    t->parameters.channel_id = slice_from_string(channel);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

TEST(channels_left,
     "D8.7, D10: whoever is left with others is told of his channel without him; who is left alone that "
     "it is deleted, and may read it still; before everybody is told of the user")
{
    struct rig r;
    char pair[UUID_TEXT + 1], all[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, pair);
    group(&r, all);
    CHECK_INT(domain_send(&r.d, &r.kim, pair, "of kim", &r.a), ERR_NONE);
    size_t before = r.d.told_count;
    CHECK_INT(leave(&r, &r.kim), ERR_NONE);
    CHECK_INT(r.d.told_count, before + 3);
    CHECK_INT(told(&r, 0)->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_DELETED);
    size_t updated = told(&r, 1)->payload_case == PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED ? 1 : 2;
    Parley__V1__Envelope *e = told(&r, updated), *deleted = told(&r, 3 - updated);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
    CHECK_INT(e->channel_updated->n_participants, 2);
    CHECK(strstr(e->audience, r.lee.id_text) != NULL && strstr(e->audience, r.chief.id_text) != NULL);
    CHECK(strstr(e->audience, r.kim.id_text) == NULL);
    CHECK_INT(deleted->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_DELETED);
    CHECK_TEXT(deleted->audience, r.lee.id_text);
    CHECK_INT(deleted->channel_deleted->n_participants, 1);
    CHECK_INT(domain_ask(&r.d, &OPERATION_CHANNEL_LIST, r.lee.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(json_array_size(r.a.json), 1);
    CHECK_TEXT(text_at(&r.a, "0.id"), all);
    CHECK_INT(json_array_size(at(&r.a, "0.participants")), 2);
    CHECK_INT(read_channel(&r, &r.lee, pair), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "of kim");
    CHECK_TEXT(text_at(&r.a, "content.0.author"), "null");
    before = r.d.told_count;
    CHECK_INT(domain_login(&r.d, "lee", "pass1234!", &r.a),
              ERR_NONE); /* which tells of the other channel alone */
    CHECK_INT(r.d.told_count, before + 2);
    CHECK_INT(told(&r, 0)->channel_updated->n_participants, 2);
    end(&r);
}

TEST(nobody_left,
     "D8.1, D8.7: a PRIVATE channel that nobody is left in goes with its messages, no other does")
{
    struct rig r;
    char pair[UUID_TEXT + 1], other[UUID_TEXT + 1], hall[UUID_TEXT + 1];
    begin(&r);
    domain_public_channel(&r.d, &r.chief, "hall", hall);
    domain_sql(&r.d,
               "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at,"
               " notification_enabled) SELECT u.id, @1, u.id, c.id, @1, TRUE FROM users u JOIN channels c ON "
               "c.name = 'hall' WHERE u.username = 'kim'"); /* and nobody else's */
    domain_private_channel(&r.d, &r.kim, &r.lee, pair);
    domain_private_channel(&r.d, &r.lee, &r.chief, other);
    CHECK_INT(domain_send(&r.d, &r.kim, pair, "one", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.lee, hall, "two", &r.a), ERR_NONE);
    CHECK_INT(leave(&r, &r.kim), ERR_NONE);
    CHECK_INT(count(&r, "channels"), 3);
    CHECK_INT(leave(&r, &r.lee), ERR_NONE);
    CHECK_INT(count(&r, "channels"), 2);
    CHECK_INT(count(&r, "channels WHERE type = 'PRIVATE'"), 1);
    CHECK_INT(count(&r, "messages"), 1);
    CHECK_INT(read_channel(&r, &r.chief, other), ERR_NONE);
    CHECK_INT(read_channel(&r, &r.chief, pair), ERR_CHANNEL_NOT_FOUND);
    end(&r);
}

TEST(last_admin, "D3.11: the last ADMIN cannot go, and stays logged in; one of two can")
{
    struct rig r;
    struct answer other = {0};
    begin(&r);
    CHECK_INT(domain_login(&r.d, "chief", "pass1234!", &other), ERR_NONE);
    size_t before = r.d.told_count;
    CHECK_INT(leave(&r, &r.chief), ERR_LAST_ADMIN);
    CHECK_INT(list_as(&r, other.access), ERR_NONE);
    answer_release(&other);
    CHECK_INT(list_as(&r, r.chief.access), ERR_NONE);
    CHECK_INT(r.d.told_count, before);
    domain_sql(&r.d, "UPDATE users SET role = 'ADMIN' WHERE username = 'lee'");
    CHECK_INT(leave(&r, &r.chief), ERR_NONE);
    CHECK_INT(leave(&r, &r.lee), ERR_LAST_ADMIN);
    end(&r);
}

TEST(both_admins, "D3.11: of two ADMINs who go at a time one stays, with what is his")
{
    struct rig r;
    struct answer other = {0};
    char channel[UUID_TEXT + 1];
    begin(&r);
    domain_sql(&r.d, "UPDATE users SET role = 'ADMIN' WHERE username = 'lee'");
    domain_private_channel(&r.d, &r.chief, &r.lee, channel);
    struct task *t = make(&r, &OPERATION_USER_DELETE, &r.lee, r.lee.id_text, NULL);
    t->context[0] = (uintptr_t)&other;
    task_start(t);
    size_t before = r.d.told_count;
    enum error error = leave(&r, &r.chief);
    settle(&r, &other);
    CHECK_INT(r.d.told_count, before + 2); /* of the one who went, and of the channel */
    CHECK((error == ERR_NONE) != (other.error == ERR_NONE));
    CHECK((error == ERR_LAST_ADMIN) != (other.error == ERR_LAST_ADMIN));
    CHECK_INT(count(&r, "users WHERE role = 'ADMIN'"), 1);
    CHECK_INT(count(&r, "users"), 2);
    CHECK_INT(count(&r, "channels"), 1);
    answer_release(&other);
    end(&r);
}

TEST(deleted_twice, "design 5: a deletion whose batch is run twice is told once, and gives the answer of one")
{
    struct rig r;
    char pair[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, pair);
    int64_t before = count(&r, "log WHERE stream = 'events'");
    r.d.store.twice = true;
    CHECK_INT(leave(&r, &r.kim), ERR_NONE);
    CHECK_INT(r.a.ended_count, 1);
    CHECK_INT(count(&r, "log WHERE stream = 'events'"), before + 2);
    end(&r);
}

TEST(deletion_failures, "D8.7: whatever fails on the way, he can ask again; and nobody is half gone")
{
    for (unsigned batch = READ; batch <= SETTLE; batch++) {
        struct rig r;
        begin(&r);
        size_t before = r.d.told_count;
        r.d.store.fail_in = batch;
        r.d.store.error = ERR_SERVICE_UNAVAILABLE;
        enum error error = leave(&r, &r.kim);
        CHECK_INT(error, batch == SETTLE ? ERR_NONE : ERR_SERVICE_UNAVAILABLE);
        CHECK_INT(count(&r, "users"), error == ERR_NONE ? 2 : 3);
        CHECK_INT(r.d.told_count, before + (error == ERR_NONE));
        CHECK_INT(leave(&r, &r.kim), error == ERR_NONE ? ERR_INVALID_TOKEN : ERR_NONE);
        CHECK_INT(count(&r, "users"), 2);
        end(&r);
    }
}

static bool others_ended(struct rig *r)
{
    return r->d.store.writes > 0;
}

TEST(slipped_in, "D8.7: a login that begins while he goes ends with him")
{
    struct rig r;
    struct answer a = {0};
    begin(&r);
    r.d.store.writes = 0;
    advance(&r, make(&r, &OPERATION_USER_DELETE, &r.kim, r.kim.id_text, NULL), &a, others_ended);
    domain_sql(&r.d, "INSERT INTO logins (id, user_id, access_id, refresh_id, issued, rotated, expires)"
                     " SELECT x'000102030405060708090a0b0c0d0e0f', id, id, id, @1, @1, @4000000000000000"
                     " FROM users WHERE username = 'kim'");
    settle(&r, &a);
    CHECK_INT(a.error, ERR_NONE);
    CHECK_INT(a.ended_count, 2);
    CHECK_INT(count(&r, "logins"), 2);
    answer_release(&a);
    end(&r);
}
