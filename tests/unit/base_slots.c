// SPDX-License-Identifier: MIT
#include "base/slots.h"

#include <stddef.h>

#include "support/test.h"

enum { MANY = 3000 };

struct named {
    uint32_t slot, generation;
};

TEST(names, "an object is found by slot and generation as long as it is there")
{
    struct slots s;
    int object;
    struct named n;
    slots_init(&s, 10);
    CHECK(slots_add(&s, &object, &n.slot, &n.generation));
    CHECK(slots_find(&s, n.slot, n.generation) == &object);
    CHECK(slots_find(&s, n.slot, n.generation + 1) == NULL);
    CHECK(slots_find(&s, n.slot + 1, n.generation) == NULL);
    CHECK(slots_find(&s, SLOTS_NONE, n.generation) == NULL);
    slots_remove(&s, n.slot);
    CHECK(slots_find(&s, n.slot, n.generation) == NULL);
    slots_release(&s);
}

TEST(used_again, "a slot is used again under another generation, so that the old name finds nobody")
{
    struct slots s;
    int first, second;
    struct named old, new;
    slots_init(&s, 1);
    CHECK(slots_add(&s, &first, &old.slot, &old.generation));
    slots_remove(&s, old.slot);
    CHECK(slots_add(&s, &second, &new.slot, &new.generation));
    CHECK_INT(new.slot, old.slot);
    CHECK(slots_find(&s, old.slot, old.generation) == NULL);
    CHECK(slots_find(&s, new.slot, new.generation) == &second);
    slots_release(&s);
}

TEST(most, "no more than were agreed, and again one when one has gone")
{
    struct slots s;
    int object;
    struct named a, b;
    slots_init(&s, 2);
    CHECK(slots_add(&s, &object, &a.slot, &a.generation) && slots_add(&s, &object, &b.slot, &b.generation));
    CHECK(!slots_add(&s, &object, &a.slot, &a.generation));
    CHECK_INT(s.used, 2);
    slots_remove(&s, b.slot);
    CHECK(slots_add(&s, &object, &b.slot, &b.generation));
    slots_release(&s);
}

TEST(next, "a walk meets everybody who stays once, in segments that grow meanwhile")
{
    static int objects[MANY];
    static struct named names[MANY];
    static unsigned met[MANY];
    struct slots s;
    slots_init(&s, MANY);
    for (int i = 0; i < MANY / 2; i++)
        CHECK(slots_add(&s, &objects[i], &names[i].slot, &names[i].generation));
    uint32_t at = 0;
    int *object;
    for (int step = 0; (object = slots_next(&s, &at)) != NULL; step++) {
        met[object - objects]++;
        if (step % 3 == 0) /* comes */
            CHECK(slots_add(&s, &objects[MANY / 2 + step / 3], &names[MANY / 2 + step / 3].slot,
                            &names[MANY / 2 + step / 3].generation));
        if (step % 3 == 1 && step < MANY / 2) /* goes, having been met */
            slots_remove(&s, names[object - objects].slot);
    }
    for (int i = 0; i < MANY / 2; i++)
        CHECK_INT(met[i], 1);
    slots_release(&s);
}
