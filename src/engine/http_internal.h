/* SPDX-License-Identifier: MIT
 *
 * engine/http_internal.h - what the files of the HTTP engine share: http.c reads, http_answer.c answers.
 */
#ifndef PARLEY_ENGINE_HTTP_INTERNAL_H
#define PARLEY_ENGINE_HTTP_INTERNAL_H

#include "engine/http.h"

bool http_is_spoken(const struct connection *c);
/* The exchange that is under way; there must be one. */
struct http_exchange *http_exchange_of(const struct connection *c);
/* Back to nothing between two requests, or before another protocol takes over. */
void http_exchange_end(struct connection *c);
/* Steps the machine and does what it asks for, which may end the exchange. */
void http_step(struct connection *c, enum http_event event);

#endif
