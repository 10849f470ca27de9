// SPDX-License-Identifier: MIT
#include "chat/presence.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/object.h"

enum { PRESENCE_MAGIC = 0x50524553, BUCKETS = 64, PORTION = 256 /* buckets that are looked at in one go */ };
/* How long an ended login is remembered: longer than a report of its beginning can be on its way. */
#define MEMORY (60 * MICROSECONDS_PER_SECOND)

struct entry {
    struct entry *next;
    struct uuid user, login;
    int64_t expires;
    bool ended; /* `expires` is when it may be forgotten */
};

struct presence {
    unsigned magic;
    pthread_mutex_t lock;
    struct entry **buckets; /* by user; room is a power of two */
    size_t room, count;
};

struct presence *presence_new(void)
{
    struct presence *p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->magic = PRESENCE_MAGIC;
    p->room = BUCKETS;
    p->buckets = calloc(p->room, sizeof(struct entry *));
    if (p->buckets == NULL || pthread_mutex_init(&p->lock, NULL) != 0) {
        free(p->buckets);
        free(p);
        return NULL;
    }
    return p;
}

void presence_free(struct presence *p)
{
    OBJ_CHECK(p, PRESENCE_MAGIC);
    OBJ_DEAD(p);
    for (size_t i = 0; i < p->room; i++) {
        while (p->buckets[i] != NULL) {
            struct entry *e = p->buckets[i];
            p->buckets[i] = e->next;
            free(e);
        }
    }
    free(p->buckets);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

/* User ids are made by us from randomness, so any octets of them spread. */
static struct entry **bucket(struct entry **buckets, size_t room, const struct uuid *user)
{
    uint64_t hash;
    memcpy(&hash, user->octets + 8, sizeof hash);
    return &buckets[(hash >> 8) & (room - 1)];
}

static struct entry *find(struct presence *p, const struct uuid *user, const struct uuid *login)
{
    struct entry *e = *bucket(p->buckets, p->room, user);
    while (e != NULL && !uuid_equals(&e->login, login))
        e = e->next;
    return e;
}

static void forget_expired(struct presence *p, int64_t now)
{
    for (size_t i = 0; i < p->room; i++) {
        struct entry **link = &p->buckets[i];
        while (*link != NULL) {
            struct entry *e = *link;
            if (e->expires > now) {
                link = &e->next;
                continue;
            }
            *link = e->next;
            free(e);
            p->count--;
        }
    }
}

/* Keeps chains short; without memory they grow longer, and nothing worse. */
static void grow(struct presence *p)
{
    size_t room = p->room * 2;
    struct entry **buckets = calloc(room, sizeof(struct entry *));
    if (buckets == NULL)
        return;
    for (size_t i = 0; i < p->room; i++) {
        while (p->buckets[i] != NULL) {
            struct entry *e = p->buckets[i], **into = bucket(buckets, room, &e->user);
            p->buckets[i] = e->next;
            e->next = *into;
            *into = e;
        }
    }
    free(p->buckets);
    p->buckets = buckets;
    p->room = room;
}

static struct entry *insert(struct presence *p, const struct uuid *user, const struct uuid *login,
                            int64_t now)
{
    if (p->count >= p->room / 4 * 3) {
        forget_expired(p, now);
        if (p->count > p->room / 2) /* so that a sweep is paid for by a quarter of the room */
            grow(p);
    }
    struct entry *e = calloc(1, sizeof *e);
    if (e == NULL)
        return NULL;
    e->user = *user;
    e->login = *login;
    struct entry **into = bucket(p->buckets, p->room, user);
    e->next = *into;
    *into = e;
    p->count++;
    return e;
}

bool presence_put(struct presence *p, const struct uuid *user, const struct uuid *login, int64_t expires,
                  int64_t now)
{
    OBJ_CHECK(p, PRESENCE_MAGIC);
    pthread_mutex_lock(&p->lock);
    struct entry *e = find(p, user, login);
    if (e == NULL)
        e = insert(p, user, login, now);
    if (e != NULL && !e->ended && e->expires < expires)
        e->expires = expires;
    pthread_mutex_unlock(&p->lock);
    return e != NULL;
}

void presence_end(struct presence *p, const struct uuid *user, const struct uuid *login, int64_t now)
{
    OBJ_CHECK(p, PRESENCE_MAGIC);
    pthread_mutex_lock(&p->lock);
    struct entry *e = find(p, user, login);
    if (e == NULL)
        e = insert(p, user, login, now);
    if (e != NULL) {
        e->ended = true;
        e->expires = now + MEMORY;
    }
    pthread_mutex_unlock(&p->lock);
}

bool presence_is_online(struct presence *p, const struct uuid *user, int64_t now)
{
    OBJ_CHECK(p, PRESENCE_MAGIC);
    bool online = false;
    pthread_mutex_lock(&p->lock);
    for (struct entry *e = *bucket(p->buckets, p->room, user); e != NULL && !online; e = e->next)
        online = !e->ended && e->expires > now && uuid_equals(&e->user, user);
    pthread_mutex_unlock(&p->lock);
    return online;
}

size_t presence_count(struct presence *p)
{
    OBJ_CHECK(p, PRESENCE_MAGIC);
    pthread_mutex_lock(&p->lock);
    size_t count = p->count;
    pthread_mutex_unlock(&p->lock);
    return count;
}

/* Whoever renders waits for a portion at most. What moves meanwhile, because the table grows, may be missed: it is found
 * the next time. */
static bool look_at_portion(struct presence *p, size_t from, int64_t now, int64_t *next)
{
    pthread_mutex_lock(&p->lock);
    bool more = from < p->room;
    for (size_t i = from; i < p->room && i < from + PORTION; i++) {
        for (const struct entry *e = p->buckets[i]; e != NULL; e = e->next) {
            if (!e->ended && e->expires > now && e->expires < *next)
                *next = e->expires;
        }
    }
    pthread_mutex_unlock(&p->lock);
    return more;
}

int64_t presence_next_expiry(struct presence *p, int64_t now)
{
    OBJ_CHECK(p, PRESENCE_MAGIC);
    int64_t next = INT64_MAX;
    for (size_t from = 0; look_at_portion(p, from, now, &next); from += PORTION)
        ;
    return next;
}
