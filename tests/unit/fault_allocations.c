// SPDX-License-Identifier: MIT
#include "support/faults.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "support/test.h"

/* Called by their other names, since a compiler may leave out a plain malloc() whose memory nobody uses. */

TEST(faults_once, "exactly the n-th allocation of our objects fails, and the next succeeds")
{
    faults_arm(2, FAULTS_ONCE);
    void *first = faults_malloc(10), *second = faults_calloc(2, 5), *third = faults_malloc(10);
    CHECK_INT(faults_count(), 3);
    CHECK_INT(faults_failed(), 1);
    CHECK_INT(faults_disarm(), 1);
    CHECK(first != NULL && second == NULL && third != NULL);
    free(first);
    free(third);
}

TEST(faults_on, "from the n-th allocation on all fail until disarmed")
{
    faults_arm(2, FAULTS_ON);
    void *first = faults_malloc(10), *second = faults_realloc(NULL, 100), *third = faults_malloc(10);
    CHECK_INT(faults_disarm(), 2);
    CHECK(first != NULL && second == NULL && third == NULL);
    void *fourth = faults_malloc(10);
    CHECK(fourth != NULL);
    free(first);
    free(fourth);
}

TEST(faults_burst, "as many fail in a row as was said")
{
    faults_arm(3, 8);
    for (unsigned n = 1; n <= 20; n++) {
        void *memory = faults_malloc(10);
        CHECK((memory == NULL) == (n >= 3 && n < 11));
        free(memory);
    }
    CHECK_INT(faults_disarm(), 8);
}

TEST(faults_spared, "what a test allocates for itself neither counts nor fails")
{
    faults_arm(1, FAULTS_ON);
    faults_spare();
    void *own = faults_malloc(10);
    faults_resume();
    CHECK_INT(faults_count(), 0);
    CHECK(own != NULL && faults_malloc(10) == NULL);
    CHECK_INT(faults_disarm(), 1);
    free(own);
}

TEST(faults_layers, "the allocations inside our libraries are among them")
{
    struct arena arena;
    arena_init(&arena, 10000);
    faults_arm(1, FAULTS_ONCE);
    CHECK(arena_alloc(&arena, 100) == NULL && !arena_ok(&arena));
    CHECK_INT(faults_disarm(), 1);
    arena_release(&arena);
    CHECK(arena_alloc(&arena, 100) != NULL && arena_ok(&arena));
    arena_release(&arena);
}
