/* SPDX-License-Identifier: MIT
 *
 * wire/heart_beat.h - the `heart-beat` header and the arithmetic behind it (STOMP 1.2, "Heart-beating"; HB-9,
 * ST-28 to ST-32). All numbers are milliseconds; 0 means never. Knows no clock.
 */
#ifndef PARLEY_WIRE_HEART_BEAT_H
#define PARLEY_WIRE_HEART_BEAT_H

#include "base/slice.h"

/* Two numbers of one to nine digits with a comma between them and nothing else. False, and both untouched,
 * for any other value. */
bool heart_beat_parse(struct slice value, uint32_t *cx, uint32_t *cy);

/* The time between beats in one direction: `can` is what the sender offers, `wants` what the receiver asks
 * for. 0 if either is 0, else the larger. Server to client is (sx, cy), client to server is (cx, sy). */
static inline uint32_t heart_beat_interval(uint32_t can, uint32_t wants)
{
    if (can == 0 || wants == 0)
        return 0;
    return can > wants ? can : wants;
}

#endif
