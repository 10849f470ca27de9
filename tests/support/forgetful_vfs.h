/* SPDX-License-Identifier: MIT
 *
 * tests/support/forgetful_vfs.h - SQLite's files on a disk that keeps only what it was asked to keep, and
 * whose calls fail when a test says so.
 *
 * What was written to a file and not synchronised lives in this process alone: reads see it, a restart after
 * a loss of power does not, and neither does the next process after a kill -9. So do truncations, and the
 * creation or deletion of a journal or a write-ahead log until its folder is synchronised (which SQLite does
 * with the first synchronisation of a new one). Meanwhile some sectors reach the disk by themselves, in any
 * order, wholly or in part, as they do out of a real cache. docs/durability.md says what this model covers.
 *
 * Locks and the index of the write-ahead log are those of the system's own VFS underneath. Any thread.
 */
#ifndef PARLEY_TESTS_FORGETFUL_VFS_H
#define PARLEY_TESTS_FORGETFUL_VFS_H

#include <stdbool.h>
#include <stdint.h>

struct forgetful;

enum forgetful_fate {
    FORGETFUL_LIVE, /* nothing happens; calls are counted */
    FORGETFUL_FAIL, /* call n fails, once. A write has written half; what a synchronisation should have written is lost */
    FORGETFUL_FULL, /* from write n on the disk is full, until another plan is made */
    FORGETFUL_KILL, /* power is lost in call n, which is half done: it and all later calls fail, and nothing is kept */
};

enum { FORGETFUL_TEARING = 64 /* of 256 sectors: a restless disk */ };

/* Becomes SQLite's default; before anything is opened. `hasty` of 256 sectors that are written reach the disk
 * by themselves. One at a time. */
struct forgetful *forgetful_new(uint64_t seed, unsigned hasty);
/* All files are closed. What was not synchronised is gone. */
void forgetful_free(struct forgetful *f);

/* Calls are counted from here, the next one is number 1. */
void forgetful_plan(struct forgetful *f, enum forgetful_fate fate, uint64_t n);
uint64_t forgetful_calls(struct forgetful *f);
/* The name of the call that the plan has struck; NULL: it has not come to it. */
const char *forgetful_struck(struct forgetful *f);

/* Power is lost between two calls. */
void forgetful_kill(struct forgetful *f);
/* Power is back: all files are closed, and what was not synchronised is gone. The plan is FORGETFUL_LIVE. */
void forgetful_restart(struct forgetful *f);
/* The system has had the time to write everything. */
void forgetful_settle(struct forgetful *f);

#endif
