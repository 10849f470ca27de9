// SPDX-License-Identifier: MIT
#include "main/pulse.h"

#include "support/test.h"

static int64_t now;

static int64_t tell(const struct clock *c)
{
    (void)c;
    return now;
}

static const struct clock manual = {tell, tell};

static void wake(struct loop *l)
{
    (void)l;
}

TEST(pulse, "a loop that turns is felt for ever; one that has stopped is not after ten seconds, and is again "
            "when it goes on")
{
    struct loop loop;
    struct pulse p;
    now = 1000;
    loop_init(&loop, &manual, &random_system, wake);
    pulse_start(&p, &loop);
    for (int turns = 0; turns < 100; turns++) {
        CHECK(pulse_is_felt(&p, now));
        now += loop_turn(&loop); /* sleeps as long as it may */
    }
    CHECK(now > 90 * PULSE_BEAT);
    int64_t last = p.last;
    CHECK(pulse_is_felt(&p, last + PULSE_PATIENCE));
    CHECK(!pulse_is_felt(&p, last + PULSE_PATIENCE + 1));
    now = last + 2 * PULSE_PATIENCE;
    (void)loop_turn(&loop);
    CHECK(pulse_is_felt(&p, now));
}
