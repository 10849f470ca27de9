// SPDX-License-Identifier: MIT
#include "idle/sizes.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdlib.h>

#include "api/internal.h"
#include "broker/destination.h"
#include "chat/presence.h"
#include "engine/websocket.h"
#include "net/conn.h"
#include "support/measure.h"
#include "wire/stomp_write.h"

enum {
    CHUNK_HEAD = sizeof(size_t), /* glibc: before each allocation, all of them aligned and no less than: */
    CHUNK_ALIGNMENT = 2 * sizeof(size_t),
    CHUNK_LEAST = 4 * sizeof(size_t),
    POOL_SLAB = 64,    /* objects of one slab of connections, WebSockets, sessions */
    LIBEV_PER_FD = 16, /* ANFD: head of a list, flags, a counter */
    SLOT = 16,         /* base/slots.h */
    BUCKETS_FIRST = 16,
    SAMPLE = 4096,
};

struct table_of_rows {
    const struct sizes_population *p;
    struct sizes_row *rows;
    unsigned count;
    double malloc_slack, pool_slack; /* so far */
};

static void add(struct table_of_rows *t, const char *what, double octets)
{
    if (t->count == SIZES_MOST)
        bench_die("too many rows");
    t->rows[t->count++] = (struct sizes_row){what, octets};
}

/* What malloc() takes beyond what it was asked for. */
static size_t overhead_of(size_t octets)
{
    size_t chunk = (octets + CHUNK_HEAD + CHUNK_ALIGNMENT - 1) / CHUNK_ALIGNMENT * CHUNK_ALIGNMENT;
    return (chunk < CHUNK_LEAST ? CHUNK_LEAST : chunk) - octets;
}

/* One of a pool: its share of the slab's head, and what rounding adds. */
static void add_pooled(struct table_of_rows *t, size_t octets)
{
    size_t rounded = (octets + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    size_t slab = rounded * POOL_SLAB + sizeof(max_align_t);
    t->pool_slack += (double)(slab + overhead_of(slab)) / POOL_SLAB - (double)octets;
}

static void add_connection(struct table_of_rows *t)
{
    add(t, "connection: what net keeps of a socket",
        sizeof(struct conn) - sizeof(struct connection) - sizeof(ev_io));
    add(t, "connection: its libev watcher", sizeof(ev_io));
    add(t, "connection: the engine's part", sizeof(struct connection));
    add_pooled(t, sizeof(struct conn));
    add(t, "WebSocket", sizeof(struct websocket));
    add_pooled(t, sizeof(struct websocket));
    add(t, "STOMP session", sizeof(struct stomp_session));
    add_pooled(t, sizeof(struct stomp_session));
}

static void add_subscription(struct table_of_rows *t)
{
    struct buf prefix;
    unsigned char id[STOMP_SUBSCRIPTION_ID];
    memset(id, 'x', sizeof id);
    buf_init(&prefix, 8 * STOMP_SUBSCRIPTION_ID);
    stomp_write_message_prefix(&prefix, STOMP_1_2, slice_of(id, t->p->subscription), SLICE_NONE);
    size_t text = t->p->subscription + prefix.len - STOMP_MESSAGE_BEGIN.len;
    buf_release(&prefix);
    add(t, "subscription: the broker's part", sizeof(struct subscription));
    add(t, "subscription: the session's part",
        sizeof(struct stomp_subscription) - sizeof(struct subscription));
    add(t, "subscription: its id, and the head of its MESSAGEs", (double)text);
    t->malloc_slack += (double)overhead_of(sizeof(struct stomp_subscription) + text);
}

/* As it is packed, with texts of the given lengths. */
static size_t packed_user(const struct sizes_population *p)
{
    static unsigned char octets[sizeof(struct uuid)];
    char *name = calloc(1, p->name + 1), *email = calloc(1, p->email + 1);
    if (name == NULL || email == NULL)
        bench_die("out of memory");
    memset(name, 'x', p->name);
    memset(email, 'x', p->email);
    Parley__V1__Uuid id = PARLEY__V1__UUID__INIT;
    Parley__V1__UserDto user = PARLEY__V1__USER_DTO__INIT;
    id.value = (ProtobufCBinaryData){sizeof octets, octets};
    user.id = &id;
    user.username = name;
    user.email = email;
    user.has_role = user.has_online = 1;
    user.role = PARLEY__V1__ROLE__ROLE_USER;
    size_t len = protobuf_c_message_get_packed_size(&user.base);
    free(name);
    free(email);
    return len;
}

/* The entry of a login is presence.c's own affair: what does making many take? */
static double login_entry(void)
{
    struct presence *p = presence_new();
    struct uuid user = {{0}}, login = {{0}};
    size_t before = mallinfo2().uordblks;
    for (uint32_t i = 0; i < SAMPLE && p != NULL; i++) {
        memcpy(user.octets + 9, &i, sizeof i);
        memcpy(login.octets + 9, &i, sizeof i);
        if (!presence_put(p, &user, &login, INT64_MAX, 0))
            bench_die("out of memory");
    }
    double each = (double)(mallinfo2().uordblks - before) / SAMPLE;
    if (p != NULL)
        presence_free(p);
    return each;
}

static void add_user(struct table_of_rows *t)
{
    size_t user = packed_user(t->p);
    double sessions = t->p->after - t->p->before;
    add(t, "principal: who it is", sizeof(struct api_session));
    add(t, "principal: the user as the domain gave him", (double)user);
    t->malloc_slack += (double)overhead_of(sizeof(struct api_session) + user);
    add(t, "login in the set of who is online, allocator included", login_entry() * t->p->users / sessions);
}

static void add_destination(struct table_of_rows *t)
{
    double each = t->p->workers * (double)t->p->destinations / (t->p->after - t->p->before);
    size_t octets = sizeof(struct destination) + t->p->destination;
    each = each > 1 ? 1 : each; /* on each worker that has a subscriber */
    add(t, "destination", (double)octets * each);
    t->malloc_slack += (double)overhead_of(octets) * each;
}

static double room_for(double count, double least)
{
    double room = least;
    while (room < count)
        room *= 2;
    return room;
}

static void add_arrays(struct table_of_rows *t)
{
    double sessions = t->p->after - t->p->before, workers = t->p->workers;
    double buckets =
        room_for(t->p->after / workers, BUCKETS_FIRST) - room_for(t->p->before / workers, BUCKETS_FIRST);
    add(t, "slot that turns a connection's id into it", SLOT);
    add(t, "hash tables of subscriptions and of sessions by login",
        2 * buckets * workers / sessions * sizeof(struct table_node *));
    add(t, "libev's table of descriptors, in each worker", workers * LIBEV_PER_FD);
}

unsigned sizes_of_session(const struct sizes_population *p, struct sizes_row rows[SIZES_MOST])
{
    struct table_of_rows t = {.p = p, .rows = rows};
    add_connection(&t);
    add_subscription(&t);
    add_user(&t);
    add_destination(&t);
    add_arrays(&t);
    add(&t, "pools: heads of slabs and rounding", t.pool_slack);
    add(&t, "malloc: heads of chunks and rounding", t.malloc_slack);
    return t.count;
}
