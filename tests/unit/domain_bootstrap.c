// SPDX-License-Identifier: MIT
#include "support/domain.h"

#define ADMIN "{\"username\":\"root\",\"email\":\"root@localhost\",\"password\":\"short\"}"

static enum error boot(struct domain *d, const char *admin, struct answer *a)
{
    return domain_ask(d, &OPERATION_BOOTSTRAP, NULL, admin, a);
}

TEST(first_start, "D3.11: a new store gets the configured administrator, whose rules are not those of "
                  "sign-up, and #general")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(boot(&d, ADMIN, &a), ERR_NONE);
    CHECK(a.json == NULL);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users WHERE role = 'ADMIN'"), 1);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels WHERE name = 'general' AND type = 'PUBLIC'"), 1);
    CHECK_INT(domain_login(&d, "root", "short", &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "userDto.role"), "ADMIN");
    answer_release(&a);
    domain_close(&d);
}

TEST(later_starts,
     "D3.11: where there is an ADMIN none is made; a first channel that was deleted does not come back")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(boot(&d, ADMIN, &a), ERR_NONE);
    CHECK_INT(boot(&d, "{\"username\":\"other\",\"email\":\"o@o\",\"password\":\"x\"}", &a), ERR_NONE);
    CHECK_INT(d.passwords.made, 1);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users"), 1);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 1);
    domain_sql(&d, "DELETE FROM channels");
    CHECK_INT(boot(&d, NULL, &a), ERR_NONE);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 0);
    answer_release(&a);
    domain_close(&d);
}

TEST(both_start,
     "D3.11: of two instances that start at a time, with other names, one makes the administrator")
{
    struct domain d;
    struct answer a = {0}, b = {0};
    domain_open(&d);
    struct task *t = domain_task(&d, &OPERATION_BOOTSTRAP);
    task_read(t, SLICE(ADMIN));
    t->context[0] = (uintptr_t)&b;
    task_start(t);
    CHECK_INT(boot(&d, "{\"username\":\"other\",\"email\":\"o@o\",\"password\":\"x\"}", &a), ERR_NONE);
    for (int turns = 0; !b.done && turns < 64; turns++) {
        domain_store_step(&d);
        loop_turn(&d.loop);
    }
    CHECK(b.done && b.error == ERR_NONE);
    CHECK_INT(d.passwords.made, 2);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users"), 1);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM channels"), 1);
    answer_release(&a);
    answer_release(&b);
    domain_close(&d);
}

TEST(no_admin,
     "D3.11: without configuration none is made; with a user's name or without a password it is an error")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    domain_open(&d);
    CHECK_INT(boot(&d, NULL, &a), ERR_NONE);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users"), 0);
    domain_join(&d, "root", "USER", &p);
    CHECK_INT(boot(&d, ADMIN, &a), ERR_DUPLICATE_USER);
    CHECK_INT(boot(&d, "{\"username\":\"boss\",\"email\":\"b@b\"}", &a), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&a, "details.password"), "is required");
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM users WHERE role = 'ADMIN'"), 0);
    answer_release(&a);
    domain_close(&d);
}

TEST(presence, "D8.6: a process that starts knows who is logged in, and who no longer is")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &haneul);
    d.now += CHAT_REFRESH_LIFETIME / 2;
    domain_join(&d, "dami", "USER", &dami);
    d.now += CHAT_REFRESH_LIFETIME / 2;
    presence_free(d.chat.presence);
    d.chat.presence = presence_new();
    CHECK(!presence_is_online(d.chat.presence, &dami.id, d.now));
    CHECK_INT(boot(&d, NULL, &a), ERR_NONE);
    CHECK(presence_is_online(d.chat.presence, &dami.id, d.now));
    CHECK(!presence_is_online(d.chat.presence, &haneul.id, d.now));
    answer_release(&a);
    domain_close(&d);
}

TEST(claimed,
     "D3.11: of instances that start at a time one makes the administrator; if he is gone, another one may")
{
    struct domain d;
    struct answer a = {0};
    domain_open(&d);
    CHECK_INT(domain_ask(&d, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL, &a), ERR_NONE);
    CHECK_INT(domain_ask(&d, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL, &a), ERR_SERVICE_UNAVAILABLE);
    d.now += 15 * MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_ask(&d, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL, &a), ERR_SERVICE_UNAVAILABLE);
    d.now += 1;
    CHECK_INT(domain_ask(&d, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL, &a), ERR_NONE);
    CHECK_INT(domain_ask(&d, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL, &a), ERR_SERVICE_UNAVAILABLE);
    struct person p;
    domain_join(&d, "chief", "ADMIN", &p);
    CHECK_INT(domain_ask(&d, &OPERATION_BOOTSTRAP_CLAIM, NULL, NULL, &a), ERR_NONE);
    answer_release(&a);
    domain_close(&d);
}
