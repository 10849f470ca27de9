/* SPDX-License-Identifier: MIT
 *
 * adapter/postgres_verdict.h - what a SQLSTATE means for the batch that got it. A table of classes; the
 * longest that fits counts.
 */
#ifndef PARLEY_ADAPTER_POSTGRES_VERDICT_H
#define PARLEY_ADAPTER_POSTGRES_VERDICT_H

enum postgres_verdict {
    POSTGRES_WRONG, /* with the statement or its values: trying again would not help */
    POSTGRES_BUSY,  /* may pass, but not at once */
    POSTGRES_AGAIN, /* a conflict with somebody else: worth a second try at once */
    POSTGRES_SPOILT /* the connection is of no use any more; the next one may do it */
};

/* `state`: five characters, or NULL when the client library made the error up, as it does for a lost connection. */
enum postgres_verdict postgres_verdict(const char *state);

#endif
