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
/* His name, picture, role, or whether he is online: users.updated to everybody, and channels.updated to the members of
 * his PRIVATE channels, whose rows on the page show him. */
void events_user_updated(struct task *t, struct batch *b, const struct uuid *user);
void events_channel_created(struct task *t, struct batch *b, const struct uuid *channel);
/* If it was changed by this task, at t->now. */
void events_channel_updated(struct task *t, struct batch *b, const struct uuid *channel);
/* Told before the batch's steps take it away. */
void events_channel_deleted(struct task *t, struct batch *b, const struct uuid *channel);

#endif
