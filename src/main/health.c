// SPDX-License-Identifier: MIT
#include "main/health.h"

#include <sys/statvfs.h>

#include "main/meters.h"
#include "main/server.h"

enum { DISK_THRESHOLD = 10 << 20 }; /* octets: as Spring Boot's */

static bool look_at_store(void *context, struct buf *details)
{
    const struct server *s = context;
    buf_printf(details, "\"database\":\"%s\"", s->stores.is_postgres ? "PostgreSQL" : "SQLite");
    return stores_are_up(&s->stores);
}

static bool look_at_disk(void *context, struct buf *details)
{
    const struct server *s = context;
    struct statvfs v;
    if (statvfs(s->stores.folder->path, &v) != 0)
        return false;
    uint64_t free = (uint64_t)v.f_bavail * v.f_frsize;
    buf_printf(details, "\"total\":%llu,\"free\":%llu,\"threshold\":%d",
               (unsigned long long)v.f_blocks * v.f_frsize, (unsigned long long)free, DISK_THRESHOLD);
    return free >= DISK_THRESHOLD;
}

static bool look_at_redis(void *context, struct buf *details)
{
    const struct server *s = context;
    const struct redis_counters *counters = &s->logins.redis.counters;
    buf_printf(details, "\"feedIsCurrent\":%s", atomic_load(&counters->is_feed_current) ? "true" : "false");
    return atomic_load(&counters->is_up);
}

/* Redis comes last: without it there are fewer. A full disk is told of, but another instance may have the same. */
static const struct health_part parts[] = {
    {"db", true, look_at_store},
    {"diskSpace", false, look_at_disk},
    {"redis", true, look_at_redis},
};

static bool is_alive(void *context)
{
    const struct server *s = context;
    int64_t now = clock_system.mono(&clock_system);
    for (unsigned i = 0; i < s->worker_count; i++) {
        if (!pulse_is_felt(&s->workers[i].pulse, now))
            return false;
    }
    return true;
}

/* As other servers call them. */
static const char *level_name(enum log_level level)
{
    static const char *const names[] = {
        [LOG_ERROR] = "ERROR", [LOG_WARNING] = "WARN", [LOG_INFO] = "INFO", [LOG_DEBUG] = "DEBUG"};
    return names[level];
}

struct actuator health_actuator(struct server *s)
{
    return (struct actuator){.parts = parts,
                             .part_count = ARRAY_LEN(parts) - !s->logins.is_shared,
                             .shows_details = s->config->health_details,
                             .is_alive = is_alive,
                             .metrics = meters(s),
                             .context = s,
                             .version = PARLEY_VERSION,
                             .compiler = __VERSION__,
                             .store = s->stores.is_postgres ? "postgresql" : "sqlite",
                             .logins = s->logins.is_shared ? "redis" : "store",
                             .level = level_name(s->logger->level)};
}
