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
#define ROWS_USER_COLUMNS "u.id, u.username, u.email, u.role, " ROWS_FILE_COLUMNS
#define ROWS_PROFILE      " LEFT JOIN binary_contents p ON p.id = u.profile_id"
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

/* Of `binary_contents p`. */
#define ROWS_FILE_COLUMNS "p.id, p.file_name, p.size, p.content_type, p.status"

/* BinaryContentDto, of `binary_contents p`; NULL when there is none. */
#define SNAPSHOT_FILE                                                                                        \
    "CASE WHEN p.id IS NOT NULL THEN pb_cat(pb_id(1, p.id), pb_text(2, p.file_name), pb_int(3, p.size),"     \
    " pb_text(4, p.content_type),"                                                                           \
    " pb_int(5, CASE p.status WHEN 'PROCESSING' THEN 1 WHEN 'SUCCESS' THEN 2 ELSE 3 END)) END"

/* Of `messages m` with the author joined as u. The attachments are one column, a fragment of the MessageDto: so they cost
 * one look per message, and no second query. */
#define ROWS_ATTACHMENTS                                                                                     \
    "(SELECT pb_join(pb_message(7, " SNAPSHOT_FILE ")) FROM (SELECT f.* FROM message_attachments a"          \
    " JOIN binary_contents f ON f.id = a.attachment_id WHERE a.message_id = m.id"                            \
    " ORDER BY f.created_at, f.id) p)"
#define ROWS_MESSAGE_COLUMNS                                                                                 \
    "m.id, m.created_at, m.updated_at, m.content, m.channel_id, " ROWS_ATTACHMENTS ", " ROWS_USER_COLUMNS
#define ROWS_AUTHOR " LEFT JOIN users u ON u.id = m.author_id" ROWS_PROFILE
enum { ROWS_MESSAGE_AUTHOR = 6 }; /* the column where the author begins */

/* ?1 ids, one after the other, and ?2 how many there are: as rows of `listed`, with their number i from 0. */
#define ROWS_LISTED                                                                                          \
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?2),"                      \
    " listed(i, id) AS (SELECT i, substr(?1, i * 16 + 1, 16) FROM n) "

/* NULL as well when the columns are null: there is no such user. `online` is filled in. */
Parley__V1__UserDto *rows_user(struct task *t, const struct rows *rows, size_t row, size_t column);
/* ROWS_CHANNEL_COLUMNS, ROWS_USER_COLUMNS, ordered by channel: from the first row of a channel; *row goes to
 * the row after its last. */
Parley__V1__ChannelDto *rows_channel(struct task *t, const struct rows *rows, size_t *row);
/* ROWS_FILE_COLUMNS; NULL as well when they are null. */
Parley__V1__BinaryContentDto *rows_file(struct task *t, const struct rows *rows, size_t row, size_t column);
Parley__V1__MessageDto *rows_message(struct task *t, const struct rows *rows, size_t row);
/* The text of a column as a string; NULL when the column is null. */
char *rows_string(struct task *t, const struct rows *rows, size_t row, size_t column);

/* Sets `online` from what the process knows. For user records that were not read just now, such as the author
 * in an event. */
void chat_fill_online(const struct chat *chat, Parley__V1__UserDto *user);

#endif
