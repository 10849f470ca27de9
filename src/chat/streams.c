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
    return uuid_parse(slice_of(name.data + before.len, UUID_TEXT), channel);
}
