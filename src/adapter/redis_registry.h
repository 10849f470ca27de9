/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_registry.h - struct registry in Redis: the logins of many instances (discodeit.md 3.5 to 3.9,
 * 12.2; design.md section 5). The keys stand in docs/redis.md.
 *
 * Two connections, served by one thread: commands, pipelined in the order of the calls, and the feed of what
 * other instances do. A call that cannot be answered yet waits `timeout` at most and is sent again when the
 * connection comes back; when Redis has been away for longer than that, it is refused at once. Meanwhile a
 * login that Redis called live at most `trust` ago passes REGISTRY_VERIFY; whatever else is
 * ERR_SERVICE_UNAVAILABLE, and ends nothing.
 *
 * Either redis_registry_start() gives it its threads, or the owner calls redis_registry_step(). Any thread
 * submits.
 */
#ifndef PARLEY_ADAPTER_REDIS_REGISTRY_H
#define PARLEY_ADAPTER_REDIS_REGISTRY_H

#include "adapter/redis_doubts.h"
#include "adapter/redis_feed.h"
#include "adapter/redis_trust.h"

/* All times in microseconds. */
struct redis_options {
    struct redis_address address;
    const char *prefix; /* of all keys; at most REDIS_PREFIX characters */
    struct registry_options logins;
    int64_t timeout;                  /* a call waits so long, and so does who connects */
    int64_t trust;                    /* an answer of Redis' counts so long where it cannot be asked again */
    int64_t patience;                 /* Redis holds a question for news so long */
    int64_t list_interval;            /* the live logins are listed so often */
    unsigned queue;                   /* calls that wait for Redis; more are refused */
    unsigned trusted;                 /* logins that are remembered for `trust` */
    struct registry_watcher *watcher; /* told on the registry's thread */
    /* One line about an outage, or about its end. Called on the registry's thread. NULL: nobody listens. */
    void (*report)(void *to, const char *what, const char *detail);
    void *report_to;
};

/* localhost, prefix "parley:", timeout 2 s, trust 30 s, patience 5 s, list 5 min, queue 4096, trusted 65536;
 * no watcher yet */
extern const struct redis_options redis_defaults;

/* Any thread reads them. */
struct redis_counters {
    _Atomic bool is_up;                   /* commands can be asked */
    _Atomic bool is_feed_current;         /* what other instances end is learned within a moment */
    _Atomic uint64_t calls;               /* that were answered, one way or another */
    _Atomic uint64_t losses, feed_losses; /* of connections that were up */
    _Atomic uint64_t lists;               /* how often all live logins have been told to the watcher */
    _Atomic uint64_t timeouts;            /* calls that waited in vain */
    _Atomic uint64_t refused;             /* calls refused at once: the queue was full, or Redis away */
    _Atomic uint64_t failures;            /* commands that Redis answered with an error */
    _Atomic uint64_t trusted;             /* REGISTRY_VERIFYs answered without Redis */
};

struct redis_pending {
    struct registry_call *call;
    int64_t deadline;
};

struct redis_registry {
    struct registry port;
    unsigned magic;
    struct redis_options options;
    const struct clock *clock;
    struct service service;
    int wakeups; /* an eventfd */
    struct redis_resolver resolver;
    struct redis_dialect dialect;
    struct redis_link link;
    struct redis_feed feed;
    struct registry_watcher watcher; /* of the feed, in front of the owner's */
    struct redis_trust trust;
    struct redis_pending *pending; /* a ring of options.queue: */
    unsigned first, count;         /* those that wait, oldest first, */
    unsigned sent;                 /* of which so many have been sent */
    struct redis_doubts doubts;
    int64_t report_at; /* when the next failure may be reported */
    struct redis_counters counters;
};

/* False with a problem, and nothing held, when there is no memory or descriptor. Whether there is a Redis
 * shows later: it may come and go. `options` is copied; clock and random must outlive it. */
bool redis_registry_open(struct redis_registry *r, const struct redis_options *options,
                         const struct clock *clock, const struct random *random, struct problem *why);
/* False when a thread cannot be had; close all the same. */
bool redis_registry_start(struct redis_registry *r);
/* Without threads: does what can be done at once. */
void redis_registry_step(struct redis_registry *r);
/* Waits, `most` milliseconds at the longest, until there is something to do. */
void redis_registry_wait(struct redis_registry *r, int most);
/* Ends the threads; calls that still wait are answered ERR_SERVICE_UNAVAILABLE. Nobody submits any more; the
 * loops of the calls must still be there. */
void redis_registry_close(struct redis_registry *r);

#endif
