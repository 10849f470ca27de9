/* SPDX-License-Identifier: MIT
 *
 * base/utf8.h - is this UTF-8 (RFC 3629)? For text that comes in pieces.
 *
 * The machine is generated from the ABNF of RFC 3629 section 4: no overlong forms, no surrogates, nothing
 * over U+10FFFF. Runs of ASCII are passed over sixteen octets at a time. The whole state is one word, so that
 * every connection can carry one. Nothing is allocated, decoded or repaired.
 */
#ifndef PARLEY_BASE_UTF8_H
#define PARLEY_BASE_UTF8_H

#include "base/slice.h"

struct utf8 {
    uint32_t state;
};

/* Ready for the first octet of a text. */
void utf8_init(struct utf8 *u);
/* Takes the next piece. False as soon as an octet can no longer belong to valid text, and for ever after. */
bool utf8_feed(struct utf8 *u, struct slice piece);
/* True when what was fed so far is valid and does not end within a character. */
bool utf8_complete(const struct utf8 *u);

/* A text that is there as a whole. The empty one is valid. */
bool utf8_valid(struct slice s);
/* How many code points a valid text has: for limits on characters. */
size_t utf8_length(struct slice s);

#endif
