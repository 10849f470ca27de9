/* SPDX-License-Identifier: MIT
 *
 * tests/support/fault_stage.h - the stage of support/deeds.h over SQLite in a data folder.
 */
#ifndef PARLEY_TESTS_FAULT_STAGE_H
#define PARLEY_TESTS_FAULT_STAGE_H

#include "support/deeds.h"

void stage_open(struct stage *s);
void stage_close(struct stage *s);
/* Closes the store and opens it again: nothing is in a cache. `between` may be NULL. */
void stage_reopen(struct stage *s, void (*between)(void *), void *context);
/* What is stored, all of it, in a number; without the logins, if the deed may end some and fail. */
uint64_t stage_digest(struct stage *s);
#endif
