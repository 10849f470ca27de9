/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/fifo.h - octets on their way, without a limit: what the kernel would hold. The
 * simulation's own, so that no octet goes through code under test but the connection's.
 * Its allocations never fail.
 */
#ifndef PARLEY_TESTS_SIM_FIFO_H
#define PARLEY_TESTS_SIM_FIFO_H

#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "support/faults.h"

struct fifo {
    unsigned char *octets;
    size_t start, len, room;
};

static inline void fifo_release(struct fifo *f)
{
    free(f->octets);
    *f = (struct fifo){.octets = NULL};
}

static inline struct slice fifo_slice(const struct fifo *f)
{
    return slice_of(f->octets == NULL ? (const unsigned char *)"" : f->octets + f->start, f->len);
}

static inline void fifo_put(struct fifo *f, const void *octets, size_t n)
{
    if (n == 0)
        return;
    if (f->start > 0 && f->start + f->len + n > f->room) {
        memmove(f->octets, f->octets + f->start, f->len);
        f->start = 0;
    }
    if (f->len + n > f->room) {
        f->room = 2 * (f->len + n);
        faults_spare();
        f->octets = realloc(f->octets, f->room);
        faults_resume();
        if (f->octets == NULL)
            abort();
    }
    memcpy(f->octets + f->start + f->len, octets, n);
    f->len += n;
}

static inline void fifo_take(struct fifo *f, size_t n)
{
    f->start += n;
    f->len -= n;
    if (f->len == 0)
        f->start = 0;
}

#endif
