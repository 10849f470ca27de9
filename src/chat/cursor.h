/* SPDX-License-Identifier: MIT
 *
 * chat/cursor.h - where a page of messages ends: `<instant>_<uuid>` of its last message (discodeit.md 4.4).
 *
 * Two messages of the same instant at a page border are told apart by their ids. A plain instant is
 * understood as well: everything strictly older.
 */
#ifndef PARLEY_CHAT_CURSOR_H
#define PARLEY_CHAT_CURSOR_H

#include "base/instant.h"
#include "base/uuid.h"

struct cursor {
    int64_t instant;
    struct uuid id; /* messages of that very instant follow if their id is lower; nil: none does */
};

enum { CURSOR_TEXT = INSTANT_TEXT + 1 + UUID_TEXT };

/* False, and *c untouched, for anything else. */
bool cursor_parse(struct slice s, struct cursor *c);
/* No NUL is written. The instant lies between INSTANT_MIN and INSTANT_MAX. */
void cursor_format(const struct cursor *c, char out[CURSOR_TEXT]);

#endif
