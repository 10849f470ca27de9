/* SPDX-License-Identifier: MIT
 *
 * tests/support/deeds_internal.h - what the tables of deeds share.
 */
#ifndef PARLEY_TESTS_DEEDS_INTERNAL_H
#define PARLEY_TESTS_DEEDS_INTERNAL_H

#include "dto/values.h"
#include "support/deeds.h"

struct deeds {
    const struct deed *rows;
    size_t count;
};

extern const struct deeds deeds_of_people, deeds_of_chat, deeds_of_files;

/* A task with a token and a body, either of which may be NULL. NULL when there is no memory for it. */
struct task *deed_ask(struct stage *s, const struct operation *operation, const struct person *who,
                      const char *body);
/* The same, about s->subject. */
struct task *deed_change(struct stage *s, const struct operation *operation, const struct person *who,
                         const char *body);

/* --- of one table, for another --- */
struct task *deed_user_create(struct stage *s);
struct task *deed_message_create(struct stage *s);
void deed_prepare_message(struct stage *s);

#endif
