/* SPDX-License-Identifier: MIT
 *
 * wire/http_range.h - the Range field, RFC 9110 14.2: which octets of a representation somebody wants.
 *
 * One range of octets is understood. A field that is malformed, has another unit or several ranges asks for nothing: it is
 * answered with the whole, as a server may (14.2). Numbers beyond 64 bits are beyond any file.
 */
#ifndef PARLEY_WIRE_HTTP_RANGE_H
#define PARLEY_WIRE_HTTP_RANGE_H

#include "base/slice.h"

struct http_range {
    uint64_t first, last; /* octets, both included; last < length */
};

enum http_range_verdict {
    HTTP_RANGE_NONE,          /* 200, the whole */
    HTTP_RANGE_ONE,           /* 206, *range */
    HTTP_RANGE_UNSATISFIABLE, /* 416 */
};

/* `length` octets are there. *range is set with HTTP_RANGE_ONE only. */
enum http_range_verdict http_range_parse(struct slice value, uint64_t length, struct http_range *range);

#endif
