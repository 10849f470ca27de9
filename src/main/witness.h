/* SPDX-License-Identifier: MIT
 *
 * main/witness.h - sees what is committed, and has the workers end what it takes away (api_witness()): what this instance
 * commits on its way to the lanes, and what other instances commit to the same store by looking into the log.
 *
 * It looks at the streams `events` and `logins` only, a few times a second, so that rights end within a second on every
 * instance (SC-8, SC-10, G6). Two short reads a look, whatever happens there; while the store cannot be read, it looks
 * again.
 */
#ifndef PARLEY_MAIN_WITNESS_H
#define PARLEY_MAIN_WITNESS_H

#include "api/api.h"
#include "log/reader.h"

enum { WITNESS_STREAMS = 2 };

struct witness;

/* One stream of the log. */
struct witness_view {
    struct witness *witness;
    struct slice stream;
    bool is_known; /* where it is, */
    uint64_t last; /* that is, the seq of the last event that was seen */
    struct reading reading;
    struct batch head;
    struct arena arena;
    bool is_asked; /* for the head */
};

struct witness {
    struct publisher publisher; /* for the store, in front of the hub's */
    struct hub *hub;
    struct api_shared *shared;
    struct reader reader;
    struct witness_view views[WITNESS_STREAMS];
    struct timer timer;
    bool stopped;
};

/* Borrows both, which are filled in later: before the store publishes anything. */
void witness_init(struct witness *w, struct hub *hub, struct api_shared *shared);
/* Others write to this store too: looks at what they commit, on this worker, from the first turn of its loop on. */
void witness_follow(struct witness *w, struct store *store, struct loop *loop);
/* Looks no more; the worker has stopped. */
void witness_stop(struct witness *w);

#endif
