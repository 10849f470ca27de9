/* SPDX-License-Identifier: MIT
 *
 * tests/support/passwords_port_test.h - what every struct passwords must do, written against chat/port.h
 * alone, so that the adapter and what tests use in its place run the same tests.
 *
 * A test file gives a struct passwords_adapter and names it for each of PASSWORDS_PORT_PROMISES.
 */
#ifndef PARLEY_TESTS_PASSWORDS_PORT_TEST_H
#define PARLEY_TESTS_PASSWORDS_PORT_TEST_H

#include "chat/port.h"

struct passwords_adapter {
    /* Opens the port; it takes PASSWORDS_QUEUE calls at a time. */
    struct passwords *(*open)(void);
    void (*step)(void); /* does what waits, without threads */
    void (*close)(void);
};

enum { PASSWORDS_QUEUE = 4 };

#define PASSWORDS_PORT_PROMISES(X)                                                                           \
    X(made, "a hash has 60 characters and matches its password and no other; D3.6")                          \
    X(long_ones, "72 octets count; D3.6")                                                                    \
    X(nul, "a NUL inside hides nothing: it never matches, and no hash is made of it; D3.6")                  \
    X(no_hash, "an empty hash never matches; D3.6")                                                          \
    X(later, "a call is answered at home, once, and never before submit() has returned")                     \
    X(full, "beyond the queue a call is not taken, until one is finished; D3.6")

#define X(name, promise) void passwords_port_##name(const struct passwords_adapter *adapter);
PASSWORDS_PORT_PROMISES(X)
#undef X

#endif
