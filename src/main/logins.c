// SPDX-License-Identifier: MIT
#include "main/logins.h"

#include <time.h>

#include "base/object.h"

static void report(void *to, const char *what, const char *detail)
{
    struct log_field fields[] = {{"what", slice_from_string(what)}, {"detail", slice_from_string(detail)}};
    logger_write(to, LOG_WARNING, "redis", fields, ARRAY_LEN(fields));
}

/* ---- what other instances do ---- */

static void on_live(struct registry_watcher *w, const struct login *login)
{
    struct logins *l = CONTAINER_OF(w, struct logins, watcher);
    (void)presence_put(l->presence, &login->user, &login->id, login->expires,
                       clock_system.wall(&clock_system));
}

static void on_ended(struct registry_watcher *w, const struct uuid *user, const struct uuid *login)
{
    struct logins *l = CONTAINER_OF(w, struct logins, watcher);
    presence_end(l->presence, user, login, clock_system.wall(&clock_system));
    api_end_logins(l->api, login, 1);
}

/* ---- opening and closing ---- */

static bool is_wanted(const struct config *c)
{
    return c->redis_url[0] != '\0' || c->redis_host[0] != '\0';
}

static bool read_address(const struct config *c, struct redis_address *address, struct problem *why)
{
    if (c->redis_url[0] != '\0')
        return redis_address_parse(address, slice_from_string(c->redis_url), why);
    return redis_address_compose(address, c->redis_host, c->redis_port, why);
}

static bool open_redis(struct logins *l, const struct config *config, const struct registry_options *logins,
                       struct logger *logger, struct problem *why)
{
    struct redis_options options = redis_defaults;
    options.logins = *logins;
    options.timeout = config->redis_timeout * MICROSECONDS_PER_MS;
    options.list_interval = config->login_sweep * MICROSECONDS_PER_MS;
    options.watcher = &l->watcher;
    options.report = report;
    options.report_to = logger;
    return read_address(config, &options.address, why) &&
           redis_registry_open(&l->redis, &options, &clock_system, &random_system, why);
}

bool logins_open(struct logins *l, const struct config *config, const struct stores *stores,
                 struct logger *logger, struct problem *why)
{
    struct registry_options options = registry_defaults;
    *l = (struct logins){.is_shared = is_wanted(config), .watcher = {on_live, on_ended}};
    options.live = (unsigned)config->logins_per_user;
    if (!l->is_shared) {
        options.tells = stores->is_postgres; /* other instances may have the same */
        store_registry_init(&l->stored, stores->store, &options);
        l->registry = &l->stored.port;
        return true;
    }
    l->registry = &l->redis.port;
    return open_redis(l, config, &options, logger, why);
}

/* Who is online is asked from the first request on. */
static void wait_for_list(struct logins *l)
{
    const struct timespec nap = {.tv_nsec = 1000000};
    int64_t until = clock_system.mono(&clock_system) + l->redis.options.timeout;
    while (atomic_load(&l->redis.counters.lists) == 0 && clock_system.mono(&clock_system) < until)
        (void)nanosleep(&nap, NULL);
}

bool logins_start(struct logins *l, struct presence *presence, struct api *api)
{
    l->presence = presence;
    l->api = api;
    if (!l->is_shared)
        return true;
    if (!redis_registry_start(&l->redis))
        return false;
    wait_for_list(l);
    return true;
}

void logins_close(struct logins *l)
{
    if (l->is_shared)
        redis_registry_close(&l->redis);
}
