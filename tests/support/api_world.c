// SPDX-License-Identifier: MIT
#include "support/api_world.h"

#include <stdarg.h>
#include <stdlib.h>

#include "wire/ws_frame.h"

enum { LINE = 8192 };

static unsigned logged;

static void accept_key(struct slice key, char accept[28])
{
    (void)key;
    memset(accept, 'x', 28);
}

static void count_line(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    (void)level, (void)event, (void)fields, (void)count;
    logged++;
}

unsigned api_world_logged(void)
{
    return logged;
}

/* The store's thread, and what it publishes. */
static bool work(struct pipes *pipes)
{
    struct api_world *w = CONTAINER_OF(pipes, struct api_world, pipes);
    struct domain *d = &w->domain;
    d->now = pipes->now;
    if (!w->store_rests)
        domain_store_step(d); /* its answers are mail */
    bool did = d->event_count > 0;
    for (size_t i = 0; i < d->event_count; i++)
        hub_publish(&w->hub, d->events[i]);
    for (size_t i = 0; i < d->told_count; i++)
        api_witness(&w->shared, d->told[i]);
    did |= d->told_count > 0;
    domain_forget_events(d);
    return did;
}

static void open_shared(struct api_world *w)
{
    struct api_shared *shared = &w->shared;
    shared->chat[LANGUAGE_KOREAN] = shared->chat[LANGUAGE_ENGLISH] = w->domain.chat;
    shared->options = (struct api_options){
        .allowed_origins = "", .allow_direct_publish = true, .language = LANGUAGE_ENGLISH};
    shared->hub = &w->hub;
    shared->websocket_accept = accept_key;
    shared->workers = w->apis;
    shared->worker_count = 1;
    shared->log = count_line;
}

void api_world_open(struct api_world *w)
{
    struct pipes *pipes = &w->pipes;
    memset(w, 0, sizeof *w);
    domain_open(&w->domain);
    domain_join(&w->domain, "kim", "CHANNEL_MANAGER", &w->kim);
    domain_join(&w->domain, "lee", "USER", &w->lee);
    domain_public_channel(&w->domain, &w->kim, "hall", w->channel);
    pipes_init(pipes, &api_ports, &w->api);
    pipes->now = pipes->loop.now = w->domain.now;
    timers_init(&pipes->loop.timers, pipes->now);
    pipes->work = work;
    CHECK(lane_init(&w->lane, LANE_CAPACITY, &pipes->loop, &pipes->broker.sink));
    w->lanes[0] = &w->lane;
    w->apis[0] = &w->api;
    hub_init(&w->hub, w->lanes, 1);
    open_shared(w);
    api_init(&w->api, &w->shared, &pipes->loop);
    api_attach(&w->api, &pipes->engine);
    pipes->broker.renderer = &w->api.renderer;
    pipes->broker.reader.store = &w->domain.store.port;
}

void api_world_close(struct api_world *w)
{
    const char *alive = NULL;
    w->store_rests = false;
    pipes_turn(&w->pipes);
    CHECK(pipes_release(&w->pipes, &alive));
    if (alive != NULL)
        printf("# still alive: %s\n", alive);
    CHECK_INT(atomic_load(&w->shared.tasks), 0);
    CHECK_INT(w->api.sessions.count, 0);
    api_release(&w->api);
    lane_release(&w->lane);
    domain_close(&w->domain);
}

/* ---- clients ---- */

void api_world_say(struct pipe *p, const char *format, ...)
{
    char text[LINE];
    unsigned char octets[LINE + 16];
    va_list arguments;
    va_start(arguments, format);
    size_t len = (size_t)vsnprintf(text, sizeof text, format, arguments) + 1; /* with its NUL */
    va_end(arguments);
    size_t n = ws_frame_head(octets, WS_TEXT, true, len);
    octets[1] |= 0x80;
    memset(octets + n, 0, 4);
    memcpy(octets + n + 4, text, len);
    pipe_send(p, slice_of(octets, n + 4 + len));
    pipes_turn(p->world);
}

void api_world_ask(struct pipe *p, const char *format, ...)
{
    char text[LINE];
    va_list arguments;
    va_start(arguments, format);
    int len = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    assert(len > 0 && len < LINE);
    pipe_send(p, slice_of(text, (size_t)len));
    pipes_turn(p->world);
}

bool api_world_hears(struct pipe *p, const char *text)
{
    const unsigned char *at = p->got.len == 0 ? NULL : memmem(p->got.data, p->got.len, text, strlen(text));
    if (at == NULL)
        printf("# no \"%s\" in %u octets: %.*s\n", text, p->got.len, (int)p->got.len,
               p->got.len == 0 ? "" : (const char *)p->got.data);
    else
        pipe_took(p, (size_t)(at - p->got.data) + strlen(text));
    return at != NULL;
}

void api_world_upgrade(struct api_world *w, struct pipe *p)
{
    CHECK(pipe_open(&w->pipes, p));
    api_world_ask(p, "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                     "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    CHECK(api_world_hears(p, "\r\n\r\n"));
}

void api_world_join(struct api_world *w, struct pipe *p, const struct person *who, const char *name)
{
    char expected[64];
    (void)snprintf(expected, sizeof expected, "user-name:%s\n\n", name);
    api_world_upgrade(w, p);
    api_world_say(p, "CONNECT\naccept-version:1.2\nAuthorization:Bearer %s\n\n", who->access);
    CHECK(api_world_hears(p, expected));
}

void api_world_part(struct pipe *p)
{
    pipe_break(p);
    pipe_release(p);
}
