/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_address.h - where a Redis is and how to enter:
 * redis://[[user]:password@]host[:port][/database] (the URI scheme that is registered for it; authority by
 * RFC 3986 3.2).
 */
#ifndef PARLEY_ADAPTER_REDIS_ADDRESS_H
#define PARLEY_ADAPTER_REDIS_ADDRESS_H

#include "adapter/problem.h"
#include "base/slice.h"

/* Texts are NUL-terminated. */
struct redis_address {
    char host[256]; /* a name or a numeric address, without brackets */
    int port;       /* 6379 unless told */
    char user[128]; /* "" unless told */
    char password[512];
    unsigned database; /* 0 unless told; at most 999 999 */
};

/* False with a sentence that does not repeat the address: it may hold a password. */
bool redis_address_parse(struct redis_address *a, struct slice url, struct problem *why);
/* The same of a host and a port that were given apart, and nothing else. */
bool redis_address_compose(struct redis_address *a, const char *host, const char *port, struct problem *why);

#endif
