/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/trace.h - what happened in a run, act by act: a hash of all of it, always; the last acts,
 * for a run that fails; every act as a line, if asked for.
 *
 * An act is a row of the table and a few numbers, so that a run that nobody looks at formats nothing. In the
 * words of a row %a and %b stand for the numbers, %s for the text.
 */
#ifndef PARLEY_TESTS_SIM_TRACE_H
#define PARLEY_TESTS_SIM_TRACE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#define TRACE_TABLE(X)                                                                                       \
    X(PLAN, "the run begins: %a workers, %b people; %s")                                                     \
    X(PHASE, "---- %s")                                                                                      \
    X(TURN, "takes a turn")                                                                                  \
    X(ACCEPT, "accepts line %a")                                                                             \
    X(READ, "reads %b octets of line %a")                                                                    \
    X(WRITE, "writes %b octets to line %a")                                                                  \
    X(CLOSED, "has closed line %a (%s)")                                                                     \
    X(MEMORY, "allocation number %b from now fails, in line %a")                                             \
    X(STARVES, "allocation number %b from now fails, in %s")                                                 \
    X(STALL, "is held up for %a microseconds")                                                               \
    X(WRITER, "the store commits what waits: %a batches")                                                    \
    X(READER, "the store reads for %a batches")                                                              \
    X(STORE_FAULT, "the store fails: %s")                                                                    \
    X(COMMITTED, "event %b of channel %a is committed: %s")                                                  \
    X(PLACED, "gets event %b of the log placed on its lane")                                                 \
    X(ANSWER, "the store's answer goes home (write %a, error %b)")                                           \
    X(CHECKED, "the right to channel %a is found, head %b (%s)")                                             \
    X(LOGIN_ENDED, "login %s is gone from the registry")                                                     \
    X(CONNECTS, "opens line %a, to worker %b")                                                               \
    X(ASKS, "asks %s on line %a")                                                                            \
    X(ANSWERED, "is answered %a (%s)")                                                                       \
    X(SAYS, "sends %s, frame %a of session %b")                                                              \
    X(RECEIVES, "gets message %b of channel %a, as subscription %s")                                         \
    X(HEARS, "hears transient %b of topic %a")                                                               \
    X(GETS, "gets %s, session %a")                                                                           \
    X(TAKES, "takes %b octets of line %a")                                                                   \
    X(CUTS, "cuts line %a, %s")                                                                              \
    X(FREEZES, "stops reading for %a microseconds (-1: for good)")                                           \
    X(THAWS, "reads again")                                                                                  \
    X(REVOKES, "loses its place in channel %a")                                                              \
    X(TOLD, "is told of SEND %a")                                                                            \
    X(READ_NOTICES, "everybody reads what he was told")                                                      \
    X(JUMP, "the wall clock jumps by %a microseconds")                                                       \
    X(RESTART, "the process ends (%s)")                                                                      \
    X(STARTED, "the process starts anew")                                                                    \
    X(FOLLOWS, "follows channel %a from position %b")                                                        \
    X(FOLLOWED, "is given event %b of channel %a")                                                           \
    X(UNFOLLOWS, "leaves channel %a at position %b")                                                         \
    X(CHECK, "the oracles compare: %s")

enum trace_kind {
#define X(name, words) TRACE_##name,
    TRACE_TABLE(X)
#undef X
};

/* Who: workers, clients and followers are counted from 1; 0: nobody. */
struct trace_act {
    uint8_t kind;
    uint8_t worker, client, follower;
    int64_t at, a, b;
    char text[40];
};

enum { TRACE_KEPT = 64 };

struct trace {
    bool aloud; /* every act is printed */
    uint64_t hash, count;
    struct trace_act last[TRACE_KEPT];
};

struct trace_words {
    unsigned worker, client, follower;
    int64_t a, b;
    const char *text;
};

void trace_init(struct trace *t, bool aloud);
void trace_note(struct trace *t, int64_t at, enum trace_kind kind, struct trace_words words);
/* The last acts, unless all were printed already. */
void trace_print_last(const struct trace *t, FILE *to);

#endif
