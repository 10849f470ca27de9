/* SPDX-License-Identifier: MIT
 *
 * chat/channels.h - who may see a channel (discodeit.md 8.1): everybody a PUBLIC one, its members a PRIVATE
 * one.
 */
#ifndef PARLEY_CHAT_CHANNELS_H
#define PARLEY_CHAT_CHANNELS_H

/* A condition on `channels c` for the user whose id is the parameter, a string such as "?2". */
#define CHANNELS_VISIBLE_TO(user)                                                                            \
    "(c.type = 'PUBLIC' OR EXISTS (SELECT 1 FROM read_statuses v WHERE v.channel_id = c.id AND v.user_id "   \
    "= " user "))"

/* The same for what is listed: a PRIVATE channel in which he is alone is not shown, since the page cannot open it
 * (discodeit.md 10). What was said there stays, and he may read it. */
#define CHANNELS_SHOWN_TO(user)                                                                              \
    "(c.type = 'PUBLIC' OR (" CHANNELS_VISIBLE_TO(user) " AND EXISTS (SELECT 1 FROM read_statuses o WHERE"   \
                                                        " o.channel_id = c.id AND o.user_id <> " user ")))"

#endif
