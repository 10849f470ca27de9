/* SPDX-License-Identifier: MIT
 *
 * wire/http1.h - the head of an HTTP/1.1 request, RFC 9112, as far as a server of origin-form targets needs
 * it.
 *
 * The caller keeps the head in one contiguous buffer, appends what arrives and calls http1_head_execute()
 * with the whole again; the parser goes on at `nread`. It keeps offsets only, so the buffer may move between
 * calls. Every slice handed out points into the buffer it was asked with. Knows nothing of sockets, bodies,
 * routes.
 *
 * Refused, each with the offset of the offending octet (error_at):
 *
 * BAD_REQUEST: bare CR or LF, obs-fold, a blank before ":", empty names, control octets in values, targets
 *   that are not in origin-form; a Host that is missing (1.1), doubled or odd; a Content-Length that is
 *   doubled or not one number; a Transfer-Encoding that is doubled, beside Content-Length, from HTTP/1.0, or
 *   does not end in `chunked`.
 * URI_TOO_LONG: target over max_target.
 * HEADER_FIELDS_TOO_LARGE: head over max_head, or more than HTTP1_FIELDS_MAX fields.
 * CONTENT_TOO_LARGE: Content-Length over 2^63 - 1.
 * NOT_IMPLEMENTED: a Transfer-Encoding of more than `chunked`.
 * VERSION_NOT_SUPPORTED: anything but HTTP/1.0 and HTTP/1.1.
 *
 * Errors are sticky until the next http1_head_init().
 */
#ifndef PARLEY_WIRE_HTTP1_H
#define PARLEY_WIRE_HTTP1_H

#include "base/error.h"
#include "base/slice.h"

enum { HTTP1_FIELDS_MAX = 64, HTTP1_HEAD_MAX = 65535 };

/* RFC 9110 9.3 and RFC 5789; names in capitals, compared with their case. */
#define HTTP_METHOD_TABLE(X) X(GET) X(HEAD) X(POST) X(PUT) X(PATCH) X(DELETE) X(OPTIONS)

enum http_method {
#define X(name) HTTP_METHOD_##name,
    HTTP_METHOD_TABLE(X)
#undef X
    /* any other token; its name is http1_head_method() */
    HTTP_METHOD_OTHER
};

enum http_version { HTTP_VERSION_1_0, HTTP_VERSION_1_1 };

enum http1_result { HTTP1_MORE, HTTP1_DONE, HTTP1_ERROR };

struct http1_span {
    uint16_t at, len; /* from the start of the buffer */
};

struct http1_field {
    struct http1_span name, value; /* value without the blanks around it */
};

struct http1_head {
    int cs; /* of the machine */
    enum http1_result result;
    uint32_t nread;    /* octets taken; when done, the length of the head */
    uint32_t max_head; /* octets */
    enum error error;  /* with HTTP1_ERROR */
    uint32_t error_at;
    uint16_t max_target; /* octets */
    uint16_t mark;       /* start of the open token */
    struct http1_span method_name;
    struct http1_span target; /* path and query */
    struct http1_span query;  /* behind "?"; meaningful with has_query */
    bool in_target;
    bool has_query;

    /* The verdicts, once HTTP1_DONE: */
    bool has_length; /* a Content-Length was there */
    bool is_chunked; /* a chunked body follows (wire/http_chunked.h) */
    bool has_body;   /* that, or content_length > 0 octets */
    bool keep_alive; /* 1.1 without "Connection: close"; never for 1.0 */
    bool expect_continue;
    enum http_method method;
    enum http_version version;
    uint64_t content_length;

    uint16_t field_count;
    struct http1_field fields[HTTP1_FIELDS_MAX];
};

/* Ready for the next head. max_target < max_head <= HTTP1_HEAD_MAX. */
void http1_head_init(struct http1_head *h, size_t max_target, size_t max_head);
bool http1_head_valid(const struct http1_head *h);
/* base[0..len): all octets of the head so far, and perhaps what follows it; those before h->nread must not
 * have changed. After HTTP1_DONE and HTTP1_ERROR it says the same again. */
enum http1_result http1_head_execute(struct http1_head *h, const unsigned char *base, size_t len);

/* Parts of the head; `base` as above. The slices live as long as the buffer stays where it is. */
struct slice http1_head_method(const struct http1_head *h, const unsigned char *base);
struct slice http1_head_target(const struct http1_head *h, const unsigned char *base);
struct slice http1_head_path(const struct http1_head *h, const unsigned char *base);
/* Behind the "?"; SLICE_NONE (data NULL) without one. */
struct slice http1_head_query(const struct http1_head *h, const unsigned char *base);
/* Field i of field_count, in the order of the head. */
void http1_head_field_at(const struct http1_head *h, const unsigned char *base, size_t i, struct slice *name,
                         struct slice *value);
/* The value of the first field of that name, case ignored; SLICE_NONE (data NULL) when there is none. */
struct slice http1_head_field(const struct http1_head *h, const unsigned char *base, struct slice name);
size_t http1_head_field_count(const struct http1_head *h, const unsigned char *base, struct slice name);
/* Walks the fields of one name: size_t i = 0; while (http1_head_field_next(h, base, name, &i, &value)) */
bool http1_head_field_next(const struct http1_head *h, const unsigned char *base, struct slice name,
                           size_t *i, struct slice *value);

/* "GET"; "" for HTTP_METHOD_OTHER. Static. */
const char *http_method_name(enum http_method method);
enum http_method http_method_from_name(struct slice name);

#endif
