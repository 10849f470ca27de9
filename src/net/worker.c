// SPDX-License-Identifier: MIT
#include "net/worker.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/logger.h"
#include "engine/connection.h"
#include "net/acceptor.h"
#include "net/conn.h"
#include "net/departure.h"

enum { WORKER_MAGIC = 0x574f524b, WORKER_SLAB = 64 };

struct worker {
    unsigned magic;
    struct worker_options options;
    struct loop loop;
    struct conn_desk desk; /* with its libev loop */
    struct engine *engine;
    struct pool conns;
    struct acceptor acceptor;
    struct departure departure;
    ev_prepare before_sleep;
    ev_check after_sleep;
    ev_timer nap;
    ev_async waker;
    pthread_t thread;
    bool started;
    _Atomic bool stopping;
};

/* ---- connections ---- */

static bool serve(struct worker *w, int fd)
{
    struct conn *k =
        counter_get(&w->desk.stats.connections) < w->options.max_connections ? pool_get(&w->conns) : NULL;
    if (k == NULL || !conn_open(k, w->engine, fd)) {
        pool_put(&w->conns, k);
        close(fd);
        return false;
    }
    counter_add(&w->desk.stats.connections, 1);
    if (w->options.send_buffer > 0)
        (void)setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &w->options.send_buffer, sizeof w->options.send_buffer);
    if (w->options.on_open != NULL)
        w->options.on_open(w->options.context, &k->c);
    return true;
}

/* Who got which connection: nothing that is sent to a client says it. */
static void log_accepted(const struct worker *w, const char *peer, uint16_t port)
{
    char index[16], from[ACCEPTOR_PEER + 16];
    if (w->options.logger == NULL || !logger_wants(w->options.logger, LOG_DEBUG))
        return;
    bool is_v6 = strchr(peer, ':') != NULL;
    (void)snprintf(index, sizeof index, "%u", w->options.index);
    (void)snprintf(from, sizeof from, is_v6 ? "[%s]:%u" : "%s:%u", peer, port);
    struct log_field fields[] = {{"worker", slice_from_string(index)}, {"peer", slice_from_string(from)}};
    logger_write(w->options.logger, LOG_DEBUG, "accepted", fields, ARRAY_LEN(fields));
}

static void on_accepted(struct acceptor *a, int fd, const char *peer, uint16_t port)
{
    struct worker *w = CONTAINER_OF(a, struct worker, acceptor);
    OBJ_CHECK(w, WORKER_MAGIC);
    counter_add(&w->desk.stats.accepted, 1);
    log_accepted(w, peer, port);
    (void)serve(w, fd);
    if (counter_get(&w->desk.stats.connections) >= w->options.max_connections)
        acceptor_hold(a);
}

static void end(struct worker *w, struct conn *k)
{
    conn_close(k);
    pool_put(&w->conns, k);
    counter_add(&w->desk.stats.connections, UINT64_MAX); /* one less */
    acceptor_let_go(&w->acceptor);
}

/* ---- the turn ---- */

/* Ends, although settling one connection may touch it or another again:
 * each may write only so much per turn. */
static void empty_dirty_list(struct worker *w)
{
    struct connection *c;
    while ((c = engine_next_dirty(w->engine)) != NULL) {
        struct conn *k = conn_of(c);
        if (!conn_settle(k))
            end(w, k);
    }
}

static void nap_until_next_timer(struct worker *w)
{
    int64_t wait = timers_wait(&w->loop.timers, w->loop.now);
    ev_timer_stop(w->desk.ev, &w->nap);
    if (wait == TIMERS_NEVER)
        return;
    ev_timer_set(&w->nap, (double)wait / (double)MICROSECONDS_PER_SECOND, 0.);
    ev_timer_start(w->desk.ev, &w->nap);
}

/* Mail comes before the lanes, so that what it publishes on this worker still goes out in this turn. */
static void on_before_sleep(struct ev_loop *ev, ev_prepare *watcher, int revents)
{
    struct worker *w = watcher->data;
    (void)revents;
    OBJ_CHECK(w, WORKER_MAGIC);
    w->desk.turn++;
    counter_add(&w->desk.stats.turns, 1);
    (void)loop_turn(&w->loop);
    if (w->options.on_turn != NULL)
        w->options.on_turn(w->options.context);
    empty_dirty_list(w);
    departure_check(&w->departure, (uint32_t)counter_get(&w->desk.stats.connections));
    nap_until_next_timer(w); /* not what loop_turn() said: timers may have been started since */
    if (atomic_load(&w->stopping))
        ev_break(ev, EVBREAK_ALL);
}

/* The time that protocols see is that of the turn; after a sleep it has passed. Runs before the sockets'
 * callbacks. */
static void on_after_sleep(struct ev_loop *ev, ev_check *watcher, int revents)
{
    struct worker *w = watcher->data;
    (void)ev;
    (void)revents;
    OBJ_CHECK(w, WORKER_MAGIC);
    w->loop.now = w->loop.clock->mono(w->loop.clock);
}

/* Only wakes: the work is done before the next sleep. */
static void on_nap_over(struct ev_loop *ev, ev_timer *watcher, int revents)
{
    (void)ev;
    (void)watcher;
    (void)revents;
}

static void on_woken(struct ev_loop *ev, ev_async *watcher, int revents)
{
    (void)ev;
    (void)watcher;
    (void)revents;
}

static void wake(struct loop *l)
{
    struct worker *w = CONTAINER_OF(l, struct worker, loop);
    OBJ_CHECK(w, WORKER_MAGIC);
    ev_async_send(w->desk.ev, &w->waker);
}

/* ---- life ---- */

static void start_watchers(struct worker *w)
{
    ev_prepare_init(&w->before_sleep, on_before_sleep);
    ev_check_init(&w->after_sleep, on_after_sleep);
    ev_timer_init(&w->nap, on_nap_over, 0., 0.);
    ev_async_init(&w->waker, on_woken);
    ev_set_priority(&w->after_sleep, EV_MAXPRI);
    w->before_sleep.data = w->after_sleep.data = w;
    ev_prepare_start(w->desk.ev, &w->before_sleep);
    ev_check_start(w->desk.ev, &w->after_sleep);
    ev_async_start(w->desk.ev, &w->waker);
}

/* libev ends the process when it finds no descriptor to be woken by. */
static bool can_be_woken(void)
{
    int fd = eventfd(0, EFD_CLOEXEC);
    if (fd != -1)
        close(fd);
    return fd != -1;
}

struct worker *worker_new(const struct worker_options *options)
{
    struct worker *w = malloc(sizeof *w);
    if (w == NULL)
        return NULL;
    OBJ_INIT(w, WORKER_MAGIC);
    w->desk.ev = ev_loop_new(EVFLAG_AUTO | EVFLAG_NOENV | EVFLAG_NOSIGMASK);
    if (w->desk.ev == NULL || !can_be_woken()) {
        if (w->desk.ev != NULL)
            ev_loop_destroy(w->desk.ev);
        free(w);
        return NULL;
    }
    w->options = *options;
    loop_init(&w->loop, options->clock, options->random, wake);
    pool_init(&w->conns, sizeof(struct conn), WORKER_SLAB);
    acceptor_init(&w->acceptor, w->desk.ev, &w->loop, on_accepted);
    w->acceptor.failures = &w->desk.stats.accept_failures;
    atomic_init(&w->stopping, false);
    start_watchers(w);
    return w;
}

struct loop *worker_loop(struct worker *w)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    return &w->loop;
}

void worker_attach(struct worker *w, struct engine *engine, int listener)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    assert(w->engine == NULL && engine->loop == &w->loop);
    w->engine = engine;
    engine->flush = conn_flush;
    engine->look_at_peer = conn_look_at_peer;
    engine->driver = &w->desk;
    departure_init(&w->departure, engine, &w->acceptor);
    w->departure.on_left = w->options.on_left;
    w->departure.context = w->options.context;
    if (listener != -1)
        acceptor_open(&w->acceptor, listener);
}

bool worker_adopt(struct worker *w, int socket)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    int flags = fcntl(socket, F_GETFL);
    if (flags == -1 || fcntl(socket, F_SETFL, flags | O_NONBLOCK) == -1) {
        close(socket);
        return false;
    }
    return serve(w, socket);
}

void worker_run(struct worker *w)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    assert(w->engine != NULL);
    ev_run(w->desk.ev, 0);
}

static void *thread_main(void *argument)
{
    worker_run(argument);
    return NULL;
}

/* The new thread inherits a mask that blocks every signal: they are for the thread that waits for them. */
bool worker_start(struct worker *w)
{
    char name[16];
    sigset_t all, before;
    OBJ_CHECK(w, WORKER_MAGIC);
    assert(!w->started);
    sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    w->started = pthread_create(&w->thread, NULL, thread_main, w) == 0;
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!w->started)
        return false;
    (void)snprintf(name, sizeof name, "worker-%u", w->options.index % 100000);
    (void)pthread_setname_np(w->thread, name);
    return true;
}

void worker_leave(struct worker *w, int64_t grace, int64_t spread)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    departure_post(&w->departure, grace, spread);
}

void worker_stop(struct worker *w)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    atomic_store(&w->stopping, true);
    wake(&w->loop);
    if (!w->started)
        return;
    pthread_join(w->thread, NULL);
    w->started = false;
}

void worker_free(struct worker *w)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    assert(!w->started);
    acceptor_close(&w->acceptor);
    if (w->engine != NULL) {
        uint32_t slot = 0;
        struct connection *c;
        while ((c = slots_next(&w->engine->connections, &slot)) != NULL)
            end(w, conn_of(c));
        departure_release(&w->departure);
    }
    pool_release(&w->conns);
    ev_loop_destroy(w->desk.ev);
    OBJ_DEAD(w);
    free(w);
}

const struct worker_stats *worker_stats(const struct worker *w)
{
    OBJ_CHECK(w, WORKER_MAGIC);
    return &w->desk.stats;
}
