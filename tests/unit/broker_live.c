// SPDX-License-Identifier: MIT
/* What comes out of the lane: duplicates, early events, holes, overflow, and what is asked of the table. */
#include "support/broker_world.h"

static struct world w;
static struct client a, b;

TEST(once, "an event that comes twice is delivered once; G2")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    for (int i = 0; i < 3; i++)
        world_commit(&w, 0, true);
    world_bring(&w, 0, 3);
    world_bring(&w, 0, 1);
    CHECK_AT(a, 3);
    CHECK_INT(a.came, 3);
    CHECK_INT(w.broker.counters.duplicates, 2);
    client_leave(&a);
    world_release(&w);
}

TEST(order, "events that come early are held and delivered in order, without the table; G3")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    w.table.head[0] = 6;
    static const uint64_t arrivals[] = {2, 6, 1, 2, 4, 6, 5, 3};
    static const uint64_t then[] = {0, 0, 2, 2, 2, 2, 2, 6};
    for (size_t i = 0; i < ARRAY_LEN(arrivals); i++) {
        world_bring(&w, 0, arrivals[i]);
        CHECK_AT(a, then[i]);
    }
    world_pass(&w, 1000);
    CHECK_INT(w.table.count, 0);
    CHECK_INT(w.broker.counters.gaps, 0);
    CHECK_INT(w.broker.counters.early, 4);
    client_leave(&a);
    world_release(&w);
}

TEST(gap, "a hole that does not close within 200 ms is read from the table; G2")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    world_commit(&w, 0, true);
    world_commit(&w, 0, false);
    world_commit(&w, 0, true);
    world_pass(&w, 199);
    CHECK_INT(w.table.count, 0);
    world_pass(&w, 1 + TIMERS_TICK / MICROSECONDS_PER_MS + 1);
    CHECK_INT(w.table.count, 1);
    CHECK_AT(a, 1);
    world_commit(&w, 0, true); /* meanwhile */
    world_read(&w);
    CHECK_AT(a, 4);
    CHECK_INT(w.broker.counters.gaps, 1);
    CHECK_INT(w.broker.counters.reads, 1);
    client_leave(&a);
    world_release(&w);
}

TEST(slow_store, "while a slow table is asked, a hole is not asked for again")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    w.table.head[0] = 4;
    world_bring(&w, 0, 2);
    world_pass(&w, 300);
    CHECK_INT(w.table.count, 1);
    world_bring(&w, 0, 4);
    world_pass(&w, 300);
    world_read(&w);
    CHECK_AT(a, 4);
    world_pass(&w, 300);
    world_read(&w);
    CHECK_INT(w.table.reads, 1);
    client_leave(&a);
    world_release(&w);
}

TEST(gap_anew, "the time of a hole begins when it is seen, not with an earlier one that closed")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    w.table.head[0] = 4;
    world_bring(&w, 0, 2);
    world_pass(&w, 150);
    world_bring(&w, 0, 4);
    world_bring(&w, 0, 1);
    CHECK_AT(a, 2);
    world_pass(&w, 150);
    CHECK_INT(w.table.count, 0);
    world_pass(&w, 100);
    CHECK_INT(w.table.count, 1);
    world_read(&w);
    CHECK_AT(a, 4);
    client_leave(&a);
    world_release(&w);
}

TEST(held_bound, "however many come early, few are held, and the table has the rest; LM-6")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    w.table.head[0] = 1000;
    for (uint64_t seq = 2; seq <= 1000; seq++)
        world_bring(&w, 0, seq);
    CHECK_AT(a, 0);
    world_bring(&w, 0, 1);
    CHECK_AT(a, 1 + broker_options_default.held_count);
    world_pass(&w, 300);
    world_read(&w);
    CHECK_AT(a, 1000);
    client_leave(&a);
    world_release(&w);
}

TEST(overflow, "after an overflow every followed durable stream catches up from the table, at most so many "
               "at a time; G2")
{
    struct broker_options options = broker_options_default;
    options.reads = 2;
    static struct client clients[LOG_TABLE_STREAMS];
    world_init(&w, &options);
    for (size_t i = 0; i < LOG_TABLE_STREAMS; i++) {
        client_join(&clients[i], &w, i);
        w.table.head[i] = 10 * i;
    }
    broker_overflowed(&w.broker);
    CHECK_INT(w.table.count, 2);
    world_read(&w);
    for (size_t i = 0; i < LOG_TABLE_STREAMS; i++) {
        CHECK_AT(clients[i], 10 * i);
        world_commit(&w, i, true);
        CHECK_AT(clients[i], 10 * i + 1);
    }
    CHECK_INT(w.table.reads, LOG_TABLE_STREAMS);
    broker_overflowed(&w.broker);
    client_leave(&clients[0]); /* its read is on its way: the queue goes on without it */
    client_leave(&clients[3]); /* this one waits in the queue */
    world_read(&w);
    CHECK_INT(w.broker.reads, 0);
    client_leave(&clients[1]);
    client_leave(&clients[2]);
    world_release(&w);
}

TEST(overflow_again, "an overflow while a catch-up is on its way is read for once more")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    world_commit(&w, 0, false);
    broker_overflowed(&w.broker);
    log_table_run(&w.table, 0); /* the answer is made, not yet taken */
    world_commit(&w, 0, false);
    broker_overflowed(&w.broker);
    world_read(&w);
    CHECK_AT(a, 2);
    client_leave(&a);
    world_release(&w);
}

TEST(overflow_pending,
     "what is dropped while the only subscription is pending is read once it is admitted; SB-13")
{
    world_init(&w, &broker_options_default);
    client_subscribe(&a, &w, 0);
    client_subscribe(&b, &w, 1);
    world_commit(&w, 0, false);
    world_commit(&w, 1, true);
    world_commit(&w, 1, false);
    broker_overflowed(&w.broker);
    CHECK_INT(w.table.count, 0); /* nobody who waits for it */
    client_admit(&a, 0, 0);
    client_admit(&b, 0, 0);
    world_read(&w);
    CHECK_AT(a, 1);
    CHECK_AT(b, 2);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(long_catch_up, "a catch-up of many portions delivers all, also what arrives in between")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    w.table.head[0] = 1000;
    broker_overflowed(&w.broker);
    while (w.table.count > 0) {
        world_commit(&w, 0, w.table.head[0] % 2 == 0);
        log_table_run(&w.table, 0);
        world_turn(&w);
    }
    CHECK_AT(a, w.table.head[0]);
    client_leave(&a);
    world_release(&w);
}

TEST(store_down, "while the store fails a hole is tried again with growing pauses, and nobody is cut off")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    world_commit(&w, 0, false);
    w.table.failures = 1000;
    broker_overflowed(&w.broker);
    for (int second = 0; second < 60; second++)
        for (int i = 0; i < 20; i++) {
            world_read(&w);
            world_pass(&w, 50);
        }
    CHECK(w.broker.counters.read_errors >= 12 && w.broker.counters.read_errors <= 40);
    CHECK_INT(a.failed, 0);
    w.table.failures = 0;
    world_pass(&w, 5100);
    world_read(&w);
    CHECK_AT(a, 1);
    client_leave(&a);
    world_release(&w);
}

TEST(head, "a head that somebody saw closes a hole of which no event tells")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    world_commit(&w, 0, false);
    broker_note_head(&w.broker, SLICE("a"), 1);
    broker_note_head(&w.broker, SLICE("nobody"), 1);
    world_pass(&w, 300);
    world_read(&w);
    CHECK_AT(a, 1);
    client_leave(&a);
    world_release(&w);
}

TEST(expired, "what retention took is told to whoever misses it, and to nobody else; G4")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    client_subscribe(&b, &w, 0);
    w.table.head[0] = w.table.expired[0] = 5; /* all of them lost on their way, and gone from the table */
    client_admit(&b, 5, 5);
    CHECK_INT(b.live, 1);
    world_pass(&w, 300);
    world_read(&w);
    CHECK(a.failed == 1 && b.failed == 0);
    CHECK_INT(w.broker.counters.lost, 1);
    world_commit(&w, 0, true);
    CHECK_AT(b, 6);
    client_leave(&b);
    world_release(&w);
}

TEST(expired_rows,
     "rows that begin behind a hole count as loss; who left by the callback may come back at once")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    client_join(&b, &w, 0);
    a.reaction = CLIENT_RETURNS;
    w.table.head[0] = 9;
    w.table.expired[0] = 4;
    broker_overflowed(&w.broker);
    world_read(&w);
    CHECK(a.failed == 1 && b.failed == 1);
    world_commit(&w, 0, true);
    CHECK_AT(a, 10);
    client_leave(&a);
    world_release(&w);
}

TEST(skipped, "an event that cannot be rendered is counted, skipped, and leaves no hole")
{
    world_init(&w, &broker_options_default);
    w.unrenderable = 3;
    client_join(&a, &w, 0);
    for (int i = 0; i < 5; i++)
        world_commit(&w, 0, true);
    CHECK_AT(a, 5);
    CHECK_INT(a.came, 4);
    CHECK_INT(w.broker.counters.unrendered, 1);
    CHECK_INT(w.broker.counters.early, 0);
    client_subscribe(&b, &w, 0);
    client_admit(&b, 0, 5);
    world_turn(&w);
    CHECK_AT(b, 5);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(rendered_once, "a message is rendered once for all subscribers of a worker; LM-11")
{
    static struct client many[50];
    world_init(&w, &broker_options_default);
    for (size_t i = 0; i < ARRAY_LEN(many); i++)
        client_join(&many[i], &w, 0);
    world_commit(&w, 0, true);
    world_commit(&w, 1, true); /* nobody follows it: not rendered at all; SB-11 */
    CHECK_INT(w.rendered, 1);
    CHECK_INT(w.broker.counters.deliveries, 50);
    CHECK_INT(w.broker.counters.unfollowed, 1);
    for (size_t i = 0; i < ARRAY_LEN(many); i++) {
        CHECK_AT(many[i], 1);
        client_leave(&many[i]);
    }
    world_release(&w);
}

TEST(starved, "an event for which there is no memory is not skipped: it comes later, in its place; G2 G3")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    world_commit(&w, 0, true);
    w.starving = 3;
    for (int i = 0; i < 4; i++)
        world_commit(&w, 0, true);
    CHECK_AT(a, 1);
    for (int i = 0; i < 20; i++) {
        world_pass(&w, 500);
        world_read(&w);
    }
    CHECK_AT(a, 5);
    CHECK_INT(a.came, 5);
    CHECK_INT(w.broker.counters.unrendered, 0);
    client_leave(&a);
    world_release(&w);
}
