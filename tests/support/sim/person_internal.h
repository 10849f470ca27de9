/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/person_internal.h - what person.c (requests, answers) and acts.c share.
 */
#ifndef PARLEY_TESTS_SIM_PERSON_INTERNAL_H
#define PARLEY_TESTS_SIM_PERSON_INTERNAL_H

#include "support/sim/person.h"

void person_log_in(struct person *p);
void person_log_out(struct person *p);
void person_refresh(struct person *p);
void person_read_history(struct person *p, unsigned channel);
/* One of his sessions that can take another frame; NULL: none can. */
struct session *person_session(struct person *p);
/* Does what comes to his mind. */
void person_act(struct person *p);

#endif
