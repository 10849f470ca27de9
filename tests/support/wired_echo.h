/* SPDX-License-Identifier: MIT
 *
 * tests/support/wired_echo.h - the protocol that most tests of a worker serve: what comes goes back.
 */
#ifndef PARLEY_TESTS_WIRED_ECHO_H
#define PARLEY_TESTS_WIRED_ECHO_H

#include "support/wired.h"

enum { ECHO_PAUSE = 64 << 10 };

/* Sends back what comes, and stops reading while the peer does not. */
static inline size_t echo_input(struct connection *c, unsigned char *octets, size_t len)
{
    wired_push(c, slice_of(octets, len));
    connection_want_drained(c);
    if (c->out.bytes > ECHO_PAUSE)
        connection_pause(c);
    return len;
}

static inline void echo_drained(struct connection *c)
{
    connection_resume(c);
    if (c->input_ended)
        connection_finish(c);
}

static inline void echo_ended(struct connection *c)
{
    if (outq_is_empty(&c->out))
        connection_finish(c);
}

static inline int64_t echo_deadline(struct connection *c, int64_t now)
{
    (void)now;
    if (wired_of(c)->wake_after != 0)
        wired_push(c, SLICE("tick"));
    return TIMERS_NEVER;
}

static inline void abort_for(struct connection *c, enum error why)
{
    connection_abort(c, why);
}

static const struct protocol echo = {.name = "echo",
                                     .is_stream = true,
                                     .input = echo_input,
                                     .deadline = echo_deadline,
                                     .drained = echo_drained,
                                     .fail = abort_for,
                                     .ended = echo_ended,
                                     .leave = connection_finish,
                                     .release = wired_release};

#endif
