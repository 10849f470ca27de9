// SPDX-License-Identifier: MIT
#include "support/guarded.h"

#include <assert.h>
#include <sys/mman.h>
#include <unistd.h>

enum { STALE = 0xDB };

void guarded_init(struct guarded *g, size_t most)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    g->room = (most / page + 1) * page;
    g->base = mmap(NULL, g->room + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert(g->base != MAP_FAILED);
    int refused = mprotect(g->base + g->room, page, PROT_NONE);
    assert(refused == 0);
    memset(g->base, STALE, g->room);
}

void guarded_release(struct guarded *g)
{
    munmap(g->base, g->room + (size_t)sysconf(_SC_PAGESIZE));
    g->base = NULL;
}

struct slice guarded_copy(struct guarded *g, struct slice s)
{
    assert(s.len <= g->room);
    unsigned char *at = g->base + g->room - s.len;
    memset(g->base, STALE, g->room - s.len);
    if (s.len > 0)
        memcpy(at, s.data, s.len);
    return slice_of(at, s.len);
}
