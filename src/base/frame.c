// SPDX-License-Identifier: MIT
#include "base/frame.h"

#include <stdlib.h>

#include "base/object.h"

struct frame *frame_new(size_t len)
{
    assert(len <= UINT32_MAX);
    struct frame *f = malloc(sizeof *f + len);
    if (f == NULL)
        return NULL;
    f->references = 1;
    f->len = (uint32_t)len;
    return f;
}

struct frame *frame_copy(struct slice s)
{
    struct frame *f = frame_new(s.len);
    if (f != NULL && s.len > 0)
        memcpy(f->octets, s.data, s.len);
    return f;
}

void frame_unref(struct frame *f)
{
    if (f == NULL)
        return;
    assert(f->references > 0);
    if (--f->references == 0)
        free(f);
}
