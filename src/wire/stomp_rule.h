/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_rule.h - a line of a file of rules: which frame, where to, and who may (docs/stomp-rules.md; protocols.md
 * SC-1). Knows no users and no files.
 */
#ifndef PARLEY_WIRE_STOMP_RULE_H
#define PARLEY_WIRE_STOMP_RULE_H

#include "base/slice.h"

enum stomp_rule_frame {
    STOMP_RULE_CONNECT,
    STOMP_RULE_SEND,
    STOMP_RULE_SUBSCRIBE,
    STOMP_RULE_UNSUBSCRIBE,
    STOMP_RULE_DISCONNECT,
    STOMP_RULE_HEARTBEAT,
    STOMP_RULE_FRAMES, /* how many there are */
};

/* Each role includes those before it. */
enum stomp_rule_who {
    STOMP_RULE_ANYONE,
    STOMP_RULE_USER,
    STOMP_RULE_MANAGER,
    STOMP_RULE_ADMIN,
    STOMP_RULE_NOBODY
};

struct stomp_rule {
    unsigned frames;      /* a bit for each enum stomp_rule_frame */
    struct slice pattern; /* of destinations; in the line. "-": of frames that have none */
    enum stomp_rule_who who;
};

enum stomp_rule_line {
    STOMP_RULE_LINE, /* *rule is one */
    STOMP_RULE_NONE, /* blank, or a comment */
    STOMP_RULE_WRONG,
};

/* The line comes without its end. Whether the pattern is a valid one is not judged here. */
enum stomp_rule_line stomp_rule_parse(struct slice line, struct stomp_rule *rule);

#endif
