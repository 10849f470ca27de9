/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_machine.h - what grammar/parsers/stomp_frame.rl gives to stomp_frame.c, and to nobody else: the
 * part of a frame that is grammar. Lengths that are counted and limits that are configured are the driver's.
 */
#ifndef PARLEY_WIRE_STOMP_MACHINE_H
#define PARLEY_WIRE_STOMP_MACHINE_H

#include "wire/stomp_frame.h"

enum stomp_event {
    STOMP_RAN_OUT,   /* of octets */
    STOMP_SAW_BEAT,  /* an EOL before the command */
    STOMP_SAW_HEAD,  /* the empty line: p->body is where the body begins */
    STOMP_SAW_END,   /* the NUL of a frame without body */
    STOMP_SAW_FAULT, /* `error` and `at` are set */
};

struct stomp_step {
    enum stomp_event event;
    enum error error;
    uint32_t at; /* of the fault, in the frame */
};

/* Before a frame. */
void stomp_machine_begin(struct stomp_parser *p);
/* Nothing of a frame has come, and nothing of an EOL before it. */
bool stomp_machine_is_at_begin(const struct stomp_parser *p);
/* Behind the head of a frame that may have no body. */
void stomp_machine_no_body(struct stomp_parser *p);
/* Runs to the next event; returns the octets taken. Counts them in p->at, or in p->taken as long as no frame
 * has begun, and writes the header lines that end to `headers`. */
size_t stomp_machine_run(struct stomp_parser *p, struct stomp_header *headers, const unsigned char *data,
                         size_t len, struct stomp_step *step);

#endif
