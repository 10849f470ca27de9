/* SPDX-License-Identifier: MIT
 *
 * base/buf.h - octets that grow, up to a limit that is always in force.
 *
 * For input that is cut in the middle of something and for text that is being rendered. An empty buf holds no
 * memory, so one can stand in every connection. Knows nothing of what it holds. Not shared between threads.
 *
 * Failure is sticky: the first append that would pass the limit (or finds no memory) appends nothing, sets
 * `failed`, and so do all that follow, so a renderer may append freely and ask once at its end with buf_ok().
 */
#ifndef PARLEY_BASE_BUF_H
#define PARLEY_BASE_BUF_H

#include "base/slice.h"

/* The most that any buf holds, in octets: one stands in every connection, so lengths are small. */
#define BUF_MOST (UINT32_C(1) << 31)

struct buf {
    unsigned char *data;
    uint32_t len, room;
    uint32_t limit; /* octets */
    bool failed;
};

/* An empty buf that may hold `limit` octets, but never more than BUF_MOST. Owns nothing yet. */
void buf_init(struct buf *b, size_t limit);
/* Frees what it holds; the buf is empty, not failed, and usable with the same limit. */
void buf_release(struct buf *b);
/* Forgets the content but keeps the memory. */
void buf_clear(struct buf *b);
bool buf_valid(const struct buf *b);

static inline bool buf_ok(const struct buf *b)
{
    return !b->failed;
}

static inline struct slice buf_slice(const struct buf *b)
{
    return slice_of(b->data, b->len);
}

/* All or nothing. Returns buf_ok(). `s` must not lie inside b. */
bool buf_append(struct buf *b, struct slice s);
bool buf_append_string(struct buf *b, const char *s);
bool buf_append_octet(struct buf *b, unsigned char octet);
bool buf_append_uint(struct buf *b, uint64_t n);
bool buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for n more octets at data + len, which the caller fills and then takes into the buf by buf_extend().
 * NULL on failure. */
unsigned char *buf_reserve(struct buf *b, size_t n);
/* n of the octets that were reserved are filled. */
void buf_extend(struct buf *b, size_t n);
/* Takes the first n octets off; n <= len. The last one gives the memory back,
 * so a drained buf costs nothing. */
void buf_consume(struct buf *b, size_t n);
/* Hands the octets out; the caller frees them with free(). The buf is empty afterwards. */
unsigned char *buf_detach(struct buf *b, size_t *len);

#endif
