// SPDX-License-Identifier: MIT
#include "api/stomp_rules.h"

#include <stdlib.h>

#include "base/object.h"
#include "broker/pattern.h"
#include "engine/stomp_life.h"

enum { RULES_MAGIC = 0x52554C45 };

struct stomp_rules {
    unsigned magic;
    size_t count;
    struct stomp_rule rules[STOMP_RULES];
    unsigned char text[]; /* the patterns lie in it */
};

static const struct slice nowhere = SLICE_INIT("-");

/* Why a line that is a rule cannot be one here; NULL: it can. */
static const char *judge(const struct stomp_rules *rules, const struct stomp_rule *rule)
{
    if (rules->count == STOMP_RULES)
        return "there are too many rules";
    if (!slice_equals(rule->pattern, nowhere) && !pattern_valid(rule->pattern))
        return "the destination is no pattern";
    return NULL;
}

static const char *read_line(struct stomp_rules *rules, struct slice line)
{
    struct stomp_rule rule;
    if (line.len > 0 && line.data[line.len - 1] == '\r')
        line.len--;
    switch (stomp_rule_parse(line, &rule)) {
    case STOMP_RULE_NONE: return NULL;
    case STOMP_RULE_WRONG:
        return "it takes FRAME DESTINATION WHO; WHO is anyone, user, manager, admin or nobody";
    case STOMP_RULE_LINE: break;
    }
    const char *problem = judge(rules, &rule);
    if (problem == NULL)
        rules->rules[rules->count++] = rule;
    return problem;
}

struct stomp_rules *stomp_rules_new(struct slice text, struct stomp_rules_error *error)
{
    *error = (struct stomp_rules_error){0, "out of memory"};
    struct stomp_rules *rules = malloc(sizeof *rules + text.len);
    if (rules == NULL)
        return NULL;
    OBJ_INIT(rules, RULES_MAGIC);
    if (text.len > 0)
        memcpy(rules->text, text.data, text.len);
    struct slice rest = slice_of(rules->text, text.len);
    for (unsigned line = 1; rest.data != NULL; line++) {
        const char *problem = read_line(rules, slice_cut(&rest, '\n'));
        if (problem != NULL) {
            *error = (struct stomp_rules_error){line, problem};
            stomp_rules_free(rules);
            return NULL;
        }
    }
    return rules;
}

void stomp_rules_free(struct stomp_rules *rules)
{
    if (rules == NULL)
        return;
    OBJ_DEAD(rules);
    free(rules);
}

static bool fits(const struct stomp_rule *rule, enum stomp_rule_frame frame, struct slice destination)
{
    if ((rule->frames & 1u << frame) == 0)
        return false;
    if (slice_equals(rule->pattern, nowhere) || slice_equals(destination, nowhere))
        return slice_equals(rule->pattern, destination);
    return pattern_matches(rule->pattern, destination);
}

static bool includes(enum stomp_rule_who who, Parley__V1__Role role)
{
    switch (who) {
    case STOMP_RULE_ANYONE: return true;
    case STOMP_RULE_USER: return role >= PARLEY__V1__ROLE__ROLE_USER;
    case STOMP_RULE_MANAGER: return role >= PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER;
    case STOMP_RULE_ADMIN: return role >= PARLEY__V1__ROLE__ROLE_ADMIN;
    case STOMP_RULE_NOBODY: return false;
    }
    return false;
}

bool stomp_rules_allow(const struct stomp_rules *rules, enum stomp_rule_frame frame, struct slice destination,
                       Parley__V1__Role role)
{
    if (rules == NULL)
        return true;
    OBJ_CHECK(rules, RULES_MAGIC);
    for (size_t i = 0; i < rules->count; i++) {
        if (fits(&rules->rules[i], frame, destination))
            return includes(rules->rules[i].who, role);
    }
    return false;
}

uint16_t stomp_rules_denied(const struct stomp_rules *rules, Parley__V1__Role role)
{
    static const struct {
        enum stomp_rule_frame frame;
        enum stomp_event event;
    } rows[] = {
        {STOMP_RULE_UNSUBSCRIBE, STOMPE_UNSUBSCRIBE},
        {STOMP_RULE_DISCONNECT, STOMPE_DISCONNECT},
        {STOMP_RULE_HEARTBEAT, STOMPE_BEAT},
    };
    unsigned denied = 0;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        if (!stomp_rules_allow(rules, rows[i].frame, nowhere, role))
            denied |= 1u << rows[i].event;
    }
    return (uint16_t)denied;
}
