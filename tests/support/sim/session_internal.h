/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/session_internal.h - what session.c (out) and session_in.c share.
 */
#ifndef PARLEY_TESTS_SIM_SESSION_INTERNAL_H
#define PARLEY_TESTS_SIM_SESSION_INTERNAL_H

#include "support/sim/session.h"

enum { OP_MORE = 0, OP_TEXT = 1, OP_BINARY = 2, OP_RESERVED = 3, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

/* A masked frame (RFC 6455 5.2), sent. */
void session_put(struct session *s, unsigned opcode, const char *octets, size_t n, bool fin);
/* The handshake is done: CONNECT. */
void session_connect(struct session *s);

#endif
