/* SPDX-License-Identifier: MIT
 *
 * chat/events.h - what a change tells those who may know of it: the events of discodeit.md 7.4, in the stream `events`.
 *
 * An operation adds them to the write batch that makes the change. They are appended after its steps, if and only if
 * what they tell of is there, so an operation that is refused tells nothing and one that is repeated tells it once.
 */
#ifndef PARLEY_CHAT_EVENTS_H
#define PARLEY_CHAT_EVENTS_H

#include "chat/task.h"

/* PRIVATE channels of a user whose members are told when he changes, at most, and of how many members each: the rest see
 * it when they reload. Each event holds all members, and whoever logs in pays for all of them while others wait for the
 * stream; anybody may put him into such channels. */
enum { EVENTS_CHANNELS = 100, EVENTS_MEMBERS = 20 };

void events_user_created(struct task *t, struct batch *b, const struct uuid *user);
/* He came or went: users.updated to everybody, and channels.updated to the members of his PRIVATE channels, whose rows on
 * the page show him. */
void events_user_updated(struct task *t, struct batch *b, const struct uuid *user);
void events_channel_created(struct task *t, struct batch *b, const struct uuid *channel);
/* If it was changed by this task, at t->now. */
void events_channel_updated(struct task *t, struct batch *b, const struct uuid *channel);
/* Told before the batch's steps take it away. */
void events_channel_deleted(struct task *t, struct batch *b, const struct uuid *channel);
/* The status of a file, if it was changed by this task, at t->now: to all who may see the file. */
void events_file_updated(struct task *t, struct batch *b, const struct uuid *file);

/* These give the event that stands for the whole change: a step of the batch may ask whether its id is in the log, which
 * says that this task has done its work already, and when the batch is back its seq says whether it was done. NULL when
 * there is no room: the driver asks the arena. */

/* The same as events_user_updated(), if he was changed by this task, at t->now: name, picture, role. */
const struct batch_event *events_user_changed(struct task *t, struct batch *b, const struct uuid *user);
/* If there is such a user who may go (chat/roles.h). Told before the batch's steps take him away, the channels first:
 * nobody is to see a PRIVATE channel of somebody whom he does not know any more (discodeit.md 8.7, 10). A channel that
 * has two members left is told as updated, one of fewer as deleted. */
const struct batch_event *events_user_deleted(struct task *t, struct batch *b, const struct uuid *user);
/* For events that other files append: an id for the first row, NULL without room, and the step that appends rows under it
 * and those that follow it (batch_events()). */
struct uuid *events_make_id(struct task *t);
struct batch_step *events_append(struct batch *b, const struct uuid *first,
                                 const struct statement *statement);

#endif
