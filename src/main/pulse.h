/* SPDX-License-Identifier: MIT
 *
 * main/pulse.h - does a worker's loop turn? A timer of the loop says so once a second; any thread feels for it.
 */
#ifndef PARLEY_MAIN_PULSE_H
#define PARLEY_MAIN_PULSE_H

#include <stdatomic.h>

#include "base/loop.h"

#define PULSE_BEAT     MICROSECONDS_PER_SECOND
#define PULSE_PATIENCE (10 * MICROSECONDS_PER_SECOND) /* without a beat for longer than that, it is dead */

struct pulse {
    _Atomic int64_t last; /* beat, monotonic */
    struct timer timer;
    struct loop *loop;
};

/* Before the loop runs, or on its thread. */
void pulse_start(struct pulse *p, struct loop *loop);
/* Any thread. */
bool pulse_is_felt(const struct pulse *p, int64_t now);

#endif
