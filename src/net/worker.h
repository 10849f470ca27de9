/* SPDX-License-Identifier: MIT
 *
 * net/worker.h - one thread that carries octets between sockets and the connections of one engine.
 *
 * It owns a libev loop, a listening socket, the descriptors, and the memory of its connections; it reads into
 * one buffer, so an idle connection holds none. Nothing is written or freed within a callback of a socket:
 * before each sleep it takes a turn: on_turn(), loop_turn(), then the engine's dirty list is emptied with one
 * writev per connection (style: Redis' beforeSleep). It knows neither protocols nor the domain.
 *
 * Life: worker_new, then the owner builds what needs worker_loop() (lanes, broker, engine), worker_attach,
 * worker_start or worker_run, [worker_leave], worker_stop, worker_free. Functions belong to the worker's own
 * thread, or to anybody while it does not run, unless they say "any thread".
 *
 * A paused connection is not watched for input, and libev offers no EPOLLRDHUP: that its peer has gone is
 * seen when something is written to it or when it is resumed, whichever comes first. Pauses are bounded by
 * the engine (protocols.md LM-*, design.md section 4), so this delays the release of a few octets and nothing
 * else.
 */
#ifndef PARLEY_NET_WORKER_H
#define PARLEY_NET_WORKER_H

#include "base/loop.h"
#include "base/metrics.h"

struct connection;
struct engine;
struct logger;
struct worker;

struct worker_options {
    uint32_t index; /* of this worker: its thread is called "worker-N" */
    const struct clock *clock;
    const struct random *random;
    struct logger *logger; /* gets a line for each connection at LOG_DEBUG; may be NULL */
    /* At so many connections accepting rests until one ends; others wait in the listener's backlog. The
     * engine's table must have as much room. */
    uint32_t max_connections;
    /* Octets that the kernel may hold of output for one connection, besides LM-2; 0: what the system thinks
     * best, which for a slow reader are megabytes. */
    int send_buffer;
    /* Before each sleep, on the worker's thread: drains lanes. May be NULL. */
    void (*on_turn)(void *context);
    /* Every new connection, before its first octet: here it may become something other than HTTP. May be
     * NULL. */
    void (*on_open)(void *context, struct connection *c);
    /* Once after worker_leave(), on the worker's thread, when the last connection has ended. `cut` of them
     * had to be cut off at the deadline. May be NULL. */
    void (*on_left)(void *context, uint32_t worker, uint32_t cut);
    void *context;
};

/* One writer, the worker; any thread reads (base/metrics.h). */
struct worker_stats {
    _Atomic uint64_t accepted;
    _Atomic uint64_t accept_failures; /* no descriptor or no memory: accepting rested */
    _Atomic uint64_t octets_in, octets_out;
    _Atomic uint64_t reads, writes; /* system calls */
    _Atomic uint64_t turns;
    _Atomic uint64_t connections; /* now */
};

/* NULL when there is no loop to be had. Copies the options. */
struct worker *worker_new(const struct worker_options *options);
/* For loop_post() and wake() from any thread, and to build an engine upon. Lives as long as the worker. */
struct loop *worker_loop(struct worker *w);
/* Before it starts: the engine (its owner's, initialised with worker_loop()) whose connections it serves, and
 * a listening socket that it closes; -1: it accepts nothing and is only given sockets. */
void worker_attach(struct worker *w, struct engine *engine, int listener);
/* Serves a connected stream socket that somebody else has accepted; it is made non-blocking. False, and the
 * socket closed, when there is no room. */
bool worker_adopt(struct worker *w, int socket);

/* Runs it on this thread until worker_stop(). */
void worker_run(struct worker *w);
/* Runs it on a thread of its own, with all signals blocked. False when there is none to be had. */
bool worker_start(struct worker *w);

/* Any thread, once: accepts what waits in the accept queue, closes the listener, asks the connections to end
 * politely, evenly spread over `spread` microseconds (protocols.md SL-18), and cuts those that are left after
 * `grace` microseconds (both from now). The worker goes on running,
 * for tasks that are still to be finished. */
void worker_leave(struct worker *w, int64_t grace, int64_t spread);
/* Any thread but its own when it was started: makes it return and, if it was started, waits for its thread.
 * May be called twice. From its own thread, for a worker_run(): returns at once and the run ends with the
 * turn. */
void worker_stop(struct worker *w);
/* Closes what is still open, without farewell. It must not be running. The engine is its owner's. */
void worker_free(struct worker *w);

/* Lives as long as the worker. Any thread. */
const struct worker_stats *worker_stats(const struct worker *w);

#endif
