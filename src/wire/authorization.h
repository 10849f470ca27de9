/* SPDX-License-Identifier: MIT
 *
 * wire/authorization.h - bearer credentials: RFC 6750 2.1 over RFC 9110 11.4. Knows nothing of what a token
 * is.
 */
#ifndef PARLEY_WIRE_AUTHORIZATION_H
#define PARLEY_WIRE_AUTHORIZATION_H

#include "base/slice.h"

/* "Bearer" (case ignored) 1*SP token68, and nothing else; false otherwise, and *token untouched. Serves the
 * field of HTTP and the `Authorization` header of a STOMP CONNECT alike. */
bool authorization_bearer(struct slice value, struct slice *token);

#endif
