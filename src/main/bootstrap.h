/* SPDX-License-Identifier: MIT
 *
 * main/bootstrap.h - what has to be in the store before the first connection: an administrator, a first
 * channel (discodeit.md 3.11). Runs OPERATION_BOOTSTRAP on a loop of its own, on the calling thread.
 */
#ifndef PARLEY_MAIN_BOOTSTRAP_H
#define PARLEY_MAIN_BOOTSTRAP_H

#include "main/server.h"

/* False with a sentence. An administrator's password that was not configured is printed before he is committed. */
bool bootstrap_run(struct server *s, struct problem *why);

#endif
