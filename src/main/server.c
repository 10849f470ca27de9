// SPDX-License-Identifier: MIT
#include "main/server.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "adapter/digest.h"
#include "main/assets.h"
#include "main/bootstrap.h"
#include "main/health.h"
#include "main/options.h"
#include "net/address_text.h"

enum { SERVER_MAGIC = 0x53525652 };

/* One per process: adapters and the api log through functions without context. */
static struct logger *process_logger;

/* ---- what the layers below ask of the program ---- */

static void log_line(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    logger_write(process_logger, level, event, fields, count);
}

/* ---- opening ---- */

/* The configured one, which other instances have too; otherwise that of the data folder. */
static bool open_secret(const struct server *s, struct secret *secret, const char *configured,
                        const char *flag, const char *file, struct problem *why)
{
    if (configured[0] == '\0')
        return secret_load(secret, s->stores.folder, file, &random_system, why);
    return secret_set(secret, slice_from_string(configured)) ||
           problem_set(why, "%s has %zu octets: a key for HS256 has %d to %d of them (RFC 7518 3.2)", flag,
                       strlen(configured), SECRET_MIN, SECRET_MAX);
}

static bool open_tokens(struct server *s, struct problem *why)
{
    const struct config *c = s->config;
    struct secret access = {0}, refresh = {0};
    bool loaded = open_secret(s, &access, c->jwt_access_secret, "jwt-access-secret", "access.key", why) &&
                  open_secret(s, &refresh, c->jwt_refresh_secret, "jwt-refresh-secret", "refresh.key", why);
    if (loaded)
        jwt_tokens_init(&s->tokens, &access, &refresh);
    secret_wipe(&access);
    secret_wipe(&refresh);
    return loaded;
}

static bool open_logins(struct server *s, struct problem *why)
{
    struct bcrypt_options bcrypt = bcrypt_defaults;
    bcrypt.cost = (unsigned)s->config->bcrypt_cost;
    if (!logins_open(&s->logins, s->config, &s->stores, s->logger, why))
        return false;
    if (!bcrypt_passwords_init(&s->passwords, &bcrypt, &random_system) ||
        !bcrypt_passwords_start(&s->passwords))
        return problem_set(why, "there is no thread to be had for passwords");
    return true;
}

static bool open_attempts(struct server *s, struct problem *why)
{
    const struct config *c = s->config;
    struct attempts_options options = {.per_account = (unsigned)c->login_attempts_per_account,
                                       .per_address = (unsigned)c->login_attempts_per_address,
                                       .window = c->login_attempts_window * MICROSECONDS_PER_MS};
    s->attempts = attempts_new(&options, &random_system);
    return s->attempts != NULL || problem_set(why, "out of memory");
}

static struct chat make_chat(struct server *s, struct presence *presence, enum language language)
{
    return (struct chat){.store = s->stores.store,
                         .registry = s->logins.registry,
                         .logins_elsewhere = s->logins.is_shared,
                         .passwords = &s->passwords.port,
                         .tokens = &s->tokens.port,
                         .blobs = &s->files.port,
                         .presence = presence,
                         .attempts = s->attempts,
                         .clock = &clock_system,
                         .random = &random_system,
                         .access_lifetime = s->config->access_lifetime * MICROSECONDS_PER_MS,
                         .refresh_lifetime = s->config->refresh_lifetime * MICROSECONDS_PER_MS,
                         .language = language,
                         .body_limit = (size_t)s->config->max_body,
                         .task_memory = CHAT_TASK_MEMORY,
                         .list_memory = CHAT_LIST_MEMORY};
}

static bool open_shared(struct server *s, struct problem *why)
{
    if (!options_read(&s->shared.options, s->config, &s->rules, why))
        return false;
    struct presence *presence = presence_new();
    if (presence == NULL)
        return problem_set(why, "out of memory");
    for (int l = 0; l < LANGUAGE_COUNT; l++)
        s->shared.chat[l] = make_chat(s, presence, (enum language)l);
    s->shared.options.log_level = s->logger->level;
    s->shared.hub = &s->hub;
    s->shared.websocket_accept = digest_websocket_accept;
    s->shared.address_parse = ip_address_parse;
    s->shared.assets = assets;
    s->shared.asset_count = asset_count;
    s->shared.workers = s->apis;
    s->shared.worker_count = s->worker_count;
    s->shared.log = log_line;
    s->shared.actuator = health_actuator(s);
    s->shared.key = hash_key_draw(&random_system);
    atomic_init(&s->shared.leaving, false);
    return true;
}

static void set_limits(struct server *s)
{
    const struct config *c = s->config;
    s->limits = engine_limits_default;
    s->limits.http_body = (size_t)c->max_body;
    s->limits.http_request_timeout = c->request_timeout * MICROSECONDS_PER_MS;
    s->limits.http_idle_timeout = c->idle_timeout * MICROSECONDS_PER_MS;
    s->limits.stomp.frame = (uint32_t)c->max_message;
    s->limits.stomp_subscriptions = (size_t)c->max_subscriptions;
    s->limits.stomp_connect_timeout = c->connect_timeout * MICROSECONDS_PER_MS;
    s->limits.stomp_heart_beat = (uint32_t)c->heart_beat;
    s->limits.stomp_heart_beat_grace = (uint32_t)c->heart_beat_grace;
    s->limits.ping_interval = c->ping_interval * MICROSECONDS_PER_MS;
    s->limits.pong_timeout = c->pong_timeout * MICROSECONDS_PER_MS;
    s->limits.send_buffer = (size_t)c->send_buffer;
    s->limits.send_timeout = c->send_timeout * MICROSECONDS_PER_MS;
}

static void on_left(void *context, uint32_t worker, uint32_t cut)
{
    struct server *s = context;
    (void)worker;
    atomic_fetch_add(&s->cut, cut);
    sem_post(&s->left);
}

static uint32_t connections_per_worker(const struct server *s)
{
    return (uint32_t)((s->config->max_connections + s->worker_count - 1) / s->worker_count);
}

/* The first worker's events pass by the notifier. NULL when out of memory. */
static struct lane_sink *open_sink(struct server *s, unsigned index)
{
    struct server_worker *w = &s->workers[index];
    struct notifier_house house = {.chat = &s->shared.chat[LANGUAGE_KOREAN],
                                   .loop = worker_loop(w->worker),
                                   .next = &w->broker.sink,
                                   .leaving = &s->shared.leaving,
                                   .tasks = &s->shared.tasks};
    struct notifier_options options = notifier_defaults;
    options.interval = s->config->notify_interval * MICROSECONDS_PER_MS;
    options.quiet = options.interval / 6;
    if (index > 0)
        return &w->broker.sink;
    return notifier_init(&s->notifier, &house, &options) ? &s->notifier.sink : NULL;
}

static bool open_worker(struct server *s, unsigned index, struct problem *why)
{
    struct server_worker *w = &s->workers[index];
    struct worker_options options = {.index = index,
                                     .clock = &clock_system,
                                     .random = &random_system,
                                     .logger = s->logger,
                                     .max_connections = connections_per_worker(s),
                                     .on_left = on_left,
                                     .context = s};
    w->worker = worker_new(&options);
    if (w->worker == NULL)
        return problem_set(why, "there is no event loop to be had");
    struct loop *loop = worker_loop(w->worker);
    api_init(&w->api, &s->shared, loop);
    broker_init(&w->broker, loop, s->stores.store, &w->api.renderer, &broker_options_default);
    struct lane_sink *sink = open_sink(s, index);
    if (sink == NULL || !lane_init(&w->lane, LANE_CAPACITY, loop, sink))
        return problem_set(why, "out of memory");
    engine_init(&w->engine, index, options.max_connections, loop, &w->broker, &s->limits, &api_ports,
                &w->api);
    api_attach(&w->api, &w->engine);
    w->api.requests = &w->requests;
    w->api.keeper.options.sweep_interval = s->config->file_sweep * MICROSECONDS_PER_MS;
    pulse_start(&w->pulse, loop);
    s->lanes[index] = &w->lane;
    s->apis[index] = &w->api;
    worker_attach(w->worker, &w->engine, listener_take(&s->listener, index));
    return true;
}

static bool open_listener(struct server *s, struct problem *why)
{
    struct listener_address address;
    char text[LISTENER_WHY];
    if (!listener_address_parse(&address, slice_from_string(s->config->listen), text) ||
        !listener_open(&s->listener, &address, s->worker_count, text))
        return problem_set(why, "%s", text);
    return true;
}

static unsigned count_workers(const struct config *c)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    if (c->workers > 0)
        return (unsigned)c->workers;
    return cores < 1 ? 1 : cores > LISTENER_WORKERS ? LISTENER_WORKERS : (unsigned)cores;
}

static bool allocate(struct server *s, struct problem *why)
{
    s->workers = calloc(s->worker_count, sizeof *s->workers);
    s->lanes = calloc(s->worker_count, sizeof(struct lane *));
    s->apis = calloc(s->worker_count, sizeof(struct api *));
    if (s->workers == NULL || s->lanes == NULL || s->apis == NULL)
        return problem_set(why, "out of memory");
    return true;
}

bool server_open(struct server *s, const struct config *config, struct logger *logger, struct problem *why)
{
    OBJ_INIT(s, SERVER_MAGIC);
    s->config = config;
    s->logger = process_logger = logger;
    s->worker_count = count_workers(config);
    s->started = clock_system.wall(&clock_system);
    (void)sem_init(&s->left, 0, 0);
    set_limits(s);
    if (!allocate(s, why) || !open_listener(s, why))
        return false;
    hub_init(&s->hub, s->lanes, s->worker_count);
    witness_init(&s->witness, &s->hub, &s->shared);
    if (!stores_open(&s->stores, config, &s->witness.publisher, logger, why) || !open_tokens(s, why) ||
        !files_open(&s->files, config, s->stores.folder, why) || !open_logins(s, why) ||
        !open_attempts(s, why) || !open_shared(s, why))
        return false;
    for (unsigned i = 0; i < s->worker_count; i++) {
        if (!open_worker(s, i, why))
            return false;
    }
    api_sweep(&s->workers[0].api);
    keeper_begin(&s->workers[0].api.keeper, !s->stores.is_postgres);
    if (s->stores.is_postgres)
        witness_follow(&s->witness, s->stores.store, worker_loop(s->workers[0].worker));
    notifier_start(&s->notifier);
    if (!logins_start(&s->logins, s->shared.chat[LANGUAGE_KOREAN].presence, &s->workers[0].api))
        return problem_set(why, "there is no thread to be had for the logins");
    return bootstrap_run(s, why);
}

bool server_start(struct server *s)
{
    OBJ_CHECK(s, SERVER_MAGIC);
    if (s->rules == NULL && s->config->direct_publish) /* SC-3 */
        logger_write(
            s->logger, LOG_WARNING, "direct_publish_without_rules",
            &(struct log_field){"detail", SLICE("whoever is logged in may SEND to /topic and /queue; "
                                                "see --direct-publish and --stomp-rules")},
            1);
    for (unsigned i = 0; i < s->worker_count; i++) {
        if (!worker_start(s->workers[i].worker))
            return false;
    }
    return true;
}

/* ---- leaving ---- */

static struct timespec deadline_after(int64_t milliseconds)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    int64_t nanoseconds = t.tv_nsec + milliseconds % 1000 * 1000000;
    t.tv_sec += milliseconds / 1000 + nanoseconds / 1000000000;
    t.tv_nsec = nanoseconds % 1000000000;
    return t;
}

static bool wait_until_left(struct server *s, const struct timespec *deadline)
{
    for (unsigned i = 0; i < s->worker_count; i++) {
        while (sem_clockwait(&s->left, CLOCK_MONOTONIC, deadline) == -1) {
            if (errno != EINTR)
                return false;
        }
    }
    return true;
}

/* A task whose connection is gone still finishes: its change is committed, its answer dropped. */
static bool wait_for_tasks(struct server *s, const struct timespec *deadline)
{
    struct timespec now, nap = {.tv_nsec = 2000000};
    while (atomic_load(&s->shared.tasks) > 0) {
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec > deadline->tv_sec ||
            (now.tv_sec == deadline->tv_sec && now.tv_nsec > deadline->tv_nsec))
            return false;
        (void)nanosleep(&nap, NULL);
    }
    return true;
}

bool server_drain(struct server *s)
{
    OBJ_CHECK(s, SERVER_MAGIC);
    int64_t grace = s->config->grace, spread = s->config->spread < grace / 2 ? s->config->spread : grace / 2;
    struct timespec deadline = deadline_after(grace + 1000);
    atomic_store(&s->shared.leaving, true);
    for (unsigned i = 0; i < s->worker_count; i++)
        worker_leave(s->workers[i].worker, grace * MICROSECONDS_PER_MS, spread * MICROSECONDS_PER_MS);
    bool left = wait_until_left(s, &deadline);
    return left && wait_for_tasks(s, &deadline) && atomic_load(&s->cut) == 0;
}

/* The answers that came last: each may lead to another one. */
static void finish_mail(struct server *s)
{
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct loop *loop = worker_loop(s->workers[i].worker);
        while (!mailbox_is_empty(&loop->mail))
            (void)loop_turn(loop);
    }
}

static void free_worker(struct server_worker *w)
{
    api_stop(&w->api);
    worker_free(w->worker);
    engine_release(&w->engine);
    lane_release(&w->lane);
    broker_release(&w->broker);
    api_release(&w->api);
}

void server_close(struct server *s, bool drained)
{
    OBJ_CHECK(s, SERVER_MAGIC);
    for (unsigned i = 0; i < s->worker_count; i++)
        worker_stop(s->workers[i].worker);
    witness_stop(&s->witness);
    bcrypt_passwords_release(&s->passwords);
    blob_directory_close(&s->files);
    logins_close(&s->logins);
    stores_close(&s->stores);
    if (!drained) /* connections and tasks were cut off in the middle: the process ends, and the memory with it */
        return;
    finish_mail(s);
    notifier_release(&s->notifier);
    for (unsigned i = 0; i < s->worker_count; i++)
        free_worker(&s->workers[i]);
    presence_free(s->shared.chat[LANGUAGE_KOREAN].presence);
    attempts_free(s->attempts);
    jwt_tokens_release(&s->tokens);
    stomp_rules_free(s->rules);
    listener_close(&s->listener);
    free(s->workers);
    free(s->lanes);
    free(s->apis);
    sem_destroy(&s->left);
    OBJ_DEAD(s);
}
