/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/oracle.h - what people see, compared with what is true (model.h) and with what design.md
 * section 2 guarantees. A broken promise is told by sim_fail(), in words.
 */
#ifndef PARLEY_TESTS_SIM_ORACLE_H
#define PARLEY_TESTS_SIM_ORACLE_H

#include "base/slice.h"

struct sim;
struct session;
struct line;

/* A MESSAGE came: G2 it was committed, G3 it is the next one, G6 it is for him. */
void oracle_message(struct session *s, struct slice subscription, struct slice id, struct slice destination,
                    struct slice body);
/* A RECEIPT came: it is the oldest that is owed, and G1 what it says is committed. */
void oracle_receipt(struct session *s, uint32_t frame);
/* An ERROR came: it answers the frame whose turn it is. */
void oracle_error(struct session *s, struct slice receipt, struct slice message);
/* The server has ended the session: was there a reason? */
void oracle_session_over(const struct session *s);
/* Of a connection in general: false when the server had no reason to end it. */
bool oracle_is_excused(const struct sim *sim, const struct line *l);
/* A page of the history that was asked for when `floor` events were committed: G3 it is a run of the history,
 * G1 up to its end. */
void oracle_history(struct sim *sim, unsigned person, unsigned channel, uint64_t floor, struct slice page);

/* It is quiet: everybody who can read has everything (G2, G4, G5), no answer is owed, nobody is still
 * connected who may not be (G6). */
void oracle_quiet(struct sim *sim);
/* What is in the tables is what was published, and what was promised is there once (G1, G2, G3). */
void oracle_store(struct sim *sim);

#endif
