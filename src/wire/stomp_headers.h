/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_headers.h - the header table of a frame, once its lines are known: escapes, look-up, lengths.
 * For stomp_frame.c; others ask stomp_frame_header().
 */
#ifndef PARLEY_WIRE_STOMP_HEADERS_H
#define PARLEY_WIRE_STOMP_HEADERS_H

#include "wire/stomp_frame.h"

/* Decodes all names and values where they stand; the place of the first undefined escape, or 0. A header with
 * one gets the empty name, which no other has. */
uint32_t stomp_headers_decode(struct stomp_header *headers, uint32_t count, unsigned char *octets,
                              enum stomp_dialect dialect, bool lenient);
/* The first header of that name, or NULL (ST-8). */
const struct stomp_header *stomp_headers_find(const struct stomp_header *headers, uint32_t count,
                                              const unsigned char *octets, struct slice name);
/* The value of content-length (ST-9): digits only; what is over the limit becomes just that. */
enum error stomp_length_read(struct slice value, uint32_t limit, uint32_t *length);

#endif
