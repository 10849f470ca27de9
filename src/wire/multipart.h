/* SPDX-License-Identifier: MIT
 *
 * wire/multipart.h - multipart/form-data, RFC 7578 over RFC 2046 5.1, as a stream.
 *
 * The caller gives what arrived and draws events until MULTIPART_MORE; the events do not depend on how the
 * body was cut, but for MULTIPART_DATA, which comes in pieces. Data is not copied. Heads of parts are, into a
 * buf of at most max_head octets, the only memory; multipart_release() gives it back.
 *
 *   while ((event = multipart_next(&m, &input, &data)) != MULTIPART_MORE) ...
 *   ... after the last piece of the body: error = multipart_finish(&m);
 *
 * Refused: BAD_REQUEST (syntax, a part without a name, an end too early), UNSUPPORTED_MEDIA_TYPE (a
 * Content-Transfer-Encoding that is one), HEADER_FIELDS_TOO_LARGE (a part head over max_head),
 * CONTENT_TOO_LARGE (more than max_parts parts), OUT_OF_MEMORY. A body must begin with the first delimiter
 * (one CRLF before it is passed over) and end with the last one, one CRLF behind it. Every part must be
 * `form-data` with a name. Errors are sticky.
 */
#ifndef PARLEY_WIRE_MULTIPART_H
#define PARLEY_WIRE_MULTIPART_H

#include "base/buf.h"
#include "base/error.h"
#include "wire/multipart_head.h"

enum { MULTIPART_BOUNDARY_MAX = 70 };

enum multipart_event {
    MULTIPART_MORE,     /* input is used up */
    MULTIPART_PART,     /* a part begins: m->part */
    MULTIPART_DATA,     /* *data is its next octets */
    MULTIPART_PART_END, /* it is whole */
    MULTIPART_END,      /* the last delimiter was seen; go on until MULTIPART_MORE */
    MULTIPART_ERROR     /* m->error at m->error_at */
};

/* The slices live until the next MULTIPART_PART_END, or multipart_release(). */
struct multipart_part {
    struct slice name;
    struct slice filename;     /* UTF-8; what the browser percent-encoded stays so */
    bool has_filename;         /* also for a JSON part: judge by name */
    struct slice content_type; /* empty when the part has none */
};

enum multipart_phase { MULTIPART_START, MULTIPART_HEAD, MULTIPART_BODY, MULTIPART_CLOSED, MULTIPART_FAILED };

struct multipart {
    enum multipart_phase phase;
    enum error error;
    uint64_t nread, error_at; /* octets of the body */
    size_t max_parts, parts;
    struct multipart_part part;
    size_t matched; /* octets of the delimiter at the end of what was taken */
    size_t delimiter_len;
    unsigned char delimiter[4 + MULTIPART_BOUNDARY_MAX]; /* CRLF "--" boundary */
    struct buf text;                                     /* of the head */
    struct multipart_head head;
};

/* boundary: as media_type_boundary() gives it. max_head bounds one part head in octets, delimiter line
 * included; max_parts their number. */
void multipart_init(struct multipart *m, struct slice boundary, size_t max_parts, size_t max_head);
void multipart_release(struct multipart *m);
bool multipart_valid(const struct multipart *m);
/* Takes octets off *input and returns the next event. *data is set with MULTIPART_DATA only and lives until
 * the next call or as long as the input does. */
enum multipart_event multipart_next(struct multipart *m, struct slice *input, struct slice *data);
/* The body is over: ERR_NONE when it was whole. */
enum error multipart_finish(struct multipart *m);

#endif
