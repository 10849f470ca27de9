// SPDX-License-Identifier: MIT
#include "wire/stomp_rule.h"

%%{
    machine stomp_rule;
    alphtype unsigned char;

    action rule_connect { frames = 1u << STOMP_RULE_CONNECT; }
    action rule_send { frames = 1u << STOMP_RULE_SEND; }
    action rule_subscribe { frames = 1u << STOMP_RULE_SUBSCRIBE; }
    action rule_unsubscribe { frames = 1u << STOMP_RULE_UNSUBSCRIBE; }
    action rule_disconnect { frames = 1u << STOMP_RULE_DISCONNECT; }
    action rule_heartbeat { frames = 1u << STOMP_RULE_HEARTBEAT; }
    action rule_any_frame { frames = (1u << STOMP_RULE_FRAMES) - 1; }
    action rule_pattern_begin { begin = p; }
    action rule_pattern_end { pattern = slice_of(begin, (size_t)(p - begin)); }
    action rule_anyone { who = STOMP_RULE_ANYONE; found = true; }
    action rule_user { who = STOMP_RULE_USER; found = true; }
    action rule_manager { who = STOMP_RULE_MANAGER; found = true; }
    action rule_admin { who = STOMP_RULE_ADMIN; found = true; }
    action rule_nobody { who = STOMP_RULE_NOBODY; found = true; }

    include stomp_rules "stomp_rules.rl";
    main := line;
    write data noerror;
}%%

enum stomp_rule_line stomp_rule_parse(struct slice line, struct stomp_rule *rule)
{
    enum stomp_rule_who who = STOMP_RULE_NOBODY;
    struct slice pattern = SLICE_NONE;
    unsigned frames = 0;
    bool found = false;
    int cs;
    if (slice_is_empty(line))
        return STOMP_RULE_NONE;
    const unsigned char *p = line.data, *pe = p + line.len, *eof = pe, *begin = p;
    %% write init;
    %% write exec;
    if (cs < stomp_rule_first_final)
        return STOMP_RULE_WRONG;
    if (!found)
        return STOMP_RULE_NONE;
    *rule = (struct stomp_rule){.frames = frames, .pattern = pattern, .who = who};
    return STOMP_RULE_LINE;
}
