/* SPDX-License-Identifier: MIT
 *
 * log/hub.h - from a publisher to the lanes of all workers of this process.
 *
 * Any number of workers. Knows nothing of destinations: which worker has a subscriber is found out by each
 * worker's broker, since asking here would need a lock.
 */
#ifndef PARLEY_LOG_HUB_H
#define PARLEY_LOG_HUB_H

#include "log/lane.h"
#include "log/port.h"

struct hub {
    unsigned magic;
    struct publisher publisher; /* for the store's writer: durable events, never fails */
    struct lane *const *lanes;
    size_t count;
};

/* Borrows the array of lanes, one of each worker. */
void hub_init(struct hub *h, struct lane *const *lanes, size_t count);

/* Any thread. A durable event that is committed: to every lane (a full one notes the overflow). Takes
 * references of its own. Also what `publisher` does. */
void hub_publish(struct hub *h, struct event *e);

/* Any thread. A transient event: to all lanes or to none. False when a lane has no room: nothing was placed,
 * so the publisher waits and tries again without duplicating anything. The events of one publisher (one
 * thread) keep their order on every lane. Takes references of its own. */
bool hub_publish_transient(struct hub *h, struct event *e);

#endif
