// SPDX-License-Identifier: MIT
// Users who change their name, address, password, picture (discodeit.md 4.2).
#include "support/user_rig.h"

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
