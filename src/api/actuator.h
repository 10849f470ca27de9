/* SPDX-License-Identifier: MIT
 *
 * api/actuator.h - what an operator may ask over HTTP (discodeit.md 13.3; docs/operations.md): is it well, what is
 * it, what has it counted.
 *
 * The program fills this in before the first request; nothing of it changes afterwards. Its functions are called
 * on any worker's thread, tell what is known at this moment, and wait for nothing.
 */
#ifndef PARLEY_API_ACTUATOR_H
#define PARLEY_API_ACTUATOR_H

#include "base/buf.h"
#include "base/metrics.h"

/* Something the program stands on. */
struct health_part {
    const char *name;
    bool for_readiness; /* while it is down, requests had better go elsewhere */
    /* Is it up? Appends what else is to be said of it, as members of a JSON object; perhaps nothing. */
    bool (*look)(void *context, struct buf *details);
};

struct actuator {
    const struct health_part *parts;
    size_t part_count;
    bool shows_details;              /* /actuator/health tells of its parts */
    bool (*is_alive)(void *context); /* do all loops turn? NULL: yes */
    struct metrics metrics;          /* `now` is filled in when they are looked at */
    void *context;                   /* for look() and is_alive() */
    const char *version, *compiler, *store, *logins, *level;
};

#endif
