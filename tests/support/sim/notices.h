/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/notices.h - who is told of messages (chat/notifier.h): two notifiers over one store, as two instances
 * have them, each of which hears of everything and is in the other's way; and what must come of it.
 */
#ifndef PARLEY_TESTS_SIM_NOTICES_H
#define PARLEY_TESTS_SIM_NOTICES_H

#include "chat/notifier.h"
#include "parley/v1/dto.pb-c.h"

struct sim;
struct house;
struct house_worker;

enum { SIM_NOTIFIERS = 2 };

struct notices {
    struct notifier notifiers[SIM_NOTIFIERS]; /* of the first worker and of the last */
};

/* What the worker's lane feeds: its notifier, if it has one, and `w->sink` behind that. */
struct lane_sink *notices_sink(struct house *h, struct house_worker *w);
void notices_start(struct house *h);
/* Nothing is begun any more. */
void notices_stop(struct house *h);
void notices_close(struct house *h);

/* From the model: somebody is told of a SEND. Once, and only who may know of it. */
void notices_told(struct sim *sim, int send, const struct uuid *receiver);
/* Everybody reads what he was told, which deletes it. */
void notices_read(struct sim *sim);
/* It is quiet: everybody was told of everything. */
void notices_check(struct sim *sim);

#endif
