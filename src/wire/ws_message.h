/* SPDX-License-Identifier: MIT
 *
 * wire/ws_message.h - which WebSocket frame may follow which (RFC 6455 sections 5.4, 5.5): messages made of
 * fragments, control frames between them, and nothing after a close.
 *
 * The machine is grammar/machines/ws_message.rl. It sees kinds of frames only, never octets.
 */
#ifndef PARLEY_WIRE_WS_MESSAGE_H
#define PARLEY_WIRE_WS_MESSAGE_H

#include "wire/ws_frame.h"

/* A frame as the machine sees it. Ragel imports these lines: NAME = number. */
enum ws_event {
    WSE_TEXT = 1,
    WSE_BINARY = 2,
    WSE_TEXT_BEGIN = 3,
    WSE_BINARY_BEGIN = 4,
    WSE_CONT = 5,
    WSE_CONT_END = 6,
    WSE_PING = 7,
    WSE_PONG = 8,
    WSE_CLOSE = 9
};

/* What the frame's payload is. */
enum ws_verdict {
    WS_SAYS_BAD,      /* this frame may not come here: ERR_WS_PROTOCOL; sticky */
    WS_SAYS_WHOLE,    /* a message */
    WS_SAYS_BEGIN,    /* the first part of one */
    WS_SAYS_CONTINUE, /* a further part */
    WS_SAYS_END,      /* the last part */
    WS_SAYS_PING,     /* to be answered by a pong with the same payload */
    WS_SAYS_PONG,
    WS_SAYS_CLOSE /* the last frame; whatever follows is BAD */
};

struct ws_message {
    int state;
    enum ws_verdict verdict;
    bool text; /* of the message that began last: its whole payload must be UTF-8 (5.6) */
};

void ws_message_init(struct ws_message *m);
enum ws_verdict ws_message_event(struct ws_message *m, enum ws_event event);
/* The event that a frame is. `opcode` is one that ws_frame_feed() gave. */
enum ws_event ws_event_of(enum ws_opcode opcode, bool fin);

#endif
