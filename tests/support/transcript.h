/* SPDX-License-Identifier: MIT
 *
 * tests/support/transcript.h - parsers tested by documents: what comes in, and the events it must give.
 *
 *   # prose
 *   case  two different lengths are refused, RFC 9112 6.3
 *   with  max_target=20 boundary=XX           options of the feed; none, one or more lines
 *   in    POST /x HTTP/1.1\r\nHost: a\r\n      several `in` lines are one input
 *   in*3  ab                                  the same text three times
 *   out   0 method "POST" / 5 target "/x"     "OFFSET EVENT", on lines of their own or divided by " / "
 *   out   46 error BAD_REQUEST
 *
 * Blanks after the keyword do not count, blanks at the end do. Escapes in `in`: \r \n \t \s (a blank) \0
 * \\ \" \xNN. Every case is fed whole, at every two-way split and octet by octet, from memory that ends at an
 * unmapped page, and each time must give exactly the `out` events: a parser must not show where its input was
 * cut.
 *
 * A feed function gives one parser the pieces and says what it heard:
 *
 *   static void feed(struct transcript *t)
 *   {
 *       struct slice piece;
 *       while (transcript_next(t, &piece))
 *           ... transcript_event(t, offset, "open %u", version); transcript_data(t, offset, "text", slice);
 *   }
 *   TEST(transcript, "ST-1 ...") { transcript_run("tests/transcript/stomp.t", feed); }
 */
#ifndef PARLEY_TESTS_TRANSCRIPT_H
#define PARLEY_TESTS_TRANSCRIPT_H

#include "base/buf.h"
#include "support/guarded.h"

struct transcript {
    struct slice input, with;
    struct guarded memory;
    size_t cut; /* 0: one piece; SIZE_MAX: octets; else the length of the first of two pieces */
    size_t fed; /* octets handed out so far */
    bool started;
    struct buf out;
    bool in_data; /* the last event was data and may go on */
    const char *data_name;
};

/* The next piece, valid until the next call; false after the last. An empty input is one empty piece. */
bool transcript_next(struct transcript *t, struct slice *piece);
/* The same for parsers of a contiguous buffer: all octets up to the end of the next piece, somewhere else in
 * memory each time. */
bool transcript_next_prefix(struct transcript *t, struct slice *prefix);
/* Offset, in the whole input, of the first octet of the last piece. */
size_t transcript_piece_at(const struct transcript *t, struct slice piece);

/* One event. */
void transcript_event(struct transcript *t, size_t offset, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Goes on with the line of the last event: `text`, then s quoted and escaped. */
void transcript_quote(struct transcript *t, const char *text, struct slice s);
/* `OFFSET NAME "octets"`, where pieces of the same name that follow each other are one event, at the offset
 * of the first. `name` must be a literal. */
void transcript_data(struct transcript *t, size_t offset, const char *name, struct slice piece);

/* Options of the case (`with`), or what stands in for them. */
uint64_t transcript_number(const struct transcript *t, const char *name, uint64_t otherwise);
struct slice transcript_option(const struct transcript *t, const char *name, const char *otherwise);

typedef void transcript_feed(struct transcript *t);
/* Runs every case of the file; failures are failed checks of the running test,
 * and so is a file without cases. */
void transcript_run(const char *path, transcript_feed *feed);

#endif
