// SPDX-License-Identifier: MIT
// Workers, wired as in parleyd: loop, lane, broker, engine; without store, api and domain.
#include <stdio.h>
#include <stdlib.h>

#include "adapter/digest.h"
#include "support/echo_server/echo_server.h"

enum { CONNECTIONS = 20000, GRACE = 2 };

static void websocket_accept(void *context, struct slice key, char accept[28])
{
    (void)context;
    digest_websocket_accept(key, accept);
}

const struct engine_ports echo_ports = {
    .http_request = echo_http_request,
    .http_refused = echo_http_refused,
    .http_head = echo_http_head,
    .http_body = echo_http_body,
    .http_body_end = echo_http_body_end,
    .http_writable = echo_http_writable,
    .http_dropped = echo_http_dropped,
    .websocket_accept = websocket_accept,
    .stomp_connect = echo_stomp_connect,
    .stomp_send = echo_stomp_send,
    .stomp_forgiven = echo_stomp_forgiven,
    .stomp_subscribe = echo_stomp_subscribe,
    .stomp_closed = echo_stomp_closed,
};

/* Transient events need no rendering, and there are no others. */
static enum error render(struct renderer *r, const struct event *e, struct message *into)
{
    (void)r, (void)e, (void)into;
    return ERR_INTERNAL_SERVER_ERROR;
}

static void set_limits(struct engine_limits *limits)
{
    *limits = engine_limits_default;
    limits->http_body = ECHO_MESSAGE;
    limits->http_request_timeout = 30 * MICROSECONDS_PER_SECOND;
    limits->ping_interval = 86400 * MICROSECONDS_PER_SECOND;
}

static void on_left(void *context, uint32_t worker, uint32_t cut)
{
    struct echo_server *s = context;
    (void)worker, (void)cut;
    sem_post(&s->left);
}

static bool open_worker(struct echo_server *s, unsigned index)
{
    struct echo_worker *w = &s->workers[index];
    w->worker = worker_new(&(struct worker_options){.index = index,
                                                    .clock = &clock_system,
                                                    .random = &random_system,
                                                    .max_connections = CONNECTIONS,
                                                    .on_left = on_left,
                                                    .context = s});
    if (w->worker == NULL)
        return false;
    struct loop *loop = worker_loop(w->worker);
    w->hub = &s->hub;
    w->renderer.render = render;
    broker_init(&w->broker, loop, NULL, &w->renderer, &broker_options_default); /* nothing is durable */
    if (!lane_init(&w->lane, LANE_CAPACITY, loop, &w->broker.sink))
        return false;
    engine_init(&w->engine, index, CONNECTIONS, loop, &w->broker, &s->limits, &echo_ports, w);
    s->lanes[index] = &w->lane;
    worker_attach(w->worker, &w->engine, listener_take(&s->listener, index));
    return true;
}

bool echo_server_start(struct echo_server *s, const char *address, unsigned workers)
{
    struct listener_address where;
    char why[LISTENER_WHY];
    memset(s, 0, sizeof *s);
    s->worker_count = workers;
    s->workers = calloc(workers, sizeof *s->workers);
    s->lanes = calloc(workers, sizeof(struct lane *));
    if (s->workers == NULL || s->lanes == NULL || sem_init(&s->left, 0, 0) != 0)
        return false;
    if (!listener_address_parse(&where, slice_from_string(address), why) ||
        !listener_open(&s->listener, &where, workers, why)) {
        fprintf(stderr, "echo_server: %s\n", why);
        return false;
    }
    set_limits(&s->limits);
    hub_init(&s->hub, s->lanes, workers);
    bool ok = true;
    for (unsigned i = 0; i < workers && ok; i++)
        ok = open_worker(s, i);
    for (unsigned i = 0; i < workers && ok; i++)
        ok = worker_start(s->workers[i].worker);
    if (!ok)
        fprintf(stderr, "echo_server: there is no thread to be had\n");
    return ok;
}

static void wait_for_mail(struct loop *loop)
{
    while (!mailbox_is_empty(&loop->mail))
        (void)loop_turn(loop);
}

void echo_server_stop(struct echo_server *s)
{
    for (unsigned i = 0; i < s->worker_count; i++)
        worker_leave(s->workers[i].worker, GRACE * MICROSECONDS_PER_SECOND, 0);
    for (unsigned i = 0; i < s->worker_count; i++) {
        while (sem_wait(&s->left) != 0)
            ;
    }
    for (unsigned i = 0; i < s->worker_count; i++)
        worker_stop(s->workers[i].worker);
    for (unsigned i = 0; i < s->worker_count; i++)
        wait_for_mail(worker_loop(s->workers[i].worker));
    for (unsigned i = 0; i < s->worker_count; i++) {
        struct echo_worker *w = &s->workers[i];
        worker_free(w->worker);
        engine_release(&w->engine);
        lane_release(&w->lane);
        broker_release(&w->broker);
    }
    listener_close(&s->listener);
    free(s->workers);
    free(s->lanes);
    sem_destroy(&s->left);
}
