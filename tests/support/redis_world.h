/* SPDX-License-Identifier: MIT
 *
 * tests/support/redis_world.h - one Redis for a test program, and registries of several instances over it,
 * which the test steps by itself: sockets and Redis are real, the clock is the test's.
 */
#ifndef PARLEY_TESTS_REDIS_WORLD_H
#define PARLEY_TESTS_REDIS_WORLD_H

#include "adapter/redis_registry.h"
#include "support/redis.h"
#include "support/registry_port_test.h"
#include "support/store_port_test.h" /* uuid_number() */

enum { WORLD_EVENTS = 64 };

struct redis_instance {
    struct registry_watcher watcher;
    struct redis_registry registry;
    struct uuid ended[WORLD_EVENTS], live[WORLD_EVENTS]; /* what it was told, in this order */
    size_t ended_count, live_count;
};

/* The server, started when it is first asked for. */
struct redis_server *redis_world_server(void);
/* An instance over it; `change` may alter the options first, or be NULL. */
void redis_instance_open(struct redis_instance *i, struct registry_fixture *f,
                         void (*change)(struct redis_options *));
void redis_instance_close(struct redis_instance *i);
/* Does something, or waits a moment for something to do. */
void redis_instance_step(struct redis_instance *i);
bool redis_instance_was_told(const struct uuid *told, size_t count, const struct uuid *login);

/* A struct registry_adapter over an empty database. The fixture's `adapter` is a struct redis_instance. */
void redis_world_open(struct registry_fixture *f);
void redis_world_close(struct registry_fixture *f);
void redis_world_set_live(struct registry_fixture *f, unsigned live);

#endif
