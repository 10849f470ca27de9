/* SPDX-License-Identifier: MIT
 *
 * wire/accept_version.h - the version negotiation of CONNECT (STOMP 1.2, "Protocol Negotiation"; SL-4, SL-5,
 * ST-22).
 */
#ifndef PARLEY_WIRE_ACCEPT_VERSION_H
#define PARLEY_WIRE_ACCEPT_VERSION_H

#include "base/slice.h"
#include "wire/stomp_dialect.h"

/* A set of dialects: one bit each. */
#define STOMP_SERVES(dialect) (1u << (dialect))

/* Reads a comma list of versions, whose items may have blanks around them, in any order; unknown ones are
 * skipped. The highest one that is also in `served` goes to *agreed; false, and *agreed untouched, when there
 * is none. */
bool accept_version_parse(struct slice value, unsigned served, enum stomp_dialect *agreed);

/* "1.0", "1.1", "1.2": the value of CONNECTED's `version`. Static. */
struct slice stomp_dialect_name(enum stomp_dialect dialect);

#endif
