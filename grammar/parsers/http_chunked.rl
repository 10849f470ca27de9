// SPDX-License-Identifier: MIT
// The machine of wire/http_chunked.h. It is left at the beginning of each chunk's data and entered again behind it.
#include "wire/http_chunked.h"

#include "base/object.h"

#define AT(p) (c->nread + (uint64_t)((p) - in.data))

%%{
    machine http_chunked;
    alphtype unsigned char;
    access c->;

    action size_digit {
        if (++c->digits > HTTP_CHUNKED_DIGITS) {
            refuse(c, ERR_BAD_REQUEST, AT(p));
            fbreak;
        }
        c->size = c->size << 4 | hex(*p);
    }
    action extension_octet {
        if (++c->extensions > c->limits.extensions) {
            refuse(c, ERR_CONTENT_TOO_LARGE, AT(p));
            fbreak;
        }
    }
    action trailer_octet {
        if (++c->trailer > c->limits.trailer) {
            refuse(c, ERR_HEADER_FIELDS_TOO_LARGE, AT(p));
            fbreak;
        }
    }
    action chunk_begin {
        begin_chunk(c, AT(p));
        fbreak;
    }
    action body_end {
        c->ended = true;
        fbreak;
    }
    action refuse { refuse(c, ERR_BAD_REQUEST, AT(p)); }

    include rfc9112_chunked "rfc9112.rl";

    main := chunked_body $err(refuse);
    write data noerror nofinal noentry;
}%%

static uint64_t hex(unsigned char digit)
{
    return (digit & 15u) + (digit >> 6) * 9u;
}

static void refuse(struct http_chunked *c, enum error error, uint64_t at)
{
    c->error = error;
    c->error_at = at;
}

/* The line of a size has ended at `at`. */
static void begin_chunk(struct http_chunked *c, uint64_t at)
{
    uint64_t overhead = at + 1 - c->body;
    if (c->size > c->limits.body - c->body ||
        (overhead > c->limits.overhead && overhead / HTTP_CHUNKED_RATIO > c->body)) {
        refuse(c, ERR_CONTENT_TOO_LARGE, at);
        return;
    }
    c->left = c->size;
    c->size = 0;
    c->digits = 0;
}

void http_chunked_init(struct http_chunked *c, const struct http_chunked_limits *limits)
{
    *c = (struct http_chunked){.limits = *limits};
    %% write init;
}

bool http_chunked_valid(const struct http_chunked *c)
{
    return c->body <= c->nread && c->body <= c->limits.body && c->left <= c->limits.body - c->body &&
           (c->left == 0 || (c->error == ERR_NONE && !c->ended)) && c->error_at <= c->nread &&
           (c->error == ERR_NONE || !c->ended);
}

static void take(struct http_chunked *c, struct slice *input, size_t n)
{
    c->nread += n;
    *input = slice_after(*input, n);
}

/* Up to the data of the next chunk, to the end, to an error, or to the end of the input. */
static void walk(struct http_chunked *c, struct slice *input)
{
    const struct slice in = *input;
    const unsigned char *p = in.data, *pe = p + in.len, *eof = NULL;
    %% write exec;
    take(c, input, (size_t)(p - in.data));
}

static struct slice take_data(struct http_chunked *c, struct slice *input)
{
    size_t n = input->len < c->left ? input->len : (size_t)c->left;
    struct slice data = slice_of(input->data, n);
    c->left -= n;
    c->body += n;
    take(c, input, n);
    return data;
}

enum http_chunked_event http_chunked_next(struct http_chunked *c, struct slice *input, struct slice *data)
{
    *data = SLICE_NONE;
    assert(http_chunked_valid(c));
    if (c->error == ERR_NONE && !c->ended && c->left == 0 && input->len > 0)
        walk(c, input);
    if (c->error != ERR_NONE)
        return HTTP_CHUNKED_ERROR;
    if (c->ended)
        return HTTP_CHUNKED_END;
    if (c->left == 0 || input->len == 0)
        return HTTP_CHUNKED_MORE;
    *data = take_data(c, input);
    return HTTP_CHUNKED_DATA;
}
