// SPDX-License-Identifier: MIT
// Sec-WebSocket-Key (grammar/parsers/ws_key.rl) against a reading of base64 by hand.
#include <stdint.h>

#include "base/object.h"
#include "engine/ws_key.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The value of a base64 character; 64 for any other octet. */
static unsigned value_of(uint8_t c)
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (unsigned i = 0; i < 64; i++) {
        if ((uint8_t)alphabet[i] == c)
            return i;
    }
    return 64;
}

static bool is_key(const uint8_t *data, size_t size)
{
    if (size != 24 || data[22] != '=' || data[23] != '=')
        return false;
    for (size_t i = 0; i < 22; i++) {
        if (value_of(data[i]) == 64)
            return false;
    }
    return value_of(data[21]) % 16 == 0; /* sixteen octets are 128 bits: the last four of 132 are padding */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    assert(ws_key_valid(slice_of(data, size)) == is_key(data, size));
    return 0;
}
