// SPDX-License-Identifier: MIT
#include "support/domain.h"

#define SIGN_UP(name, mail) "{\"email\":\"" mail "\",\"username\":\"" name "\",\"password\":\"pass1234!\"}"

TEST(sign_up,
     "D4.2, D2.1, D3.11: a new user is a UserDto with role USER whatever he asks, and his password is hashed")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL,
                         "{\"email\":\"ha@example.org\",\"username\":\"하늘이\",\"password\":\"pass1234!\","
                         "\"role\":\"ADMIN\",\"more\":1}",
                         &a),
              ERR_NONE);
    CHECK_TEXT(text_at(&a, "username"), "하늘이");
    CHECK_TEXT(text_at(&a, "email"), "ha@example.org");
    CHECK_TEXT(text_at(&a, "role"), "USER");
    CHECK_TEXT(text_at(&a, "online"), "false");
    CHECK_TEXT(text_at(&a, "profile"), "null");
    CHECK_INT(strlen(text_at(&a, "id")), UUID_TEXT);
    CHECK_INT(
        domain_sql(&d, "SELECT count(*) FROM users WHERE password LIKE '$2b$10$%' AND length(password) = 60"),
        1);
    answer_release(&a);
    domain_close(&d);
}

TEST(taken,
     "D4.2: a name or an e-mail that is taken is 409 DUPLICATE_USER, which says which, and changes nothing")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("haneul", "h@example.org"), &a), ERR_NONE);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("haneul", "other@example.org"), &a),
              ERR_DUPLICATE_USER);
    CHECK_TEXT(text_at(&a, "code"), "DUPLICATE_USER");
    CHECK_INT(json_object_size(at(&a, "details")), 1);
    CHECK_TEXT(text_at(&a, "details.username"), "is taken");
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("other", "h@example.org"), &a),
              ERR_DUPLICATE_USER);
    CHECK_INT(json_object_size(at(&a, "details")), 1);
    CHECK_TEXT(text_at(&a, "details.email"), "is taken");
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("haneul", "h@example.org"), &a),
              ERR_DUPLICATE_USER);
    CHECK_INT(json_object_size(at(&a, "details")), 2);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("Haneul", "H@example.org"), &a), ERR_NONE);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users"), 2);
    answer_release(&a);
    domain_close(&d);
}

TEST(wrong_fields,
     "D5.1, D5.2: an invalid body is VALIDATION_ERROR with field and reason; no body is INVALID_REQUEST")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, "{\"email\":7,\"username\":\"ab\"}", &a),
              ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&a, "code"), "VALIDATION_ERROR");
    CHECK_TEXT(text_at(&a, "timestamp"), "2026-03-02T09:15:30.482913Z");
    CHECK_TEXT(text_at(&a, "exceptionType"), "MethodArgumentNotValidException");
    CHECK_INT(json_integer_value(at(&a, "status")), 400);
    CHECK_TEXT(text_at(&a, "message"), "Some of the fields are not valid.");
    CHECK_INT(json_object_size(at(&a, "details")), 3);
    CHECK_TEXT(text_at(&a, "details.email"), "must be a string");
    CHECK_TEXT(text_at(&a, "details.username"), "must have at least 3 characters");
    CHECK_TEXT(text_at(&a, "details.password"), "is required");
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, "{\"email\":", &a), ERR_INVALID_REQUEST);
    CHECK_INT(json_object_size(at(&a, "details")), 1);
    CHECK_TEXT(text_at(&a, "details.request"), "must be one JSON object, in UTF-8, with no name twice");
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, "[]", &a), ERR_INVALID_REQUEST);
    CHECK_TEXT(text_at(&a, "details.request"), "must be one JSON object, in UTF-8, with no name twice");
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, NULL, &a), ERR_INVALID_REQUEST);
    d.chat.body_limit = 8;
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("haneul", "h@example.org"), &a),
              ERR_CONTENT_TOO_LARGE);
    CHECK_INT(d.passwords.made, 0);
    CHECK_INT(d.store.writes, 0);
    d.chat.language = LANGUAGE_KOREAN;
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, "{}", &a), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&a, "message"), "입력값이 올바르지 않습니다.");
    CHECK_TEXT(text_at(&a, "details.email"), "필수 항목입니다.");
    answer_release(&a);
    domain_close(&d);
}

TEST(repeated, "design 5: a sign-up whose batch is run twice gives the answer of one")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    d.store.twice = true;
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("haneul", "h@example.org"), &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "username"), "haneul");
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users"), 1);
    answer_release(&a);
    domain_close(&d);
}

TEST(listing,
     "D4.2, D2.1, D8.6: all users for a user, with pictures and who is online; nobody else gets them")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &haneul);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, SIGN_UP("dami", "dami@example.org"), &a),
              ERR_NONE);
    domain_sql(
        &d,
        "INSERT INTO binary_contents VALUES (x'000102030405060708090a0b0c0d0e0f', @1, NULL, 'me.png', 48213,"
        " 'image/png', 'SUCCESS')");
    domain_sql(&d,
               "UPDATE users SET profile_id = x'000102030405060708090a0b0c0d0e0f' WHERE username = 'dami'");
    CHECK_INT(domain_ask(&d, &OPERATION_USER_LIST, NULL, NULL, &a), ERR_UNAUTHENTICATED);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_LIST, haneul.access, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(a.json), 2);
    CHECK_TEXT(text_at(&a, "0.username"), "dami");
    CHECK_TEXT(text_at(&a, "0.online"), "false");
    CHECK_TEXT(text_at(&a, "0.profile.id"), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    CHECK_TEXT(text_at(&a, "0.profile.fileName"), "me.png");
    CHECK_INT(json_integer_value(at(&a, "0.profile.size")), 48213);
    CHECK_TEXT(text_at(&a, "0.profile.contentType"), "image/png");
    CHECK_TEXT(text_at(&a, "0.profile.status"), "SUCCESS");
    CHECK_TEXT(text_at(&a, "1.username"), "haneul");
    CHECK_TEXT(text_at(&a, "1.online"), "true");
    CHECK_TEXT(text_at(&a, "1.password"), "(none)");
    answer_release(&a);
    domain_close(&d);
}

TEST(many, "D4.2: a list of many takes the memory of their rows, and not of all that is made of them")
{
    enum { MANY = 100 };
    struct domain d;
    struct answer a = {0};
    struct person haneul;
    char body[256];
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &haneul);
    for (int i = 1; i < MANY; i++) {
        snprintf(body, sizeof body,
                 "{\"email\":\"u%d@example.org\",\"username\":\"user%d\",\"password\":\"pass1234!\"}", i, i);
        CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL, body, &a), ERR_NONE);
    }
    d.chat.list_memory = MANY * 640;
    CHECK_INT(domain_ask(&d, &OPERATION_USER_LIST, haneul.access, NULL, &a), ERR_NONE);
    CHECK_INT(json_array_size(a.json), MANY);
    d.chat.list_memory = MANY * 320;
    CHECK_INT(domain_ask(&d, &OPERATION_USER_LIST, haneul.access, NULL, &a), ERR_OUT_OF_MEMORY);
    answer_release(&a);
    domain_close(&d);
}
