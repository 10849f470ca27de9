/* SPDX-License-Identifier: MIT
 *
 * tests/support/store_port_test.h - what every struct store must do, written against log/port.h alone, so
 * that each adapter (and each simulated store) runs the same tests.
 *
 * An adapter's test file gives a struct store_adapter and names it in STORE_PORT_TESTS. The store has the
 * tables of the log and `channels` (schema/sql).
 */
#ifndef PARLEY_TESTS_STORE_PORT_TEST_H
#define PARLEY_TESTS_STORE_PORT_TEST_H

#include "base/clock.h"
#include "base/loop.h"
#include "log/port.h"

enum { FIXTURE_EVENTS = 256 };

/* A store with a clock that the test moves, a worker's loop, and a publisher that remembers. */
struct store_fixture {
    struct clock clock;
    struct random random;
    int64_t wall, mono;
    uint64_t seed;
    struct loop home;
    struct publisher publisher;
    struct event *published[FIXTURE_EVENTS];
    size_t published_count;
    /* How many events had been published when an answer came to an empty mailbox. */
    size_t published_at_answer;
    size_t answers;                                                   /* of all attempts */
    void (*on_publish)(struct store_fixture *, const struct event *); /* may be NULL */
    /* Set by the adapter. */
    struct store *store;
    void (*step)(struct store_fixture *);
    void *adapter;
};

struct store_adapter {
    void (*open)(struct store_fixture *);
    void (*close)(struct store_fixture *);
};

/* Without the store: for tests of one adapter alone. */
void store_fixture_init(struct store_fixture *f);
void store_fixture_release(struct store_fixture *f);
/* Runs the store and the loop until all that was submitted is answered. */
void store_fixture_settle(struct store_fixture *f);

/* One batch of a test, with what became of it. */
struct attempt {
    struct store_fixture *fixture;
    struct arena arena;
    struct batch batch;
    struct uuid id;
    int answers;        /* how often done() has run */
    size_t answered_as; /* its place among all answers, from 1 */
};

void attempt_init(struct attempt *a, struct store_fixture *f, enum batch_kind kind, size_t memory);
void attempt_release(struct attempt *a);
void attempt_submit(struct attempt *a);
/* Makes the channel `id` and announces it on `stream` at the fixture's time, unless `allowed` is false. */
void attempt_announce(struct attempt *a, struct store_fixture *f, const char *stream, unsigned id,
                      bool allowed);
/* The same, not yet submitted: more may be added. */
void attempt_prepare(struct attempt *a, struct store_fixture *f, const char *stream, unsigned id,
                     bool allowed);
/* Where the first event came to stand; 0 if nowhere. */
uint64_t attempt_seq(const struct attempt *a);
/* The uuid that stands for n in all these tests. */
struct uuid uuid_number(unsigned n);

/* Step of a batch whose statement violates a constraint. */
extern const struct statement ATTEMPT_VIOLATE;
/* ?1 limit -> every channel's id and name, in the order of ids */
extern const struct statement ATTEMPT_CHANNELS;
extern const struct statement ATTEMPT_COUNT;

#define STORE_PORT_PROMISES(X)                                                                               \
    X(order, "commit order, seq and time of a stream are one gap-free order, which is published; G2 G3")     \
    X(time_rises, "time rises strictly while the clock stands still or jumps back; G3 D6.3")                 \
    X(refusal, "a refused change takes no place, is not published, and is no error; G2 G3")                  \
    X(repeated, "a repeated batch is already done: same place, nothing raised; G2")                          \
    X(two_events, "two events of one stream in one batch get consecutive places; G3")                        \
    X(refused_first, "a refused event leaves the stream to the next one of its batch; G2 G3")                \
    X(two_streams, "each stream has its own places, whatever the order of declaration; G3")                  \
    X(failure_alone, "a batch that fails writes nothing, publishes nothing, and spoils no other; G1 G2")     \
    X(later_failure, "a step that fails undoes the steps and the events before it; G2")                      \
    X(answered_after, "a batch is answered once, at home, after its events were published; G1 G2")           \
    X(values, "every kind of value comes back as it went in")                                                \
    X(many_rows, "rows beyond what fits the arena are an error that writes nothing; G5")                     \
    X(replay, "the log is read back in order from any place; G4")                                            \
    X(unknown_stream, "a stream without events has no head, and reading it gives nothing; G4")               \
    X(expiry, "old rows leave in order and bounded portions; places stay")

#define X(name, promise) void store_port_##name(const struct store_adapter *adapter);
STORE_PORT_PROMISES(X)
#undef X

#endif
