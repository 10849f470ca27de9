/* SPDX-License-Identifier: MIT
 *
 * wire/http1_verdict.h - what RFC 9110 and 9112 say of a head whose syntax is right: Host, framing,
 * connection. Internal to wire/http1.h; gen/http1.c calls it once, when the head is whole.
 */
#ifndef PARLEY_WIRE_HTTP1_VERDICT_H
#define PARLEY_WIRE_HTTP1_VERDICT_H

#include "wire/http1.h"

/* Fills the verdicts of h, or turns h into an error. */
void http1_verdict(struct http1_head *h, const unsigned char *base);

#endif
