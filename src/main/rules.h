/* SPDX-License-Identifier: MIT
 *
 * main/rules.h - the file of rules for STOMP, read at the start.
 */
#ifndef PARLEY_MAIN_RULES_H
#define PARLEY_MAIN_RULES_H

#include "adapter/problem.h"
#include "api/stomp_rules.h"

/* *rules is NULL for an empty path. False, and why, when the file cannot be read or a line of it is wrong. */
bool rules_load(const char *path, struct stomp_rules **rules, struct problem *why);

#endif
