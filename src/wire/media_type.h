/* SPDX-License-Identifier: MIT
 *
 * wire/media_type.h - Content-Type values, RFC 9110 8.3.1. Slices point into the value that was parsed.
 */
#ifndef PARLEY_WIRE_MEDIA_TYPE_H
#define PARLEY_WIRE_MEDIA_TYPE_H

#include "base/slice.h"

enum { MEDIA_TYPE_PARAMETERS_MAX = 8, MEDIA_TYPE_BOUNDARY_MAX = 70 };

struct media_type_parameter {
    struct slice name, value; /* a quoted string comes without its quotes, but with its backslashes */
};

struct media_type {
    struct slice type, subtype;
    size_t count;
    struct media_type_parameter parameters[MEDIA_TYPE_PARAMETERS_MAX];
};

/* False when the value is malformed, names a parameter twice, or has more than MEDIA_TYPE_PARAMETERS_MAX. */
bool media_type_parse(struct slice value, struct media_type *m);
/* Case ignored: media_type_is(&m, SLICE("application"), SLICE("json")). */
bool media_type_is(const struct media_type *m, struct slice type, struct slice subtype);
/* Parameter names ignore case. SLICE_NONE (data NULL) without one. */
struct slice media_type_parameter(const struct media_type *m, struct slice name);
/* The boundary of a multipart type, if it is one that RFC 2046 5.1.1 allows. */
bool media_type_boundary(const struct media_type *m, struct slice *boundary);
/* True when there is no charset or it is UTF-8. */
bool media_type_is_utf8(const struct media_type *m);

#endif
