// SPDX-License-Identifier: MIT
#include "wire/stomp_frame.h"

#include "base/object.h"
#include "support/test.h"
#include "support/transcript.h"

static struct stomp_scratch scratch;

static void say_frame(struct transcript *t, const struct stomp_parser *p)
{
    const struct stomp_frame *f = stomp_parser_frame(p);
    struct slice name = transcript_option(t, "header", NULL), value;
    transcript_event(t, p->taken, "frame %s", stomp_command_name(f->command));
    for (uint32_t i = 0; i < f->header_count; i++) {
        transcript_quote(t, " ", stomp_header_name(f, i));
        transcript_quote(t, "=", stomp_header_value(f, i));
    }
    transcript_quote(t, " body ", f->body);
    if (name.data != NULL && stomp_frame_header(f, name, &value))
        transcript_quote(t, " header ", value);
}

static void say_error(struct transcript *t, struct stomp_parser *p)
{
    struct slice receipt;
    size_t used;
    transcript_event(t, stomp_parser_error_offset(p), "error %s", error_row(stomp_parser_error(p))->code);
    if (stomp_parser_error_receipt(p, &receipt))
        transcript_quote(t, " receipt ", receipt);
    CHECK(stomp_parser_feed(p, (unsigned char[]){'\n'}, 1, &used) == STOMP_ERROR && used == 0);
}

/* One call and what came of it; false after an error.
 * Every other frame is held, which must change nothing. */
static bool take(struct transcript *t, struct stomp_parser *p, struct slice *piece)
{
    static unsigned frames;
    size_t used;
    enum stomp_result result = stomp_parser_feed(p, (unsigned char *)piece->data, piece->len, &used);
    CHECK(stomp_parser_valid(p));
    CHECK(used <= piece->len && (result != STOMP_MORE || used == piece->len));
    if (result == STOMP_FRAME && frames++ % 2 == 0) {
        CHECK(stomp_parser_hold(p));
        memset((unsigned char *)piece->data, 0xEE, used);
        memset(&scratch, 0xEE, sizeof scratch);
    }
    *piece = slice_after(*piece, used);
    if (result == STOMP_FRAME)
        say_frame(t, p);
    if (result == STOMP_BEAT)
        transcript_event(t, transcript_piece_at(t, *piece), "beat");
    if (result == STOMP_ERROR)
        say_error(t, p);
    return result != STOMP_ERROR;
}

static void feed(struct transcript *t)
{
    struct stomp_limits limits = STOMP_LIMITS_DEFAULT;
    struct stomp_parser p;
    struct slice piece;
    bool good = true;
    limits.frame = (uint32_t)transcript_number(t, "frame", limits.frame);
    limits.line = (uint32_t)transcript_number(t, "line", limits.line);
    limits.headers = (uint32_t)transcript_number(t, "headers", limits.headers);
    limits.noise = (uint32_t)transcript_number(t, "noise", limits.noise);
    stomp_parser_init(&p, &limits, &scratch);
    stomp_parser_speak(&p, (enum stomp_dialect)transcript_number(t, "dialect", STOMP_1_2),
                       transcript_number(t, "lenient", 0) > 0);
    while (good && transcript_next(t, &piece)) {
        while (good && piece.len > 0)
            good = take(t, &p, &piece);
    }
    if (good && !p.framed && !stomp_parser_is_idle(&p))
        transcript_event(t, t->fed, "open");
    stomp_parser_release(&p);
}

TEST(transcript,
     "ST-1 to ST-18, ST-55 to ST-58, SD-2 to SD-15, SL-14, CQ-17: frames and refusals, at every cut")
{
    transcript_run("tests/transcript/stomp_frame.t", feed);
}

/* The number of octets between `from` and `to` that have to be fed for an event to come, octet by octet. */
static size_t fed_until(struct stomp_parser *p, unsigned char octet, size_t most, enum stomp_result want)
{
    size_t used;
    for (size_t i = 1; i <= most; i++) {
        enum stomp_result result = stomp_parser_feed(p, &octet, 1, &used);
        if (result == want)
            return i;
        if (result == STOMP_ERROR)
            return 0;
    }
    return 0;
}

static void feed_text(struct stomp_parser *p, const char *text)
{
    char copy[256];
    size_t used;
    memcpy(copy, text, strlen(text));
    CHECK_INT(stomp_parser_feed(p, (unsigned char *)copy, strlen(text), &used), STOMP_MORE);
}

TEST(defaults,
     "DF-3, ST-55 to ST-58, ST-3: 64 KiB of frame, 8 KiB of line, 100 headers, 1000 NULs, and one over")
{
    const struct stomp_limits limits = STOMP_LIMITS_DEFAULT;
    struct stomp_parser p;
    stomp_parser_init(&p, &limits, &scratch);
    feed_text(&p, "SEND\n\n");
    CHECK_INT(fed_until(&p, 'x', 65529, STOMP_ERROR), 0);
    CHECK_INT(fed_until(&p, 0, 1, STOMP_FRAME), 1);
    feed_text(&p, "SEND\n\n");
    CHECK_INT(fed_until(&p, 'x', 65540, STOMP_ERROR), 65530);
    CHECK_INT(stomp_parser_error(&p), ERR_STOMP_TOO_BIG);
    stomp_parser_release(&p);

    stomp_parser_init(&p, &limits, &scratch);
    feed_text(&p, "SEND\na:");
    CHECK_INT(fed_until(&p, 'x', 8190, STOMP_ERROR), 0);
    feed_text(&p, "\na:");
    CHECK_INT(fed_until(&p, 'x', 8192, STOMP_ERROR), 8191);
    CHECK_INT(stomp_parser_error(&p), ERR_STOMP_LINE_TOO_LONG);
    stomp_parser_release(&p);

    stomp_parser_init(&p, &limits, &scratch);
    feed_text(&p, "SEND\n");
    for (int i = 0; i < 100; i++)
        feed_text(&p, "a:b\n");
    CHECK_INT(fed_until(&p, 'a', 1, STOMP_ERROR), 1);
    CHECK_INT(stomp_parser_error(&p), ERR_STOMP_TOO_MANY_HEADERS);
    stomp_parser_release(&p);

    stomp_parser_init(&p, &limits, &scratch);
    CHECK_INT(fed_until(&p, 0, 1001, STOMP_ERROR), 1001);
    CHECK_INT(stomp_parser_error(&p), ERR_STOMP_NOISE);
    stomp_parser_release(&p);
}

TEST(cut_eol,
     "a parser is not idle between the CR and the LF of a beat, nor behind a NUL: a fresh one would not know")
{
    const struct stomp_limits limits = STOMP_LIMITS_DEFAULT;
    struct stomp_parser p;
    unsigned char octets[] = "\r\n\0\n";
    size_t used;
    stomp_parser_init(&p, &limits, &scratch);
    CHECK_INT(stomp_parser_feed(&p, octets, 1, &used), STOMP_MORE);
    CHECK(!stomp_parser_is_idle(&p));
    CHECK_INT(stomp_parser_feed(&p, octets + 1, 1, &used), STOMP_BEAT);
    CHECK(stomp_parser_is_idle(&p));
    CHECK_INT(stomp_parser_feed(&p, octets + 2, 1, &used), STOMP_MORE);
    CHECK(!stomp_parser_is_idle(&p));
    CHECK_INT(stomp_parser_feed(&p, octets + 3, 1, &used), STOMP_BEAT);
    CHECK(stomp_parser_is_idle(&p));
    stomp_parser_release(&p);
}

TEST(idle, "a parser holds no memory between frames, and a whole frame is not copied")
{
    const struct stomp_limits limits = STOMP_LIMITS_DEFAULT;
    struct stomp_parser p;
    unsigned char text[] = "SEND\na:b\n\nhi";
    size_t used;
    stomp_parser_init(&p, &limits, &scratch);
    CHECK(stomp_parser_is_idle(&p));
    CHECK_INT(stomp_parser_feed(&p, text, sizeof text, &used), STOMP_FRAME);
    CHECK(p.kept.data == NULL);
    CHECK(stomp_parser_frame(&p)->body.data == text + 10);
    stomp_parser_done(&p);
    CHECK(stomp_parser_is_idle(&p));
    CHECK_INT(stomp_parser_feed(&p, text, 7, &used), STOMP_MORE);
    CHECK(p.kept.data != NULL && !stomp_parser_is_idle(&p));
    CHECK_INT(stomp_parser_feed(&p, text + 7, sizeof text - 7, &used), STOMP_FRAME);
    CHECK_SLICE(stomp_parser_frame(&p)->body, "hi");
    stomp_parser_done(&p);
    CHECK(p.kept.data == NULL && stomp_parser_is_idle(&p));
    stomp_parser_release(&p);
}

TEST(skip, "passing over ordinary octets changes nothing, wherever a special one stands in a line")
{
    static const char specials[] = {':', '\\', '\n', '\r', '\0', '\x1F', '\x7F', '\x80', '\xC3', ' '};
    const struct stomp_limits limits = STOMP_LIMITS_DEFAULT;
    struct guarded memory;
    guarded_init(&memory, 128);
    for (size_t i = 0; i < sizeof specials; i++) {
        for (size_t at = 5; at < 60; at++) {
            unsigned char text[] = "SEND\nnamenamenamenamename:valuevaluevaluevaluevaluevaluevalue\n\nbody";
            struct stomp_parser fast, slow;
            size_t used, n = 0;
            enum stomp_result first, result = STOMP_MORE;
            text[at] = (unsigned char)specials[i];
            struct slice copy = guarded_copy(&memory, slice_of(text, sizeof text));
            stomp_parser_init(&fast, &limits, &scratch);
            first = stomp_parser_feed(&fast, (unsigned char *)copy.data, copy.len, &used);
            stomp_parser_init(&slow, &limits, &scratch);
            while (n < sizeof text && result == STOMP_MORE)
                result = stomp_parser_feed(&slow, text + n++, 1, &used);
            CHECK_INT(first, result);
            CHECK_INT(stomp_parser_error(&fast), stomp_parser_error(&slow));
            if (result == STOMP_ERROR)
                CHECK_INT(stomp_parser_error_offset(&fast), stomp_parser_error_offset(&slow));
            stomp_parser_release(&fast);
            stomp_parser_release(&slow);
        }
    }
    guarded_release(&memory);
}
