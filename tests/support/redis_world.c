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

static void note(struct redis_told *told, const struct uuid *login)
{
    told->logins[told->count++ % WORLD_EVENTS] = *login;
}

static void on_live(struct registry_watcher *w, const struct login *l)
{
    note(&CONTAINER_OF(w, struct redis_instance, watcher)->live, &l->id);
}

static void on_ended(struct registry_watcher *w, const struct uuid *user, const struct uuid *login)
{
    CHECK(!uuid_is_nil(user));
    note(&CONTAINER_OF(w, struct redis_instance, watcher)->ended, login);
}

static void on_report(void *to, const char *what, const char *detail)
{
    struct redis_instance *i = to;
    (void)snprintf(i->reports[i->report_count++ % WORLD_REPORTS], sizeof i->reports[0], "%s: %s", what,
                   detail);
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
    options.logins = (struct registry_options){.live = f->live, .grace = f->grace};
    options.watcher = &i->watcher;
    options.report = on_report;
    options.report_to = i;
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

bool redis_was_told(const struct redis_told *told, const struct uuid *login)
{
    for (size_t i = 0; i < told->count && i < WORLD_EVENTS; i++) {
        if (uuid_equals(&told->logins[i], login))
            return true;
    }
    return false;
}

bool redis_instance_reported(const struct redis_instance *i, const char *part)
{
    for (size_t n = 0; n < i->report_count && n < WORLD_REPORTS; n++) {
        if (strstr(i->reports[n], part) != NULL)
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

/* ---- two instances ---- */

static void step_pair(struct registry_fixture *f)
{
    redis_pair_step(f->adapter);
}

static void open_nothing(struct registry_fixture *f)
{
    (void)redis_server_say(redis_world_server(), "FLUSHALL");
    f->step = step_pair;
}

void redis_pair_open(struct redis_pair *p, void (*change)(struct redis_options *))
{
    static const struct registry_adapter nothing = {.open = open_nothing};
    registry_begin(&p->f, &nothing, 1, 10 * SECOND);
    p->f.adapter = p;
    for (int i = 0; i < 2; i++)
        redis_instance_open(&p->instances[i], &p->f, change);
    redis_pair_use(p, 0);
}

void redis_pair_close(struct redis_pair *p)
{
    for (int i = 0; i < 2; i++)
        redis_instance_close(&p->instances[i]);
}

void redis_pair_use(struct redis_pair *p, int instance)
{
    p->f.registry = &p->instances[instance].registry.port;
}

void redis_pair_step(struct redis_pair *p)
{
    bool is_answering = server.pid > 0 && !server.paused;
    int64_t later = (is_answering ? 1 : 20) * MICROSECONDS_PER_MS;
    p->f.mono += later;
    p->f.wall += later;
    redis_registry_step(&p->instances[0].registry);
    redis_registry_step(&p->instances[1].registry);
    redis_registry_wait(&p->instances[0].registry, 1);
    (void)loop_turn(&p->f.home);
}
