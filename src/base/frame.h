/* SPDX-License-Identifier: MIT
 *
 * base/frame.h - an immutable run of octets shared by every connection of one worker that it is sent to.
 *
 * Knows nothing of protocols, sockets or topics. One thread: counts are plain integers.
 */
#ifndef PARLEY_BASE_FRAME_H
#define PARLEY_BASE_FRAME_H

#include "base/slice.h"

struct frame {
    uint32_t references;
    uint32_t len;
    unsigned char octets[];
};

/* Room for len octets, which the caller fills before he shares it. NULL when out of memory. One reference. */
struct frame *frame_new(size_t len);
/* A frame that holds a copy of s. NULL when out of memory. */
struct frame *frame_copy(struct slice s);
/* Returns f; the caller owns one more. */
static inline struct frame *frame_ref(struct frame *f)
{
    f->references++;
    return f;
}
/* Gives one back; the last frees it. NULL is allowed. */
void frame_unref(struct frame *f);

static inline struct slice frame_slice(const struct frame *f)
{
    return slice_of(f->octets, f->len);
}

#endif
