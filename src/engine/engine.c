// SPDX-License-Identifier: MIT
#include "engine/connection.h"
#include "engine/http.h"
#include "engine/stomp.h"
#include "engine/websocket.h"

enum { ENGINE_MAGIC = 0x454e4749 };

const struct engine_limits engine_limits_default = {
    .http_target = 8 << 10,
    .http_head = 16 << 10,
    .http_body = 64 << 10,
    .http_request_timeout = 10 * MICROSECONDS_PER_SECOND,
    .http_body_progress = 8 << 10,
    .http_idle_timeout = 60 * MICROSECONDS_PER_SECOND,
    .http_drain = 64 << 20,
    .http_drain_time = 30 * MICROSECONDS_PER_SECOND,
    .stomp = {.frame = 64 << 10, .line = 8 << 10, .headers = 100, .noise = 1000},
    .stomp_destination = 1 << 10,
    .stomp_subscriptions = 1000,
    .stomp_connect_timeout = 60 * MICROSECONDS_PER_SECOND,
    .stomp_heart_beat = 10000,
    .stomp_heart_beat_grace = 3,
    .ping_interval = 25 * MICROSECONDS_PER_SECOND,
    .pong_timeout = 20 * MICROSECONDS_PER_SECOND,
    .send_buffer = 512 << 10,
    .send_timeout = 10 * MICROSECONDS_PER_SECOND,
    .linger = 2 * MICROSECONDS_PER_SECOND,
    .store_wait = 10 * MICROSECONDS_PER_SECOND,
};

void engine_init(struct engine *e, uint32_t worker, uint32_t max_connections, struct loop *loop,
                 struct broker *broker, const struct engine_limits *limits, const struct engine_ports *ports,
                 void *ports_context)
{
    OBJ_INIT(e, ENGINE_MAGIC);
    e->worker = worker;
    e->loop = loop;
    e->broker = broker;
    e->limits = limits;
    e->ports = ports;
    e->ports_context = ports_context;
    slots_init(&e->connections, max_connections);
    list_init(&e->dirty);
    e->open = http_open;
    pool_init(&e->out_entries, sizeof(struct outq_entry), 1024);
    pool_init(&e->http_exchanges, sizeof(struct http_exchange), 32);
    pool_init(&e->websockets, sizeof(struct websocket), 64);
    pool_init(&e->stomp_sessions, sizeof(struct stomp_session), 64);
    pool_init(&e->stomp_parsers, sizeof(struct stomp_parser), 32);
    pool_init(&e->tickets, sizeof(struct stomp_tickets), 32);
    table_init(&e->subscriptions);
    e->key = hash_key_draw(loop->random);
}

uint64_t engine_failures(const struct engine_counters *counters)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < ERR_COUNT; i++)
        sum += counter_get(&counters->failed[i]);
    return sum;
}

void engine_release(struct engine *e)
{
    OBJ_CHECK(e, ENGINE_MAGIC);
    assert(e->connections.used == 0);
    pool_release(&e->out_entries);
    pool_release(&e->http_exchanges);
    pool_release(&e->websockets);
    pool_release(&e->stomp_sessions);
    pool_release(&e->stomp_parsers);
    pool_release(&e->tickets);
    table_release(&e->subscriptions);
    slots_release(&e->connections);
    OBJ_DEAD(e);
}

void engine_leave(struct engine *e)
{
    uint32_t slot = 0;
    struct connection *c;
    while ((c = slots_next(&e->connections, &slot)) != NULL) {
        if (c->phase == CONNECTION_OPEN)
            c->protocol->leave(c);
    }
}

struct connection *engine_next_dirty(struct engine *e)
{
    struct list *node = list_pop(&e->dirty);
    return node == NULL ? NULL : CONTAINER_OF(node, struct connection, dirty);
}

struct connection *connection_find(struct engine *e, struct connection_id id)
{
    OBJ_CHECK(e, ENGINE_MAGIC);
    return id.worker == e->worker ? slots_find(&e->connections, id.slot, id.generation) : NULL;
}
