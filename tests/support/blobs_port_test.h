/* SPDX-License-Identifier: MIT
 *
 * tests/support/blobs_port_test.h - what every struct blobs must do, written against chat/port.h alone, so that any
 * adapter and what tests use in its place run the same tests.
 *
 * A test file gives a struct blobs_adapter and names it for each of BLOBS_PORT_PROMISES.
 */
#ifndef PARLEY_TESTS_BLOBS_PORT_TEST_H
#define PARLEY_TESTS_BLOBS_PORT_TEST_H

#include "chat/port.h"

struct blobs_adapter {
    struct blobs *(*open)(void);   /* with nothing in it; it takes BLOBS_QUEUE calls at a time */
    struct blobs *(*reopen)(void); /* as after a restart */
    void (*step)(void);            /* does what waits, without threads */
    void (*close)(void);
};

enum { BLOBS_QUEUE = 4 };

#define BLOBS_PORT_PROMISES(X)                                                                               \
    X(pieces, "what was appended piece by piece is read piece by piece, from the spool and from its place")  \
    X(empty, "a file may have no octets")                                                                    \
    X(again, "storing, dropping and removing again changes nothing; a piece may be written again")           \
    X(spool, "D8.5: what was stored stays in the spool until it is dropped, and in its place after that")    \
    X(nowhere, "a file that is nowhere is told from one that cannot be had")                                 \
    X(removed, "D8.3: what was removed is in neither; many go in one call")                                  \
    X(listed, "after a restart the spool says what lies in it, in portions")                                 \
    X(kept, "D8.5: what lay in its place is found again there without the spool")                            \
    X(later, "a call is answered at home, once, and never before submit() has returned")                     \
    X(full, "beyond the queue a call is not taken, until one is finished")

#define X(name, promise) void blobs_port_##name(const struct blobs_adapter *adapter);
BLOBS_PORT_PROMISES(X)
#undef X

#endif
