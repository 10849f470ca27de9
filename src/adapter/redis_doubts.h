/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_doubts.h - rotations and logouts that were given up, done or not: when Redis can be asked again the
 * first are taken back, before anything else, so that who tries again finds his refresh token as it was
 * (schema/redis/undo.lua), and the others are done.
 *
 * Bounded, and gone with the process: of what is not remembered a user may have to log in again who was refreshing when
 * Redis went, and a login may live on, until it expires, whose owner believes that he has left. One thread.
 */
#ifndef PARLEY_ADAPTER_REDIS_DOUBTS_H
#define PARLEY_ADAPTER_REDIS_DOUBTS_H

#include "adapter/redis_call.h"
#include "adapter/redis_link.h"

enum { REDIS_DOUBTS = 1024 };

struct redis_doubts {
    struct redis_doubt list[REDIS_DOUBTS];
    unsigned count;
    unsigned asked; /* of which so many are to be answered before anything else */
};

/* Remembers the call if it is a rotation or a logout. The link must be down: the answers that are due would settle it. */
void redis_doubts_note(struct redis_doubts *d, const struct registry_call *call);
/* The link is up, and nothing has been sent on it: asks all. */
void redis_doubts_send(struct redis_doubts *d, struct redis_link *link, const struct redis_dialect *dialect,
                       int64_t wall);
/* The oldest question has been answered. */
void redis_doubts_answered(struct redis_doubts *d);

#endif
