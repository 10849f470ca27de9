// SPDX-License-Identifier: MIT
// A chunked body: cut or whole it gives the same octets and ends at the same place for the same reason. What
// a plain reading of the sizes gives is the same as well. The first octet seeds the cuts, the second chooses
// the limits.
#include "base/buf.h"
#include "pieces.h"
#include "wire/http_chunked.h"

enum { LOG_LIMIT = 1 << 24 };

struct outcome {
    struct http_chunked c;
    enum http_chunked_event last;
    struct buf body;
};

static const struct http_chunked_limits limits[] = {
    {.body = 1 << 20, .extensions = 4096, .trailer = 8192, .overhead = 16384},
    {.body = 40, .extensions = 10, .trailer = 30, .overhead = 40},
};

static struct outcome run(struct pieces pieces, bool small)
{
    struct outcome o = {.last = HTTP_CHUNKED_MORE};
    unsigned char *piece;
    size_t len;
    http_chunked_init(&o.c, &limits[small]);
    buf_init(&o.body, LOG_LIMIT);
    while (o.last == HTTP_CHUNKED_MORE && pieces_next(&pieces, &piece, &len)) {
        struct slice data, input = slice_of(piece, len);
        while ((o.last = http_chunked_next(&o.c, &input, &data)) == HTTP_CHUNKED_DATA) {
            assert(data.len > 0 && data.data >= piece && data.data + data.len <= piece + len);
            buf_append(&o.body, data);
            assert(http_chunked_valid(&o.c));
        }
        assert(http_chunked_valid(&o.c) && (o.last != HTTP_CHUNKED_MORE || input.len == 0));
    }
    pieces_end(&pieces);
    assert(buf_ok(&o.body) && o.body.len == o.c.body && o.body.len <= limits[small].body);
    return o;
}

/* The body once more, by sizes alone, from an input that was found good. */
static void check_plainly(struct slice input, const struct outcome *o)
{
    size_t at = 0, done = 0;
    for (;;) {
        const unsigned char *line_end = memchr(input.data + at, '\n', o->c.nread - at);
        assert(line_end != NULL && line_end[-1] == '\r');
        size_t size = strtoul((const char *)input.data + at, NULL, 16);
        at = (size_t)(line_end + 1 - input.data);
        if (size == 0)
            break;
        assert(memcmp(input.data + at, o->body.data + done, size) == 0);
        done += size;
        at += size + 2;
    }
    assert(done == o->body.len);
    assert(o->c.nread >= 5 && memcmp(input.data + o->c.nread - 4, "\r\n\r\n", 4) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct slice input = slice_of(data + 2, size - 2);
    struct outcome whole = run(pieces_whole(input), (data[1] & 1) != 0);
    struct outcome cut = run(pieces_cut(input, data[0]), (data[1] & 1) != 0);
    assert(whole.last == cut.last && whole.c.error == cut.c.error && whole.c.error_at == cut.c.error_at);
    assert(slice_equals(buf_slice(&whole.body), buf_slice(&cut.body)));
    if (whole.last == HTTP_CHUNKED_END) {
        assert(whole.c.nread == cut.c.nread);
        check_plainly(input, &whole);
    }
    buf_release(&whole.body);
    buf_release(&cut.body);
    return 0;
}
