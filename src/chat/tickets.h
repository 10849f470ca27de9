/* SPDX-License-Identifier: MIT
 *
 * chat/tickets.h - tickets: what somebody who is logged in gets in order to open one session by an address alone, because
 * a browser can send no header field with a WebSocket (protocols.md SC-6).
 *
 * A ticket is a token of its own kind that lives for TICKET_LIFETIME and opens one session, wherever that is asked for:
 * the store remembers the ones that were used until they have expired.
 */
#ifndef PARLEY_CHAT_TICKETS_H
#define PARLEY_CHAT_TICKETS_H

#include "chat/task.h"

#define TICKET_LIFETIME (30 * MICROSECONDS_PER_SECOND)

/* A write step of the operation that the ticket is presented to: uses it up. Adds nothing without a ticket. */
void ticket_use(struct task *t, struct batch *b);
/* In finish: was it this task that used it? True without a ticket. */
bool ticket_was_good(const struct task *t);

#endif
