/* SPDX-License-Identifier: MIT
 *
 * fuzz/pieces.h - an input cut as the fuzzer likes. Its first octet is the seed of the cuts, the rest is what
 * is fed. A harness feeds it whole and in pieces and demands the same events.
 */
#ifndef PARLEY_FUZZ_PIECES_H
#define PARLEY_FUZZ_PIECES_H

#include <stdint.h>
#include <stdlib.h>

#include "base/object.h"
#include "base/slice.h"

struct pieces {
    struct slice rest;
    uint32_t seed;       /* 0: one piece */
    unsigned char *copy; /* of the piece that is out, exactly as large, so that the sanitizers see its end */
};

/* All of the input in one piece. */
static inline struct pieces pieces_whole(struct slice input)
{
    return (struct pieces){.rest = input};
}

/* Cut by a seed: mostly into few octets, now and then into many. */
static inline struct pieces pieces_cut(struct slice input, uint8_t seed)
{
    return (struct pieces){.rest = input, .seed = seed * UINT32_C(2654435761) | 1};
}

/* The next piece, writable and valid until the next call; false, and nothing left to free, after the last. */
static inline bool pieces_next(struct pieces *p, unsigned char **data, size_t *len)
{
    free(p->copy);
    p->copy = NULL;
    if (p->rest.len == 0)
        return false;
    *len = p->rest.len;
    if (p->seed != 0) {
        p->seed = p->seed * UINT32_C(1664525) + UINT32_C(1013904223);
        size_t most = (p->seed >> 28) == 0 ? 1000 : (p->seed >> 30) + 1, wanted = 1 + (p->seed >> 8) % most;
        *len = wanted < *len ? wanted : *len;
    }
    p->copy = malloc(*len);
    assert(p->copy != NULL);
    memcpy(p->copy, p->rest.data, *len);
    p->rest = slice_after(p->rest, *len);
    *data = p->copy;
    return true;
}

/* When a harness stops before the end. */
static inline void pieces_end(struct pieces *p)
{
    free(p->copy);
    p->copy = NULL;
    p->rest = SLICE_NONE;
}

#endif
