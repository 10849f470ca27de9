// SPDX-License-Identifier: MIT
#include "base/ring.h"

#include <pthread.h>
#include <sched.h>

#include "support/test.h"

TEST(bounds, "a ring takes its capacity and refuses the next, in any round")
{
    int items[8];
    struct ring r;
    CHECK(ring_init(&r, 3));
    CHECK_INT(r.capacity, 4);
    CHECK(ring_pop(&r) == NULL);
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 4; i++)
            CHECK(ring_push(&r, &items[i]));
        CHECK(!ring_push(&r, &items[4]));
        CHECK(ring_pop(&r) == &items[0]);
        CHECK(ring_push(&r, &items[5]));
        CHECK(!ring_push(&r, &items[6]));
        for (int i = 1; i < 4; i++)
            CHECK(ring_pop(&r) == &items[i]);
        CHECK(ring_pop(&r) == &items[5]);
        CHECK(ring_pop(&r) == NULL);
    }
    ring_release(&r);
}

enum { PRODUCERS = 3, EACH = 20000 };

struct producer {
    struct ring *ring;
    unsigned char *items; /* EACH octets of its own: addresses that ascend */
    pthread_t thread;
};

static void *produce(void *argument)
{
    struct producer *p = argument;
    for (size_t i = 0; i < EACH; i++)
        while (!ring_push(p->ring, p->items + i))
            sched_yield();
    return NULL;
}

TEST(threads, "nothing is lost, doubled or reordered among what one producer pushes")
{
    static unsigned char octets[PRODUCERS][EACH];
    struct ring r;
    CHECK(ring_init(&r, 64));
    struct producer producers[PRODUCERS];
    size_t next[PRODUCERS] = {0};
    for (size_t i = 0; i < PRODUCERS; i++) {
        producers[i] = (struct producer){.ring = &r, .items = octets[i]};
        CHECK(pthread_create(&producers[i].thread, NULL, produce, &producers[i]) == 0);
    }
    for (size_t got = 0; got < PRODUCERS * EACH;) {
        unsigned char *item = ring_pop(&r);
        if (item == NULL) {
            sched_yield();
            continue;
        }
        size_t at = (size_t)(item - octets[0]);
        CHECK_INT(at % EACH, next[at / EACH]);
        next[at / EACH]++;
        got++;
    }
    CHECK(ring_pop(&r) == NULL);
    for (size_t i = 0; i < PRODUCERS; i++)
        pthread_join(producers[i].thread, NULL);
    ring_release(&r);
}
