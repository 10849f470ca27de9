/* SPDX-License-Identifier: MIT
 *
 * chat/notifications.h - what is told to a single user and waits until he has read it (discodeit.md 2.6, 4.6, 8.4).
 *
 * An operation adds a notification to the write batch that makes what it tells of. It is stored if, and only if, that
 * was made, and notifications.created follows from the row, in the stream `events`: a batch that is refused tells nothing,
 * and one that is repeated tells it once. Of each user the newest NOTIFICATIONS_KEPT are kept.
 *
 * Those of new messages are written by chat/notify.c, behind the commit of the message.
 */
#ifndef PARLEY_CHAT_NOTIFICATIONS_H
#define PARLEY_CHAT_NOTIFICATIONS_H

#include "chat/task.h"

enum {
    NOTIFICATIONS_KEPT = 100,  /* of a user; the oldest go first */
    NOTIFICATIONS_ADMINS = 100 /* who are told of one failure, at most */
};

/* What a statement of notifications selects: `rows` are n, which counts from 1, receiver, title, content, event (what it
 * tells of: nobody is told of one event twice). ?1 is the id of the first, ?2 now. */
#define NOTIFICATIONS_INSERT(rows)                                                                           \
    "INSERT INTO notifications (id, created_at, updated_at, receiver_id, title, content, event_id)"          \
    " SELECT event_id(?1, x.n), event_time(s.time, ?2, x.n), NULL, x.receiver, x.title, x.content, x.event"  \
    " FROM streams s JOIN (" rows ") x ON x.n > 0 WHERE s.name = 'events'"                                   \
    " AND NOT EXISTS (SELECT 1 FROM log l WHERE l.id = event_id(?1, 1)) ON CONFLICT DO NOTHING"

/* The step that runs such a statement, for its values from ?3 on to be filled in, what keeps the receivers' lists
 * short, and the event. NULL without room: the driver asks the arena. */
struct batch_step *notifications_add(struct task *t, struct batch *b, const struct statement *insert);

/* His role becomes this one: to be added before the step that changes it. Nothing if it is his already. One event. */
void notifications_role_changed(struct task *t, struct batch *b, const struct uuid *user,
                                Parley__V1__Role role);
/* The octets of a file could not be stored: to be added behind the step that sets the file to FAIL, at t->now; every
 * ADMIN is told. Borrows both texts; a title has at most 255 characters. One event. */
void notifications_file_failed(struct task *t, struct batch *b, const struct uuid *file, struct slice title,
                               struct slice content);

#endif
