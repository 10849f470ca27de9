/* SPDX-License-Identifier: MIT
 *
 * engine/ws_key.h - Sec-WebSocket-Key (RFC 6455 sections 4.1 and 11.3.1): sixteen octets in base64.
 */
#ifndef PARLEY_ENGINE_WS_KEY_H
#define PARLEY_ENGINE_WS_KEY_H

#include "base/slice.h"

bool ws_key_valid(struct slice key);

#endif
