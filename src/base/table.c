// SPDX-License-Identifier: MIT
#include "base/table.h"

#include <stdlib.h>

#include "base/object.h"

enum {
    TABLE_LEAST = 16, /* buckets */
    /* Old buckets emptied at each insertion: so many that all are empty before the next doubling is due. */
    TABLE_STEP = 2
};

void table_init(struct table *t)
{
    *t = (struct table){.count = 0};
}

void table_release(struct table *t)
{
    free(t->now.heads);
    free(t->old.heads);
    table_init(t);
}

static struct table_node **bucket_of(struct table *t, uint32_t hash)
{
    uint32_t old = hash & (t->old.count - 1);
    if (t->old.heads != NULL && old >= t->moved)
        return &t->old.heads[old];
    if (t->now.heads != NULL)
        return &t->now.heads[hash & (t->now.count - 1)];
    return &t->first;
}

static void push(struct table_node **bucket, struct table_node *node)
{
    node->next = *bucket;
    *bucket = node;
}

static void move_bucket(struct table *t, struct table_node *chain)
{
    while (chain != NULL) {
        struct table_node *next = chain->next;
        push(&t->now.heads[chain->hash & (t->now.count - 1)], chain);
        chain = next;
    }
}

static void move_some(struct table *t)
{
    for (int i = 0; i < TABLE_STEP && t->old.heads != NULL; i++) {
        struct table_node *chain = t->old.heads[t->moved];
        t->old.heads[t->moved++] = NULL;
        move_bucket(t, chain);
        if (t->moved == t->old.count) {
            free(t->old.heads);
            t->old = (struct table_buckets){NULL, 0};
        }
    }
}

/* Without memory all stays as it is: the chains grow, and the next insertion tries again. */
static void grow(struct table *t)
{
    uint32_t count = t->now.count == 0 ? TABLE_LEAST : t->now.count * 2;
    if (count == 0)
        return;
    struct table_node **heads = calloc(count, sizeof *heads);
    if (heads == NULL)
        return;
    t->old = t->now;
    t->moved = 0;
    t->now = (struct table_buckets){heads, count};
    if (t->old.heads == NULL) {
        move_bucket(t, t->first);
        t->first = NULL;
    }
}

struct table_node *table_find(const struct table *t, uint32_t hash, table_equals *equals, const void *key)
{
    struct table_node *node = *bucket_of((struct table *)t, hash);
    while (node != NULL && !(node->hash == hash && equals(node, key)))
        node = node->next;
    return node;
}

void table_insert(struct table *t, struct table_node *node, uint32_t hash)
{
    if (t->old.heads != NULL)
        move_some(t);
    else if (t->count >= t->now.count)
        grow(t);
    node->hash = hash;
    push(bucket_of(t, hash), node);
    t->count++;
}

void table_remove(struct table *t, struct table_node *node)
{
    struct table_node **link = bucket_of(t, node->hash);
    while (*link != node) {
        assert(*link != NULL);
        link = &(*link)->next;
    }
    *link = node->next;
    node->next = NULL;
    t->count--;
}

/* The first member of the buckets from `from` on. */
static struct table_node *first_from(const struct table_buckets *buckets, uint32_t from)
{
    for (uint32_t i = from; i < buckets->count; i++)
        if (buckets->heads[i] != NULL)
            return buckets->heads[i];
    return NULL;
}

struct table_node *table_next(const struct table *t, const struct table_node *node)
{
    if (node != NULL && node->next != NULL)
        return node->next;
    if (t->now.heads == NULL)
        return node == NULL ? t->first : NULL;
    uint32_t from = 0, old = node == NULL ? 0 : node->hash & (t->old.count - 1);
    /* The old buckets come first, then the new ones. */
    if (t->old.heads != NULL && (node == NULL || old >= t->moved)) {
        struct table_node *next = first_from(&t->old, node == NULL ? t->moved : old + 1);
        if (next != NULL)
            return next;
    } else if (node != NULL) {
        from = (node->hash & (t->now.count - 1)) + 1;
    }
    return first_from(&t->now, from);
}
