// SPDX-License-Identifier: MIT
#include "api/stomp_rules.h"

#include <stdio.h>

#include "support/test.h"

enum {
    USER = PARLEY__V1__ROLE__ROLE_USER,
    MANAGER = PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER,
    ADMIN = PARLEY__V1__ROLE__ROLE_ADMIN
};

static struct stomp_rules *read_rules(const char *text)
{
    struct stomp_rules_error error;
    return stomp_rules_new(slice_from_string(text), &error);
}

static bool allows(const struct stomp_rules *rules, enum stomp_rule_frame frame, const char *destination,
                   int role)
{
    return stomp_rules_allow(rules, frame, slice_from_string(destination), (Parley__V1__Role)role);
}

TEST(none, "SC-3: without rules everything is allowed")
{
    CHECK(allows(NULL, STOMP_RULE_SEND, "/topic/a", USER));
}

TEST(first, "SC-1: the first rule that fits decides, by frame and by destination; without one it is refused")
{
    struct stomp_rules *rules = read_rules("SEND /topic/a user\n"
                                           "SEND /topic/* nobody\r\n"
                                           "\n"
                                           "  # SUBSCRIBE /topic/x user\n"
                                           "SUBSCRIBE /topic/** manager # the rest\n"
                                           "* /both admin\n");
    CHECK(rules != NULL);
    CHECK(allows(rules, STOMP_RULE_SEND, "/topic/a", USER));
    CHECK(!allows(rules, STOMP_RULE_SEND, "/topic/b", ADMIN));
    CHECK(!allows(rules, STOMP_RULE_SEND, "/topic/b/c", ADMIN));
    CHECK(!allows(rules, STOMP_RULE_SUBSCRIBE, "/topic/x", USER));
    CHECK(allows(rules, STOMP_RULE_SUBSCRIBE, "/topic/x", MANAGER));
    CHECK(allows(rules, STOMP_RULE_SUBSCRIBE, "/topic/x", ADMIN));
    CHECK(!allows(rules, STOMP_RULE_SEND, "/both", MANAGER));
    CHECK(allows(rules, STOMP_RULE_SEND, "/both", ADMIN) &&
          allows(rules, STOMP_RULE_SUBSCRIBE, "/both", ADMIN));
    CHECK(!allows(rules, STOMP_RULE_SUBSCRIBE, "/elsewhere", ADMIN));
    CHECK(!allows(rules, STOMP_RULE_CONNECT, "-", ADMIN));
    stomp_rules_free(rules);
}

TEST(nowhere, "SC-1: frames without a destination have rules of their own, and a pattern is not theirs")
{
    struct stomp_rules *rules = read_rules("CONNECT - user\n* ** admin\nHEARTBEAT - anyone\nSEND - user");
    CHECK(rules != NULL);
    CHECK(allows(rules, STOMP_RULE_CONNECT, "-", USER));
    CHECK(allows(rules, STOMP_RULE_HEARTBEAT, "-", USER));
    CHECK(!allows(rules, STOMP_RULE_DISCONNECT, "-", ADMIN));
    CHECK(!allows(rules, STOMP_RULE_SEND, "/a", USER)); /* "-" names no destination */
    CHECK(allows(rules, STOMP_RULE_SEND, "/a", ADMIN));
    stomp_rules_free(rules);
}

TEST(wrong, "SC-1: a line that is no rule is named")
{
    static const struct {
        const char *text;
        unsigned line;
    } rows[] = {
        {"SEND /a user\nSEND /a\n", 2},
        {"SEND /a someone", 1},
        {"PUBLISH /a user", 1},
        {"# fine\n\nSEND /a user more", 3},
        {"SEND /a*** user", 1},
        {"SEND /{a:x} user", 1},
        {"send /a user", 1},
        {"SEND /a user\n\x01", 2},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct stomp_rules_error error = {0, NULL};
        CHECK(stomp_rules_new(slice_from_string(rows[i].text), &error) == NULL);
        CHECK_INT(error.line, rows[i].line);
        CHECK(error.problem != NULL);
    }
}

TEST(many, "SC-1: as many rules as may be, and one more")
{
    static char text[(STOMP_RULES + 1) * 16];
    struct stomp_rules_error error;
    size_t len = 0;
    for (unsigned i = 0; i < STOMP_RULES; i++)
        len += (size_t)snprintf(text + len, sizeof text - len, "SEND /%u user\n", i);
    struct stomp_rules *rules = stomp_rules_new(slice_of(text, len), &error);
    CHECK(rules != NULL && allows(rules, STOMP_RULE_SEND, "/255", USER));
    stomp_rules_free(rules);
    len += (size_t)snprintf(text + len, sizeof text - len, "SEND /x user");
    CHECK(stomp_rules_new(slice_of(text, len), &error) == NULL);
    CHECK_INT(error.line, STOMP_RULES + 1);
}
