/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_feed.h - what other instances do to logins: a connection that reads the stream `feed`
 * (docs/redis.md) as it grows, and after each loss goes on where it was.
 *
 * It begins at the end of the stream; the logins that live by then, and now and then again, it lists. All it
 * learns goes to the registry's watcher. One thread.
 */
#ifndef PARLEY_ADAPTER_REDIS_FEED_H
#define PARLEY_ADAPTER_REDIS_FEED_H

#include "adapter/redis_call.h"
#include "adapter/redis_link.h"

struct redis_feed_options {
    struct redis_link_options link; /* its handlers, scripts and name are the feed's own */
    const struct redis_dialect *dialect;
    struct registry_watcher *watcher;
    int64_t timeout;       /* microseconds an answer may take, */
    int64_t patience;      /* beside those for which Redis waits for something to tell */
    int64_t list_interval; /* microseconds between two lists */
};

enum { REDIS_POSITION = 44 };

struct redis_feed {
    unsigned magic;
    struct redis_link link;
    struct redis_feed_options options;
    char position[REDIS_POSITION]; /* the entry read last; "" before it is known where to begin */
    char cursor[REDIS_POSITION];   /* of the list under way; "" when there is none */
    int64_t list_at;               /* when the next list begins */
    const struct redis_question *asked;
    int64_t asked_until;
    uint64_t lists; /* that were told to their end */
    bool current;   /* it has read since it came up, and nothing can be missing */
};

void redis_feed_init(struct redis_feed *f, const struct redis_feed_options *options, int64_t now);
void redis_feed_release(struct redis_feed *f);
void redis_feed_step(struct redis_feed *f, int64_t now);
int64_t redis_feed_wake_at(const struct redis_feed *f);

#endif
