/* SPDX-License-Identifier: MIT
 *
 * chat/rows.h - users, channels and messages out of result rows: the one place that knows which column is
 * what.
 *
 * Statements are written with the column lists below, so a DTO is read the same way in every operation.
 * Everything made lives in the task's arena; NULL means that it has no room (the driver asks the arena after
 * each step).
 */
#ifndef PARLEY_CHAT_ROWS_H
#define PARLEY_CHAT_ROWS_H

#include "chat/task.h"

/* Of `users u` with ROWS_PROFILE joined. */
#define ROWS_USER_COLUMNS                                                                                    \
    "u.id, u.username, u.email, u.role, p.id, p.file_name, p.size, p.content_type, p.status"
#define ROWS_PROFILE " LEFT JOIN binary_contents p ON p.id = u.profile_id"
enum {
    ROWS_USER = 9 /* columns */
};

/* Of `channels c`. */
#define ROWS_CHANNEL_COLUMNS                                                                                 \
    "c.id, c.type, c.name, c.description, (SELECT max(m.created_at) FROM messages m WHERE m.channel_id = "   \
    "c.id)"
enum { ROWS_CHANNEL = 5 };
/* The members of a PRIVATE channel beside it, one row each; a PUBLIC one has one row and no user. */
#define ROWS_MEMBERS                                                                                         \
    " LEFT JOIN read_statuses r ON r.channel_id = c.id AND c.type = 'PRIVATE' LEFT JOIN users u ON u.id = "  \
    "r.user_id" ROWS_PROFILE

/* Of `messages m` with the author joined as u. */
#define ROWS_MESSAGE_COLUMNS "m.id, m.created_at, m.updated_at, m.content, m.channel_id, " ROWS_USER_COLUMNS
#define ROWS_AUTHOR          " LEFT JOIN users u ON u.id = m.author_id" ROWS_PROFILE
enum { ROWS_MESSAGE_AUTHOR = 5 }; /* the column where the author begins */

/* NULL as well when the columns are null: there is no such user. `online` is filled in. */
Parley__V1__UserDto *rows_user(struct task *t, const struct rows *rows, size_t row, size_t column);
/* ROWS_CHANNEL_COLUMNS, ROWS_USER_COLUMNS, ordered by channel: from the first row of a channel; *row goes to
 * the row after its last. */
Parley__V1__ChannelDto *rows_channel(struct task *t, const struct rows *rows, size_t *row);
Parley__V1__MessageDto *rows_message(struct task *t, const struct rows *rows, size_t row);
/* The text of a column as a string; NULL when the column is null. */
char *rows_string(struct task *t, const struct rows *rows, size_t row, size_t column);

/* Sets `online` from what the process knows. For user records that were not read just now, such as the author
 * in an event. */
void chat_fill_online(const struct chat *chat, Parley__V1__UserDto *user);

#endif
