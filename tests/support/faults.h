/* SPDX-License-Identifier: MIT
 *
 * tests/support/faults.h - allocations that fail when a test says so.
 *
 * A program that links parley_faults (cmake/faults.cmake) has every malloc, calloc, realloc, strdup, strndup
 * and posix_memalign of its own object files counted, and can have the n-th of them fail as if there was no
 * memory. What shared libraries allocate for themselves is not seen, unless they are told to use the
 * functions below or those of support/faults_libraries.h. Works under the sanitizers, which still see every
 * allocation that succeeds.
 *
 *   for (uint64_t n = 1; ; n++) {                  // SQLite's habit: until nothing was left to fail
 *       faults_arm(n, FAULTS_ONCE);
 *       ...the operation...
 *       if (faults_disarm() == 0)
 *           break;
 *       ...nothing is half done, nothing leaks, all goes on...
 *   }
 *
 * A test's own allocations would count too: it brackets them with faults_spare() and faults_resume().
 * Counting is atomic and over all threads; sparing is of the calling thread.
 * Arm and disarm while no other thread is allocating.
 */
#ifndef PARLEY_TESTS_FAULTS_H
#define PARLEY_TESTS_FAULTS_H

#include <stddef.h>
#include <stdint.h>

/* How many fail in a row: what is done about a failure may fail too, and then all is well again. */
#define FAULTS_ONCE UINT64_C(1)
#define FAULTS_ON   UINT64_MAX /* the n-th and all that follow */

/* From now: allocation number n (1: the next one) fails, and those after it, `span` in all. n = 0: none
 * fails, they are only counted. */
void faults_arm(uint64_t n, uint64_t span);
/* No more. Returns how many have failed since faults_arm(); errno stays. */
uint64_t faults_disarm(void);
/* Allocations since faults_arm(), those that failed among them. */
uint64_t faults_count(void);
/* How many of them have failed. */
uint64_t faults_failed(void);

/* What the calling thread allocates between the two is neither counted nor fails. They nest. */
void faults_spare(void);
void faults_resume(void);

/* Says on stderr, as "program(+offset)" lines for addr2line, from where the last failed allocation was asked for. */
void faults_print(void);

/* The same counter for libraries that take functions: json_set_alloc_funcs(), ProtobufCAllocator.
 * Memory is freed by free(). */
void *faults_malloc(size_t size);
void *faults_calloc(size_t count, size_t size);
void *faults_realloc(void *memory, size_t size);
void faults_free(void *memory);

#endif
