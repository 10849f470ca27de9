/* SPDX-License-Identifier: MIT
 *
 * chat/users.h - that no two users have one name or one e-mail address (discodeit.md 4.2): a condition of the statement
 * that would give it to him, and what the other is told.
 */
#ifndef PARLEY_CHAT_USERS_H
#define PARLEY_CHAT_USERS_H

#include "chat/task.h"

/* ?1 user, ?2 name, ?3 e-mail: how many others have that name, and that address. What is null nobody has. */
extern const struct statement USERS_TAKEN;

/* The refusal: what these rows of USERS_TAKEN say is taken, by the names of the fields for name and address. */
enum error users_refuse_taken(struct task *t, const struct rows *taken, const char *const fields[2]);

#endif
