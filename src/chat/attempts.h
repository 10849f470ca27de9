/* SPDX-License-Identifier: MIT
 *
 * chat/attempts.h - how often somebody may try to log in (design.md section 8): per account and per address.
 *
 * Only wrong credentials count: who gets in, or could not be judged, is given back what he took. Limits are rates with
 * a burst: `per_window` attempts at once, and then one each time a share of the window has gone by; so a limit that is
 * reached is a delay, never a lock, and nothing needs to be unlocked.
 *
 *   address   attempts of one address (of IPv6: one /64) on any accounts. Over it: refused.
 *   account   attempts on one name, whoever makes them, whether or not there is such a user. Over it: refused, unless
 *             this address has not failed on this account for a window. So strangers elsewhere cannot keep an owner
 *             out: his first attempt is always judged.
 *
 * Per process, all workers together: which worker a connection comes to is chance. Bounded: a table of ATTEMPTS_SLOTS
 * entries of 16 octets, keyed by a secret hash; where a bucket of it is full, the entry that is nearest to being
 * forgotten makes room. Any thread.
 */
#ifndef PARLEY_CHAT_ATTEMPTS_H
#define PARLEY_CHAT_ATTEMPTS_H

#include "base/clock.h"
#include "base/ip_address.h"
#include "base/slice.h"

enum { ATTEMPTS_SLOTS = 65536 };

struct attempts_options {
    unsigned per_account, per_address; /* failures that may come at once; 0: no limit */
    int64_t window;                    /* microseconds after which all of them may come again; more than 0 */
};

struct attempts;

/* NULL when out of memory. */
struct attempts *attempts_new(const struct attempts_options *options, const struct random *random);
/* NULL is allowed. */
void attempts_free(struct attempts *a);

/* At `now` (monotonic) somebody wants to try. True: he may, and it counts until it is given back. False: he may not,
 * nothing was counted, and it makes sense again after *wait microseconds. */
bool attempts_take(struct attempts *a, struct slice account, const struct ip_address *address, int64_t now,
                   int64_t *wait);
/* The attempt taken by the same arguments did not fail. */
void attempts_give_back(struct attempts *a, struct slice account, const struct ip_address *address,
                        int64_t now);

#endif
