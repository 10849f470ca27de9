/* SPDX-License-Identifier: MIT
 *
 * tests/support/memory_blobs.h - struct blobs in memory, for tests and fuzzers. Any thread that owns it; what it promises is
 * that of the adapter (support/blobs_port_test.h).
 */
#ifndef PARLEY_TESTS_MEMORY_BLOBS_H
#define PARLEY_TESTS_MEMORY_BLOBS_H

#include "chat/port.h"

enum { MEMORY_BLOBS = 256 };

/* A file; in the spool, in its place, or in both. */
struct memory_blob {
    struct uuid id;
    bool spooled, stored, sealed;
    unsigned char *octets;
    size_t len;
};

struct memory_blobs {
    struct blobs port;
    unsigned queue; /* calls it takes at a time; 0: any number */
    unsigned unanswered;
    struct memory_blob blobs[MEMORY_BLOBS];
    size_t count; /* of blobs[], the gone ones among them */
    size_t calls[BLOB_LIST + 1];
    /* Calls of one kind that fail from now on, so many of them. */
    enum blob_operation failing;
    unsigned fail_count;
};

void memory_blobs_init(struct memory_blobs *m);
void memory_blobs_release(struct memory_blobs *m);
/* NULL: nowhere. */
const struct memory_blob *memory_blobs_find(const struct memory_blobs *m, const struct uuid *id);
size_t memory_blobs_spooled(const struct memory_blobs *m);
size_t memory_blobs_stored(const struct memory_blobs *m);

#endif
