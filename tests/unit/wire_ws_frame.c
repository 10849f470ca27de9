// SPDX-License-Identifier: MIT
#include "wire/ws_frame.h"

#include "support/test.h"
#include "support/transcript.h"

static const char *const opcodes[16] = {[WS_CONTINUATION] = "continuation",
                                        [WS_TEXT] = "text",
                                        [WS_BINARY] = "binary",
                                        [WS_CLOSE] = "close",
                                        [WS_PING] = "ping",
                                        [WS_PONG] = "pong"};

/* One connection: heads, and their payload unless the case is about heads only. */
struct reader {
    struct ws_frame frame;
    size_t head_at;
    uint64_t at;
    bool in_payload, open;
};

static struct slice take_payload(struct transcript *t, struct reader *r, struct slice in)
{
    unsigned char text[512];
    size_t n = r->frame.len - r->at < in.len ? (size_t)(r->frame.len - r->at) : in.len;
    memcpy(text, in.data, n);
    ws_unmask(text, n, r->frame.key, r->at);
    if (n > 0)
        transcript_data(t, transcript_piece_at(t, in), "payload", slice_of(text, n));
    r->at += n;
    r->in_payload = r->at < r->frame.len;
    return slice_after(in, n);
}

static void say_head(struct transcript *t, struct reader *r)
{
    const struct ws_frame *f = &r->frame;
    transcript_event(t, r->head_at, "%s%s %llu key %02x%02x%02x%02x", opcodes[f->opcode],
                     f->fin ? " fin" : "", (unsigned long long)f->len, f->key[0], f->key[1], f->key[2],
                     f->key[3]);
    r->open = false;
    r->at = 0;
    r->in_payload = f->len > 0 && transcript_number(t, "heads", 0) == 0;
}

/* False when the connection failed. */
static bool take_head(struct transcript *t, struct reader *r, struct slice *in)
{
    size_t used;
    if (!r->open)
        r->head_at = transcript_piece_at(t, *in);
    r->open = true;
    enum ws_result result = ws_frame_feed(&r->frame, *in, &used);
    CHECK(used <= in->len && (result != WS_MORE || used == in->len));
    *in = slice_after(*in, used);
    if (result == WS_HEAD)
        say_head(t, r);
    if (result != WS_FAILED)
        return true;
    transcript_event(t, r->head_at + r->frame.offset, "error %s %s", error_row(r->frame.error)->code,
                     r->frame.reason);
    CHECK(ws_frame_feed(&r->frame, SLICE("\x81"), &used) == WS_FAILED && used == 0);
    return false;
}

static void feed(struct transcript *t)
{
    struct reader r = {.open = false};
    struct slice piece;
    ws_frame_init(&r.frame);
    while (transcript_next(t, &piece)) {
        while (piece.len > 0) {
            if (r.in_payload)
                piece = take_payload(t, &r, piece);
            else if (!take_head(t, &r, &piece))
                return;
        }
    }
    if (r.open)
        transcript_event(t, r.frame.offset, "more");
}

TEST(transcript, "RFC 6455 5.2: heads are read however they are cut, and each refusal has its own reason")
{
    transcript_run("tests/transcript/ws_frame.t", feed);
}

TEST(unmask, "RFC 6455 5.3: masking in pieces of any length, at any place, is masking octet by octet")
{
    static const unsigned char key[4] = {0x37, 0xFA, 0x21, 0x3D};
    struct guarded memory;
    unsigned char plain[400], want[400];
    guarded_init(&memory, sizeof plain);
    for (size_t i = 0; i < sizeof plain; i++)
        plain[i] = (unsigned char)(i * 7 + 1);
    for (uint64_t at = UINT64_C(0xFFFFFFFE); at < UINT64_C(0x100000003); at++) {
        for (size_t len = 0; len <= sizeof plain; len++) {
            for (size_t i = 0; i < len; i++)
                want[i] = plain[i] ^ key[(at + i) % 4];
            struct slice copy = guarded_copy(&memory, slice_of(plain, len));
            ws_unmask((unsigned char *)copy.data, len, key, at);
            CHECK(slice_equals(copy, slice_of(want, len)));
        }
    }
    guarded_release(&memory);
}

TEST(head, "RFC 6455 5.2: server frames carry no mask and their length in its shortest form")
{
    unsigned char out[WS_HEAD_MAX];
    CHECK(slice_equals(slice_of(out, ws_frame_head(out, WS_TEXT, true, 0)), slice_of("\x81\x00", 2)));
    CHECK(slice_equals(slice_of(out, ws_frame_head(out, WS_BINARY, false, 125)), slice_of("\x02\x7D", 2)));
    CHECK(slice_equals(slice_of(out, ws_frame_head(out, WS_CONTINUATION, true, 126)),
                       slice_of("\x80\x7E\x00\x7E", 4)));
    CHECK(slice_equals(slice_of(out, ws_frame_head(out, WS_PING, true, 65535)),
                       slice_of("\x89\x7E\xFF\xFF", 4)));
    CHECK(slice_equals(slice_of(out, ws_frame_head(out, WS_TEXT, true, 65536)),
                       slice_of("\x81\x7F\0\0\0\0\0\x01\0\0", 10)));
    CHECK(slice_equals(slice_of(out, ws_frame_head(out, WS_TEXT, true, UINT64_C(0x0102030405060708))),
                       slice_of("\x81\x7F\x01\x02\x03\x04\x05\x06\x07\x08", 10)));
}
