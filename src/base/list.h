/* SPDX-License-Identifier: MIT
 *
 * base/list.h - a doubly linked ring whose links lie inside its members: no allocation, O(1) everywhere.
 *
 * A node that is in no list is linked to itself, so unlinking twice is harmless. One thread.
 */
#ifndef PARLEY_BASE_LIST_H
#define PARLEY_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/object.h"

struct list {
    struct list *next, *prev;
};

static inline void list_init(struct list *l)
{
    l->next = l->prev = l;
}

static inline bool list_is_empty(const struct list *l)
{
    return l->next == l;
}

/* True for a node that is a member of some list. */
static inline bool list_is_linked(const struct list *node)
{
    return node->next != node;
}

/* Puts a node that is in no list at the end of l. */
static inline void list_append(struct list *l, struct list *node)
{
    assert(!list_is_linked(node));
    node->prev = l->prev;
    node->next = l;
    l->prev->next = node;
    l->prev = node;
}

static inline void list_remove(struct list *node)
{
    node->prev->next = node->next;
    node->next->prev = node->prev;
    list_init(node);
}

/* Takes the first node off; NULL when there is none. */
static inline struct list *list_pop(struct list *l)
{
    struct list *node = l->next;
    if (node == l)
        return NULL;
    list_remove(node);
    return node;
}

/* Moves all members of `from` to the end of `to`. */
static inline void list_take_all(struct list *to, struct list *from)
{
    if (list_is_empty(from))
        return;
    from->next->prev = to->prev;
    from->prev->next = to;
    to->prev->next = from->next;
    to->prev = from->prev;
    list_init(from);
}

/* The body may remove `node` itself, and nothing else. */
#define LIST_FOREACH(node, l)                                                                                \
    for (struct list *node = (l)->next, *node##_next = node->next; node != (l);                              \
         node = node##_next, node##_next = node->next)

#endif
