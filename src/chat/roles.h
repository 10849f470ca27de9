/* SPDX-License-Identifier: MIT
 *
 * chat/roles.h - what holds for roles whoever changes them: there is always an ADMIN (discodeit.md 3.11; docs/decisions/0017).
 */
#ifndef PARLEY_CHAT_ROLES_H
#define PARLEY_CHAT_ROLES_H

/* A condition on `users` under this alias: others can do what an ADMIN does without him. Only inside a batch that
 * publishes in `events`: two who want to be the last but one wait for each other there. */
#define ROLES_SPARES(user)                                                                                   \
    "(" user ".role <> 'ADMIN' OR EXISTS (SELECT 1 FROM users other WHERE other.role = 'ADMIN' AND"          \
    " other.id <> " user ".id))"

#endif
