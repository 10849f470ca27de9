// SPDX-License-Identifier: MIT
#include "support/redis_world.h"

#include <stdlib.h>

static struct redis_server server;

static void stop_server(void)
{
    redis_server_stop(&server);
}

struct redis_server *redis_world_server(void)
{
    if (server.port == 0) {
        redis_server_start(&server, "tests \"pass word\"");
        (void)atexit(stop_server);
    }
    return &server;
}

static void on_live(struct registry_watcher *w, const struct login *l)
{
    struct redis_instance *i = CONTAINER_OF(w, struct redis_instance, watcher);
    i->live[i->live_count++ % WORLD_EVENTS] = l->id;
}

static void on_ended(struct registry_watcher *w, const struct uuid *user, const struct uuid *login)
{
    struct redis_instance *i = CONTAINER_OF(w, struct redis_instance, watcher);
    CHECK(!uuid_is_nil(user));
    i->ended[i->ended_count++ % WORLD_EVENTS] = *login;
}

void redis_instance_open(struct redis_instance *i, struct registry_fixture *f,
                         void (*change)(struct redis_options *))
{
    struct redis_server *s = redis_world_server();
    struct redis_options options = redis_defaults;
    struct problem why;
    memset(i, 0, sizeof *i);
    i->watcher = (struct registry_watcher){on_live, on_ended};
    options.address.port = s->port;
    memcpy(options.address.password, s->password, sizeof s->password);
    options.address.database = 1;
    options.logins = (struct registry_options){f->live, f->grace};
    options.watcher = &i->watcher;
    if (change != NULL)
        change(&options);
    bool opened = redis_registry_open(&i->registry, &options, &f->clock, &random_system, &why);
    assert(opened);
}

void redis_instance_close(struct redis_instance *i)
{
    redis_registry_close(&i->registry);
}

void redis_instance_step(struct redis_instance *i)
{
    redis_registry_step(&i->registry);
    redis_registry_wait(&i->registry, 2);
}

bool redis_instance_was_told(const struct uuid *told, size_t count, const struct uuid *login)
{
    for (size_t i = 0; i < count && i < WORLD_EVENTS; i++) {
        if (uuid_equals(&told[i], login))
            return true;
    }
    return false;
}

static void step(struct registry_fixture *f)
{
    redis_instance_step(f->adapter);
}

void redis_world_open(struct registry_fixture *f)
{
    static struct redis_instance instance;
    (void)redis_server_say(redis_world_server(), "FLUSHALL");
    redis_instance_open(&instance, f, NULL);
    f->registry = &instance.registry.port;
    f->step = step;
    f->adapter = &instance;
}

void redis_world_close(struct registry_fixture *f)
{
    redis_instance_close(f->adapter);
}

void redis_world_set_live(struct registry_fixture *f, unsigned live)
{
    struct redis_instance *i = f->adapter;
    i->registry.dialect.logins.live = live;
}
