// SPDX-License-Identifier: MIT
/* Subscriptions that come with a past: from the history, from the table, at their own pace. */
#include "support/broker_world.h"

static struct world w;
static struct client a, b, c;

TEST(history, "what was missed comes from the history, in order, then live, without a gap or a duplicate; G4")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    for (int i = 0; i < 100; i++)
        world_commit(&w, 0, true);
    client_subscribe(&b, &w, 0);
    client_admit(&b, 40, 100);
    CHECK(b.came == 0 && b.live == 0);
    world_commit(&w, 0, true); /* before its replay */
    world_turn(&w);
    CHECK_AT(b, 101);
    CHECK_INT(b.live, 1);
    world_commit(&w, 0, true);
    CHECK_AT(b, 102);
    CHECK_INT(w.table.reads, 0);
    CHECK_INT(w.rendered, 102);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(table, "what the history has not comes from the table, one read however many ask; G4")
{
    static struct client many[20];
    world_init(&w, &broker_options_default);
    w.table.head[0] = 200;
    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        client_subscribe(&many[i], &w, 0);
        client_admit(&many[i], 5 * i, 200);
    }
    world_turn(&w);
    CHECK_INT(w.table.count, 1);
    world_commit(&w, 0, true);
    world_commit(&w, 0, false); /* the table has it before the lane brings it */
    world_read(&w);
    world_bring(&w, 0, 202);
    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        CHECK_AT(many[i], 202);
        CHECK_INT(many[i].live, 1);
        client_leave(&many[i]);
    }
    CHECK_INT(w.table.reads, 1);
    CHECK_INT(w.rendered, 202);
    world_release(&w);
}

TEST(portions, "a long past comes in portions, and events that arrive meanwhile follow it; G4")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 3000;
    client_subscribe(&a, &w, 0);
    client_admit(&a, 0, 3000);
    world_turn(&w);
    while (w.table.count > 0) {
        world_commit(&w, 0, true);
        log_table_run(&w.table, 0);
        world_turn(&w);
    }
    CHECK_AT(a, w.table.head[0]);
    CHECK_INT(a.live, 1);
    client_leave(&a);
    world_release(&w);
}

TEST(pace, "a subscriber without room is waited for, delays nobody, and costs no more than the history's "
           "bound; LM-4")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    for (int i = 0; i < 50; i++)
        world_commit(&w, 0, true);
    client_subscribe(&b, &w, 0);
    b.room = 10;
    client_admit(&b, 0, 50);
    world_turn(&w);
    CHECK_AT(b, 10);
    CHECK_INT(b.sub.state, SUBSCRIPTION_STALLED);
    for (int i = 0; i < 1000; i++) {
        world_commit(&w, 0, true);
        CHECK_AT(a, w.table.head[0]);
    }
    CHECK(w.broker.messages.live <= broker_options_default.history_count);
    while (b.live == 0) {
        b.room = 10;
        broker_resume(&w.broker, &b.sub);
        broker_resume(&w.broker, &b.sub);
        world_read(&w);
    }
    CHECK_AT(b, 1050);
    CHECK(w.table.reads >= 3 && w.table.reads <= 8); /* portions, not a read for each ten */
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(live_without_room,
     "a live subscriber is delivered to whether it has room or not: its connection's limit cuts it; LM-2")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    a.room = 0;
    world_commit(&w, 0, true);
    CHECK_AT(a, 1);
    client_leave(&a);
    world_release(&w);
}

TEST(turns, "one turn of the loop replays a bounded number, to each in his turn; G5")
{
    struct broker_options options = broker_options_default;
    options.turn_replays = 30;
    world_init(&w, &options);
    client_join(&a, &w, 0);
    for (int i = 0; i < 100; i++)
        world_commit(&w, 0, true);
    client_subscribe(&b, &w, 0);
    client_subscribe(&c, &w, 0);
    client_admit(&b, 0, 100);
    client_admit(&c, 0, 100);
    for (int turn = 1; turn <= 4; turn++) {
        loop_turn(&w.loop);
        CHECK_INT(b.came + c.came, 30 * turn);
    }
    CHECK(b.came == 60 && c.came == 60);
    world_turn(&w);
    CHECK_AT(b, 100);
    CHECK_AT(c, 100);
    client_leave(&a);
    client_leave(&b);
    client_leave(&c);
    world_release(&w);
}

TEST(store_down, "a replay waits for a store that fails, and is not cut off")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 10;
    w.table.failures = 3;
    client_subscribe(&a, &w, 0);
    client_admit(&a, 2, 10);
    for (int i = 0; i < 30; i++) {
        world_read(&w);
        world_pass(&w, 50);
    }
    CHECK_AT(a, 10);
    CHECK(a.live == 1 && a.failed == 0);
    CHECK_INT(w.broker.counters.read_errors, 3);
    client_leave(&a);
    world_release(&w);
}

TEST(too_old, "a position whose events are gone is told so, others of the same read go on; G4")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 100;
    w.table.expired[0] = 30;
    client_subscribe(&a, &w, 0);
    client_subscribe(&b, &w, 0);
    client_subscribe(&c, &w, 0);
    a.reaction = CLIENT_RETURNS;
    client_admit(&a, 29, 100);
    client_admit(&b, 30, 100);
    client_admit(&c, 60, 100);
    world_read(&w);
    CHECK(a.failed == 1 && a.came == 0 && a.live == 1);
    CHECK_AT(b, 100);
    CHECK_AT(c, 100);
    CHECK_INT(w.table.reads, 1); /* coming back from inside failed() asks for nothing */
    client_leave(&a);
    client_leave(&b);
    client_leave(&c);
    world_release(&w);
}

TEST(hole, "a row that is missing in the middle is told to whoever came up to it")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 20;
    w.table.hole[0] = 15;
    client_subscribe(&a, &w, 0);
    client_subscribe(&b, &w, 0);
    client_admit(&a, 10, 20);
    client_admit(&b, 15, 20);
    world_read(&w);
    CHECK_AT(a, 14);
    CHECK(a.failed == 1 && a.live == 0 && b.failed == 0);
    CHECK_AT(b, 20);
    client_leave(&b);
    world_release(&w);
}

TEST(all_gone, "a position is gone also where the table has no row at all any more")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = w.table.expired[0] = 100;
    client_subscribe(&a, &w, 0);
    client_admit(&a, 99, 100);
    client_join(&b, &w, 0);
    world_read(&w);
    CHECK(a.failed == 1 && b.failed == 0 && b.live == 1);
    world_commit(&w, 0, true);
    CHECK_AT(b, 101);
    client_leave(&b);
    world_release(&w);
}

TEST(gone_for_some, "an empty answer condemns only those who miss what had to be there when it was asked for")
{
    struct broker_options options = broker_options_default;
    options.history_count = 0;
    world_init(&w, &options);
    w.table.head[0] = w.table.expired[0] = 1;
    client_subscribe(&a, &w, 0);
    client_admit(&a, 0, 1);
    world_bring(&w, 0, 4); /* held */
    world_turn(&w);
    CHECK_INT(w.table.count, 1);
    world_bring(&w, 0, 2); /* the answer will not have this yet */
    client_subscribe(&b, &w, 0);
    client_admit(&b, 1, 2);
    loop_turn(&w.loop);
    CHECK_INT(b.sub.state, SUBSCRIPTION_READING);
    log_table_run(&w.table, 0);
    w.table.head[0] = 4;
    world_pass(&w, 300);
    world_read(&w);
    CHECK(a.failed == 1 && b.failed == 0);
    CHECK_AT(b, 4);
    client_leave(&b);
    world_release(&w);
}

TEST(leave, "leaving in the middle of a replay leaves nothing behind, also with a read on its way")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 10;
    client_subscribe(&a, &w, 0);
    client_admit(&a, 2, 10);
    world_turn(&w);
    CHECK(w.table.count == 1 && a.sub.state == SUBSCRIPTION_READING);
    client_leave(&a);
    CHECK(w.broker.destinations.count == 0 && w.loop.timers.count == 0);
    client_join(&b, &w, 0); /* the same destination anew, while the old read is still under way */
    world_read(&w);
    world_commit(&w, 0, true);
    CHECK_AT(b, 11);
    CHECK_INT(a.came, 0);
    client_leave(&b);
    world_release(&w);
}

TEST(window,
     "what was read for replays is given back when nobody is replayed to any more; history by its age; LM-10")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 100;
    client_subscribe(&a, &w, 0);
    client_admit(&a, 0, 100);
    world_read(&w);
    CHECK_INT(a.live, 1);
    CHECK_INT(w.broker.messages.live, 0);
    for (int i = 0; i < 10; i++) {
        world_commit(&w, 0, true);
        world_pass(&w, 1000);
    }
    CHECK_INT(w.broker.messages.live, 10);
    world_pass(&w, 55000);
    CHECK(w.broker.messages.live > 0 && w.broker.messages.live < 10);
    world_pass(&w, 6000);
    CHECK_INT(w.broker.messages.live, 0);
    CHECK_INT(w.loop.timers.count, 0);
    client_leave(&a);
    world_release(&w);
}
