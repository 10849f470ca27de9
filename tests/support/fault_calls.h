/* SPDX-License-Identifier: MIT
 *
 * tests/support/fault_calls.h - calls of our own to the system that fail when a test says so, as support/faults.h does
 * for allocations. Link parley_fault_calls. SQLite's calls are the affair of support/forgetful_vfs.h.
 *
 * Counting is over all threads but those that are spared.
 */
#ifndef PARLEY_TESTS_FAULT_CALLS_H
#define PARLEY_TESTS_FAULT_CALLS_H

#include <stdbool.h>
#include <stdint.h>

/* What read(), write(), pread(), pwrite(), recv() and sendmsg() do when they are struck as FAULT_CALLS_SHORT: one octet. Others go on. */
enum { FAULT_CALLS_SHORT = -1 };

/* Call number n from now (1: the next one) fails with this errno. With a name, such as "accept4", only calls of that
 * name count; NULL: all that are wrapped. n = 0: none fails. */
void fault_calls_arm(const char *name, uint64_t n, int error);
/* No more. True when one was struck. */
bool fault_calls_disarm(void);
/* The name of the call that was struck last. */
const char *fault_calls_struck(void);
/* Calls of this thread neither count nor fail from now on. */
void fault_calls_spare_thread(void);

#endif
