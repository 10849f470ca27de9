/* SPDX-License-Identifier: MIT
 *
 * base/table.h - a hash table whose links lie inside its members.
 *
 * Knows nothing of keys: the caller hashes (base/hash.h, where peers choose the keys) and compares. Grows by
 * doubling, a few buckets at each insertion, so that no single insertion is slow however many members there
 * are; growing that finds no memory only makes chains longer. Never shrinks before it is released. One
 * thread.
 */
#ifndef PARLEY_BASE_TABLE_H
#define PARLEY_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Embedded in the member. In at most one table at a time. */
struct table_node {
    struct table_node *next;
    uint32_t hash;
};

struct table_buckets {
    struct table_node **heads; /* NULL: none */
    uint32_t count;            /* a power of two, or 0 */
};

struct table {
    struct table_buckets now;
    struct table_buckets old; /* being emptied into `now`: its buckets below `moved` are empty */
    uint32_t moved;
    struct table_node *first; /* the only bucket as long as there was no memory for any */
    size_t count;
};

/* Is this the member that the key names? Called for members of equal hash only. */
typedef bool table_equals(const struct table_node *node, const void *key);

void table_init(struct table *t);
/* Frees the buckets. The members are their owner's. */
void table_release(struct table *t);
/* NULL when there is none. */
struct table_node *table_find(const struct table *t, uint32_t hash, table_equals *equals, const void *key);
/* The node must be in no table; that the key is not there yet is the caller's business. Never fails. */
void table_insert(struct table *t, struct table_node *node, uint32_t hash);
/* The node must be a member. */
void table_remove(struct table *t, struct table_node *node);
/* All members, in no order: the first for NULL, then the one behind `node`; NULL at the end. The table must
 * not change in between. */
struct table_node *table_next(const struct table *t, const struct table_node *node);

#endif
