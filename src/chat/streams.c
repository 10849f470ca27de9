// SPDX-License-Identifier: MIT
#include "chat/streams.h"

static const struct slice before = SLICE_INIT("channels.");
static const struct slice behind = SLICE_INIT(".messages");

struct slice stream_of_channel(struct arena *arena, const struct uuid *channel)
{
    size_t len = before.len + UUID_TEXT + behind.len;
    char *name = arena_alloc(arena, len);
    if (name == NULL)
        return SLICE_NONE;
    memcpy(name, before.data, before.len);
    uuid_format(channel, name + before.len);
    memcpy(name + before.len + UUID_TEXT, behind.data, behind.len);
    return slice_of(name, len);
}

bool stream_channel(struct slice name, struct uuid *channel)
{
    if (name.len != before.len + UUID_TEXT + behind.len || !slice_starts_with(name, before))
        return false;
    if (!slice_equals(slice_after(name, before.len + UUID_TEXT), behind))
        return false;
    /* A stream has one name, and names are compared as octets (protocols.md SB-16): a uuid in capitals is
     * another one, under which nothing is ever published. */
    struct slice text = slice_of(name.data + before.len, UUID_TEXT);
    char canonical[UUID_TEXT];
    struct uuid parsed;
    if (!uuid_parse(text, &parsed))
        return false;
    uuid_format(&parsed, canonical);
    if (!slice_equals(text, slice_of(canonical, UUID_TEXT)))
        return false;
    *channel = parsed;
    return true;
}
