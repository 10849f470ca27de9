/* SPDX-License-Identifier: MIT
 *
 * broker/replay.h - delivers to those who missed something, out of the history or the log table, at their
 * pace.
 */
#ifndef PARLEY_BROKER_REPLAY_H
#define PARLEY_BROKER_REPLAY_H

#include "broker/feed.h"

/* One turn of the loop's worth of replays, of all destinations. */
void replay_turn(struct broker *b);
/* The feed has READY subscriptions: they get theirs from the next turn on. */
void replay_schedule(struct feed *f);
/* Asks the table for what is most urgent, if nothing is on its way, no backoff runs and the broker's share
 * allows. */
void replay_read(struct feed *f);
/* Reads nothing until the backoff is over: the store failed, or there was no memory. */
void replay_back_off(struct feed *f);
/* A portion has come. */
void replay_on_portion(struct reading *reading, const struct portion *p);
/* The feed goes: nothing of it stays on its way. */
void replay_cancel(struct feed *f);

#endif
