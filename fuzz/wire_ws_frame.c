// SPDX-License-Identifier: MIT
// A connection's frames: heads, the sequence of messages, payloads unmasked, closes. Cut or whole, it comes
// to the same; and each head that is read is written back in the same form.
#include "base/buf.h"
#include "pieces.h"
#include "wire/ws_close.h"
#include "wire/ws_message.h"

enum { LOG_LIMIT = 1 << 24 };

struct reader {
    struct ws_frame frame;
    struct ws_message message;
    uint64_t at;
    bool in_payload, failed;
    struct buf log, control;
};

static void end_payload(struct reader *r)
{
    struct ws_close close;
    unsigned char out[WS_CONTROL_MAX];
    if (r->frame.opcode == WS_CLOSE) {
        enum error error = ws_close_parse(buf_slice(&r->control), &close);
        buf_printf(&r->log, "close %d %u\n", (int)error, close.code);
        if (error == ERR_NONE && close.code != WS_CLOSE_NONE)
            assert(slice_equals(slice_of(out, ws_close_write(out, close.code, close.reason)),
                                buf_slice(&r->control)));
    }
    buf_release(&r->control);
    r->in_payload = false;
}

static size_t take_payload(struct reader *r, unsigned char *data, size_t len)
{
    size_t n = r->frame.len - r->at < len ? (size_t)(r->frame.len - r->at) : len;
    ws_unmask(data, n, r->frame.key, r->at);
    buf_append(&r->log, slice_of(data, n));
    if (r->frame.opcode >= WS_CLOSE)
        buf_append(&r->control, slice_of(data, n));
    r->at += n;
    if (r->at == r->frame.len)
        end_payload(r);
    return n;
}

static void check_head(const struct ws_frame *f)
{
    unsigned char out[WS_HEAD_MAX];
    size_t len = ws_frame_head(out, f->opcode, f->fin, f->len);
    assert(f->offset == len + 4); /* the mask is the one thing that clients have and servers do not */
    assert(f->opcode < WS_CLOSE || (f->fin && f->len <= WS_CONTROL_MAX));
}

static size_t take_head(struct reader *r, unsigned char *data, size_t len)
{
    size_t used;
    enum ws_result result = ws_frame_feed(&r->frame, slice_of(data, len), &used);
    assert(used <= len && (result != WS_MORE || used == len));
    if (result == WS_HEAD) {
        enum ws_verdict verdict = ws_message_event(&r->message, ws_event_of(r->frame.opcode, r->frame.fin));
        check_head(&r->frame);
        buf_printf(&r->log, "head %d %d %llu says %d %d\n", (int)r->frame.opcode, r->frame.fin,
                   (unsigned long long)r->frame.len, (int)verdict, r->message.text);
        r->at = 0;
        r->in_payload = true;
        if (r->frame.len == 0)
            end_payload(r);
    }
    if (result == WS_FAILED)
        buf_printf(&r->log, "error %d %s at %d\n", (int)r->frame.error, r->frame.reason, r->frame.offset);
    r->failed = result == WS_FAILED;
    return used;
}

static struct buf run(struct pieces pieces)
{
    struct reader r = {.at = 0};
    unsigned char *data;
    size_t len;
    ws_frame_init(&r.frame);
    ws_message_init(&r.message);
    buf_init(&r.log, LOG_LIMIT);
    buf_init(&r.control, WS_CONTROL_MAX);
    while (!r.failed && pieces_next(&pieces, &data, &len)) {
        for (size_t at = 0; at < len && !r.failed;)
            at += r.in_payload ? take_payload(&r, data + at, len - at) : take_head(&r, data + at, len - at);
    }
    pieces_end(&pieces);
    assert(buf_ok(&r.control) && buf_ok(&r.log));
    buf_release(&r.control);
    return r.log;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct buf whole = run(pieces_whole(slice_of(data + 1, size - 1)));
    struct buf cut = run(pieces_cut(slice_of(data + 1, size - 1), data[0]));
    assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
