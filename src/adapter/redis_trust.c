// SPDX-License-Identifier: MIT
#include "adapter/redis_trust.h"

#include <stdlib.h>

struct trusted {
    struct table_node node;
    struct list order;
    struct login login;
    int64_t verified;
};

void redis_trust_init(struct redis_trust *t, size_t most, int64_t life)
{
    table_init(&t->logins);
    list_init(&t->order);
    t->most = most;
    t->life = life;
}

static void drop(struct redis_trust *t, struct trusted *one)
{
    table_remove(&t->logins, &one->node);
    list_remove(&one->order);
    free(one);
}

static struct trusted *oldest(struct redis_trust *t)
{
    return list_is_empty(&t->order) ? NULL : CONTAINER_OF(t->order.next, struct trusted, order);
}

void redis_trust_release(struct redis_trust *t)
{
    for (struct trusted *one; (one = oldest(t)) != NULL;)
        drop(t, one);
    table_release(&t->logins);
}

/* Login ids are made by us from randomness, so any octets of them spread. */
static uint32_t hash(const struct uuid *login)
{
    uint32_t n;
    memcpy(&n, login->octets + 10, sizeof n);
    return n;
}

static bool equals(const struct table_node *node, const void *key)
{
    return uuid_equals(&CONTAINER_OF(node, struct trusted, node)->login.id, key);
}

static struct trusted *find(const struct redis_trust *t, const struct uuid *login)
{
    struct table_node *node = table_find(&t->logins, hash(login), equals, login);
    return node == NULL ? NULL : CONTAINER_OF(node, struct trusted, node);
}

static void make_room(struct redis_trust *t, int64_t now)
{
    for (struct trusted *one; (one = oldest(t)) != NULL;) {
        if (t->logins.count < t->most && now - one->verified <= t->life)
            return;
        drop(t, one);
    }
}

static struct trusted *insert(struct redis_trust *t, const struct uuid *login, int64_t now)
{
    make_room(t, now);
    struct trusted *one = calloc(1, sizeof *one);
    if (one == NULL)
        return NULL;
    list_init(&one->order);
    list_append(&t->order, &one->order);
    table_insert(&t->logins, &one->node, hash(login));
    return one;
}

void redis_trust_put(struct redis_trust *t, const struct login *l, int64_t now)
{
    struct trusted *one = find(t, &l->id);
    if (one == NULL)
        one = insert(t, &l->id, now);
    if (one == NULL)
        return;
    one->login = *l;
    one->verified = now;
    list_remove(&one->order);
    list_append(&t->order, &one->order);
}

void redis_trust_forget(struct redis_trust *t, const struct uuid *login)
{
    struct trusted *one = find(t, login);
    if (one != NULL)
        drop(t, one);
}

bool redis_trust_verify(struct redis_trust *t, struct registry_call *call, int64_t now)
{
    const struct trusted *one = find(t, &call->login.id);
    if (one == NULL || now - one->verified > t->life || one->login.expires <= call->now ||
        !uuid_equals(&one->login.user, &call->login.user) ||
        !(call->any_access || uuid_equals(&one->login.access, &call->login.access)))
        return false;
    call->login = one->login;
    return true;
}
