// SPDX-License-Identifier: MIT
/* The end of a destination, and of all who follow it, wherever they stand (SC-10). */
#include "support/broker_world.h"

static struct world w;
static struct client live, ahead, ready, stalled, pending, other;

static void end(void)
{
    broker_end(&w.broker, w.table.names[0], ERR_POSITION_GONE);
}

TEST(everybody,
     "whoever is live, ahead, replayed to or waits for room is removed and told; others are not; G6")
{
    world_init(&w, &broker_options_default);
    client_join(&live, &w, 0);
    client_join(&other, &w, 1);
    for (int i = 0; i < 5; i++)
        world_commit(&w, 0, true);
    world_turn(&w);
    client_subscribe(&ahead, &w, 0);
    client_admit(&ahead, 7, 7);
    client_subscribe(&stalled, &w, 0);
    stalled.room = 1;
    client_admit(&stalled, 0, 5);
    world_turn(&w);
    CHECK_INT(stalled.sub.state, SUBSCRIPTION_STALLED);
    client_subscribe(&ready, &w, 0);
    client_admit(&ready, 0, 5);
    CHECK_INT(ready.sub.state, SUBSCRIPTION_READY);
    end();
    struct client *gone[] = {&live, &ahead, &ready, &stalled};
    for (size_t i = 0; i < ARRAY_LEN(gone); i++) {
        CHECK_INT(gone[i]->failed, 1);
        CHECK_INT(gone[i]->sub.state, SUBSCRIPTION_GONE);
        gone[i]->forbidden = true;
    }
    CHECK_INT(other.failed, 0);
    world_commit(&w, 0, true);
    world_commit(&w, 1, true);
    world_turn(&w);
    CHECK_INT(other.came, 1);
    end(); /* nobody follows it */
    client_leave(&other);
    world_release(&w);
}

TEST(checked, "one whose check is running is not admitted, and nothing comes to it; G6")
{
    world_init(&w, &broker_options_default);
    client_subscribe(&pending, &w, 0);
    end();
    CHECK_INT(pending.failed, 0);
    CHECK(!broker_admit(&w.broker, &pending.sub, 0, 0));
    world_commit(&w, 0, true);
    world_turn(&w);
    CHECK_INT(pending.came, 0);
    client_leave(&pending);
    world_release(&w);
}

TEST(returns, "who subscribes anew as he is told is a new subscriber")
{
    world_init(&w, &broker_options_default);
    client_join(&live, &w, 0);
    client_join(&other, &w, 0);
    live.reaction = CLIENT_RETURNS;
    end();
    CHECK(live.failed == 1 && other.failed == 1);
    world_commit(&w, 0, true);
    world_turn(&w);
    CHECK_INT(live.came, 1);
    client_leave(&live);
    world_release(&w);
}
