/* SPDX-License-Identifier: MIT
 *
 * wire/ws_frame.h - WebSocket frames (RFC 6455 section 5.2): heads of client frames in, heads of server
 * frames out, and the mask.
 *
 * Every MUST on a frame's head is a rule of grammar/rules/rfc6455.rl: reserved bits, known opcodes, the mask,
 * the shortest form of the length, control frames short and whole. Which frame may follow which is
 * ws_message.h; what a close frame says is ws_close.h. The payload is not looked at, and its length is not
 * limited here: whoever takes it compares `len` with his limit before he takes an octet of it.
 *
 * Streaming and chunk-blind; allocates nothing.
 */
#ifndef PARLEY_WIRE_WS_FRAME_H
#define PARLEY_WIRE_WS_FRAME_H

#include "base/error.h"
#include "base/slice.h"

/* RFC 6455 5.2 and 11.8 */
enum ws_opcode {
    WS_CONTINUATION = 0x0,
    WS_TEXT = 0x1,
    WS_BINARY = 0x2,
    WS_CLOSE = 0x8,
    WS_PING = 0x9,
    WS_PONG = 0xA
};

enum {
    WS_CONTROL_MAX = 125, /* octets of payload in a control frame, 5.5 */
    WS_HEAD_MAX = 10      /* octets of a server frame's head */
};

enum ws_result {
    WS_MORE,  /* all octets were taken, the head goes on */
    WS_HEAD,  /* the head is complete: opcode, fin, len and key are set; the payload is next */
    WS_FAILED /* error, reason and offset are set; sticky until ws_frame_init() */
};

/* A head being read. The first four members are for the caller, after WS_HEAD. */
struct ws_frame {
    uint64_t len; /* of the payload */
    enum ws_opcode opcode;
    bool fin;
    unsigned char key[4];
    unsigned char state;
    unsigned char offset; /* octets of this head taken; after WS_FAILED the place of the one at fault */
    enum error error;     /* ERR_WS_PROTOCOL, or ERR_NONE */
    const char *reason;   /* which rule was broken: static text for the close frame and the log */
};

void ws_frame_init(struct ws_frame *f);
/* Takes octets of a head; *used says how many (none that follow the head). After WS_HEAD the next call begins
 * the next head: the caller takes `len` octets of payload in between. */
enum ws_result ws_frame_feed(struct ws_frame *f, struct slice in, size_t *used);

/* Masks or unmasks in place (5.3). `at` is the place of data[0] within the payload,
 * which may come in pieces. */
void ws_unmask(unsigned char *data, size_t len, const unsigned char key[4], uint64_t at);

/* Writes the head of an unmasked frame, the length in its shortest form; returns its 2, 4 or 10 octets. */
size_t ws_frame_head(unsigned char out[WS_HEAD_MAX], enum ws_opcode opcode, bool fin, uint64_t len);

#endif
