// SPDX-License-Identifier: MIT
#include "support/domain.h"

TEST(sign_up, "D4.2, D2.1: a new user is a UserDto with role USER, offline, and the password is stored hashed")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(domain_ask(&d, &OPERATION_USER_CREATE, NULL,
                         "{\"email\":\"ha@example.org\",\"username\":\"\xED\x95\x98\xEB\x8A\x98\xEC\x9D\xB4\","
                         "\"password\":\"pass1234!\",\"role\":\"ADMIN\",\"more\":1}",
                         &a),
              ERR_NONE);
    CHECK_TEXT(text_at(&a, "username"), "\xED\x95\x98\xEB\x8A\x98\xEC\x9D\xB4");
    CHECK_TEXT(text_at(&a, "email"), "ha@example.org");
    CHECK_TEXT(text_at(&a, "role"), "USER");
    CHECK_TEXT(text_at(&a, "online"), "false");
    CHECK_TEXT(text_at(&a, "profile"), "null");
    CHECK_INT(strlen(text_at(&a, "id")), UUID_TEXT);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users WHERE password LIKE '$2b$10$%' AND length(password) = 60"), 1);
    answer_release(&a);
    domain_close(&d);
}
