// SPDX-License-Identifier: MIT
// STOMP frames of a client. The first octet is the seed of the cuts, the second the dialect and the limits.
// Cut or whole, frames held or not, it comes to the same events at the same places; octets fed one by one
// never take the fast path, so this proves that path as well.
#include "base/buf.h"
#include "base/utf8.h"
#include "pieces.h"
#include "wire/stomp_frame.h"

enum { LOG_LIMIT = 1 << 24 };

struct setting {
    struct stomp_limits limits;
    enum stomp_dialect dialect;
    bool lenient, hold;
};

static struct setting setting_of(uint8_t octet)
{
    struct setting s = {.limits = STOMP_LIMITS_DEFAULT};
    if (octet & 0x80)
        s.limits = (struct stomp_limits){.frame = 64, .line = 16, .headers = 3, .noise = 2};
    s.dialect = (enum stomp_dialect)(octet % STOMP_DIALECTS);
    s.lenient = octet & 0x40;
    return s;
}

static void log_slice(struct buf *log, const char *what, struct slice s)
{
    buf_printf(log, "%s %zu ", what, s.len);
    buf_append(log, s);
}

/* ST-9, SD-15: what it announces, and fits into any limit. */
static void check_length(const struct stomp_frame *f)
{
    struct slice value;
    uint64_t length;
    if (stomp_frame_header(f, SLICE("content-length"), &value))
        assert(slice_to_uint(value, UINT32_MAX, &length) && length == f->body.len);
}

static void log_frame(struct buf *log, const struct stomp_parser *p)
{
    const struct stomp_frame *f = stomp_parser_frame(p);
    struct slice value;
    buf_printf(log, "\n%llu %s", (unsigned long long)p->taken, stomp_command_name(f->command));
    assert(f->header_count <= p->limits->headers && f->body.len < p->limits->frame);
    for (uint32_t i = 0; i < f->header_count; i++) {
        struct slice name = stomp_header_name(f, i);
        assert(name.len > 0 && utf8_valid(name) && utf8_valid(stomp_header_value(f, i)));
        assert(stomp_frame_header(f, name, &value));
        log_slice(log, " name", name);
        log_slice(log, " value", stomp_header_value(f, i));
    }
    check_length(f);
    log_slice(log, " body", f->body);
}

static void log_error(struct buf *log, const struct stomp_parser *p)
{
    struct slice receipt = SLICE_NONE;
    buf_printf(log, "\nerror %d at %llu", (int)stomp_parser_error(p),
               (unsigned long long)stomp_parser_error_offset(p));
    if (stomp_parser_error_receipt(p, &receipt))
        log_slice(log, " receipt", receipt);
}

/* One piece. False after an error. */
static bool feed(struct stomp_parser *p, const struct setting *s, struct buf *log, unsigned char *data,
                 size_t len)
{
    size_t used;
    for (size_t at = 0; at < len; at += used) {
        enum stomp_result result = stomp_parser_feed(p, data + at, len - at, &used);
        assert(stomp_parser_valid(p));
        assert(used <= len - at && (result != STOMP_MORE || used == len - at));
        if (result == STOMP_BEAT)
            buf_printf(log, "\nbeat %llu", (unsigned long long)p->taken);
        if (result == STOMP_ERROR)
            log_error(log, p);
        if (result == STOMP_ERROR)
            return false;
        if (result != STOMP_FRAME)
            continue;
        if (s->hold) {
            assert(stomp_parser_hold(p));
            memset(data + at, 0xEE, used);
            memset(p->scratch, 0xEE, sizeof *p->scratch);
        }
        log_frame(log, p);
        stomp_parser_done(p);
        assert(p->kept.data == NULL && stomp_parser_is_idle(p));
    }
    return true;
}

static struct buf run(struct setting setting, bool hold, struct pieces pieces)
{
    static struct stomp_scratch scratch;
    struct stomp_parser p;
    struct buf log;
    unsigned char *data;
    size_t len;
    setting.hold = hold;
    buf_init(&log, LOG_LIMIT);
    stomp_parser_init(&p, &setting.limits, &scratch);
    stomp_parser_speak(&p, setting.dialect, setting.lenient);
    while (pieces_next(&pieces, &data, &len)) {
        if (!feed(&p, &setting, &log, data, len))
            break;
    }
    pieces_end(&pieces);
    stomp_parser_release(&p);
    assert(buf_ok(&log));
    return log;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    struct slice input = slice_of(data + 2, size - 2);
    struct buf whole = run(setting_of(data[1]), false, pieces_whole(input));
    struct buf cut = run(setting_of(data[1]), true, pieces_cut(input, data[0]));
    assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
