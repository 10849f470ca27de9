/* SPDX-License-Identifier: MIT
 *
 * chat/streams.h - the names of the domain's streams in the log.
 */
#ifndef PARLEY_CHAT_STREAMS_H
#define PARLEY_CHAT_STREAMS_H

#include "base/arena.h"
#include "base/uuid.h"

/* `channels.<uuid>.messages`, in the arena; data is NULL when it has no room. */
struct slice stream_of_channel(struct arena *arena, const struct uuid *channel);
/* The channel of such a name. False, and *channel untouched, for any other name. */
bool stream_channel(struct slice name, struct uuid *channel);

#endif
