// SPDX-License-Identifier: MIT
#include "log/lane.h"

#include "log/hub.h"
#include "support/test.h"

static unsigned wakes;

static void on_wake(struct loop *l)
{
    (void)l;
    wakes++;
}

/* A worker that writes down what it gets. */
struct worker {
    struct loop loop;
    struct lane lane;
    struct lane_sink sink;
    uint64_t got[2048];
    size_t count, overflows;
};

static void on_event(struct lane_sink *sink, struct event *e)
{
    struct worker *w = CONTAINER_OF(sink, struct worker, sink);
    w->got[w->count++] = e->seq;
}

static void on_overflowed(struct lane_sink *sink)
{
    CONTAINER_OF(sink, struct worker, sink)->overflows++;
}

static void worker_init(struct worker *w, size_t capacity)
{
    w->count = w->overflows = 0;
    loop_init(&w->loop, &clock_system, &random_system, on_wake);
    w->sink = (struct lane_sink){on_event, on_overflowed};
    CHECK(lane_init(&w->lane, capacity, &w->loop, &w->sink));
}

static struct event *make(enum event_kind kind, uint64_t seq)
{
    struct event_source source = {.kind = kind, .seq = seq, .stream = SLICE("s"), .body = SLICE("b")};
    return event_new(&source);
}

static void publish(struct lane *l, uint64_t seq)
{
    struct event *e = make(EVENT_DURABLE, seq);
    lane_publish(l, e);
    event_unref(e);
}

static bool publish_transient(struct hub *h, uint64_t seq)
{
    struct event *e = make(EVENT_TRANSIENT, seq);
    bool placed = hub_publish_transient(h, e);
    event_unref(e);
    return placed;
}

static struct worker workers[3];

TEST(order, "events come out in the order of one publisher, and a sleeping worker is woken once")
{
    struct worker *w = &workers[0];
    worker_init(w, 8);
    wakes = 0;
    for (uint64_t seq = 1; seq <= 5; seq++)
        publish(&w->lane, seq);
    CHECK_INT(wakes, 1);
    CHECK_INT(w->count, 0);
    loop_turn(&w->loop);
    CHECK_INT(w->count, 5);
    for (uint64_t seq = 1; seq <= 5; seq++)
        CHECK_INT(w->got[seq - 1], seq);
    publish(&w->lane, 6);
    CHECK_INT(wakes, 2);
    loop_turn(&w->loop);
    CHECK(w->count == 6 && w->overflows == 0);
    lane_release(&w->lane);
}

TEST(overflow, "a full lane drops durable events, says so once, and takes events again when it was emptied")
{
    struct worker *w = &workers[0];
    worker_init(w, 4);
    for (uint64_t seq = 1; seq <= 7; seq++)
        publish(&w->lane, seq);
    CHECK_INT(atomic_load(&w->lane.dropped), 3);
    loop_turn(&w->loop);
    CHECK(w->overflows == 1 && w->count == 4 && w->got[3] == 4);
    publish(&w->lane, 8);
    loop_turn(&w->loop);
    CHECK(w->overflows == 1 && w->count == 5 && w->got[4] == 8);
    lane_release(&w->lane);
}

TEST(turns, "a long lane is handed out in portions, a turn of the loop each")
{
    struct worker *w = &workers[0];
    worker_init(w, 1024);
    for (uint64_t seq = 1; seq <= 1024; seq++)
        publish(&w->lane, seq);
    loop_turn(&w->loop);
    CHECK_INT(w->count, LANE_TURN);
    CHECK_INT(loop_turn(&w->loop), 0); /* more waits: no sleep */
    CHECK_INT(w->count, 1024);
    loop_turn(&w->loop);
    CHECK(loop_turn(&w->loop) == TIMERS_NEVER);
    lane_release(&w->lane);
}

TEST(octets, "a turn hands out no more than sockets can be given at once; LM-2 G5")
{
    static unsigned char body[LANE_TURN_OCTETS / 4];
    struct worker *w = &workers[0];
    worker_init(w, 16);
    for (uint64_t seq = 1; seq <= 9; seq++) {
        struct event *e = event_new(&(struct event_source){
            .kind = EVENT_DURABLE, .seq = seq, .stream = SLICE("s"), .body = slice_of(body, sizeof body)});
        lane_publish(&w->lane, e);
        event_unref(e);
    }
    static const size_t after[] = {4, 8, 9};
    for (size_t turn = 0; turn < ARRAY_LEN(after); turn++) {
        loop_turn(&w->loop);
        CHECK_INT(w->count, after[turn]);
    }
    CHECK_INT(w->got[8], 9);
    lane_release(&w->lane);
}

TEST(release, "what is still inside is given back")
{
    struct worker *w = &workers[0];
    worker_init(w, 4);
    struct event *e = make(EVENT_DURABLE, 1);
    lane_publish(&w->lane, e);
    CHECK_INT(atomic_load(&e->references), 2);
    lane_release(&w->lane);
    CHECK_INT(atomic_load(&e->references), 1);
    event_unref(e);
}

TEST(all, "a durable event reaches the lane of every worker, a full one notes the overflow alone; G2")
{
    struct lane *lanes[3];
    for (size_t i = 0; i < 3; i++) {
        worker_init(&workers[i], i == 1 ? 2 : 8);
        lanes[i] = &workers[i].lane;
    }
    struct hub hub;
    hub_init(&hub, lanes, 3);
    for (uint64_t seq = 1; seq <= 4; seq++) {
        struct event *e = make(EVENT_DURABLE, seq);
        hub.publisher.publish(&hub.publisher, e);
        event_unref(e);
    }
    for (size_t i = 0; i < 3; i++) {
        loop_turn(&workers[i].loop);
        CHECK_INT(workers[i].count, i == 1 ? 2 : 4);
        CHECK_INT(workers[i].overflows, i == 1);
        lane_release(&workers[i].lane);
    }
}

TEST(all_or_none,
     "a transient event is placed on all lanes or on none, so that a retry duplicates nothing; SB-14")
{
    struct lane *lanes[3];
    for (size_t i = 0; i < 3; i++) {
        worker_init(&workers[i], i == 2 ? 2 : 8);
        lanes[i] = &workers[i].lane;
    }
    struct hub hub;
    hub_init(&hub, lanes, 3);
    CHECK(publish_transient(&hub, 1) && publish_transient(&hub, 2));
    for (int i = 0; i < 20; i++)
        CHECK(!publish_transient(&hub, 3));
    loop_turn(&workers[2].loop);
    CHECK(publish_transient(&hub, 3));
    for (size_t i = 0; i < 3; i++) {
        loop_turn(&workers[i].loop);
        CHECK_INT(workers[i].count, 3);
        CHECK_INT(workers[i].overflows, 0);
        for (size_t j = 0; j < workers[i].count; j++)
            CHECK_INT(workers[i].got[j], j + 1);
        CHECK_INT(atomic_load(&workers[i].lane.used), 0); /* refusals left nothing reserved */
        lane_release(&workers[i].lane);
    }
}
