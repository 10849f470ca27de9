// SPDX-License-Identifier: MIT
#include "base/pool.h"

#include "support/test.h"

TEST(distinct, "objects are distinct, aligned, and come back to be taken again")
{
    struct pool p;
    pool_init(&p, 24, 4);
    unsigned char *objects[10];
    for (size_t i = 0; i < 10; i++) {
        objects[i] = pool_get(&p);
        CHECK(objects[i] != NULL && (uintptr_t)objects[i] % _Alignof(max_align_t) == 0);
        memset(objects[i], (int)i, 24);
    }
    CHECK_INT(p.live, 10);
    for (size_t i = 0; i < 10; i++)
        for (size_t j = 0; j < 24; j++)
            CHECK(objects[i][j] == i);
    pool_put(&p, objects[3]);
    pool_put(&p, NULL);
    CHECK_INT(p.live, 9);
    CHECK(pool_get(&p) == objects[3]);
    for (size_t i = 0; i < 10; i++)
        pool_put(&p, objects[i]);
    CHECK_INT(p.live, 0);
    pool_release(&p);
}
