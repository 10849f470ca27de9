/* SPDX-License-Identifier: MIT
 *
 * wire/stomp_dialect.h - the versions of STOMP, as far as they differ on the wire (protocols.md 3.1).
 */
#ifndef PARLEY_WIRE_STOMP_DIALECT_H
#define PARLEY_WIRE_STOMP_DIALECT_H

/* In ascending order. */
enum stomp_dialect { STOMP_1_0, STOMP_1_1, STOMP_1_2, STOMP_DIALECTS };

#endif
