// SPDX-License-Identifier: MIT
// What HTTP hands up is what a second, plain reading finds in the octets: where a request begins, where it ends,
// which body is its own. That reading knows the few rules that are left when nothing odd has passed, so whatever
// is smuggled past the one shows in the other. And cut input gives the same requests and answers as whole input.
//
// The input's first octet says how it is cut, the second what the application does with bodies and answers.
#include <stdint.h>
#include <stdlib.h>

#include "engine/http.h"
#include "pieces.h"
#include "support/pipe.h"

enum { LOG = 8 << 20, BODY = 1000 };

enum { /* what the application does, in bits */
       STREAMS = 1,
       HOLDS = 2,      /* each piece, until more has been sent */
       HOLDS_HEAD = 4, /* before the first */
       EARLY = 8 | 16, /* answers without the rest of the body: early_at[] */
       PIECES = 32,    /* answers in pieces */
};

/* Octets of a body at which an early answer comes. */
static const size_t early_at[] = {SIZE_MAX, 0, 1, 7};

struct play {
    struct pipes world;
    struct pipe pipe;
    struct buf seen; /* what the application saw */
    unsigned requests;
    uint8_t manner;
    unsigned streams; /* that are with the application */
    bool over;        /* an early answer was the last */
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

/* A request that is streamed in or out: memory of its own, so that a leak or a second release shows. */
struct stream {
    struct buf method, target, body;
    size_t unsent;
    bool held;
};

static struct stream *open_stream(struct play *p, struct connection *c)
{
    struct stream *s = calloc(1, sizeof *s);
    assert(s != NULL);
    buf_init(&s->method, LOG);
    buf_init(&s->target, LOG);
    buf_init(&s->body, LOG);
    p->streams++;
    http_stream_set(c, s);
    return s;
}

static void close_stream(struct play *p, struct stream *s)
{
    buf_release(&s->method);
    buf_release(&s->target);
    buf_release(&s->body);
    free(s);
    p->streams--;
}

static void on_dropped(void *context, struct connection *c)
{
    close_stream(context, http_stream(c));
}

static void answer_stream(struct play *p, struct connection *c, struct stream *s)
{
    s->unsent = 10;
    if ((p->manner & PIECES) != 0 && http_answer_begin(c, &(struct http_response){.status = 200}, s->unsent))
        return;
    if ((p->manner & PIECES) == 0)
        http_answer(c, &(struct http_response){.status = 204});
    close_stream(p, s);
}

static void on_writable(void *context, struct connection *c)
{
    struct stream *s = http_stream(c);
    struct frame *piece = frame_copy(slice_of("piece", s->unsent < 4 ? s->unsent : 4));
    assert(piece != NULL && s->unsent > 0);
    s->unsent -= piece->len;
    bool is_whole = s->unsent == 0;
    http_answer_more(c, piece);
    frame_unref(piece);
    if (is_whole)
        close_stream(context, s);
}

static void on_request(void *context, struct connection *c, const struct http_request *r)
{
    struct play *p = context;
    assert(!p->over);
    p->requests++;
    tell(&p->seen, http1_head_method(r->head, r->base), http1_head_target(r->head, r->base), r->body);
    answer_stream(p, c, open_stream(p, c));
}

static void on_refused(void *context, struct connection *c, enum error error, struct slice path)
{
    (void)context, (void)path;
    assert(http_stream(c) == NULL);
    http_answer(c, &(struct http_response){.status = error_row(error)->status});
}

static void hold(struct connection *c, struct stream *s)
{
    s->held = true;
    http_body_pause(c);
}

/* Is it time for an early answer? */
static bool answer_early(struct play *p, struct connection *c, struct stream *s)
{
    if (s->body.len < early_at[(p->manner & EARLY) >> 3])
        return false;
    p->over = true;
    http_answer(c, &(struct http_response){.status = 403});
    close_stream(p, s);
    return true;
}

static uint64_t on_head(void *context, struct connection *c, const struct http_request *r)
{
    struct play *p = context;
    assert(!p->over && r->body.len == 0);
    if ((p->manner & STREAMS) == 0)
        return 0;
    struct stream *s = open_stream(p, c);
    buf_append(&s->method, http1_head_method(r->head, r->base));
    buf_append(&s->target, http1_head_target(r->head, r->base));
    if (!answer_early(p, c, s) && (p->manner & HOLDS_HEAD) != 0)
        hold(c, s);
    return BODY;
}

static void on_body(void *context, struct connection *c, struct slice piece)
{
    struct play *p = context;
    struct stream *s = http_stream(c);
    assert(piece.len > 0 && !s->held && s->body.len + piece.len <= BODY);
    buf_append(&s->body, piece);
    if (!answer_early(p, c, s) && (p->manner & HOLDS) != 0)
        hold(c, s);
}

static void on_body_end(void *context, struct connection *c)
{
    struct play *p = context;
    struct stream *s = http_stream(c);
    assert(!s->held);
    p->requests++;
    tell(&p->seen, buf_slice(&s->method), buf_slice(&s->target), buf_slice(&s->body));
    answer_stream(p, c, s);
}

/* Lets go of what is held back. False: nothing was. */
static bool let_go(struct play *p)
{
    struct stream *s = p->pipe.gone ? NULL : http_stream(&p->pipe.c);
    if (s == NULL || !s->held)
        return false;
    s->held = false;
    http_body_resume(&p->pipe.c);
    return true;
}

static const struct engine_ports ports = {
    .http_request = on_request,
    .http_refused = on_refused,
    .http_head = on_head,
    .http_body = on_body,
    .http_body_end = on_body_end,
    .http_writable = on_writable,
    .http_dropped = on_dropped,
};

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

static struct buf play(struct slice input, struct pieces pieces, uint8_t manner)
{
    static struct play p;
    const char *alive;
    unsigned char *piece;
    size_t len;
    p = (struct play){.manner = manner};
    buf_init(&p.seen, LOG);
    pipes_init(&p.world, &ports, &p);
    p.world.limits.http_body = BODY;
    bool open = pipe_open(&p.world, &p.pipe);
    assert(open);
    while (pieces_next(&pieces, &piece, &len)) {
        if (!p.pipe.gone)
            pipe_send(&p.pipe, slice_of(piece, len));
        pipes_turn(&p.world);
        (void)let_go(&p);
    }
    do
        pipes_turn(&p.world);
    while (let_go(&p));
    check_plainly(&p, input);
    tell_answers(&p);
    if (!p.pipe.gone)
        pipe_break(&p.pipe);
    pipe_release(&p.pipe);
    bool clean = pipes_release(&p.world, &alive);
    assert(clean && p.streams == 0 && buf_ok(&p.seen));
    return p.seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct slice input = slice_of(data + 2, size - 2);
    struct buf whole = play(input, pieces_whole(input), data[1]);
    struct buf cut = play(input, pieces_cut(input, data[0]), data[1]);
    assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
