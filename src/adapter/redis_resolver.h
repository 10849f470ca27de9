/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_resolver.h - names to addresses on a thread of their own: the system's resolver blocks, and
 * who waits for it meanwhile has calls to answer (design.md section 5).
 */
#ifndef PARLEY_ADAPTER_REDIS_RESOLVER_H
#define PARLEY_ADAPTER_REDIS_RESOLVER_H

#include "base/service.h"

enum {
    LOOKUP_ADDRESSES = 4,
    LOOKUP_TEXT = 48 /* a numeric address and its NUL */
};

/* One question, asked again and again by its owner. */
struct redis_lookup {
    struct mail mail;
    struct service *home; /* where the answer is read */
    const char *host;     /* borrowed while `pending` */
    bool pending;
    size_t count; /* of addresses; 0: none was found, */
    char text[LOOKUP_ADDRESSES][LOOKUP_TEXT];
    const char *why; /* for this reason: constant text */
};

struct redis_resolver {
    struct service service;
};

/* Without a thread; service_start(&r->service) gives it one, or the owner calls its step(). */
void redis_resolver_init(struct redis_resolver *r);
/* `l->pending` until the home service runs the answer. */
void redis_resolver_ask(struct redis_resolver *r, struct redis_lookup *l);

#endif
