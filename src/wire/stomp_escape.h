/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_escape.h - the escapes of STOMP headers, decoded (STOMP 1.2 "Value Encoding"; ST-14 to ST-18).
 *
 * For stomp_frame.c. The other direction is part of stomp_write.h.
 */
#ifndef PARLEY_WIRE_STOMP_ESCAPE_H
#define PARLEY_WIRE_STOMP_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/stomp_dialect.h"

/* Decodes text[0 .. *len) where it stands, in one pass, and shortens *len; 1.0 has no escapes. False for an
 * undefined one, unless lenient: then *len is the place of its backslash and the text is spoiled. */
bool stomp_unescape(unsigned char *text, size_t *len, enum stomp_dialect dialect, bool lenient);

#endif
