/* SPDX-License-Identifier: MIT
 *
 * adapter/batch_answer.h - the end of every batch, whatever the store: its events, and the way home.
 */
#ifndef PARLEY_ADAPTER_BATCH_ANSWER_H
#define PARLEY_ADAPTER_BATCH_ANSWER_H

#include "log/port.h"

/* Posts it home, where done() runs. Results of a failed batch are cleared. The batch is not ours any more. */
void batch_answer(struct batch *b, enum error error);
/* Makes the events of a batch that came to a place in the log: BATCH_EVENTS at most, written from
 * events[*count] on, and counted there; each is one reference of the caller's. False when there is no memory:
 * those made before stay. */
bool batch_make_events(const struct batch *b, struct event **events, size_t *count);

#endif
