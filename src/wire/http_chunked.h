/* SPDX-License-Identifier: MIT
 *
 * wire/http_chunked.h - the chunked transfer coding of a request's body (RFC 9112 section 7.1): octets as
 * they come in, the body's octets out.
 *
 * What stands around the chunks is the grammar's; the chunks themselves are counted and handed out as they
 * lie in the input. Extensions are read and dropped, trailer fields too, unless they are such as would frame
 * or route a message.
 *
 * Refused, each with the offset of the offending octet (error_at):
 *
 * BAD_REQUEST: whatever the grammar does not allow: a size without digits, with a sign, "0x" or a blank, a
 *   bare CR or LF anywhere, data longer than its size, a trailer field that RFC 9110 6.5.1 forbids; a size of
 *   more than HTTP_CHUNKED_DIGITS digits.
 * CONTENT_TOO_LARGE: a chunk that would pass limits.body, extensions over limits.extensions, a body that is
 *   mostly not data: its overhead is over limits.overhead and over HTTP_CHUNKED_RATIO times its data.
 * HEADER_FIELDS_TOO_LARGE: a trailer section over limits.trailer.
 *
 * Streaming and chunk-blind; allocates nothing. Errors are sticky until the next http_chunked_init().
 */
#ifndef PARLEY_WIRE_HTTP_CHUNKED_H
#define PARLEY_WIRE_HTTP_CHUNKED_H

#include "base/error.h"
#include "base/slice.h"

enum {
    HTTP_CHUNKED_DIGITS = 16, /* of a size, zeros in front included */
    HTTP_CHUNKED_RATIO = 4    /* one octet a chunk is five of overhead, two are two and a half */
};

/* Octets of one body. */
struct http_chunked_limits {
    uint64_t body;
    uint32_t extensions; /* of all chunks, with the blanks in and before them */
    uint32_t trailer;    /* with the empty line that ends it */
    uint32_t overhead;   /* that is always granted */
};

enum http_chunked_event {
    HTTP_CHUNKED_MORE,  /* the input was taken, the body goes on */
    HTTP_CHUNKED_DATA,  /* octets of the body: a part of the input */
    HTTP_CHUNKED_END,   /* it is whole; what is left of the input is not its own */
    HTTP_CHUNKED_ERROR, /* error and error_at are set */
};

struct http_chunked {
    int cs; /* of the machine */
    enum error error;
    struct http_chunked_limits limits;
    uint64_t nread;    /* octets taken */
    uint64_t body;     /* octets of data among them */
    uint64_t size;     /* of the chunk whose size is being read */
    uint64_t left;     /* octets of the current chunk still to come */
    uint64_t error_at; /* as nread counts */
    uint32_t extensions, trailer;
    uint8_t digits;
    bool ended;
};

void http_chunked_init(struct http_chunked *c, const struct http_chunked_limits *limits);
bool http_chunked_valid(const struct http_chunked *c);
/* Takes from the front of *input up to the next event; *data with HTTP_CHUNKED_DATA. To be called until it
 * says something else than HTTP_CHUNKED_DATA. */
enum http_chunked_event http_chunked_next(struct http_chunked *c, struct slice *input, struct slice *data);

#endif
