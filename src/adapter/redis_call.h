/* SPDX-License-Identifier: MIT
 *
 * adapter/redis_call.h - a call of the registry as a command to Redis, and the reply as its result. What the
 * keys and scripts mean stands in docs/redis.md and schema/redis.
 *
 * Every command may be sent again when its answer was lost: ids are made before the first try, and the
 * scripts know what they have done already. Pure: no connection, no time but the call's.
 */
#ifndef PARLEY_ADAPTER_REDIS_CALL_H
#define PARLEY_ADAPTER_REDIS_CALL_H

#include <hiredis/hiredis.h>

#include "adapter/redis_scripts.h"
#include "adapter/store_registry.h"

enum {
    REDIS_PREFIX = 32, /* characters of a prefix of keys, at most, without its NUL */
    REDIS_SHA1 = 40,
    REDIS_WORDS = 16,
    REDIS_WORD = REDIS_PREFIX + 48
};

/* The words of one command, and the room in which some of them are written. Borrowed until it is sent. */
struct redis_command {
    struct slice words[REDIS_WORDS];
    size_t count, written;
    char texts[REDIS_WORDS][REDIS_WORD];
};

/* What all calls of a registry have in common. */
struct redis_dialect {
    struct registry_options logins;
    char prefix[REDIS_PREFIX + 1];
    char sha1[REDIS_SCRIPTS][REDIS_SHA1]; /* by which EVALSHA knows the scripts */
};

void redis_dialect_init(struct redis_dialect *d, const struct registry_options *logins, const char *prefix);

void redis_command_add(struct redis_command *c, struct slice word);
/* Appends prefix + name. */
void redis_command_key(struct redis_command *c, const struct redis_dialect *d, const char *name);
void redis_command_number(struct redis_command *c, int64_t n);

/* A call that was given up, done or not, and must be settled: of a rotation nobody was told the new pair, and a logout
 * was answered as if it had been done (discodeit.md 3.8). */
struct redis_doubt {
    enum registry_operation operation; /* REGISTRY_ROTATE, REGISTRY_REMOVE */
    struct uuid call, login;
    struct uuid presented, refresh; /* `jti` of the refresh token it came with, and of a rotation's new one */
    int64_t now;                    /* of the call */
};

/* Takes a rotation back if it was done, and does a logout if it was not; may be asked any number of times. */
void redis_doubt_ask(const struct redis_dialect *d, const struct redis_doubt *doubt, int64_t now,
                     struct redis_command *command);

/* The command that asks what the call asks. */
void redis_call_ask(const struct redis_dialect *d, const struct registry_call *call,
                    struct redis_command *command);
/* Fills in the call's results. ERR_SERVICE_UNAVAILABLE when the reply is an error or not what the command
 * gives. */
enum error redis_call_take(struct registry_call *call, const redisReply *reply);

/* The text of a reply; SLICE_NONE when it is none. */
static inline struct slice redis_text(const redisReply *r)
{
    return r->type == REDIS_REPLY_STRING ? slice_of(r->str, r->len) : SLICE_NONE;
}

/* Decimal digits that fit an int64_t. */
bool redis_number(const redisReply *r, int64_t *n);

#endif
