/* SPDX-License-Identifier: MIT
 *
 * wire/ws_close.h - what a close frame says (RFC 6455 sections 5.5.1 and 7.4).
 */
#ifndef PARLEY_WIRE_WS_CLOSE_H
#define PARLEY_WIRE_WS_CLOSE_H

#include "base/error.h"
#include "base/slice.h"
#include "wire/ws_frame.h"

enum {
    WS_CLOSE_NONE = 1005,    /* 7.4.1: the frame had no code; never on the wire */
    WS_CLOSE_ABNORMAL = 1006 /* 7.4.1: there was no close frame; never on the wire */
};

struct ws_close {
    uint16_t code;       /* WS_CLOSE_NONE when the payload was empty */
    struct slice reason; /* UTF-8, lies in the payload that was parsed */
};

/* Reads the whole, unmasked payload. Codes that a peer may send: 1000 to 1003, 1007 to 1014, 3000 to 4999.
 * ERR_NONE; ERR_WS_PROTOCOL for one octet or another code; ERR_WS_TEXT for a reason that is not UTF-8. */
enum error ws_close_parse(struct slice payload, struct ws_close *close);

/* Writes a payload; returns its length. A reason that does not fit is cut between two characters. */
size_t ws_close_write(unsigned char out[WS_CONTROL_MAX], uint16_t code, struct slice reason);

#endif
