// SPDX-License-Identifier: MIT
// Where the numbers are, and those that are asked for when they are wanted.
#include <math.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "main/meters_internal.h"

/* ---- whose numbers ---- */

static size_t one(void *context)
{
    (void)context;
    return 1;
}

static size_t workers(void *context)
{
    return ((const struct server *)context)->worker_count;
}

static const void *engine_block(void *context, size_t i)
{
    return &((const struct server *)context)->workers[i].engine.counters;
}

static const void *broker_block(void *context, size_t i)
{
    return &((const struct server *)context)->workers[i].broker.counters;
}

static const void *lane_block(void *context, size_t i)
{
    return &((const struct server *)context)->workers[i].lane;
}

static const void *api_block(void *context, size_t i)
{
    return &((const struct server *)context)->workers[i].api.counters;
}

static const void *requests_block(void *context, size_t i)
{
    return &((const struct server *)context)->workers[i].requests;
}

static const void *net_block(void *context, size_t i)
{
    return worker_stats(((const struct server *)context)->workers[i].worker);
}

/* PostgreSQL has one thread, SQLite one that writes and some that read. */
static size_t store_threads(void *context)
{
    const struct stores *stores = &((const struct server *)context)->stores;
    return stores->is_postgres ? 1 : 1 + stores->sqlite.reader_count;
}

static const void *store_block(void *context, size_t i)
{
    const struct stores *stores = &((const struct server *)context)->stores;
    if (stores->is_postgres)
        return &stores->postgres.stats;
    return i == 0 ? &stores->sqlite.writer.stats : &stores->sqlite.readers[i - 1].stats;
}

static size_t redis_count(void *context)
{
    return ((const struct server *)context)->logins.is_shared ? 1 : 0;
}

static const void *redis_block(void *context, size_t i)
{
    (void)i;
    return &((const struct server *)context)->logins.redis.counters;
}

static const void *log_block(void *context, size_t i)
{
    (void)i;
    return ((const struct server *)context)->logger;
}

const struct metric_source meter_sources[] = {
    [ENGINE] = {workers, engine_block},
    [BROKER] = {workers, broker_block},
    [LANE] = {workers, lane_block},
    [API] = {workers, api_block},
    [REQUESTS] = {workers, requests_block},
    [NET] = {workers, net_block},
    [STORE] = {store_threads, store_block},
    [REDIS] = {redis_count, redis_block},
    [LOG] = {one, log_block},
};

/* ---- what is asked when it is wanted ---- */

/* One number of each block less another one. */
static double difference(void *context, enum meter_source source, size_t begun, size_t ended)
{
    double sum = 0;
    for (size_t i = 0; i < meter_sources[source].count(context); i++) {
        const char *block = meter_sources[source].block(context, i);
        sum += (double)counter_get((const _Atomic uint64_t *)(const void *)(block + begun));
        sum -= (double)counter_get((const _Atomic uint64_t *)(const void *)(block + ended));
    }
    return sum > 0 ? sum : 0; /* they are not read at one moment */
}

double meter_websockets(void *context, size_t series)
{
    (void)series;
    return difference(context, ENGINE, offsetof(struct engine_counters, websockets),
                      offsetof(struct engine_counters, websockets_ended));
}

double meter_subscriptions(void *context, size_t series)
{
    (void)series;
    return difference(context, BROKER, offsetof(struct broker_counters, subscribed),
                      offsetof(struct broker_counters, unsubscribed));
}

double meter_destinations(void *context, size_t series)
{
    (void)series;
    return difference(context, BROKER, offsetof(struct broker_counters, followed),
                      offsetof(struct broker_counters, forgotten));
}

double meter_history_hits(void *context, size_t series)
{
    (void)series;
    return difference(context, BROKER, offsetof(struct broker_counters, replays),
                      offsetof(struct broker_counters, reread));
}

double meter_queued(void *context, size_t series)
{
    const struct server *s = context;
    double sum = 0;
    (void)series;
    for (unsigned i = 0; i < s->worker_count; i++) {
        const struct engine_counters *e = &s->workers[i].engine.counters;
        sum += (double)counter_get(&e->octets_queued) - (double)counter_get(&e->octets_dropped) -
               (double)counter_get(&worker_stats(s->workers[i].worker)->octets_out);
    }
    return sum > 0 ? sum : 0;
}

double meter_lane_depth(void *context, size_t series)
{
    const struct server *s = context;
    size_t most = 0;
    (void)series;
    for (unsigned i = 0; i < s->worker_count; i++) {
        size_t used = atomic_load_explicit(&s->workers[i].lane.used, memory_order_relaxed);
        most = used > most ? used : most;
    }
    return (double)most;
}

double meter_store_up(void *context, size_t series)
{
    (void)series;
    return stores_are_up(&((const struct server *)context)->stores);
}

double meter_store_waiting(void *context, size_t series)
{
    return stores_waiting(&((const struct server *)context)->stores, (enum batch_kind)series);
}

double meter_store_refused(void *context, size_t series)
{
    const struct stores *stores = &((const struct server *)context)->stores;
    (void)series;
    return (double)counter_get(stores->is_postgres ? &stores->postgres.refused : &stores->sqlite.refused);
}

double meter_redis_up(void *context, size_t series)
{
    const struct server *s = context;
    (void)series;
    return s->logins.is_shared ? atomic_load(&s->logins.redis.counters.is_up) : (double)NAN;
}

double meter_redis_feed(void *context, size_t series)
{
    const struct server *s = context;
    (void)series;
    return s->logins.is_shared ? atomic_load(&s->logins.redis.counters.is_feed_current) : (double)NAN;
}

double meter_passwords(void *context, size_t series)
{
    (void)series;
    return atomic_load(&((const struct server *)context)->passwords.unfinished);
}

double meter_logins(void *context, size_t series)
{
    const struct server *s = context;
    (void)series;
    return (double)presence_count(s->shared.chat[LANGUAGE_KOREAN].presence);
}

double meter_tasks(void *context, size_t series)
{
    (void)series;
    return atomic_load(&((const struct server *)context)->shared.tasks);
}

double meter_ready(void *context, size_t series)
{
    const struct server *s = context;
    (void)series;
    bool logins = !s->logins.is_shared || atomic_load(&s->logins.redis.counters.is_up);
    return logins && stores_are_up(&s->stores) && !atomic_load(&s->shared.leaving);
}

/* ---- the process ---- */

static double seconds_of(clockid_t id)
{
    struct timespec t;
    return clock_gettime(id, &t) == 0 ? (double)t.tv_sec + (double)t.tv_nsec * 1e-9 : (double)NAN;
}

double meter_cpu(void *context, size_t series)
{
    (void)context, (void)series;
    return seconds_of(CLOCK_PROCESS_CPUTIME_ID);
}

double meter_resident(void *context, size_t series)
{
    (void)context, (void)series;
    long long size, resident;
    FILE *f = fopen("/proc/self/statm", "re");
    int got = f == NULL ? 0 : fscanf(f, "%lld %lld", &size, &resident);
    if (f != NULL)
        fclose(f);
    return got == 2 ? (double)resident * (double)sysconf(_SC_PAGESIZE) : (double)NAN;
}

/* Linux says it as the folder's size, from 6.2 on; to count the entries would take as long as there are many. */
double meter_open_fds(void *context, size_t series)
{
    (void)context, (void)series;
    struct stat st;
    return stat("/proc/self/fd", &st) == 0 && st.st_size > 0 ? (double)st.st_size : (double)NAN;
}

double meter_max_fds(void *context, size_t series)
{
    (void)context, (void)series;
    struct rlimit limit;
    return getrlimit(RLIMIT_NOFILE, &limit) == 0 ? (double)limit.rlim_cur : (double)NAN;
}

double meter_start(void *context, size_t series)
{
    (void)series;
    return (double)((const struct server *)context)->started * 1e-6;
}

double meter_uptime(void *context, size_t series)
{
    return seconds_of(CLOCK_REALTIME) - meter_start(context, series);
}
