/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_write.h - STOMP frames of the server, rendered into a buf (protocols.md 1.4, 1.5, 1.8; ST-19).
 *
 * LF ends lines, NUL ends the frame and nothing follows it (SE-1); `content-length` is the last header of
 * MESSAGE and ERROR and stands on no other frame (SE-3). Names and values are escaped as the dialect has it,
 * but in CONNECTED (SE-4). A header that the dialect cannot express is left out, whole (ST-19).
 *
 * The buf's limit is in force and its failure sticky: ask buf_ok() once, at the end. Slices are copied.
 */
#ifndef PARLEY_WIRE_STOMP_WRITE_H
#define PARLEY_WIRE_STOMP_WRITE_H

#include "base/buf.h"
#include "wire/stomp_dialect.h"

/* A header to write. */
struct stomp_pair {
    struct slice name, value;
};

struct stomp_connected {
    uint32_t sx, sy;      /* the server's own heart-beat (SL-2) */
    struct slice user;    /* `user-name`; data NULL: no such header */
    struct slice session; /* `session`, for 1.0 only (ST-20); data NULL: no such header */
};

struct stomp_error {
    struct slice message;      /* one short line (ST-50) */
    struct slice receipt_id;   /* data NULL: no such header (SL-14) */
    struct slice version;      /* the list of ST-21; data NULL: no such header */
    struct slice content_type; /* data NULL: no such header */
    struct slice body;
};

/* What all subscribers of a destination get alike. */
struct stomp_message {
    struct slice destination, message_id;
    struct slice content_type;        /* data NULL: no such header (MF-6) */
    const struct stomp_pair *headers; /* in this order, repeats included (MF-4) */
    size_t header_count;
    struct slice lines; /* further header lines, rendered for this dialect already; may be empty */
    struct slice body;
};

void stomp_write_connected(struct buf *b, enum stomp_dialect dialect, const struct stomp_connected *c);
/* `headers` go behind `receipt-id`; there are usually none. */
void stomp_write_receipt(struct buf *b, enum stomp_dialect dialect, struct slice receipt_id,
                         const struct stomp_pair *headers, size_t header_count);
void stomp_write_error(struct buf *b, enum stomp_dialect dialect, const struct stomp_error *e);

/* A MESSAGE in two parts. The first is written for each subscriber: the command, `subscription` (data NULL in
 * 1.0 without id, ST-33) and `ack` (data NULL unless a client mode of 1.2, ST-35). */
void stomp_write_message_prefix(struct buf *b, enum stomp_dialect dialect, struct slice subscription,
                                struct slice ack);
/* What each prefix with an id begins with. */
#define STOMP_MESSAGE_BEGIN SLICE("MESSAGE\nsubscription:")
/* The second is shared by all: from `destination:` to the NUL. */
void stomp_write_message_rest(struct buf *b, enum stomp_dialect dialect, const struct stomp_message *m);

/* Header lines alone, escaped: for what is rendered ahead of its frame (struct stomp_message, lines). */
void stomp_write_headers(struct buf *b, enum stomp_dialect dialect, const struct stomp_pair *headers,
                         size_t count);

/* Whether a header of a client's SEND may go into the MESSAGE (MF-4): false for those that the server writes
 * itself or that are none of the receivers' business, for `position` and `redelivered`, and for all that
 * begin with `parley-` (MF-5). */
bool stomp_header_passes(struct slice name);

#endif
