/* SPDX-License-Identifier: MIT
 *
 * tests/support/guarded.h - memory whose end is the end of the world: the octet behind it is not mapped, so a
 * parser that reads one too far faults even without a sanitizer.
 */
#ifndef PARLEY_TESTS_GUARDED_H
#define PARLEY_TESTS_GUARDED_H

#include "base/slice.h"

struct guarded {
    unsigned char *base; /* of the mapping */
    size_t room;         /* octets that can be used; an unmapped page follows */
};

/* Room for at least `most` octets; aborts when there is no memory. */
void guarded_init(struct guarded *g, size_t most);
void guarded_release(struct guarded *g);
/* A copy of s that ends where g ends; s.len <= most. It replaces the copy before it, whose memory is
 * overwritten, so a pointer that was kept shows. An empty s gives a pointer to the unmapped page. */
struct slice guarded_copy(struct guarded *g, struct slice s);

#endif
