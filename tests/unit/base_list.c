// SPDX-License-Identifier: MIT
#include "base/list.h"

#include "support/test.h"

static size_t count(struct list *l)
{
    size_t n = 0;
    LIST_FOREACH (node, l)
        n += node->next->prev == node && node->prev->next == node;
    return n;
}

TEST(order, "members come out as they went in; unlinking twice is harmless")
{
    struct list l, nodes[3];
    list_init(&l);
    CHECK(list_is_empty(&l) && list_pop(&l) == NULL);
    for (size_t i = 0; i < 3; i++) {
        list_init(&nodes[i]);
        CHECK(!list_is_linked(&nodes[i]));
        list_append(&l, &nodes[i]);
        CHECK(list_is_linked(&nodes[i]));
    }
    CHECK_INT(count(&l), 3);
    list_remove(&nodes[1]);
    list_remove(&nodes[1]);
    CHECK_INT(count(&l), 2);
    CHECK(list_pop(&l) == &nodes[0] && list_pop(&l) == &nodes[2] && list_pop(&l) == NULL);
    CHECK(list_is_empty(&l) && !list_is_linked(&nodes[2]));
}

TEST(take_all, "a whole list moves behind another, an empty one changes nothing")
{
    struct list a, b, nodes[4];
    list_init(&a);
    list_init(&b);
    for (size_t i = 0; i < 4; i++)
        list_init(&nodes[i]);
    list_take_all(&a, &b);
    CHECK(list_is_empty(&a));
    list_append(&a, &nodes[0]);
    list_append(&b, &nodes[1]);
    list_append(&b, &nodes[2]);
    list_take_all(&a, &b);
    CHECK(list_is_empty(&b) && count(&a) == 3);
    list_append(&a, &nodes[3]);
    for (size_t i = 0; i < 4; i++)
        CHECK(list_pop(&a) == &nodes[i]);
}

TEST(foreach, "the node that is visited may leave")
{
    struct list l, nodes[5];
    list_init(&l);
    for (size_t i = 0; i < 5; i++) {
        list_init(&nodes[i]);
        list_append(&l, &nodes[i]);
    }
    size_t visited = 0;
    LIST_FOREACH (node, &l) {
        if (visited++ % 2 == 0)
            list_remove(node);
    }
    CHECK_INT(visited, 5);
    CHECK_INT(count(&l), 2);
}
