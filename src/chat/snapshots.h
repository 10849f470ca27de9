/* SPDX-License-Identifier: MIT
 *
 * chat/snapshots.h - rows as pieces of a protobuf message, in SQL: what an event says of a user or a channel is read
 * inside the transaction that changed him or it, so that no event tells of a state that never was.
 *
 * Numbers are those of the fields in schema/proto/parley/v1/dto.proto; the functions stand in docs/sql-functions.md.
 * `online` is never stored.
 */
#ifndef PARLEY_CHAT_SNAPSHOTS_H
#define PARLEY_CHAT_SNAPSHOTS_H

#include "chat/rows.h"

/* UserDto, of `users u` with ROWS_PROFILE joined. */
#define SNAPSHOT_USER                                                                                        \
    "pb_cat(pb_id(1, u.id), pb_text(2, u.username), pb_text(3, u.email), pb_message(4, " SNAPSHOT_FILE "),"  \
    " pb_int(6, CASE u.role WHEN 'ADMIN' THEN 3 WHEN 'CHANNEL_MANAGER' THEN 2 ELSE 1 END))"

/* ChannelDto, of `channels c`; the second as it will be without some members, who do not fit a condition on
 * `read_statuses r`. */
#define SNAPSHOT_CHANNEL SNAPSHOT_CHANNEL_OF("")
#define SNAPSHOT_CHANNEL_OF(members)                                                                         \
    "pb_cat(pb_id(1, c.id), pb_int(2, CASE c.type WHEN 'PUBLIC' THEN 1 ELSE 2 END), pb_text(3, c.name),"     \
    " pb_text(4, c.description),"                                                                            \
    " (SELECT pb_join(pb_message(5, " SNAPSHOT_USER                                                          \
    ")) FROM read_statuses r JOIN users u ON u.id = r.user_id" ROWS_PROFILE                                  \
    " WHERE r.channel_id = c.id AND c.type = 'PRIVATE'" members "),"                                         \
    " pb_instant(6, (SELECT max(m.created_at) FROM messages m WHERE m.channel_id = c.id)))"

/* Who may know of `channels c` (discodeit.md 7.4). */
#define SNAPSHOT_AUDIENCE                                                                                    \
    "CASE c.type WHEN 'PUBLIC' THEN '*'"                                                                     \
    " ELSE (SELECT audience_of(r.user_id) FROM read_statuses r WHERE r.channel_id = c.id) END"

/* Who may know of `binary_contents p`: all, if it is somebody's picture, or those who see the message that it belongs to;
 * NULL when it is neither. */
#define SNAPSHOT_FILE_AUDIENCE                                                                               \
    "CASE WHEN EXISTS (SELECT 1 FROM users o WHERE o.profile_id = p.id) THEN '*'"                            \
    " ELSE (SELECT " SNAPSHOT_AUDIENCE " FROM message_attachments a JOIN messages m ON m.id = a.message_id"  \
    " JOIN channels c ON c.id = m.channel_id WHERE a.attachment_id = p.id LIMIT 1) END"

#endif
