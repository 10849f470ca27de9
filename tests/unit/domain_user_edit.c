// SPDX-License-Identifier: MIT
// Changing and deleting users (discodeit.md 3.10, 4.2, 8.7, 10).
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

enum { BODY = 256 };

struct rig {
    struct domain d;
    struct arena arena;
    struct answer a;
    struct person chief, kim, lee;
    struct task_file picture;
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    r->d.registry.options.live = 3;
    arena_init(&r->arena, 1 << 20);
    domain_join(&r->d, "chief", "ADMIN", &r->chief);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    r->picture = (struct task_file){.part = SLICE("profile"),
                                    .file_name = SLICE("나.png"),
                                    .content_type = SLICE("image/png"),
                                    .size = 48213};
    uuid_draw(&r->picture.id, &r->d.random);
    r->d.now++; /* since they signed up */
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    arena_release(&r->arena);
    domain_close(&r->d);
}

static struct task *make(struct rig *r, const struct operation *operation, const struct person *by,
                         const char *id, const char *body)
{
    struct task *t = domain_task(&r->d, operation);
    t->bearer = slice_from_string(by->access);
    t->parameters.id = slice_from_string(id);
    if (body != NULL)
        task_read(t, slice_from_string(body));
    return t;
}

/* He changes himself. */
static enum error edit(struct rig *r, const struct person *who, const char *body)
{
    domain_run(&r->d, make(r, &OPERATION_USER_UPDATE, who, who->id_text, body), &r->a);
    return r->a.error;
}

static enum error edit_with_picture(struct rig *r, const struct person *who, const char *body)
{
    struct task *t = make(r, &OPERATION_USER_UPDATE, who, who->id_text, body);
    t->files = &r->picture;
    t->file_count = 1;
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static enum error leave(struct rig *r, const struct person *who)
{
    domain_run(&r->d, make(r, &OPERATION_USER_DELETE, who, who->id_text, NULL), &r->a);
    return r->a.error;
}

static enum error list_as(struct rig *r, const char *access)
{
    return domain_ask(&r->d, &OPERATION_USER_LIST, access, NULL, &r->a);
}

static Parley__V1__Envelope *told(struct rig *r, size_t back)
{
    CHECK(r->d.told_count > back);
    return dto_unpack(&r->arena, &parley__v1__envelope__descriptor,
                      r->d.told[r->d.told_count - 1 - back]->body);
}

static int64_t count(struct rig *r, const char *what)
{
    char sql[BODY];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", what);
    return domain_sql(&r->d, sql);
}

/* --- update --- */

TEST(changed, "D4.2, D8.6: each field alone is changed, the others stay, and everybody is told how he stands")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"김철수\",\"newEmail\":null}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "id"), r.kim.id_text);
    CHECK_TEXT(text_at(&r.a, "username"), "김철수");
    CHECK_TEXT(text_at(&r.a, "email"), "kim@example.org");
    CHECK_TEXT(text_at(&r.a, "online"), "true");
    CHECK_INT(r.d.told_count, before + 1);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_UPDATED);
    CHECK_TEXT(e->audience, "*");
    CHECK_TEXT(e->user_updated->username, "김철수");
    CHECK_INT(edit(&r, &r.kim, "{\"newEmail\":\"k@example.org\",\"role\":\"ADMIN\"}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "username"), "김철수");
    CHECK_TEXT(text_at(&r.a, "email"), "k@example.org");
    CHECK_TEXT(text_at(&r.a, "role"), "USER");
    CHECK_INT(count(&r, "users WHERE username = 'lee' AND email = 'lee@example.org' AND updated_at IS NULL"),
              1);
    CHECK_INT(domain_login(&r.d, "김철수", "pass1234!", &r.a), ERR_NONE);
    end(&r);
}

TEST(channels_told, "D7.4: the members of his PRIVATE channels are told of these, with him as he stands")
{
    struct rig r;
    char channel[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, channel);
    domain_private_channel(&r.d, &r.lee, &r.chief, channel);
    size_t before = r.d.told_count;
    r.d.now++;
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"kimchi\"}"), ERR_NONE);
    CHECK_INT(r.d.told_count, before + 2);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
    CHECK(strstr(e->audience, r.lee.id_text) != NULL && strstr(e->audience, r.chief.id_text) == NULL);
    CHECK_INT(e->channel_updated->n_participants, 2);
    size_t kim = strcmp(e->channel_updated->participants[0]->username, "kimchi") == 0 ? 0 : 1;
    CHECK_TEXT(e->channel_updated->participants[kim]->username, "kimchi");
    end(&r);
}

TEST(password, "D4.2: a new password is the one that counts; other logins of his end, his own goes on")
{
    struct rig r;
    struct answer other = {0}, foreign = {0};
    begin(&r);
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &other), ERR_NONE);
    CHECK_INT(domain_login(&r.d, "lee", "pass1234!", &foreign), ERR_NONE);
    CHECK_INT(edit(&r, &r.kim, "{\"newPassword\":\"Secret12!\"}"), ERR_NONE);
    CHECK_INT(r.a.ended_count, 1);
    CHECK(uuid_equals(&r.a.ended[0], &other.login.id));
    CHECK_INT(list_as(&r, other.access), ERR_INVALID_TOKEN);
    CHECK_INT(list_as(&r, r.kim.access), ERR_NONE);
    CHECK_INT(list_as(&r, foreign.access), ERR_NONE);
    CHECK(presence_is_online(r.d.chat.presence, &r.kim.id, r.d.now));
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &r.a), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(domain_login(&r.d, "kim", "Secret12!", &r.a), ERR_NONE);
    CHECK_INT(domain_refresh(&r.d, r.kim.refresh, &r.a), ERR_NONE);
    answer_release(&other);
    answer_release(&foreign);
    end(&r);
}

TEST(other_fields, "D4.2: what is no password ends no login")
{
    struct rig r;
    struct answer other = {0};
    begin(&r);
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &other), ERR_NONE);
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"kimchi\"}"), ERR_NONE);
    CHECK_INT(r.a.ended_count, 0);
    CHECK_INT(list_as(&r, other.access), ERR_NONE);
    answer_release(&other);
    end(&r);
}

static bool is_judged(struct rig *r)
{
    return r->d.passwords.verified > 3;
}

/* Starts it, and lets all that runs take turns until the condition holds. */
static void advance(struct rig *r, struct task *t, struct answer *a, bool (*is_there)(struct rig *))
{
    t->context[0] = (uintptr_t)a;
    task_start(t);
    for (int turns = 0; !is_there(r) && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(is_there(r));
}

static void settle(struct rig *r, const struct answer *a)
{
    for (int turns = 0; !a->done && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(a->done);
}

TEST(old_password, "D4.2: who logs in with a password that is changed meanwhile gets no tokens")
{
    struct rig r;
    struct answer login = {0};
    begin(&r);
    struct task *t = domain_task(&r.d, &OPERATION_LOGIN);
    task_read(t, SLICE("{\"username\":\"kim\",\"password\":\"pass1234!\"}"));
    advance(&r, t, &login, is_judged);
    domain_sql(&r.d, "UPDATE users SET password = '$2b$10$another' WHERE username = 'kim'");
    settle(&r, &login);
    CHECK_INT(login.error, ERR_INVALID_USER_CREDENTIALS);
    CHECK_TEXT(login.access, "");
    CHECK_TEXT(login.refresh, "");
    answer_release(&login);
    end(&r);
}

TEST(picture, "D8.5, D2.2: a picture is there at once, in PROCESSING, and another one takes its place")
{
    struct rig r;
    begin(&r);
    CHECK_INT(edit_with_picture(&r, &r.kim, "{}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "profile.fileName"), "나.png");
    CHECK_TEXT(text_at(&r.a, "profile.contentType"), "image/png");
    CHECK_TEXT(text_at(&r.a, "profile.status"), "PROCESSING");
    CHECK_INT(json_integer_value(at(&r.a, "profile.size")), 48213);
    CHECK_TEXT(text_at(&r.a, "username"), "kim");
    CHECK_TEXT(told(&r, 0)->user_updated->profile->file_name, "나.png");
    CHECK_INT(count(&r, "users WHERE profile_id IS NOT NULL"), 1);
    CHECK_INT(count(&r, "discarded_contents"), 0);
    struct uuid first = r.picture.id;
    r.picture.id.octets[0] ^= 1;
    r.picture.file_name = SLICE("other.png");
    r.d.now++;
    CHECK_INT(edit_with_picture(&r, &r.kim, "{\"newUsername\":\"kimchi\"}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "profile.fileName"), "other.png");
    CHECK_TEXT(text_at(&r.a, "username"), "kimchi");
    CHECK_INT(count(&r, "binary_contents"), 1);
    CHECK_INT(count(&r, "binary_contents WHERE file_name = 'other.png'"), 1);
    CHECK_INT(count(&r, "discarded_contents"), 1); /* its octets go later */
    CHECK(!uuid_equals(&first, &r.picture.id));
    r.d.now++;
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"kim\"}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "profile.fileName"), "other.png");
    end(&r);
}

TEST(taken, "D4.2: a name or an address of another is 409 and changes nothing, one's own is none")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"lee\",\"newEmail\":\"new@example.org\"}"),
              ERR_DUPLICATE_USER);
    CHECK_TEXT(text_at(&r.a, "code"), "DUPLICATE_USER");
    CHECK_INT(json_object_size(at(&r.a, "details")), 1);
    CHECK(json_is_string(at(&r.a, "details.newUsername")));
    CHECK_INT(edit_with_picture(&r, &r.kim, "{\"newEmail\":\"lee@example.org\"}"), ERR_DUPLICATE_USER);
    CHECK(json_is_string(at(&r.a, "details.newEmail")));
    CHECK_INT(count(&r, "binary_contents"), 0);
    CHECK_INT(count(&r, "users WHERE email = 'new@example.org'"), 0);
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"kim\",\"newEmail\":\"k@example.org\"}"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "email"), "k@example.org");
    end(&r);
}

TEST(nothing, "D4.2: without a change: 200, and nothing is told")
{
    static const char *const bodies[] = {"{}",
                                         "{\"newUsername\":null,\"newEmail\":null,\"newPassword\":null}",
                                         "{\"newUsername\":\"kim\",\"newEmail\":\"kim@example.org\"}"};
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
        CHECK_INT(edit(&r, &r.kim, bodies[i]), ERR_NONE);
        CHECK_TEXT(text_at(&r.a, "username"), "kim");
    }
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(count(&r, "users WHERE updated_at IS NOT NULL"), 0);
    end(&r);
}

TEST(wrong, "D4.2: each rule of sign-up holds for what is changed, and a body there has to be")
{
    struct rig r;
    begin(&r);
    CHECK_INT(edit(&r, &r.kim, "{\"newUsername\":\"ab\",\"newEmail\":\"x\",\"newPassword\":\"short\"}"),
              ERR_VALIDATION_ERROR);
    CHECK_INT(json_object_size(at(&r.a, "details")), 3);
    CHECK_INT(edit(&r, &r.kim, NULL), ERR_INVALID_REQUEST);
    CHECK_INT(edit(&r, &r.kim, "["), ERR_INVALID_REQUEST);
    CHECK_INT(count(&r, "users WHERE updated_at IS NOT NULL"), 0);
    end(&r);
}

TEST(foreign,
     "D3.10: another's account is 403 even for an ADMIN, and an unknown one 404; nothing ends or changes")
{
    static const struct operation *const operations[] = {&OPERATION_USER_UPDATE, &OPERATION_USER_DELETE};
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    struct person nobody = r.lee;
    memset(nobody.id_text, '0', 8);
    for (size_t i = 0; i < ARRAY_LEN(operations); i++) {
        const char *body = i == 0 ? "{\"newPassword\":\"Secret12!\"}" : NULL;
        domain_run(&r.d, make(&r, operations[i], &r.kim, r.lee.id_text, body), &r.a);
        CHECK_INT(r.a.error, ERR_AUTHORIZATION_DENIED);
        domain_run(&r.d, make(&r, operations[i], &r.chief, r.lee.id_text, body), &r.a);
        CHECK_INT(r.a.error, ERR_AUTHORIZATION_DENIED);
        domain_run(&r.d, make(&r, operations[i], &r.kim, nobody.id_text, body), &r.a);
        CHECK_INT(r.a.error, ERR_USER_NOT_FOUND);
        CHECK_TEXT(text_at(&r.a, "details.userId"), nobody.id_text);
        domain_run(&r.d, make(&r, operations[i], &r.kim, "undefined", body), &r.a);
        CHECK_INT(r.a.error, ERR_USER_NOT_FOUND);
        CHECK_INT(domain_ask(&r.d, operations[i], NULL, body, &r.a), ERR_UNAUTHENTICATED);
    }
    CHECK_INT(r.d.passwords.made, 3);
    CHECK_INT(count(&r, "logins"), 3);
    CHECK_INT(count(&r, "users WHERE updated_at IS NULL"), 3);
    CHECK_INT(r.d.told_count, before);
    end(&r);
}

TEST(edited_twice, "design 5: a change whose batch is run twice is told once, and gives the answer of one")
{
    struct rig r;
    begin(&r);
    CHECK_INT(edit_with_picture(&r, &r.kim, "{}"), ERR_NONE);
    int64_t before = count(&r, "log WHERE stream = 'events'");
    r.picture.id.octets[0] ^= 1;
    r.d.now++;
    r.d.store.twice = true;
    CHECK_INT(edit_with_picture(&r, &r.kim, "{\"newUsername\":\"kimchi\",\"newPassword\":\"Secret12!\"}"),
              ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "username"), "kimchi");
    CHECK_TEXT(text_at(&r.a, "profile.status"), "PROCESSING");
    CHECK_INT(count(&r, "log WHERE stream = 'events'"), before + 1);
    CHECK_INT(count(&r, "binary_contents"), 1);
    CHECK_INT(count(&r, "discarded_contents"), 1);
    end(&r);
}

enum { VERIFY = 1, READ, REVOKE, WRITE, SETTLE };

TEST(password_failures, "D4.2: whatever fails when a password is changed, it can be asked again")
{
    for (unsigned batch = READ; batch <= SETTLE; batch++) {
        struct rig r;
        struct answer other = {0};
        begin(&r);
        CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &other), ERR_NONE);
        r.d.store.fail_in = batch;
        r.d.store.error = ERR_SERVICE_UNAVAILABLE;
        CHECK_INT(edit(&r, &r.kim, "{\"newPassword\":\"Secret12!\"}"),
                  batch == SETTLE ? ERR_NONE : ERR_SERVICE_UNAVAILABLE);
        CHECK_INT(list_as(&r, other.access), batch <= REVOKE ? ERR_NONE : ERR_INVALID_TOKEN);
        CHECK_INT(edit(&r, &r.kim, "{\"newPassword\":\"Secret12!\"}"), ERR_NONE);
        CHECK_INT(list_as(&r, other.access), ERR_INVALID_TOKEN);
        CHECK_INT(list_as(&r, r.kim.access), ERR_NONE);
        answer_release(&other);
        end(&r);
    }
}

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
