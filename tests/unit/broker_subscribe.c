// SPDX-License-Identifier: MIT
/* The life of a subscription: pending while its check runs, withdrawn, leaving from anywhere; transient
 * destinations. */
#include "support/broker_world.h"

static struct world w;
static struct client a, b;

TEST(pending, "what arrives while the check runs is delivered after it, and nothing before; G6, SB-13")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 10;
    client_subscribe(&a, &w, 0);
    world_commit(&w, 0, true);
    world_commit(&w, 0, true);
    world_turn(&w);
    CHECK(a.came == 0 && a.live == 0);
    client_admit(&a, 10, 10);
    world_turn(&w);
    CHECK_AT(a, 12);
    CHECK(a.live == 1 && w.table.reads == 0);
    client_leave(&a);
    world_release(&w);
}

TEST(stale_lane,
     "events up to the head that the check saw are not delivered, however late the lane brings them; G2")
{
    world_init(&w, &broker_options_default);
    client_join(&b, &w, 0); /* holds the destination at 0 */
    w.table.head[0] = 5;    /* committed, still in the lane */
    client_subscribe(&a, &w, 0);
    client_admit(&a, 5, 5);
    CHECK(a.live == 1 && a.sub.state == SUBSCRIPTION_AHEAD);
    for (uint64_t seq = 1; seq <= 5; seq++)
        world_bring(&w, 0, seq);
    CHECK_INT(a.came, 0);
    CHECK_AT(b, 5);
    world_commit(&w, 0, true);
    CHECK_AT(a, 6);
    CHECK_AT(b, 6);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(head_tells, "a head that the lane never brought closes the hole of those who were there before; G2")
{
    world_init(&w, &broker_options_default);
    client_join(&b, &w, 0);
    w.table.head[0] = 5;
    client_join(&a, &w, 0);
    world_pass(&w, 300);
    world_read(&w);
    CHECK_AT(b, 5);
    CHECK(a.came == 0 && a.sub.state == SUBSCRIPTION_LIVE);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(jump,
     "a head beyond what came while nobody was admitted is taken at once: nobody needs what lies before")
{
    world_init(&w, &broker_options_default);
    client_subscribe(&a, &w, 0);
    client_subscribe(&b, &w, 0);
    w.table.head[0] = 3;
    world_bring(&w, 0, 3);
    w.table.head[0] = 5;
    client_admit(&a, 5, 5);
    CHECK(a.sub.state == SUBSCRIPTION_LIVE);
    world_pass(&w, 300);
    CHECK_INT(w.table.count, 0);
    world_commit(&w, 0, true);
    client_admit(&b, 1, 3);
    world_read(&w);
    CHECK_AT(a, 6);
    CHECK_AT(b, 6);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(late_check,
     "a check that saw an old head has the rest replayed; two that came at different times see the same; G3")
{
    world_init(&w, &broker_options_default);
    client_subscribe(&a, &w, 0);
    client_subscribe(&b, &w, 0);
    for (int i = 0; i < 10; i++)
        world_commit(&w, 0, true);
    client_admit(&b, 9, 9);
    client_admit(&a, 0, 0);
    world_commit(&w, 0, true);
    world_read(&w);
    CHECK_AT(a, 11);
    CHECK_AT(b, 11);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(reordered_pending, "early arrivals of a destination that has no position yet lose nothing; SB-13")
{
    world_init(&w, &broker_options_default);
    w.table.head[0] = 5;
    client_subscribe(&a, &w, 0);
    w.table.head[0] = 8;
    world_bring(&w, 0, 7);
    world_bring(&w, 0, 6);
    world_bring(&w, 0, 8);
    client_admit(&a, 5, 5);
    world_read(&w);
    CHECK_AT(a, 8);
    client_leave(&a);
    world_release(&w);
}

TEST(withdrawn_pending, "a right withdrawn while its check runs is not granted by the check; G6")
{
    world_init(&w, &broker_options_default);
    client_subscribe(&a, &w, 0);
    broker_withdraw(&a.sub);
    CHECK(!broker_admit(&w.broker, &a.sub, 0, 0));
    a.forbidden = true;
    world_commit(&w, 0, true);
    world_turn(&w);
    CHECK(a.came == 0 && a.live == 0 && a.sub.state == SUBSCRIPTION_PENDING);
    client_leave(&a);
    world_release(&w);
}

TEST(withdrawn_live, "a right withdrawn later ends delivery at once, live or in the middle of a replay; G6")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    for (int i = 0; i < 20; i++)
        world_commit(&w, 0, true);
    client_subscribe(&b, &w, 0);
    b.room = 5;
    client_admit(&b, 0, 20);
    world_turn(&w);
    CHECK_AT(b, 5);
    broker_withdraw(&a.sub);
    broker_withdraw(&b.sub);
    a.forbidden = b.forbidden = true;
    b.room = 100;
    broker_resume(&w.broker, &b.sub);
    world_commit(&w, 0, true);
    world_read(&w);
    CHECK(a.wrong == 0 && b.wrong == 0 && b.live == 0);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(withdrawn_ready, "nor does a replay that is due begin; G6")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    world_commit(&w, 0, true);
    client_subscribe(&b, &w, 0);
    client_admit(&b, 0, 1);
    broker_withdraw(&b.sub);
    world_turn(&w);
    CHECK(b.came == 0 && b.live == 0);
    client_leave(&a);
    client_leave(&b);
    world_release(&w);
}

TEST(inside, "a subscription may end itself from inside live(), as the last of its destination too")
{
    world_init(&w, &broker_options_default);
    client_subscribe(&a, &w, 0);
    a.reaction = CLIENT_LEAVES;
    client_admit(&a, 0, 0);
    CHECK(a.live == 1 && a.sub.state == SUBSCRIPTION_GONE && w.broker.destinations.count == 0);
    w.table.head[0] = 5;
    client_subscribe(&a, &w, 0);
    a.reaction = CLIENT_LEAVES;
    client_admit(&a, 2, 5);
    world_read(&w); /* live() comes out of a replay */
    CHECK_AT(a, 5);
    CHECK(a.live == 1 && a.sub.state == SUBSCRIPTION_GONE && w.broker.destinations.count == 0);
    world_release(&w);
}

TEST(again, "unsubscribing twice or before anything is harmless, and a subscription can be used anew")
{
    world_init(&w, &broker_options_default);
    subscription_init(&a.sub, &client_subscriber);
    broker_unsubscribe(&w.broker, &a.sub);
    broker_resume(&w.broker, &a.sub);
    for (int i = 0; i < 3; i++) {
        client_join(&a, &w, 0);
        broker_resume(&w.broker, &a.sub);
        world_commit(&w, 0, true);
        CHECK_INT(a.came, 1);
        client_leave(&a);
        client_leave(&a);
        a.forbidden = false;
    }
    world_release(&w);
}

static void hear(struct client *c, const char *destination)
{
    *c = (struct client){.world = &w, .room = 0};
    subscription_init(&c->sub, &client_subscriber);
    CHECK(broker_subscribe(&w.broker, &c->sub, slice_from_string(destination), false) == ERR_NONE);
}

TEST(transient, "a transient destination delivers in the order of the lane from the admission on and keeps "
                "nothing; SB-14")
{
    world_init(&w, &broker_options_default);
    hear(&a, "/topic/x");
    world_say(&w, "/topic/x", "1"); /* pending */
    CHECK(broker_admit(&w.broker, &a.sub, 0, 0));
    CHECK_INT(a.live, 1);
    world_say(&w, "/topic/x", "2");
    hear(&b, "/topic/x");
    CHECK(broker_admit(&w.broker, &b.sub, 0, 0));
    world_say(&w, "/topic/x", "3");
    world_say(&w, "/topic/x", "4");
    CHECK_SLICE(slice_from_string(a.heard), "234");
    CHECK_SLICE(slice_from_string(b.heard), "34");
    CHECK(w.broker.messages.live == 0 && w.rendered == 0);
    broker_withdraw(&a.sub);
    world_say(&w, "/topic/x", "5");
    CHECK_SLICE(slice_from_string(a.heard), "234");
    CHECK_SLICE(slice_from_string(b.heard), "345");
    client_leave(&a);
    client_leave(&b);
    world_say(&w, "/topic/x", "6");
    world_release(&w);
}

TEST(octets, "destinations are compared as octets: case, trailing separator and escapes count; SB-16, SB-17")
{
    static const char *const others[] = {"/topic/X",   "/topic/x/", " /topic/x",
                                         "/topic/%78", "/topic/*",  "/topic/?"};
    world_init(&w, &broker_options_default);
    hear(&a, "/topic/x");
    broker_admit(&w.broker, &a.sub, 0, 0);
    for (size_t i = 0; i < ARRAY_LEN(others); i++)
        world_say(&w, others[i], "wrong");
    world_say(&w, "/topic/x", "right");
    CHECK_SLICE(slice_from_string(a.heard), "right");
    CHECK_INT(w.broker.counters.unfollowed, ARRAY_LEN(others));
    client_leave(&a);
    world_release(&w);
}

TEST(each, "each of several subscriptions to one destination gets its own delivery; SB-9")
{
    world_init(&w, &broker_options_default);
    client_join(&a, &w, 0);
    client_join(&b, &w, 0);
    world_commit(&w, 0, true);
    CHECK_AT(a, 1);
    CHECK_AT(b, 1);
    client_leave(&a);
    world_commit(&w, 0, true);
    CHECK_AT(b, 2);
    client_leave(&b);
    world_release(&w);
}

TEST(small, "a subscription takes at most 96 octets; LM-10")
{
    CHECK(sizeof(struct subscription) <= 96);
}
