// SPDX-License-Identifier: MIT
#include <stdlib.h>

#include "engine/connection.h"
#include "engine/http.h"
#include "engine/stomp.h"
#include "engine/websocket.h"

enum { ENGINE_MAGIC = 0x454e4749, TABLE_FIRST = 64 };

const struct engine_limits engine_limits_default = {
    .http_target = 8 << 10,
    .http_head = 16 << 10,
    .http_body = 64 << 10,
    .http_request_timeout = 10 * MICROSECONDS_PER_SECOND,
    .http_idle_timeout = 60 * MICROSECONDS_PER_SECOND,
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
    e->table.most = max_connections;
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

void engine_release(struct engine *e)
{
    OBJ_CHECK(e, ENGINE_MAGIC);
    assert(e->table.used == 0);
    pool_release(&e->out_entries);
    pool_release(&e->http_exchanges);
    pool_release(&e->websockets);
    pool_release(&e->stomp_sessions);
    pool_release(&e->stomp_parsers);
    pool_release(&e->tickets);
    table_release(&e->subscriptions);
    free(e->table.slots);
    free(e->table.generations);
    free(e->table.free);
    OBJ_DEAD(e);
}

struct connection *engine_next(const struct engine *e, uint32_t *slot)
{
    while (*slot < e->table.room) {
        struct connection *c = e->table.slots[(*slot)++];
        if (c != NULL)
            return c;
    }
    return NULL;
}

void engine_leave(struct engine *e)
{
    uint32_t slot = 0;
    struct connection *c;
    while ((c = engine_next(e, &slot)) != NULL) {
        if (c->phase == CONNECTION_OPEN)
            c->protocol->leave(c);
    }
}

struct connection *engine_next_dirty(struct engine *e)
{
    struct list *node = list_pop(&e->dirty);
    return node == NULL ? NULL : CONTAINER_OF(node, struct connection, dirty);
}

/* ---- the table: ids that outlive what they name ---- */

static bool grow(struct engine *e)
{
    uint32_t room = e->table.room == 0 ? TABLE_FIRST : e->table.room * 2;
    struct connection **slots = realloc(e->table.slots, room * sizeof *slots);
    if (slots != NULL)
        e->table.slots = slots;
    uint32_t *generations = realloc(e->table.generations, room * sizeof *generations);
    if (generations != NULL)
        e->table.generations = generations;
    uint32_t *vacant = realloc(e->table.free, room * sizeof *vacant);
    if (vacant != NULL)
        e->table.free = vacant;
    if (slots == NULL || generations == NULL || vacant == NULL)
        return false;
    for (uint32_t slot = room; slot-- > e->table.room;) {
        slots[slot] = NULL;
        generations[slot] = 0;
        vacant[e->table.free_count++] = slot;
    }
    e->table.room = room;
    return true;
}

bool engine_table_add(struct engine *e, struct connection *c)
{
    OBJ_CHECK(e, ENGINE_MAGIC);
    if (e->table.used >= e->table.most || (e->table.free_count == 0 && !grow(e)))
        return false;
    uint32_t slot = e->table.free[--e->table.free_count];
    e->table.slots[slot] = c;
    e->table.used++;
    c->id =
        (struct connection_id){.slot = slot, .generation = ++e->table.generations[slot], .worker = e->worker};
    return true;
}

void engine_table_remove(struct engine *e, struct connection *c)
{
    assert(e->table.slots[c->id.slot] == c);
    e->table.slots[c->id.slot] = NULL;
    e->table.free[e->table.free_count++] = c->id.slot;
    e->table.used--;
}

struct connection *connection_find(struct engine *e, struct connection_id id)
{
    OBJ_CHECK(e, ENGINE_MAGIC);
    if (id.worker != e->worker || id.slot >= e->table.room || e->table.generations[id.slot] != id.generation)
        return NULL;
    return e->table.slots[id.slot];
}
