// SPDX-License-Identifier: MIT
#include "base/table.h"

#include <stdlib.h>

#include "base/hash.h"
#include "support/test.h"

struct member {
    unsigned key;
    bool seen;
    struct table_node node;
};

static bool has_key(const struct table_node *node, const void *key)
{
    return CONTAINER_OF(node, struct member, node)->key == *(const unsigned *)key;
}

static struct member *find(const struct table *t, unsigned key, uint32_t hash)
{
    struct table_node *node = table_find(t, hash, has_key, &key);
    return node == NULL ? NULL : CONTAINER_OF(node, struct member, node);
}

/* Spread, but with pairs of members whose hashes are the same. */
static uint32_t hash_of(unsigned key)
{
    return (key / 2) * 2654435761u;
}

TEST(siphash, "SipHash-2-4 gives the values of its authors' vectors")
{
    struct hash_key key = {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)};
    unsigned char in[15];
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (unsigned char)i;
    CHECK(hash_slice(&key, slice_of(in, 0)) == UINT64_C(0x726fdb47dd0e0e31));
    CHECK(hash_slice(&key, slice_of(in, 1)) == UINT64_C(0x74f839c593dc67fd));
    CHECK(hash_slice(&key, slice_of(in, 8)) == UINT64_C(0x93f5f5799a932462));
    CHECK(hash_slice(&key, slice_of(in, 15)) == UINT64_C(0xa129ca6149be45e5));
    struct hash_key other = hash_key_draw(&random_system);
    CHECK(hash_slice(&other, slice_of(in, 15)) != hash_slice(&key, slice_of(in, 15)));
}

TEST(grow, "every member is found at every size, equal hashes included, and none that is not there")
{
    enum { MANY = 5000 };
    struct member *members = calloc(MANY, sizeof *members);
    struct table t;
    table_init(&t);
    CHECK(find(&t, 0, hash_of(0)) == NULL);
    for (unsigned i = 0; i < MANY; i++) {
        members[i].key = i;
        table_insert(&t, &members[i].node, hash_of(i));
        CHECK(find(&t, i, hash_of(i)) == &members[i]);
        CHECK(find(&t, i / 2, hash_of(i / 2)) == &members[i / 2]);
        CHECK(find(&t, i + 1, hash_of(i + 1)) == NULL);
    }
    CHECK_INT(t.count, MANY);
    for (unsigned i = 0; i < MANY; i++)
        CHECK(find(&t, i, hash_of(i)) == &members[i]);
    for (unsigned i = 0; i < MANY; i += 3)
        table_remove(&t, &members[i].node);
    for (unsigned i = 0; i < MANY; i++)
        CHECK(find(&t, i, hash_of(i)) == (i % 3 == 0 ? NULL : &members[i]));
    table_release(&t);
    free(members);
}

TEST(each, "walking visits every member once, also in the middle of growing")
{
    enum { MANY = 200 };
    struct member members[MANY] = {0};
    struct table t;
    table_init(&t);
    CHECK(table_next(&t, NULL) == NULL);
    for (unsigned n = 1; n <= MANY; n++) {
        members[n - 1].key = n - 1;
        table_insert(&t, &members[n - 1].node, hash_of(n - 1));
        unsigned seen = 0;
        for (struct table_node *node = table_next(&t, NULL); node != NULL; node = table_next(&t, node)) {
            struct member *m = CONTAINER_OF(node, struct member, node);
            CHECK(m->seen == (n % 2 == 0));
            m->seen = !m->seen;
            seen++;
        }
        CHECK_INT(seen, n);
        members[n == MANY ? 0 : n].seen = n % 2 == 1;
    }
    table_release(&t);
}

TEST(no_memory, "without any bucket the table works on as one chain")
{
    struct member members[3] = {{.key = 1}, {.key = 2}, {.key = 3}};
    struct table t;
    table_init(&t);
    /* What an insertion leaves that found no memory to grow: all in `first`. */
    for (size_t i = 0; i < 3; i++) {
        members[i].node.hash = hash_of(members[i].key);
        members[i].node.next = t.first;
        t.first = &members[i].node;
        t.count++;
    }
    CHECK(find(&t, 1, hash_of(1)) == &members[0] && find(&t, 3, hash_of(3)) == &members[2]);
    table_remove(&t, &members[1].node);
    CHECK(find(&t, 2, hash_of(2)) == NULL);
    CHECK(table_next(&t, table_next(&t, NULL)) == &members[0].node);
    table_insert(&t, &members[1].node, hash_of(2)); /* memory is back */
    CHECK(t.first == NULL && t.count == 3);
    for (unsigned i = 0; i < 3; i++)
        CHECK(find(&t, i + 1, hash_of(i + 1)) == &members[i]);
    table_release(&t);
}
