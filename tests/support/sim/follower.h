/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/follower.h - somebody who keeps his position in a public channel: a subscriber straight
 * at a worker's broker, with the check that a SUBSCRIBE has, at the pace of its own.
 *
 * He leaves and comes back, on any worker, also after a restart, and wants everything behind his position,
 * once (G4). STOMP carries no positions; what comes to know them will stand where he stands.
 */
#ifndef PARLEY_TESTS_SIM_FOLLOWER_H
#define PARLEY_TESTS_SIM_FOLLOWER_H

#include "broker/broker.h"

struct sim;
struct house_worker;

struct follower {
    struct subscription sub;
    struct sim *sim;
    unsigned index, channel;
    struct house_worker *worker; /* NULL: he follows nothing now */
    uint32_t visit;              /* how often he has come: an older check is not his any more */
    bool admitted, has_position;
    uint64_t last; /* his position */
    unsigned room; /* messages he still takes */
    int64_t act_at;
    bool calm; /* he comes back, stays, and takes all there is */
};

void follower_init(struct follower *f, struct sim *sim, unsigned index);
bool follower_is_ready(const struct follower *f, bool may_act);
void follower_step(struct follower *f);
/* From now on he comes back, if he is away, and takes all there is. */
void follower_calm(struct follower *f);
/* It is quiet: he has everything. */
void follower_check(struct follower *f);
/* The process ends: all are away, and keep their positions. */
void followers_stop(struct sim *sim);

#endif
