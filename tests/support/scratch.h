/* SPDX-License-Identifier: MIT
 *
 * tests/support/scratch.h - a folder for one test, gone with all that is in it when the test ends.
 */
#ifndef PARLEY_TESTS_SCRATCH_H
#define PARLEY_TESTS_SCRATCH_H

#include <sys/stat.h>

struct scratch {
    char path[64];
};

/* Makes an empty folder, mode 0700. */
void scratch_init(struct scratch *s);
void scratch_release(struct scratch *s);
/* folder "/" name. Valid until the next call. */
const char *scratch_path(struct scratch *s, const char *name);
/* The permissions of a file in it; 0 if there is none. */
mode_t scratch_mode(struct scratch *s, const char *name);

#endif
