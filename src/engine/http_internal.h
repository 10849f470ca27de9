/* SPDX-License-Identifier: MIT
 *
 * engine/http_internal.h - what the files of the HTTP engine share: http.c is the life of an exchange and reads
 * heads, http_body.c reads bodies, http_answer.c answers.
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
/* The request as it is handed up; `head` are the octets of its head, as in what follows. */
struct http_request http_request_of(const struct http_exchange *x, const unsigned char *head,
                                    struct slice body);
/* Hands a whole request up. */
void http_dispatch(struct connection *c, const unsigned char *head, struct slice body);
/* The request is broken: refuses it. Returns len, since nothing behind it is read. */
size_t http_bad(struct connection *c, enum error error, const unsigned char *head, size_t len);

/* http_body.c: all take octets of a body as struct protocol's input() does. */

/* octets[0..len): the head, and what came with it of the body: asks what is to become of that, and begins. */
size_t http_body_offer(struct connection *c, unsigned char *octets, size_t len);
size_t http_body_gather(struct connection *c, unsigned char *octets, size_t len);
size_t http_body_stream(struct connection *c, unsigned char *octets, size_t len);
/* Until when the peer of a streamed body has time; not later than `now`: his time is over. */
int64_t http_body_deadline(struct connection *c, int64_t now);

#endif
