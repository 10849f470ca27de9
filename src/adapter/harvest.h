/* SPDX-License-Identifier: MIT
 *
 * adapter/harvest.h - the events of a transaction that is under way: made before its COMMIT, so that after it nothing
 * can fail any more, and published when it is committed.
 */
#ifndef PARLEY_ADAPTER_HARVEST_H
#define PARLEY_ADAPTER_HARVEST_H

#include "log/port.h"

struct harvest {
    struct event **events;
    size_t count, room;
};

void harvest_init(struct harvest *h);
void harvest_release(struct harvest *h);
/* Copies the source. False when there is no memory. */
bool harvest_add(struct harvest *h, const struct event_source *source);
/* Lets go of all from that place on. */
void harvest_drop(struct harvest *h, size_t from);
/* Hands all to the publisher, in their order, and lets go of them. */
void harvest_publish(struct harvest *h, struct publisher *publisher);

#endif
