// SPDX-License-Identifier: MIT
// What HTTP hands up is what a second, plain reading finds in the octets: where a request begins, where it ends,
// which body is its own. That reading knows the few rules that are left when nothing odd has passed, so whatever
// is smuggled past the one shows in the other. And cut input gives the same requests and answers as whole input.
#include <stdint.h>
#include <stdlib.h>

#include "engine/http.h"
#include "pieces.h"
#include "support/pipe.h"

enum { LOG = 8 << 20, BODY = 1000 };

struct play {
    struct pipes world;
    struct pipe pipe;
    struct buf seen; /* what the application saw */
    unsigned requests;
};

static void tell(struct buf *log, struct slice method, struct slice target, struct slice body)
{
    buf_append(log, method);
    buf_append(log, SLICE("\n"));
    buf_append(log, target);
    buf_printf(log, "\n%zu\n", body.len);
    buf_append(log, body);
}

/* ---- the application ---- */

static void on_request(void *context, struct connection *c, const struct http_request *r)
{
    struct play *p = context;
    p->requests++;
    tell(&p->seen, http1_head_method(r->head, r->base), http1_head_target(r->head, r->base), r->body);
    http_answer(c, &(struct http_response){.status = 204});
}

static void on_refused(void *context, struct connection *c, enum error error, struct slice path)
{
    (void)context, (void)path;
    http_answer(c, &(struct http_response){.status = error_row(error)->status});
}

static const struct engine_ports ports = {.http_request = on_request, .http_refused = on_refused};

/* ---- the plain reading ---- */

struct framing {
    bool chunked, counted;
    uint64_t length;
};

/* Up to the first `end`, which is taken off as well; it must be there. */
static struct slice take_to(struct slice *in, const char *end)
{
    const unsigned char *at = memmem(in->data, in->len, end, strlen(end));
    assert(at != NULL);
    struct slice taken = slice_of(in->data, (size_t)(at - in->data));
    *in = slice_after(*in, taken.len + strlen(end));
    return taken;
}

static struct slice take(struct slice *in, uint64_t n)
{
    assert(n <= in->len);
    struct slice taken = slice_of(in->data, (size_t)n);
    *in = slice_after(*in, (size_t)n);
    return taken;
}

static void read_field(struct slice line, struct framing *f)
{
    struct slice name = take_to(&line, ":"), value = slice_trim(line);
    if (slice_equals_nocase(name, SLICE("transfer-encoding"))) {
        assert(!f->chunked && slice_equals_nocase(value, SLICE("chunked")));
        f->chunked = true;
    }
    if (slice_equals_nocase(name, SLICE("content-length"))) {
        bool is_number = slice_to_uint(value, BODY, &f->length);
        assert(!f->counted && is_number);
        f->counted = true;
    }
    assert(!f->chunked || !f->counted);
}

static void read_chunks(struct slice *in, struct buf *body)
{
    for (;;) {
        struct slice line = take_to(in, "\r\n");
        char digits[17] = "";
        memcpy(digits, line.data, line.len < 16 ? line.len : 16);
        uint64_t size = strtoull(digits, NULL, 16);
        if (size == 0)
            break;
        buf_append(body, take(in, size));
        struct slice end = take(in, 2);
        assert(slice_equals(end, SLICE("\r\n")));
    }
    while (take_to(in, "\r\n").len > 0) /* the trailer, up to an empty line */
        ;
}

/* One request off the front. */
static void read_request(struct slice *in, struct buf *log)
{
    struct framing f = {.chunked = false};
    struct buf body;
    while (slice_starts_with(*in, SLICE("\r\n")))
        (void)take(in, 2);
    struct slice line = take_to(in, "\r\n");
    struct slice method = slice_cut(&line, ' '), target = slice_cut(&line, ' ');
    assert(slice_starts_with(line, SLICE("HTTP/1.")));
    while ((line = take_to(in, "\r\n")).len > 0)
        read_field(line, &f);
    buf_init(&body, LOG);
    if (f.chunked)
        read_chunks(in, &body);
    else
        buf_append(&body, take(in, f.length));
    tell(log, method, target, buf_slice(&body));
    buf_release(&body);
}

static void check_plainly(const struct play *p, struct slice input)
{
    struct buf log;
    buf_init(&log, LOG);
    for (unsigned i = 0; i < p->requests; i++)
        read_request(&input, &log);
    assert(slice_equals(buf_slice(&log), buf_slice(&p->seen)));
    buf_release(&log);
}

/* ---- both ways ---- */

/* What the client got, without what depends on when octets come. */
static void tell_answers(struct play *p)
{
    struct slice got = buf_slice(&p->pipe.got), again = SLICE("HTTP/1.1 100 Continue\r\n\r\n");
    for (size_t at = 0; at < got.len;) {
        struct slice rest = slice_after(got, at);
        size_t n = slice_starts_with(rest, again) ? again.len : 1;
        if (n == 1)
            buf_append(&p->seen, slice_of(rest.data, 1));
        at += n;
    }
}

static struct buf play(struct slice input, struct pieces pieces)
{
    static struct play p;
    const char *alive;
    unsigned char *piece;
    size_t len;
    p = (struct play){.requests = 0};
    buf_init(&p.seen, LOG);
    pipes_init(&p.world, &ports, &p);
    p.world.limits.http_body = BODY;
    bool open = pipe_open(&p.world, &p.pipe);
    assert(open);
    while (pieces_next(&pieces, &piece, &len)) {
        if (!p.pipe.gone)
            pipe_send(&p.pipe, slice_of(piece, len));
        pipes_turn(&p.world);
    }
    check_plainly(&p, input);
    tell_answers(&p);
    if (!p.pipe.gone)
        pipe_break(&p.pipe);
    pipe_release(&p.pipe);
    bool clean = pipes_release(&p.world, &alive);
    assert(clean && buf_ok(&p.seen));
    return p.seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    struct slice input = slice_of(data + 1, size - 1);
    struct buf whole = play(input, pieces_whole(input));
    struct buf cut = play(input, pieces_cut(input, data[0]));
    assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
