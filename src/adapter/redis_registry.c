// SPDX-License-Identifier: MIT
#include "adapter/redis_registry.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/object.h"
#include "base/timers.h"

enum { REGISTRY_MAGIC = 0x52524547, STEP_MOST = 60000 /* milliseconds of sleep */ };

#define PAUSE_LEAST (50 * MICROSECONDS_PER_MS)
#define PAUSE_MOST  (2 * MICROSECONDS_PER_SECOND)

const struct redis_options redis_defaults = {
    .address = {.host = "localhost", .port = 6379},
    .prefix = "parley:",
    .logins = {.live = 1, .grace = 10 * MICROSECONDS_PER_SECOND},
    .timeout = 2 * MICROSECONDS_PER_SECOND,
    .trust = 30 * MICROSECONDS_PER_SECOND,
    .patience = 5 * MICROSECONDS_PER_SECOND,
    .list_interval = 300 * MICROSECONDS_PER_SECOND,
    .queue = 4096,
    .trusted = 65536,
};

static int64_t now_of(const struct redis_registry *r)
{
    return r->clock->mono(r->clock);
}

static void count(_Atomic uint64_t *counter)
{
    atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

/* ---- answers ---- */

static void on_home(struct mail *mail)
{
    struct registry_call *c = CONTAINER_OF(mail, struct registry_call, mail);
    c->done(c);
}

static void answer(struct registry_call *c, enum error error)
{
    count(&CONTAINER_OF(c->registry, struct redis_registry, port)->counters.calls);
    c->error = error;
    c->mail.run = on_home;
    loop_post(c->home, &c->mail);
}

/* Redis cannot be asked: what it said lately must do. */
static bool answer_from_trust(struct redis_registry *r, struct registry_call *c)
{
    if (c->operation != REGISTRY_VERIFY || !redis_trust_verify(&r->trust, c, now_of(r)))
        return false;
    count(&r->counters.trusted);
    answer(c, ERR_NONE);
    return true;
}

static void answer_without(struct redis_registry *r, struct registry_call *c, _Atomic uint64_t *counter)
{
    count(counter);
    if (!answer_from_trust(r, c))
        answer(c, ERR_SERVICE_UNAVAILABLE);
}

/* What is remembered of a login follows what Redis answers. */
static void learn(struct redis_registry *r, const struct registry_call *c, enum error error)
{
    bool is_live =
        c->operation == REGISTRY_CREATE || c->operation == REGISTRY_VERIFY || c->operation == REGISTRY_ROTATE;
    if (error == ERR_NONE && is_live)
        redis_trust_put(&r->trust, &c->login, now_of(r));
    if (error == ERR_INVALID_TOKEN)
        redis_trust_forget(&r->trust, &c->login.id);
    for (size_t i = 0; i < c->ended_count; i++)
        redis_trust_forget(&r->trust, &c->ended[i]);
}

/* ---- the calls that wait ---- */

static struct redis_pending *pending_at(const struct redis_registry *r, unsigned index)
{
    assert(index < r->count);
    return &r->pending[(r->first + index) % r->options.queue];
}

static struct registry_call *pop(struct redis_registry *r)
{
    struct registry_call *c = pending_at(r, 0)->call;
    r->first = (r->first + 1) % r->options.queue;
    r->count--;
    r->sent -= r->sent > 0;
    return c;
}

static void send_waiting(struct redis_registry *r)
{
    struct redis_command command;
    while (r->sent < r->count && redis_link_is_up(&r->link)) {
        redis_call_ask(&r->dialect, pending_at(r, r->sent)->call, &command);
        if (redis_link_send(&r->link, command.words, command.count))
            r->sent++;
    }
}

/* Has Redis been away for longer than a call would wait for it? */
static bool is_away(const struct redis_registry *r)
{
    return !redis_link_is_up(&r->link) && now_of(r) - r->link.down_since >= r->options.timeout;
}

static void on_submitted(struct mail *mail)
{
    struct registry_call *c = CONTAINER_OF(mail, struct registry_call, mail);
    struct redis_registry *r = CONTAINER_OF(c->registry, struct redis_registry, port);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    if (c->operation == REGISTRY_REMOVE)
        redis_trust_forget(&r->trust, &c->login.id);
    if (r->count == r->options.queue || is_away(r)) {
        if (c->operation == REGISTRY_REMOVE && !redis_link_is_up(&r->link))
            redis_doubts_note(&r->doubts, c);
        answer_without(r, c, &r->counters.refused);
        return;
    }
    if (!redis_link_is_up(&r->link) && answer_from_trust(r, c))
        return;
    r->count++;
    *pending_at(r, r->count - 1) = (struct redis_pending){c, now_of(r) + r->options.timeout};
}

/* All wait equally long, so the oldest is due first. One that has been sent in vain gives the connection up:
 * what is answered next on it would be the answer to that one. */
static void expire(struct redis_registry *r)
{
    while (r->count > 0 && now_of(r) >= pending_at(r, 0)->deadline) {
        if (r->sent + r->doubts.asked > 0)
            redis_link_drop(&r->link, "no answer in time");
        struct registry_call *c = pop(r);
        redis_doubts_note(&r->doubts, c);
        answer_without(r, c, &r->counters.timeouts);
    }
}

/* ---- the connection for commands ---- */

static void on_up(struct redis_link *link)
{
    struct redis_registry *r = CONTAINER_OF(link, struct redis_registry, link);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    atomic_store_explicit(&r->counters.is_up, true, memory_order_relaxed);
    redis_doubts_send(&r->doubts, &r->link, &r->dialect, r->clock->wall(r->clock));
    send_waiting(r);
}

/* Those that were sent are sent again: each may have been done or not, and knows how to be done once. */
static void on_down(struct redis_link *link)
{
    struct redis_registry *r = CONTAINER_OF(link, struct redis_registry, link);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    r->sent = r->doubts.asked = 0;
    atomic_store_explicit(&r->counters.is_up, false, memory_order_relaxed);
    count(&r->counters.losses);
}

/* Errors of a Redis that is not ready, or is not the one that takes writes: another moment, or another
 * address behind the same name, may do better. */
static bool is_passing(const redisReply *r)
{
    static const char *const codes[] = {"LOADING ",  "READONLY ", "MASTERDOWN ",
                                        "NOSCRIPT ", "TRYAGAIN ", "BUSY "};
    struct slice text = slice_of(r->str, r->len);
    for (size_t i = 0; i < ARRAY_LEN(codes); i++) {
        if (slice_starts_with(text, slice_from_string(codes[i])))
            return true;
    }
    return false;
}

/* One line a second at most, however many calls it hurts. */
static void report_failure(struct redis_registry *r, const redisReply *reply)
{
    bool is_error = reply->type == REDIS_REPLY_ERROR;
    count(&r->counters.failures);
    if (r->options.report == NULL || now_of(r) < r->report_at)
        return;
    r->report_at = now_of(r) + MICROSECONDS_PER_SECOND;
    r->options.report(r->options.report_to, "parley-logins",
                      is_error ? reply->str : "a reply is not what was asked for");
}

static void on_reply(struct redis_link *link, const redisReply *reply)
{
    struct redis_registry *r = CONTAINER_OF(link, struct redis_registry, link);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    if (reply->type == REDIS_REPLY_ERROR && is_passing(reply)) {
        redis_link_drop(link, reply->str);
        return;
    }
    if (r->doubts.asked > 0) {
        redis_doubts_answered(&r->doubts);
        return;
    }
    if (r->sent == 0) {
        redis_link_drop(link, "a reply to nothing");
        return;
    }
    struct registry_call *c = pop(r);
    enum error error = redis_call_take(c, reply);
    if (error == ERR_SERVICE_UNAVAILABLE)
        report_failure(r, reply);
    learn(r, c, error);
    answer(c, error);
}

static const struct redis_handlers handlers = {.up = on_up, .reply = on_reply, .down = on_down};

/* ---- what the feed tells ---- */

static void on_live(struct registry_watcher *w, const struct login *l)
{
    struct redis_registry *r = CONTAINER_OF(w, struct redis_registry, watcher);
    if (r->options.watcher != NULL)
        r->options.watcher->live(r->options.watcher, l);
}

static void on_ended(struct registry_watcher *w, const struct uuid *user, const struct uuid *login)
{
    struct redis_registry *r = CONTAINER_OF(w, struct redis_registry, watcher);
    redis_trust_forget(&r->trust, login);
    if (r->options.watcher != NULL)
        r->options.watcher->ended(r->options.watcher, user, login);
}

/* ---- the thread ---- */

static void step(struct service *s)
{
    struct redis_registry *r = CONTAINER_OF(s, struct redis_registry, service);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    int64_t now = now_of(r);
    (void)mailbox_run(&s->inbox);
    send_waiting(r);
    redis_link_step(&r->link, now);
    redis_feed_step(&r->feed, now);
    expire(r);
    atomic_store_explicit(&r->counters.is_feed_current, r->feed.current, memory_order_relaxed);
    atomic_store_explicit(&r->counters.lists, r->feed.lists, memory_order_relaxed);
    atomic_store_explicit(&r->counters.feed_losses, r->feed.link.losses, memory_order_relaxed);
}

static int milliseconds_until(const struct redis_registry *r)
{
    int64_t at = timers_sooner(redis_link_wake_at(&r->link), redis_feed_wake_at(&r->feed)), now = now_of(r);
    if (r->count > 0)
        at = timers_sooner(at, pending_at(r, 0)->deadline);
    if (at <= now)
        return 0;
    int64_t milliseconds = (at - now) / MICROSECONDS_PER_MS + 1;
    return (int)timers_sooner(milliseconds, STEP_MOST);
}

void redis_registry_wait(struct redis_registry *r, int most)
{
    const struct redis_link *links[] = {&r->link, &r->feed.link};
    struct pollfd wanted[3] = {{.fd = r->wakeups, .events = POLLIN}};
    int milliseconds = milliseconds_until(r);
    for (size_t i = 0; i < ARRAY_LEN(links); i++) {
        bool wants_to_write;
        wanted[i + 1].fd = redis_link_descriptor(links[i], &wants_to_write);
        wanted[i + 1].events = wants_to_write ? POLLIN | POLLOUT : POLLIN;
    }
    eventfd_t value;
    if (poll(wanted, ARRAY_LEN(wanted), milliseconds < most ? milliseconds : most) > 0 &&
        wanted[0].revents != 0)
        (void)eventfd_read(r->wakeups, &value);
}

static void sleep_until_needed(struct service *s)
{
    redis_registry_wait(CONTAINER_OF(s, struct redis_registry, service), STEP_MOST);
}

static void wake(struct service *s)
{
    (void)eventfd_write(CONTAINER_OF(s, struct redis_registry, service)->wakeups, 1);
}

static void submit(struct registry *port, struct registry_call *c)
{
    struct redis_registry *r = CONTAINER_OF(port, struct redis_registry, port);
    OBJ_CHECK(r, REGISTRY_MAGIC);
    c->online = false;
    c->ended_count = 0;
    c->registry = port;
    c->mail.run = on_submitted;
    service_post(&r->service, &c->mail);
}

void redis_registry_step(struct redis_registry *r)
{
    OBJ_CHECK(r, REGISTRY_MAGIC);
    r->resolver.service.step(&r->resolver.service);
    step(&r->service);
}

/* ---- opening and closing ---- */

static void open_links(struct redis_registry *r, const struct random *random)
{
    struct redis_link_options link = {
        .name = "parley-logins",
        .address = &r->options.address,
        .resolver = &r->resolver,
        .home = &r->service,
        .random = random,
        .scripts = redis_scripts,
        .script_count = REDIS_SCRIPTS,
        .connect_timeout = r->options.timeout,
        .pause_least = PAUSE_LEAST,
        .pause_most = PAUSE_MOST,
        .handlers = &handlers,
        .report = r->options.report,
        .report_to = r->options.report_to,
    };
    struct redis_feed_options feed = {
        .link = link,
        .dialect = &r->dialect,
        .watcher = &r->watcher,
        .timeout = r->options.timeout,
        .patience = r->options.patience,
        .list_interval = r->options.list_interval,
    };
    redis_link_init(&r->link, &link, now_of(r));
    redis_feed_init(&r->feed, &feed, now_of(r));
}

bool redis_registry_open(struct redis_registry *r, const struct redis_options *options,
                         const struct clock *clock, const struct random *random, struct problem *why)
{
    const struct registry_options *logins = &options->logins;
    assert(logins->live >= 1 && logins->live <= REGISTRY_ENDED && logins->grace >= 0 && options->queue > 0);
    OBJ_INIT(r, REGISTRY_MAGIC);
    r->options = *options;
    r->clock = clock;
    r->pending = calloc(options->queue, sizeof *r->pending);
    r->wakeups = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (r->pending == NULL || r->wakeups < 0) {
        free(r->pending);
        if (r->wakeups >= 0)
            (void)close(r->wakeups);
        return problem_set(why, "the registry of logins: %s", strerror(errno));
    }
    service_init(&r->service, "logins", step);
    r->service.sleep = sleep_until_needed;
    r->service.wake = wake;
    redis_resolver_init(&r->resolver);
    redis_dialect_init(&r->dialect, logins, options->prefix);
    redis_trust_init(&r->trust, options->trusted, options->trust);
    r->port.submit = submit;
    r->watcher = (struct registry_watcher){on_live, on_ended};
    open_links(r, random);
    return true;
}

bool redis_registry_start(struct redis_registry *r)
{
    OBJ_CHECK(r, REGISTRY_MAGIC);
    return service_start(&r->resolver.service) && service_start(&r->service);
}

void redis_registry_close(struct redis_registry *r)
{
    OBJ_CHECK(r, REGISTRY_MAGIC);
    service_stop(&r->resolver.service); /* first: its answer goes to the other */
    service_stop(&r->service);
    while (r->count > 0)
        answer(pop(r), ERR_SERVICE_UNAVAILABLE);
    redis_feed_release(&r->feed);
    redis_link_release(&r->link);
    redis_trust_release(&r->trust);
    free(r->pending);
    (void)close(r->wakeups);
    OBJ_DEAD(r);
}
