/* SPDX-License-Identifier: MIT
 *
 * api/stomp_rules.h - who may send which frame where to (docs/stomp-rules.md; protocols.md SC-1, SC-2): the first rule
 * that fits decides, and what no rule names is refused. They come on top of what the domain allows, and take away only.
 *
 * Read once at the start, never changed: any thread may ask.
 */
#ifndef PARLEY_API_STOMP_RULES_H
#define PARLEY_API_STOMP_RULES_H

#include "parley/v1/dto.pb-c.h"
#include "wire/stomp_rule.h"

enum { STOMP_RULES_OCTETS = 64 << 10, STOMP_RULES = 256 };

struct stomp_rules;

/* Why a text is none. `problem` is a static text. */
struct stomp_rules_error {
    unsigned line; /* from 1; 0: it is about the whole */
    const char *problem;
};

/* Copies the text. NULL, and *error, when a line is wrong, when there are more than STOMP_RULES, or without memory. */
struct stomp_rules *stomp_rules_new(struct slice text, struct stomp_rules_error *error);
void stomp_rules_free(struct stomp_rules *rules);

/* `destination` is "-" for a frame that has none. Without rules (NULL) everything is allowed. */
bool stomp_rules_allow(const struct stomp_rules *rules, enum stomp_rule_frame frame, struct slice destination,
                       Parley__V1__Role role);
/* What this role may not cause of the frames that have no destination, a bit for each enum stomp_event: decided once for a
 * session. */
uint16_t stomp_rules_denied(const struct stomp_rules *rules, Parley__V1__Role role);

#endif
