/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/sim.h - one run: several workers, the store, people and the network between them in one
 * thread, everything decided by one seed (docs/simulation.md).
 */
#ifndef PARLEY_TESTS_SIM_SIM_H
#define PARLEY_TESTS_SIM_SIM_H

#include "support/sim/dice.h"
#include "support/sim/follower.h"
#include "support/sim/house.h"
#include "support/sim/line.h"
#include "support/sim/model.h"
#include "support/sim/person.h"
#include "support/sim/plan.h"
#include "support/sim/trace.h"

enum { SIM_WHY = 400 };

struct sim {
    struct plan plan;
    struct trace trace;
    struct clock clock;
    struct random random;
    int64_t now;        /* monotonic */
    int64_t wall_ahead; /* wall clock less monotonic */
    /* One for each purpose: what the scheduler picks, what people do, how octets are cut,
     * what goes wrong, what the server draws. */
    struct dice order, people, cuts, luck, ids;
    struct house house;
    struct house_worker *near; /* the next connection goes there; NULL: anywhere */
    struct model model;
    struct person persons[SIM_PEOPLE];
    struct follower followers[SIM_FOLLOWERS];
    int64_t store_held_until; /* the writer does not run before */
    int64_t wall_most;        /* the latest that the wall clock has shown */
    unsigned lines, sessions, acts, steps, restarts, pauses;
    bool transients_lost; /* there was no memory to make a message of one */
    bool store_has_failed;
    bool store_was_held; /* for so long that a SEND may have given up */
    bool faults_on;      /* not while the run is being prepared, nor when it is to become quiet */
    bool failed;
    const char *guarantee;
    char why[SIM_WHY];
};

#define NOTE(sim, KIND, ...)                                                                                 \
    trace_note(&(sim)->trace, (sim)->now, TRACE_##KIND, (struct trace_words){__VA_ARGS__})

/* Runs the seed. False when an oracle was broken: sim->guarantee and sim->why say which and how. */
bool sim_run(struct sim *sim, uint64_t seed, bool aloud);
/* An oracle is broken. The first one counts. */
void sim_fail(struct sim *sim, const char *guarantee, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
