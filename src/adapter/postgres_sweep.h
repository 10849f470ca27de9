/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_sweep.h - the expiry of old rows of the log: a batch that the store asks of itself, once a
 * minute, and again at once as long as a whole portion was found.
 *
 * The store's thread alone.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_SWEEP_H
#define PARLEY_ADAPTER_POSTGRES_SWEEP_H

#include "log/port.h"

struct postgres_sweep {
    struct loop loop; /* where its batch comes home to */
    struct arena arena;
    struct batch batch;
    bool running;
    int64_t retention; /* microseconds; 0: for ever */
    int64_t next;      /* monotonic */
};

void postgres_sweep_init(struct postgres_sweep *w, const struct clock *clock, const struct random *random,
                         int64_t retention);
/* Takes note of what came home, and submits the next portion when it is due. */
void postgres_sweep_step(struct postgres_sweep *w, struct store *store);
/* When there will be something to do; INT64_MAX when only its batch can bring that about. */
int64_t postgres_sweep_deadline(const struct postgres_sweep *w);

#endif
