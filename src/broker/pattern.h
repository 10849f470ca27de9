/* SPDX-License-Identifier: MIT
 *
 * broker/pattern.h - destinations by pattern (protocols.md 1.9): segments between "/", in which "?" is one octet, "*" any
 * number, and {name} a segment that is not empty; a segment "**" is any number of segments.
 *
 * A pattern is judged once, when somebody gives it; matching allocates nothing and takes time that is bounded by the
 * product of both lengths (PT-11). Pure: any thread.
 */
#ifndef PARLEY_BROKER_PATTERN_H
#define PARLEY_BROKER_PATTERN_H

#include "base/slice.h"

enum {
    PATTERN_LENGTH = 512, /* octets */
    PATTERN_DEPTHS = 8,   /* "**" of one pattern: PT-11 */
};

/* Does it hold "*", "?" or "{"? Whatever else there is names itself alone. */
bool pattern_is(struct slice destination);
/* Too long, too many "**", "**" beside other octets of its segment, "*" twice in a row, or braces that are not a whole
 * segment {name}: false. */
bool pattern_valid(struct slice pattern);
/* The pattern is valid. A leading and a trailing "/" count: both have it, or neither (PT-9, PT-10). */
bool pattern_matches(struct slice pattern, struct slice destination);

#endif
