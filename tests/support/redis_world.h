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

enum { WORLD_EVENTS = 2048, WORLD_REPORTS = 16 };

struct redis_told {
    struct uuid logins[WORLD_EVENTS];
    size_t count; /* of which the last WORLD_EVENTS are kept */
};

struct redis_instance {
    struct registry_watcher watcher;
    struct redis_registry registry;
    struct redis_told ended, live; /* what it was told, in this order */
    char reports[WORLD_REPORTS][128];
    size_t report_count;
};

/* The server, started when it is first asked for. */
struct redis_server *redis_world_server(void);
/* An instance over it; `change` may alter the options first, or be NULL. */
void redis_instance_open(struct redis_instance *i, struct registry_fixture *f,
                         void (*change)(struct redis_options *));
void redis_instance_close(struct redis_instance *i);
/* Does something, or waits a moment for something to do. */
void redis_instance_step(struct redis_instance *i);
bool redis_was_told(const struct redis_told *told, const struct uuid *login);
/* Is there a report with this in it? */
bool redis_instance_reported(const struct redis_instance *i, const char *part);

/* A struct registry_adapter over an empty database. The fixture's `adapter` is a struct redis_instance. */
void redis_world_open(struct registry_fixture *f);
void redis_world_close(struct registry_fixture *f);
void redis_world_set_live(struct registry_fixture *f, unsigned live);

/* Two instances over an empty database, with a clock that goes on by a millisecond with each step, and
 * faster while there is no Redis that could answer. */
struct redis_pair {
    struct registry_fixture f; /* its registry is that of instances[0] */
    struct redis_instance instances[2];
};

void redis_pair_open(struct redis_pair *p, void (*change)(struct redis_options *));
void redis_pair_close(struct redis_pair *p);
/* The fixture's calls go to this instance from now on. */
void redis_pair_use(struct redis_pair *p, int instance);
void redis_pair_step(struct redis_pair *p);

/* Steps until `condition` holds, for a great many steps at most; fails when it does not. */
#define PAIR_UNTIL(p, condition)                                                                             \
    do {                                                                                                     \
        for (int steps_ = 0; steps_ < 10000 && !(condition); steps_++)                                       \
            redis_pair_step(p);                                                                              \
        CHECK(condition);                                                                                    \
    } while (0)

#endif
