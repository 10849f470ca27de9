// SPDX-License-Identifier: MIT
#include "chat/cursor.h"

bool cursor_parse(struct slice s, struct cursor *c)
{
    struct cursor parsed = {0};
    struct slice id = s, instant = slice_cut(&id, '_');
    if (!instant_parse(instant, &parsed.instant))
        return false;
    if (id.data != NULL && !uuid_parse(id, &parsed.id))
        return false;
    *c = parsed;
    return true;
}

void cursor_format(const struct cursor *c, char out[CURSOR_TEXT])
{
    char instant[INSTANT_ROOM];
    instant_format(c->instant, instant);
    memcpy(out, instant, INSTANT_TEXT);
    out[INSTANT_TEXT] = '_';
    uuid_format(&c->id, out + INSTANT_TEXT + 1);
}
