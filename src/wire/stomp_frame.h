/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_frame.h - STOMP frames of a client: octets in, frames out (STOMP 1.2;
 * protocols.md 1.3, 3.2, 3.6).
 *
 * Reads a stream of frames, however it is cut. A frame that lies whole in one piece of input is not copied:
 * its slices point into that piece, which is why the piece must be writable (escapes are decoded in place).
 * Of a frame that is cut, what is there is kept in a buf of the parser's own, bounded by the frame limit and
 * given back when the frame is done: between frames a parser holds no memory but itself.
 *
 * Knows nothing of sessions, destinations, WebSocket or time. Does not judge which frame may come when, nor
 * which headers a command needs.
 *
 *     for (size_t at = 0; at < len; at += used) {
 *         switch (stomp_parser_feed(&p, data + at, len - at, &used)) {
 *         case STOMP_FRAME: run(stomp_parser_frame(&p)); stomp_parser_done(&p); break;
 *         case STOMP_BEAT:  break;
 *         case STOMP_MORE:  break;                                    // used == len - at
 *         case STOMP_ERROR: refuse(stomp_parser_error(&p)); return;
 *         }
 *     }
 */
#ifndef PARLEY_WIRE_STOMP_FRAME_H
#define PARLEY_WIRE_STOMP_FRAME_H

#include "base/buf.h"
#include "base/error.h"
#include "wire/stomp_dialect.h"

/* STOMP 1.2 "Augmented BNF": client-command */
#define STOMP_COMMANDS(X)                                                                                    \
    X(CONNECT)                                                                                               \
    X(STOMP)                                                                                                 \
    X(SEND)                                                                                                  \
    X(SUBSCRIBE)                                                                                             \
    X(UNSUBSCRIBE)                                                                                           \
    X(ACK)                                                                                                   \
    X(NACK)                                                                                                  \
    X(BEGIN)                                                                                                 \
    X(COMMIT)                                                                                                \
    X(ABORT)                                                                                                 \
    X(DISCONNECT)

enum stomp_command {
#define X(name) STOMP_CMD_##name,
    STOMP_COMMANDS(X)
#undef X
        STOMP_CMD_COUNT
};

/* "SEND" etc. Static. */
const char *stomp_command_name(enum stomp_command command);

enum { STOMP_HEADERS_MAX = 256, STOMP_FRAME_MAX = 64 << 20 };

/* What a peer may use. One for all parsers; outlives them. No limit on commands is needed (ST-57): the first
 * octet that no command has there is refused. */
struct stomp_limits {
    uint32_t frame;   /* octets from the command to the NUL, both included; at most STOMP_FRAME_MAX (ST-58) */
    uint32_t line;    /* octets of a header line before its LF (ST-56) */
    uint32_t headers; /* header lines of a frame; at most STOMP_HEADERS_MAX (ST-55) */
    uint32_t noise;   /* stray NULs in a row between frames (ST-3) */
};

#define STOMP_LIMITS_DEFAULT                                                                                 \
    (struct stomp_limits)                                                                                    \
    {                                                                                                        \
        .frame = 65536, .line = 8192, .headers = 100, .noise = 1000                                          \
    }

/* Offsets from the first octet of the frame; ask stomp_header_name() and stomp_header_value(). */
struct stomp_header {
    uint32_t name, name_len, value, value_len;
};

struct stomp_frame {
    const unsigned char *octets; /* the frame's first */
    const struct stomp_header *headers;
    uint32_t header_count;
    enum stomp_command command;
    struct slice body;
};

/* Room for the header table of the frame that is being read: one for all parsers of a worker, so that the
 * parsers themselves stay small. */
struct stomp_scratch {
    struct stomp_frame frame;
    struct stomp_header headers[STOMP_HEADERS_MAX];
};

enum stomp_result {
    STOMP_MORE,  /* all octets were taken */
    STOMP_FRAME, /* a frame is complete: stomp_parser_frame() */
    STOMP_BEAT,  /* an EOL between two frames: a heart-beat (SD-2). One for each EOL */
    STOMP_ERROR  /* stomp_parser_error() says why; sticky */
};

struct stomp_parser {
    const struct stomp_limits *limits;
    struct stomp_scratch *scratch;
    struct buf kept; /* of a frame that was cut or held: its header table, then its octets */
    uint64_t taken;  /* octets of the stream before the current frame; after an error before the fault */
    uint32_t table;  /* octets of the table in `kept` */
    uint32_t at;     /* octets of the current frame, from its command on */
    uint32_t line;   /* where its current header line begins; 0 outside of one */
    uint32_t name_end, value_end; /* where that line's first colon and its EOL are */
    uint32_t body;                /* where its body begins */
    uint32_t left;                /* octets of the body still to come, when they are counted */
    uint32_t noise;               /* NULs in a row before the frame */
    uint16_t header_count;
    unsigned char state, phase, command, dialect, error;
    bool lenient, escaped, framed;
};

/* `limits` and `scratch` are borrowed for the parser's life.
 * Reads STOMP 1.2, strictly, until told otherwise. */
void stomp_parser_init(struct stomp_parser *p, const struct stomp_limits *limits,
                       struct stomp_scratch *scratch);
void stomp_parser_release(struct stomp_parser *p);
/* Escapes as that dialect has them, from the next frame on (ST-14 to ST-16); `lenient` keeps undefined ones
 * as they are (ST-18). CONNECT and STOMP are always read as they stand (ST-17). Not while a frame is open. */
void stomp_parser_speak(struct stomp_parser *p, enum stomp_dialect dialect, bool lenient);

/* Takes octets up to the next event; *used says how many. A frame that is still there is done with first. */
enum stomp_result stomp_parser_feed(struct stomp_parser *p, unsigned char *data, size_t len, size_t *used);

/* The frame that STOMP_FRAME announced. It and its slices are good until stomp_parser_done(), or until any
 * parser with the same scratch is fed, or until `data` goes; after stomp_parser_hold() only the first of
 * these ends it. */
const struct stomp_frame *stomp_parser_frame(const struct stomp_parser *p);
/* Makes the frame the parser's own copy. False when there is no memory: the frame is as it was. */
bool stomp_parser_hold(struct stomp_parser *p);
/* Forgets the frame and gives its memory back. */
void stomp_parser_done(struct stomp_parser *p);

/* Why STOMP_ERROR: a row of the STOMP section of base/error.h, or ERR_OUT_OF_MEMORY. ERR_NONE before. */
enum error stomp_parser_error(const struct stomp_parser *p);
/* Where in the stream: the octet at fault, counted from the first that was ever fed. */
uint64_t stomp_parser_error_offset(const struct stomp_parser *p);
/* The `receipt` of the frame at fault, if that header had come whole (SL-14). Good until the parser is
 * released, `data` goes or another parser with the same scratch is fed. */
bool stomp_parser_error_receipt(const struct stomp_parser *p, struct slice *receipt);
/* Nothing has come since the last frame was done that a fresh parser would have to know; only the offsets
 * that it would count from begin anew. */
bool stomp_parser_is_idle(const struct stomp_parser *p);
bool stomp_parser_valid(const struct stomp_parser *p);

static inline struct slice stomp_header_name(const struct stomp_frame *f, uint32_t i)
{
    return slice_of(f->octets + f->headers[i].name, f->headers[i].name_len);
}

static inline struct slice stomp_header_value(const struct stomp_frame *f, uint32_t i)
{
    return slice_of(f->octets + f->headers[i].value, f->headers[i].value_len);
}

/* The value of the first header of that name (ST-8). False, and *value untouched, when there is none. */
bool stomp_frame_header(const struct stomp_frame *f, struct slice name, struct slice *value);

#endif
