/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/person.h - somebody with an account: what he does next, and what he makes of the answers.
 *
 * He has one REST connection and up to two STOMP sessions. What he does is a row of a table with a weight;
 * who may not do it at the moment does something else.
 */
#ifndef PARLEY_TESTS_SIM_PERSON_H
#define PARLEY_TESTS_SIM_PERSON_H

#include "support/sim/rest.h"
#include "support/sim/session.h"

enum { PERSON_SESSIONS = 2, PERSON_TOKEN = 512, PERSON_MADE = 4 };

struct person {
    struct sim *sim;
    unsigned index;
    char name[16], id_text[UUID_TEXT + 1];
    struct uuid id, login;
    char access[PERSON_TOKEN], refresh[PERSON_TOKEN]; /* "": logged out */
    bool signed_up;
    bool uncertain; /* a request that changes the login got no answer: the tokens may be old */
    struct rest rest;
    struct session sessions[PERSON_SESSIONS];
    int64_t act_at;              /* the next */
    struct session *short_lived; /* to be cut by the next act: it is still being opened */
};

void person_init(struct person *p, struct sim *sim, unsigned index);
/* Something has come for him that he would read now, or he has something to do. */
bool person_is_ready(const struct person *p, bool may_act);
/* Reads, then acts if it is time and he may. */
void person_step(struct person *p, bool may_act);
/* When he wants to be asked again; INT64_MAX: when something comes. */
int64_t person_wakes(const struct person *p, bool may_act);

/* For the preparation of a run: the next step towards being logged in. False when nothing is left to be done. */
bool person_prepare(struct person *p);
/* Makes the next channel of the plan. */
void person_make_channel(struct person *p, bool is_private);
/* Everybody who stopped reading goes on. */
void person_thaw(struct person *p);
/* Says something in that channel, if he can. False when he cannot. */
bool person_last_word(struct person *p, unsigned channel);
/* Leaves all connections. */
void person_leave(struct person *p);

#endif
