/* SPDX-License-Identifier: MIT
 *
 * base/loop.h - what everything above an event loop may know of it: time, timers and a mailbox.
 *
 * Each worker has one. net/ drives it by libev, a simulation by its own order. All but loop_post() belong to
 * the worker's own thread.
 */
#ifndef PARLEY_BASE_LOOP_H
#define PARLEY_BASE_LOOP_H

#include "base/clock.h"
#include "base/mailbox.h"
#include "base/timers.h"

struct loop {
    const struct clock *clock;
    const struct random *random;
    int64_t now; /* monotonic microseconds, read once at the beginning of each turn */
    struct timers timers;
    struct mailbox mail;
    void (*wake)(struct loop *); /* makes the loop take a turn soon; any thread */
};

void loop_init(struct loop *l, const struct clock *clock, const struct random *random,
               void (*wake)(struct loop *));
/* Any thread: mail->run(mail) will be called on the loop's thread. */
void loop_post(struct loop *l, struct mail *mail);
/* One turn: tells the time, runs the mail and the timers that are due. Returns how long it may sleep,
 * microseconds. */
int64_t loop_turn(struct loop *l);

#endif
