/* SPDX-License-Identifier: MIT
 *
 * adapter/bcrypt_passwords.h - struct passwords by libcrypt: bcrypt on low-priority threads of its own
 * (design.md section 6, discodeit.md 3.6).
 *
 * Each thread has its own mailbox, and a call goes to the one with the fewest unfinished calls: as all calls
 * take the same time, that is as good as one shared queue and needs no lock. The bound counts what waits and
 * what runs. Nobody can sign up so fast from one address that others cannot log in.
 *
 * New hashes are "$2b$"; "$2a$", "$2b$" and "$2y$" are verified. Only the first 72 octets of a password
 * count, as everywhere in bcrypt. A password with a NUL never matches; making a hash of one, or of nothing,
 * is ERR_INVALID_REQUEST. A hash that is empty or not bcrypt costs the time of one with the configured cost,
 * and never matches. Copies of passwords are wiped.
 */
#ifndef PARLEY_ADAPTER_BCRYPT_PASSWORDS_H
#define PARLEY_ADAPTER_BCRYPT_PASSWORDS_H

#include "base/clock.h"
#include "base/shares.h"
#include "chat/port.h"

struct bcrypt_options {
    unsigned cost;    /* log2 of the rounds: 4 to 31 */
    unsigned threads; /* 0: half of the cores, rounded up */
    unsigned queue;   /* unfinished calls, of which an address may have half */
    int nice;
};

/* cost 10, queue 128, nice 5 */
extern const struct bcrypt_options bcrypt_defaults;

struct bcrypt_worker;

struct bcrypt_passwords {
    struct passwords port;
    unsigned magic;
    unsigned cost, queue, worker_count;
    const struct random *random;
    struct bcrypt_worker *workers;
    _Atomic unsigned unfinished;
    struct hash_key key;
    struct shares unfinished_of;
};

/* False when out of memory. `random` must outlive it and be callable by any thread. */
bool bcrypt_passwords_init(struct bcrypt_passwords *p, const struct bcrypt_options *options,
                           const struct random *random);
/* Starts the threads. False when one cannot be had; release all the same. */
bool bcrypt_passwords_start(struct bcrypt_passwords *p);
/* Without threads: does all that waits. */
void bcrypt_passwords_step(struct bcrypt_passwords *p);
/* Ends the threads: calls that have not begun are answered with ERR_SERVICE_UNAVAILABLE. Nobody submits any
 * more. */
void bcrypt_passwords_release(struct bcrypt_passwords *p);

#endif
