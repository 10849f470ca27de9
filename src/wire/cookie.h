/* SPDX-License-Identifier: MIT
 *
 * wire/cookie.h - the Cookie field, RFC 6265 4.2.1.
 *
 * Cookies of other programs on the same host may be odd: a pair that does not follow the grammar is passed
 * over, up to the next ";" and no further, which is where every browser ends it too.
 */
#ifndef PARLEY_WIRE_COOKIE_H
#define PARLEY_WIRE_COOKIE_H

#include "base/slice.h"

/* The next well-formed pair; a value in quotes comes without them. False at the end. Begin with *rest = the
 * field's value. */
bool cookie_next(struct slice *rest, struct slice *name, struct slice *value);
/* The value of the first cookie of that name, case respected; false, and *value untouched, without one. */
bool cookie_find(struct slice header, struct slice name, struct slice *value);

/* What Set-Cookie may carry (RFC 6265 4.1.1): a token and cookie-octets; a path without ";" and control
 * octets. */
bool cookie_is_pair(struct slice name, struct slice value);
bool cookie_is_path(struct slice path);

#endif
