/* SPDX-License-Identifier: MIT
 *
 * main/logins.h - where the logins are: in the store, or in Redis when the configuration names one. In Redis
 * other instances share them, so what ends there ends sockets here.
 */
#ifndef PARLEY_MAIN_LOGINS_H
#define PARLEY_MAIN_LOGINS_H

#include "adapter/redis_registry.h"
#include "adapter/store_registry.h"
#include "api/api.h"
#include "base/logger.h"
#include "main/config.h"
#include "main/stores.h"

struct logins {
    struct registry *registry;
    bool is_shared; /* with other instances: in Redis */
    struct store_registry stored;
    struct redis_registry redis;
    /* Of the shared ones: who is told what happens to them. */
    struct registry_watcher watcher;
    struct presence *presence;
    struct api *api;
};

/* False with a problem when what the configuration says of Redis makes no sense, or there is nothing to be
 * had. That Redis does not answer is no problem. */
bool logins_open(struct logins *l, const struct config *config, const struct stores *stores,
                 struct logger *logger, struct problem *why);
/* Begins to follow what other instances do: with the first of them known to `presence` when it returns,
 * unless Redis does not answer. False when there is no thread to be had. */
bool logins_start(struct logins *l, struct presence *presence, struct api *api);
/* The workers have stopped; their loops are still there. */
void logins_close(struct logins *l);

#endif
