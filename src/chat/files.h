/* SPDX-License-Identifier: MIT
 *
 * chat/files.h - files: the rows of what came with a request, who may see them, and what becomes of their octets
 * (discodeit.md 4.7, 8.5).
 *
 * A file begins in PROCESSING, in the transaction of the message or user that it belongs to; its octets wait in the spool
 * (chat/port.h). chat/keeper.h brings them to their place and has SUCCESS or FAIL written by the operations below. A row
 * that goes leaves its id in discarded_contents, until the octets are gone too: a trigger sees to that, whoever deletes
 * it, and another that an attachment goes with its message.
 *
 * Knows nothing of multipart, names as browsers send them, or folders.
 */
#ifndef PARLEY_CHAT_FILES_H
#define PARLEY_CHAT_FILES_H

#include "chat/task.h"

enum {
    FILES_LISTED = 100, /* ids in one FILE_LIST, FILE_DISCARDED, FILE_WAITING, FILE_FORGET */
    FILES_NAME = 255,   /* characters of a name; its column */
    FILES_TYPE = 100    /* octets of a type; its column */
};

/* The task's files as attachments of a message that is being made: in PROCESSING, in order. NULL without room. */
Parley__V1__BinaryContentDto **files_attachments(struct task *t);

/* Adds the steps that make the rows of the task's files and give them to a message, if it is there: to be added behind
 * the one that inserts it. None without files. Two steps. */
void files_attach(struct task *t, struct batch *b, const struct uuid *message);
/* Adds the steps that make the row of the task's file and give it to a user, in the place of the picture he has, if he was
 * made or changed by this task, at t->now: to be added behind the one that did it. None without a file. Three steps. */
void files_give_picture(struct task *t, struct batch *b, const struct uuid *user);

#endif
