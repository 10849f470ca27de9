/* SPDX-License-Identifier: MIT
 *
 * bench/parsers/byhand.h - the peer of wire/http1.h: a request head cut into its parts by hand-written code
 * that looks for the end of each part with SSE4.2's string comparison, the technique of the fastest parsers
 * there are.
 *
 * It says where method, target, version, names and values are, and refuses control octets and odd names; it
 * judges nothing (Host, lengths, what to do with the connection),
 * and cannot go on with a head that was cut.
 */
#ifndef PARLEY_BENCH_PARSERS_BYHAND_H
#define PARLEY_BENCH_PARSERS_BYHAND_H

#include "base/slice.h"

enum { BYHAND_FIELDS = 64 };

struct byhand_head {
    struct slice method, target;
    unsigned minor;
    unsigned count;
    struct {
        struct slice name, value;
    } fields[BYHAND_FIELDS];
};

/* False on a processor that cannot do it. */
bool byhand_is_possible(void);
/* The octets of the head, or 0 when it is not whole or not well-formed. */
size_t byhand_parse(struct byhand_head *h, struct slice octets);

#endif
