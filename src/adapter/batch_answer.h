/* SPDX-License-Identifier: MIT
 *
 * adapter/batch_answer.h - the way home of every batch, whatever the store.
 */
#ifndef PARLEY_ADAPTER_BATCH_ANSWER_H
#define PARLEY_ADAPTER_BATCH_ANSWER_H

#include "log/port.h"

/* Posts it home, where done() runs. Results of a failed batch are cleared. The batch is not ours any more. */
void batch_answer(struct batch *b, enum error error);

#endif
