/* SPDX-License-Identifier: MIT
 *
 * wire/http_response.h - writes the head of an HTTP/1.1 response into a buf.
 *
 * A name that is no token or a value with a control octet (CR, LF, NUL) writes nothing and makes the buf
 * fail, so that no response split by a peer's text can leave: ask buf_ok() once at the end. Knows no clock:
 * the date is an argument.
 */
#ifndef PARLEY_WIRE_HTTP_RESPONSE_H
#define PARLEY_WIRE_HTTP_RESPONSE_H

#include "base/buf.h"

enum http_same_site { HTTP_SAME_SITE_UNSET, HTTP_SAME_SITE_LAX, HTTP_SAME_SITE_STRICT, HTTP_SAME_SITE_NONE };

struct http_cookie {
    struct slice name, value; /* token; cookie-octets (RFC 6265 4.1.1) */
    struct slice path;        /* no attribute when empty */
    int64_t max_age;          /* seconds; 0 deletes; negative: a session cookie, no attribute */
    bool http_only, secure;
    enum http_same_site same_site;
};

/* "OK"; "Unknown" for a status without a row. Static. */
const char *http_reason(unsigned status);

/* Status line; 100 <= status <= 599. */
bool http_response_begin(struct buf *out, unsigned status);
bool http_response_field(struct buf *out, struct slice name, struct slice value);
/* Both from literals of ours. */
bool http_response_field_string(struct buf *out, const char *name, const char *value);
bool http_response_content_length(struct buf *out, uint64_t octets);
/* Date, from seconds since 1970-01-01T00:00:00Z. */
bool http_response_date(struct buf *out, int64_t seconds);
bool http_response_cookie(struct buf *out, const struct http_cookie *cookie);
/* The empty line. */
bool http_response_end(struct buf *out);

enum { HTTP_DATE_LEN = 29 };
/* IMF-fixdate (RFC 9110 5.6.7), NUL-terminated; years 1970 to 9999. */
void http_date_format(int64_t seconds, char date[HTTP_DATE_LEN + 1]);

#endif
