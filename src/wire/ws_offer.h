/* SPDX-License-Identifier: MIT
 *
 * wire/ws_offer.h - what a client offers in its handshake: Sec-WebSocket-Protocol and
 * Sec-WebSocket-Extensions (RFC 6455 sections 4.3 and 9.1). Both must be what the grammar says, whether or
 * not anything is taken of them.
 *
 * One field line each, without the blanks around it.
 */
#ifndef PARLEY_WIRE_WS_OFFER_H
#define PARLEY_WIRE_WS_OFFER_H

#include "base/slice.h"

/* A list of at least one token. */
bool ws_protocols_valid(struct slice value);
/* A list of at least one extension, with parameters. */
bool ws_extensions_valid(struct slice value);

#endif
