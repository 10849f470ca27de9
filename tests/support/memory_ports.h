/* SPDX-License-Identifier: MIT
 *
 * tests/support/memory_ports.h - passwords and tokens that cost nothing, and a store that can be made to
 * fail: the ports of chat/ for tests. They answer by mail like the real ones, never from inside submit().
 */
#ifndef PARLEY_TESTS_MEMORY_PORTS_H
#define PARLEY_TESTS_MEMORY_PORTS_H

#include "chat/port.h"

/* Hashes of 60 characters that only the same password makes. What a hash is and when it matches is that of
 * bcrypt (support/passwords_port_test.h). */
struct memory_passwords {
    struct passwords port;
    bool full;      /* takes no call */
    unsigned queue; /* calls it takes at a time; 0: any number */
    unsigned unanswered;
    size_t made, verified;
};
void memory_passwords_init(struct memory_passwords *p);

/* Tokens that are their claims as text, with a sum in place of a signature (support/tokens_port_test.h). */
struct memory_tokens {
    struct tokens port;
};
void memory_tokens_init(struct memory_tokens *t);

/* In front of another store. */
struct memory_store {
    struct store port;
    struct store *behind;
    bool twice;                             /* runs each write batch twice, as after an unknown outcome */
    void (*between)(struct memory_store *); /* the two runs; may be NULL */
    unsigned fail_in;                       /* this many batches from now, 1: the next; 0: never */
    enum error error;                       /* with this */
    size_t reads, writes;                   /* batches that came */
    void (*again)(struct batch *);
};
void memory_store_init(struct memory_store *s, struct store *behind);

#endif
