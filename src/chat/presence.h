/* SPDX-License-Identifier: MIT
 *
 * chat/presence.h - who is online: the users that have a live login (discodeit.md 8.6), as this process knows
 * it.
 *
 * A set kept by the process (snapshot at the start, then what logins, refreshes and logouts say) rather than
 * a join in every read: events are rendered where no store may be asked, and both must say the same. It costs
 * one lock and one look-up per rendered UserDto, which is once per message and worker, never per subscriber.
 *
 * It holds logins, not users, and remembers for a while those that ended, so that the reports may come in any
 * order: a login that was displaced before its own report arrives stays ended. Any thread.
 */
#ifndef PARLEY_CHAT_PRESENCE_H
#define PARLEY_CHAT_PRESENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/uuid.h"

struct presence;

/* NULL when out of memory. */
struct presence *presence_new(void);
void presence_free(struct presence *p);
/* This login lives until `expires`. A known one is prolonged; one that ended stays ended. False when out of
 * memory. */
bool presence_put(struct presence *p, const struct uuid *user, const struct uuid *login, int64_t expires,
                  int64_t now);
/* This login ended. */
void presence_end(struct presence *p, const struct uuid *user, const struct uuid *login, int64_t now);
/* How many logins it holds, with those that it remembers as ended. */
size_t presence_count(struct presence *p);
/* When the next login expires that lives at `now`; INT64_MAX: none does. Looks at all of them, a few at a time. */
int64_t presence_next_expiry(struct presence *p, int64_t now);
/* Has he a live login at `now`? */
bool presence_is_online(struct presence *p, const struct uuid *user, int64_t now);

#endif
