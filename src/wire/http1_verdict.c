// SPDX-License-Identifier: MIT
#include "wire/http1_verdict.h"

#include "base/object.h"
#include "wire/http_fields.h"
#include "wire/transfer_encoding.h"

/* What one pass over the fields has found. */
struct findings {
    bool host, close, coded;
    bool unknown; /* codings that are not served */
    uint32_t coding_at;
};

static void refuse(struct http1_head *h, enum error error, uint32_t at)
{
    if (h->result == HTTP1_ERROR)
        return;
    h->result = HTTP1_ERROR;
    h->error = error;
    h->error_at = at;
}

/* RFC 9112 3.2: one, and valid. */
static void judge_host(struct http1_head *h, struct slice value, uint32_t at, struct findings *f)
{
    if (f->host || !http_is_host(value))
        refuse(h, ERR_BAD_REQUEST, at);
    f->host = true;
}

/* Eight octets, without case. It folds by one bit, because these are tokens: no octet of a token but a letter
 * turns into one by it. */
static bool same_eight(const unsigned char *octets, const unsigned char *lower)
{
    uint64_t a, b;
    memcpy(&a, octets, sizeof a);
    memcpy(&b, lower, sizeof b);
    return (a | UINT64_C(0x2020202020202020)) == b;
}

static bool same_four(const unsigned char *octets, const unsigned char *lower)
{
    uint32_t a, b;
    memcpy(&a, octets, sizeof a);
    memcpy(&b, lower, sizeof b);
    return (a | UINT32_C(0x20202020)) == b;
}

/* At least four octets; words may overlap. */
static bool same_token(const unsigned char *octets, struct slice lower)
{
    size_t at = 0;
    if (lower.len < 8)
        return same_four(octets, lower.data) && same_four(octets + lower.len - 4, lower.data + lower.len - 4);
    for (; at + 8 < lower.len; at += 8) {
        if (!same_eight(octets + at, lower.data + at))
            return false;
    }
    return same_eight(octets + lower.len - 8, lower.data + lower.len - 8);
}

static bool is_number(struct slice s)
{
    size_t digits = 0;
    while (digits < s.len && s.data[digits] >= '0' && s.data[digits] <= '9')
        digits++;
    return digits == s.len && digits > 0;
}

/* RFC 9112 6.3 lets equal values pass; we do not. Digits over the range are a size, not a syntax error. */
static void judge_content_length(struct http1_head *h, struct slice value, uint32_t at, struct findings *f)
{
    if (h->has_length || f->coded || !is_number(value))
        refuse(h, ERR_BAD_REQUEST, at);
    else if (!slice_to_uint(value, INT64_MAX, &h->content_length))
        refuse(h, ERR_CONTENT_TOO_LARGE, at);
    h->has_length = true;
}

/* RFC 9112 6.1 and 6.3: beside a length, from a 1.0 client, or without `chunked` at its end, the framing is
 * in doubt. A second line would make a list of both; nobody sends one who means well. */
static void judge_transfer_encoding(struct http1_head *h, struct slice value, uint32_t at, struct findings *f)
{
    enum transfer_encoding coding = transfer_encoding_read(value);
    if (h->has_length || f->coded || h->version == HTTP_VERSION_1_0 || coding == TRANSFER_ENCODING_UNFIT)
        refuse(h, ERR_BAD_REQUEST, at);
    f->coded = true;
    f->coding_at = at;
    f->unknown = coding == TRANSFER_ENCODING_UNKNOWN;
}

/* RFC 9112 9.3. */
static void judge_connection(struct http1_head *h, struct slice value, uint32_t at, struct findings *f)
{
    (void)h;
    (void)at;
    if (value.len == 10 && same_token(value.data, SLICE("keep-alive")))
        return; /* what nearly everybody sends */
    f->close = f->close || http_list_has_token(value, SLICE("close"));
}

/* RFC 9110 10.1.1; other expectations may be ignored. */
static void judge_expect(struct http1_head *h, struct slice value, uint32_t at, struct findings *f)
{
    (void)at;
    (void)f;
    h->expect_continue |= h->version == HTTP_VERSION_1_1 && http_list_has_token(value, SLICE("100-continue"));
}

/* By the length of the name, which differs for each of them. */
static const struct {
    struct slice name;
    void (*judge)(struct http1_head *, struct slice value, uint32_t at, struct findings *);
} judges[] = {
    [4] = {SLICE_INIT("host"), judge_host},
    [6] = {SLICE_INIT("expect"), judge_expect},
    [10] = {SLICE_INIT("connection"), judge_connection},
    [14] = {SLICE_INIT("content-length"), judge_content_length},
    [17] = {SLICE_INIT("transfer-encoding"), judge_transfer_encoding},
};

/* The lengths of those names, one bit each: most fields are none of them. */
static const uint32_t judged_lengths = 1u << 4 | 1u << 6 | 1u << 10 | 1u << 14 | 1u << 17;

void http1_verdict(struct http1_head *h, const unsigned char *base)
{
    struct findings found = {0};
    for (const struct http1_field *f = h->fields, *end = f + h->field_count; f < end; f++) {
        size_t len = f->name.len;
        if (len >= ARRAY_LEN(judges) || (judged_lengths >> len & 1) == 0)
            continue;
        if (same_four(base + f->name.at, judges[len].name.data) &&
            same_token(base + f->name.at, judges[len].name))
            judges[len].judge(h, slice_of(base + f->value.at, f->value.len), f->name.at, &found);
    }
    if (!found.host && h->version == HTTP_VERSION_1_1)
        refuse(h, ERR_BAD_REQUEST, h->nread);
    if (found.unknown)
        refuse(h, ERR_NOT_IMPLEMENTED, found.coding_at);
    h->is_chunked = found.coded;
    h->has_body = h->content_length > 0 || h->is_chunked;
    h->keep_alive = h->version == HTTP_VERSION_1_1 && !found.close;
}
