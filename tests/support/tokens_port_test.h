/* SPDX-License-Identifier: MIT
 *
 * tests/support/tokens_port_test.h - what every struct tokens must do, written against chat/port.h alone, so
 * that the adapter and what tests use in its place run the same tests.
 */
#ifndef PARLEY_TESTS_TOKENS_PORT_TEST_H
#define PARLEY_TESTS_TOKENS_PORT_TEST_H

#include "chat/port.h"

struct tokens_adapter {
    struct tokens *(*open)(void);
    void (*close)(void);
};

#define TOKENS_PORT_PROMISES(X)                                                                              \
    X(round_trip, "a token says who, which login, what role and until when; D3.4")                           \
    X(same_again, "the same claims make the same token, so a pair already issued can be issued again; D3.7") \
    X(expiry, "a genuine token ends at its exp by the caller's clock, claims and all; D3.4")                 \
    X(kinds, "an access token is no refresh token, nor the reverse; D3.4")                                   \
    X(octets, "no octet of a token can be changed, left out or added; D3.4")                                 \
    X(no_room, "a token that the arena cannot hold is an error")

#define X(name, promise) void tokens_port_##name(const struct tokens_adapter *adapter);
TOKENS_PORT_PROMISES(X)
#undef X

#endif
