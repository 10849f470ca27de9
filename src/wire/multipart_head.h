/* SPDX-License-Identifier: MIT
 *
 * wire/multipart_head.h - what stands between a boundary and the body of a part, RFC 7578 4: field lines, or
 * the "--" of the last delimiter. Internal to wire/multipart.h.
 *
 * Works like wire/http1.h: one contiguous buffer that grows and may move, resumed at nread, offsets only;
 * bounded by whoever owns the buffer. Escapes in a quoted name are taken out where they stand.
 */
#ifndef PARLEY_WIRE_MULTIPART_HEAD_H
#define PARLEY_WIRE_MULTIPART_HEAD_H

#include "base/error.h"
#include "base/slice.h"

enum multipart_head_result {
    MULTIPART_HEAD_MORE,
    MULTIPART_HEAD_PART,  /* the body of a part follows at nread */
    MULTIPART_HEAD_CLOSE, /* it was the last delimiter; go on: the rest of its line is judged as well */
    MULTIPART_HEAD_ERROR
};

struct multipart_span {
    uint32_t at, len;
};

struct multipart_head {
    int cs;
    enum multipart_head_result result;
    enum error error;
    uint32_t nread, error_at;
    uint32_t mark, name_len, value_at; /* of the open field line */
    bool has_name, has_filename, has_type;
    struct multipart_span name, filename, type;
};

void multipart_head_init(struct multipart_head *h);
/* base[0..len): everything behind the boundary so far. Errors are sticky. */
enum multipart_head_result multipart_head_execute(struct multipart_head *h, unsigned char *base, size_t len);
/* True when the body may end here. */
bool multipart_head_may_end(const struct multipart_head *h);

#endif
