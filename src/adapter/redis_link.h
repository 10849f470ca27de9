/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_link.h - one connection to Redis that comes back by itself: looked up, connected, greeted
 * (AUTH, SELECT, scripts), and after each loss tried again with growing pauses.
 *
 * Knows nothing of logins. What is sent is answered in order by handlers.reply, or not at all when
 * handlers.down comes first; what then becomes of unanswered commands is the owner's business. A connection
 * that comes back first makes Redis close the one before it (CLIENT KILL), so that a command that was given
 * up cannot run later than one that is sent now.
 *
 * Of hiredis it uses a context that does not block, its formatting and its reader (docs/decisions/0009 says
 * why not the asynchronous API). Nothing here blocks. One thread; SIGPIPE must be ignored.
 */
#ifndef PARLEY_ADAPTER_REDIS_LINK_H
#define PARLEY_ADAPTER_REDIS_LINK_H

#include <hiredis/hiredis.h>

#include "adapter/redis_address.h"
#include "adapter/redis_resolver.h"
#include "base/clock.h"

struct redis_link;

struct redis_handlers {
    void (*up)(struct redis_link *);                        /* commands may be sent */
    void (*reply)(struct redis_link *, const redisReply *); /* to the oldest command */
    void (*down)(struct redis_link *);                      /* was up, and is no more */
};

struct redis_link_options {
    const char *name; /* of the connection in CLIENT LIST, and in reports */
    const struct redis_address *address;
    struct redis_resolver *resolver;
    struct service *home; /* whose step() calls redis_link_step() */
    const struct random *random;
    const char *const *scripts; /* loaded before it is up */
    size_t script_count;
    int64_t connect_timeout;         /* microseconds for connecting and greeting */
    int64_t pause_least, pause_most; /* microseconds before a new attempt */
    const struct redis_handlers *handlers;
    /* When it is lost or cannot be had, once, and when it is there again; may be NULL. */
    void (*report)(void *to, const char *what, const char *detail);
    void *report_to;
};

enum redis_link_state {
    REDIS_LINK_DOWN,     /* until retry_at */
    REDIS_LINK_LOOKUP,   /* the name is being looked up */
    REDIS_LINK_GREETING, /* connecting, or greetings not answered yet */
    REDIS_LINK_UP,
};

enum { REDIS_LINK_WHY = 160 };

struct redis_link {
    unsigned magic;
    struct redis_link_options options;
    enum redis_link_state state;
    redisContext *context; /* GREETING, UP */
    struct redis_lookup lookup;
    char database[12];
    int64_t now, retry_at, deadline;
    int64_t down_since; /* when it was last up; before that when it was made */
    unsigned failures;  /* attempts since a command last went well */
    size_t greeting;    /* the next one to be answered */
    char self[2][80];   /* "id" and "addr" of this connection or the last one, as Redis knows them */
    bool doomed;        /* the next step gives it up: */
    char why[REDIS_LINK_WHY];
    uint64_t losses; /* how often it was up and went down */
};

void redis_link_init(struct redis_link *l, const struct redis_link_options *options, int64_t now);
/* Closes it without a word. A look-up must not be pending: stop the resolver first. */
void redis_link_release(struct redis_link *l);
/* Does what can be done without waiting. */
void redis_link_step(struct redis_link *l, int64_t now);

static inline bool redis_link_is_up(const struct redis_link *l)
{
    return l->state == REDIS_LINK_UP && !l->doomed;
}

/* While it is up. False when there is no memory for it: the link is given up then. */
bool redis_link_send(struct redis_link *l, const struct slice *words, size_t count);
/* Gives the connection up at the next step, for this reason. */
void redis_link_drop(struct redis_link *l, const char *why);

/* For poll(): its descriptor (-1: none) and whether it waits to write; and when step() is wanted in any
 * case. */
int redis_link_descriptor(const struct redis_link *l, bool *wants_to_write);
int64_t redis_link_wake_at(const struct redis_link *l);

#endif
