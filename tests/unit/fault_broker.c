// SPDX-License-Identifier: MIT
//
// Memory runs out somewhere while events pass: whoever could subscribe has everything once, in order and without a gap,
// sooner or later; a transient message may be lost; nothing leaks. What publishes allocates nothing.
#include "log/hub.h"
#include "support/broker_world.h"
#include "support/faults.h"

enum { FOLLOWERS = 4, PAST = 12 };

struct story {
    struct world w;
    struct client followers[FOLLOWERS];
    bool is_there[FOLLOWERS]; /* there was memory for its subscription */
    struct client listener;   /* of a transient destination */
    bool is_listening;
    unsigned said;
};

/* --- what happens; events come from elsewhere, so theirs are not the allocations in question --- */

static void bring(struct story *s, uint64_t seq)
{
    faults_spare();
    struct event *e = log_table_event(&s->w.table, 0, seq);
    faults_resume();
    broker_event(&s->w.broker, e);
    event_unref(e);
    world_turn(&s->w);
}

static void commit(struct story *s, bool brought)
{
    uint64_t seq = ++s->w.table.head[0];
    if (brought)
        bring(s, seq);
}

static void say(struct story *s)
{
    struct event_source source = {.kind = EVENT_TRANSIENT, .stream = SLICE("/topic"), .body = SLICE("x")};
    faults_spare();
    struct event *e = event_new(&source);
    faults_resume();
    broker_event(&s->w.broker, e);
    event_unref(e);
    s->said++;
}

static bool subscribe(struct story *s, struct client *c, struct slice destination, bool durable)
{
    *c = (struct client){.world = &s->w, .room = UINT32_MAX};
    subscription_init(&c->sub, &client_subscriber);
    enum error error = broker_subscribe(&s->w.broker, &c->sub, destination, durable);
    CHECK(error == ERR_NONE || error == ERR_OUT_OF_MEMORY);
    CHECK((c->sub.state == SUBSCRIPTION_PENDING) == (error == ERR_NONE));
    return error == ERR_NONE;
}

/* With everything that came after a position. */
static void follow(struct story *s, size_t i, uint64_t after)
{
    struct client *c = &s->followers[i];
    s->is_there[i] = subscribe(s, c, s->w.table.names[0], true);
    if (s->is_there[i])
        client_admit(c, after, s->w.table.head[0]);
}

static void wait_a_little(struct story *s)
{
    world_pass(&s->w, 300); /* longer than a gap is held */
    world_read(&s->w);
}

static void tell(struct story *s)
{
    follow(s, 0, s->w.table.head[0]);
    follow(s, 1, 0); /* from the table */
    s->is_listening = subscribe(s, &s->listener, SLICE("/topic"), false);
    if (s->is_listening)
        CHECK(broker_admit(&s->w.broker, &s->listener.sub, 0, 0));
    world_turn(&s->w);
    commit(s, true); /* while the table is read */
    world_read(&s->w);
    say(s);
    follow(s, 2, s->w.table.head[0] - 1); /* from the history */
    world_turn(&s->w);
    commit(s, false); /* a gap that the table closes */
    commit(s, true);
    commit(s, true);
    wait_a_little(s);
    commit(s, false); /* a gap that closes by itself */
    commit(s, true);
    bring(s, s->w.table.head[0] - 1);
    commit(s, false);
    broker_overflowed(&s->w.broker);
    world_read(&s->w);
    follow(s, 3, 3);
    world_read(&s->w);
    say(s);
    commit(s, true); /* the last: no other one will show that it is missing */
}

/* --- and what must come of it --- */

static void check_follower(struct story *s, size_t i)
{
    struct client *c = &s->followers[i];
    if (!s->is_there[i])
        return;
    CHECK_AT(*c, s->w.table.head[0]);
    CHECK_INT(c->live, 1);
    CHECK_INT(c->failed, 0);
    client_leave(c);
}

static bool live(uint64_t n, uint64_t span)
{
    static struct story s;
    struct broker_options options = broker_options_default;
    options.history_count = 4;
    options.read.rows = 5;
    s = (struct story){.said = 0};
    world_init(&s.w, &options);
    s.w.table.head[0] = PAST;
    faults_arm(n, span);
    tell(&s);
    uint64_t failed = faults_disarm();
    for (int i = 0; i < 40; i++)
        wait_a_little(&s); /* pauses between tries double, up to some seconds */
    bool all = s.is_listening;
    for (size_t i = 0; i < FOLLOWERS; i++) {
        all = all && s.is_there[i];
        check_follower(&s, i);
    }
    if (s.is_listening) {
        CHECK(failed > 0 || s.listener.came == s.said);
        CHECK(s.listener.came <= s.said);
        client_leave(&s.listener);
    }
    CHECK(failed > 0 || all);
    world_release(&s.w);
    return failed > 0;
}

static void live_all(uint64_t span)
{
    uint64_t n = 1;
    while (live(n, span))
        n++;
    printf("# %u lives in which something failed\n", (unsigned)n - 1);
    CHECK(n > 50);
}

TEST(once, "one allocation fails: who has subscribed gets everything once, in order, without a gap; G2 G3 G4")
{
    live_all(FAULTS_ONCE);
}

TEST(five, "five in a row")
{
    live_all(5);
}

TEST(all, "all from some point on, until there is memory again")
{
    live_all(FAULTS_ON);
}

/* --- the way of an event to the broker --- */

struct sink {
    struct lane_sink port;
    unsigned events, overflows;
};

static void take_event(struct lane_sink *port, struct event *e)
{
    (void)e;
    CONTAINER_OF(port, struct sink, port)->events++;
}

static void take_overflow(struct lane_sink *port)
{
    CONTAINER_OF(port, struct sink, port)->overflows++;
}

TEST(publishing,
     "a lane that cannot be had is said to be none; one that is there takes events without any memory; G2")
{
    static struct world w;
    struct sink sink = {.port = {take_event, take_overflow}};
    struct lane lane, *lanes[] = {&lane};
    struct hub hub;
    bool opened = false;
    world_init(&w, &broker_options_default);
    for (uint64_t n = 1; !opened; n++) {
        faults_arm(n, FAULTS_ONCE);
        opened = lane_init(&lane, 4, &w.loop, &sink.port);
        CHECK(opened == (faults_disarm() == 0));
    }
    hub_init(&hub, lanes, ARRAY_LEN(lanes));
    struct event *e = log_table_event(&w.table, 0, 1);
    faults_arm(1, FAULTS_ON);
    for (int i = 0; i < 6; i++)
        hub_publish(&hub, e);
    world_turn(&w);
    CHECK_INT(faults_disarm(), 0);
    CHECK_INT(sink.events, 4);
    CHECK_INT(sink.overflows, 1);
    event_unref(e);
    lane_release(&lane);
    world_release(&w);
}
