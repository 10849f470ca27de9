// SPDX-License-Identifier: MIT
#include "support/domain.h"

static enum error admin_only(struct task *t)
{
    (void)t;
    return ERR_NONE;
}

/* Rows of the table of D3.10 that no operation has yet. */
static const struct operation OPERATION_ADMIN = {.name = "admin", .who = WHO_ADMIN, .prepare = admin_only};
static const struct operation OPERATION_MANAGER = {
    .name = "manager", .who = WHO_CHANNEL_MANAGER, .prepare = admin_only};
static const struct operation OPERATION_USER = {.name = "user", .who = WHO_USER, .prepare = admin_only};
static const struct operation OPERATION_ANYONE = {.name = "anyone", .who = WHO_ANYONE, .prepare = admin_only};

TEST(roles, "D3.10: ADMIN includes CHANNEL_MANAGER includes USER, by token and by a session's caller alike")
{
    struct domain d;
    struct answer a = {0};
    struct person people[3];
    static const struct operation *const operations[] = {&OPERATION_USER, &OPERATION_MANAGER,
                                                         &OPERATION_ADMIN};
    static const char *const roles[] = {"USER", "CHANNEL_MANAGER", "ADMIN"};
    domain_open(&d);
    for (size_t role = 0; role < 3; role++) {
        domain_join(&d, roles[role], roles[role], &people[role]);
        CHECK_INT(domain_ask(&d, &OPERATION_SESSION_OPEN, people[role].access, NULL, &a), ERR_NONE);
        struct caller caller = a.caller;
        for (size_t who = 0; who < 3; who++) {
            enum error want = role >= who ? ERR_NONE : ERR_AUTHORIZATION_DENIED;
            CHECK_INT(domain_ask(&d, operations[who], people[role].access, NULL, &a), want);
            struct task *t = domain_task(&d, operations[who]);
            t->caller = caller;
            domain_run(&d, t, &a);
            CHECK_INT(a.error, want);
        }
    }
    for (size_t who = 0; who < 3; who++) {
        CHECK_INT(domain_ask(&d, operations[who], NULL, NULL, &a), ERR_UNAUTHENTICATED);
        CHECK_INT(domain_ask(&d, operations[who], "A.forged", NULL, &a), ERR_INVALID_TOKEN);
    }
    CHECK_INT(domain_ask(&d, &OPERATION_ANYONE, NULL, NULL, &a), ERR_NONE);
    CHECK_INT(domain_ask(&d, &OPERATION_ANYONE, "A.forged", NULL, &a), ERR_NONE);
    answer_release(&a);
    domain_close(&d);
}

TEST(unknown_role, "a token whose role this program does not know is no token")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    char forged[DOMAIN_TOKEN];
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    snprintf(forged, sizeof forged, "%s", p.access);
    char *role = strstr(forged, ".USER.");
    CHECK(role != NULL);
    memcpy(role, ".GOD!.", 6);
    CHECK_INT(domain_ask(&d, &OPERATION_USER, forged, NULL, &a), ERR_INVALID_TOKEN);
    answer_release(&a);
    domain_close(&d);
}

/* What SIGN_UP, LOGIN, a page, a PRIVATE channel and a message need of the store, each of which may fail. */
TEST(store_failures, "design 4, G1: whichever batch fails, its operation ends once, with the store's error, "
                     "and nothing is kept")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami;
    char channel[UUID_TEXT + 1], body[256];
    domain_open(&d);
    domain_join(&d, "haneul", "ADMIN", &haneul);
    domain_join(&d, "dami", "USER", &dami);
    domain_public_channel(&d, &haneul, "general", channel);
    snprintf(body, sizeof body, "{\"content\":\"hi\",\"channelId\":\"%s\"}", channel);
    static const struct {
        enum error store, want;
    } failures[] = {{ERR_SERVICE_UNAVAILABLE, ERR_SERVICE_UNAVAILABLE},
                    {ERR_INTERNAL_SERVER_ERROR, ERR_INTERNAL_SERVER_ERROR},
                    {ERR_CONTENT_TOO_LARGE, ERR_OUT_OF_MEMORY}};
    for (size_t i = 0; i < ARRAY_LEN(failures); i++) {
        d.store.error = failures[i].store;
        /* The first batch of a message verifies the login: there the registry answers for the store. */
        d.store.fail_in = 2;
        CHECK_INT(domain_ask(&d, &OPERATION_MESSAGE_CREATE, haneul.access, body, &a), failures[i].want);
        CHECK_INT(d.event_count, 0);
        d.store.fail_in = 2;
        CHECK_INT(domain_ask(&d, &OPERATION_USER_LIST, haneul.access, NULL, &a), failures[i].want);
        d.store.fail_in = 1;
        CHECK_INT(domain_login(&d, "dami", "pass1234!", &a), failures[i].want);
    }
    d.store.error = ERR_SERVICE_UNAVAILABLE;
    d.store.fail_in = 1;
    CHECK_INT(domain_ask(&d, &OPERATION_MESSAGE_CREATE, haneul.access, body, &a), ERR_SERVICE_UNAVAILABLE);
    CHECK_TEXT(text_at(&a, "code"), "SERVICE_UNAVAILABLE");
    d.store.fail_in = 2;
    CHECK_INT(domain_login(&d, "dami", "pass1234!", &a), ERR_SERVICE_UNAVAILABLE);
    CHECK_INT(domain_ask(&d, &OPERATION_USER, dami.access, NULL, &a), ERR_NONE);
    d.passwords.full = true;
    CHECK_INT(domain_login(&d, "dami", "pass1234!", &a), ERR_SERVICE_UNAVAILABLE);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM messages"), 0);
    answer_release(&a);
    domain_close(&d);
}

TEST(memory, "G7: however little room a task has, it ends in 503 or in success, never in between")
{
    struct domain d;
    struct answer a = {0};
    struct person haneul, dami;
    char channel[UUID_TEXT + 1], body[256];
    domain_open(&d);
    domain_join(&d, "haneul", "ADMIN", &haneul);
    domain_join(&d, "dami", "USER", &dami);
    domain_public_channel(&d, &haneul, "general", channel);
    snprintf(body, sizeof body, "{\"content\":\"hi\",\"channelId\":\"%s\"}", channel);
    size_t made = 0;
    for (size_t room = 0; room < 64 * 1024 && made < 3; room += room < 2048 ? 64 : 512) {
        d.chat.task_memory = d.chat.list_memory = room;
        enum error error = domain_ask(&d, &OPERATION_MESSAGE_CREATE, haneul.access, body, &a);
        CHECK(error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
        made += error == ERR_NONE;
        error = domain_ask(&d, &OPERATION_USER_LIST, haneul.access, NULL, &a);
        CHECK(error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
        error = domain_login(&d, "dami", "pass1234!", &a);
        CHECK(error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
        error = domain_ask(&d, &OPERATION_CHANNEL_LIST, haneul.access, NULL, &a);
        CHECK(error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
    }
    CHECK_INT(made, 3);
    answer_release(&a);
    domain_close(&d);
}
