/* SPDX-License-Identifier: MIT
 *
 * tests/support/registry_port_test.h - what every struct registry must do, written against chat/port.h alone,
 * so that each adapter (and each simulated registry) runs the same tests.
 *
 * An adapter's test file gives a struct registry_adapter and runs REGISTRY_PORT_PROMISES over it. Users 1 and 2
 * are there.
 */
#ifndef PARLEY_TESTS_REGISTRY_PORT_TEST_H
#define PARLEY_TESTS_REGISTRY_PORT_TEST_H

#include "base/clock.h"
#include "base/loop.h"
#include "chat/port.h"
#include "support/test.h"

#define SECOND MICROSECONDS_PER_SECOND
#define WEEK   (7 * 24 * 3600 * SECOND)

/* A registry with a clock that the test moves, and a worker's loop. */
struct registry_fixture {
    struct clock clock;
    int64_t wall, mono;
    struct loop home;
    unsigned calls; /* made so far */
    unsigned live;  /* as in struct registry_options, for open() */
    int64_t grace;
    /* Set by the adapter. */
    struct registry *registry;
    void (*step)(struct registry_fixture *); /* does something, or waits a moment for something to do */
    void *adapter;
};

struct registry_adapter {
    void (*open)(struct registry_fixture *);
    void (*close)(struct registry_fixture *);
    void (*set_live)(struct registry_fixture *, unsigned live);
};

void registry_begin(struct registry_fixture *f, const struct registry_adapter *adapter, unsigned live,
                    int64_t grace);
void registry_end(struct registry_fixture *f, const struct registry_adapter *adapter);

/* Login n of a user; its tokens are number n * 100 and n * 100 + 50, plus how often it was rotated. */
struct login login_number(const struct registry_fixture *f, unsigned n, unsigned user);
struct login login_rotated(const struct registry_fixture *f, const struct login *l, unsigned n,
                           unsigned times);
bool login_same_tokens(const struct login *a, const struct login *b);

/* A call that has not been submitted; its `done` is NULL when it has been answered. */
struct registry_call registry_call_of(struct registry_fixture *f, enum registry_operation operation,
                                      const struct login *l);
void registry_submit(struct registry_fixture *f, struct registry_call *c);
/* Runs registry and loop until the call is answered, for 20 real seconds at most. False when it is not. */
bool registry_settle(struct registry_fixture *f, const struct registry_call *c);
/* All three, and checks the error. */
struct registry_call registry_ask(struct registry_fixture *f, enum registry_operation operation,
                                  const struct login *l, enum error error);
struct registry_call registry_rotate(struct registry_fixture *f, const struct login *l,
                                     const struct login *next, enum error error);
bool registry_is_online(struct registry_fixture *f, unsigned user);

#define REGISTRY_PORT_PROMISES(X)                                                                            \
    X(created, "a login is live, with its own access token and its own user only; D3.5")                     \
    X(displaced, "a newer login ends the older one of the user at once, and says which; D3.5 D3.9")          \
    X(several, "where several logins are allowed, the oldest one goes; one made again ends none; D3.5")      \
    X(rotated,                                                                                               \
      "a refresh makes a new pair; the old access token is dead, except where any will do; D3.5 D3.7")       \
    X(race, "of two refreshes with one token one wins, and the other gets its pair; D3.7")                   \
    X(grace,                                                                                                 \
      "the previous refresh token answers with the pair already issued, for the grace time only; D3.7")      \
    X(no_grace, "without a grace time the loser of a race is refused; D3.7")                                 \
    X(foreign_refresh, "a refresh token of another login, or made up, rotates nothing; D3.7")                \
    X(expiry, "a login ends by itself; the sweep takes its row away and says which it was; D3.5")            \
    X(expired_displaced,                                                                                     \
      "who logs in again after his login expired is told that the old one ended; D3.5 D3.9")                 \
    X(removed, "logout ends the login that owns the refresh token, and no other; D3.8")                      \
    X(removed_late, "logout with the previous refresh token counts within the grace time; D3.8")             \
    X(revoked, "all logins of a user end at once, and nobody else's; D3.5 D3.9")                             \
    X(spared, "all logins of a user but one end, if that one is asked for; D4.2")                            \
    X(made_again,                                                                                            \
      "a login that is made a second time, or a rotation asked a second time, is as if asked once; D3.7")    \
    X(told_again,                                                                                            \
      "a call that is asked again, as after a lost answer, says again what it ended, and whose; D3.8 D3.9")

#define X(name, promise) void registry_port_##name(const struct registry_adapter *adapter);
REGISTRY_PORT_PROMISES(X)
#undef X

#endif
