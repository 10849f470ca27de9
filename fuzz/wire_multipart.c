// SPDX-License-Identifier: MIT
// A form: cut or whole it gives the same events, and its data the same octets. The first octet seeds the
// cuts, the second chooses the limits.
#include "base/buf.h"
#include "base/utf8.h"
#include "pieces.h"
#include "wire/multipart.h"

enum { LOG_LIMIT = 1 << 24 };

static void tell_part(const struct multipart *m, struct buf *log)
{
    const struct multipart_part *p = &m->part;
    assert(utf8_valid(p->name) && utf8_valid(p->filename));
    buf_printf(log, "\npart at %llu ", (unsigned long long)m->nread);
    buf_append(log, p->name);
    buf_printf(log, " file %d ", p->has_filename);
    buf_append(log, p->filename);
    buf_append(log, SLICE(" type "));
    buf_append(log, p->content_type);
    buf_append(log, SLICE(" data "));
}

/* Draws what one piece gives; returns what was data. */
static uint64_t draw(struct multipart *m, struct slice input, struct buf *log)
{
    enum multipart_event event;
    uint64_t octets = 0;
    struct slice data;
    do {
        event = multipart_next(m, &input, &data);
        assert(multipart_valid(m));
        if (event == MULTIPART_PART)
            tell_part(m, log);
        if (event == MULTIPART_DATA) {
            assert(data.len > 0);
            octets += data.len;
            buf_append(log, data);
        }
        if (event == MULTIPART_PART_END || event == MULTIPART_END)
            buf_printf(log, "\n%d at %llu", (int)event, (unsigned long long)m->nread);
    } while (event != MULTIPART_MORE && event != MULTIPART_ERROR);
    assert(event == MULTIPART_ERROR || input.len == 0);
    return octets;
}

static struct buf run(struct pieces pieces, bool small)
{
    struct multipart m;
    struct buf log;
    unsigned char *piece;
    size_t len;
    uint64_t octets = 0;
    buf_init(&log, LOG_LIMIT);
    multipart_init(&m, SLICE("B-"), small ? 2 : 100, small ? 60 : 1000);
    while (m.error == ERR_NONE && pieces_next(&pieces, &piece, &len))
        octets += draw(&m, slice_of(piece, len), &log);
    pieces_end(&pieces);
    multipart_finish(&m);
    assert(octets <= m.nread && multipart_valid(&m));
    buf_printf(&log, "\nerror %d at %llu", (int)m.error, (unsigned long long)m.error_at);
    multipart_release(&m);
    assert(buf_ok(&log));
    return log;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct slice input = slice_of(data + 2, size - 2);
    struct buf whole = run(pieces_whole(input), (data[1] & 1) != 0);
    struct buf cut = run(pieces_cut(input, data[0]), (data[1] & 1) != 0);
    assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
