// SPDX-License-Identifier: MIT
// What a connection does for whatever protocol is on top: here one that the test plays itself.
#include <stdlib.h>

#include "engine/stomp.h"
#include "engine/websocket.h"
#include "support/pipe.h"
#include "support/test.h"

/* The protocol of this test: takes what it is told to take, and remembers what it was asked. */
struct probe {
    struct buf heard;
    size_t at_a_time; /* octets taken per call; 0: none */
    size_t pause_at;  /* octets heard, after which it pauses; 0: never */
    unsigned drained, ended, left, failed, deadlines;
    enum error error;
    int64_t wake; /* what deadline() asks for */
};

static struct pipes world;
static struct pipe pipe;
static struct probe probe;

static size_t on_input(struct connection *c, unsigned char *octets, size_t len)
{
    size_t n = len < probe.at_a_time ? len : probe.at_a_time;
    buf_append(&probe.heard, slice_of(octets, n));
    memset(octets, '#', n); /* allowed: pieces are writable */
    if (probe.pause_at > 0 && probe.heard.len >= probe.pause_at)
        connection_pause(c);
    return n;
}

static int64_t on_deadline(struct connection *c, int64_t now)
{
    (void)c, (void)now;
    probe.deadlines++;
    return probe.wake;
}

static void on_drained(struct connection *c)
{
    (void)c;
    probe.drained++;
}

static void on_fail(struct connection *c, enum error error)
{
    probe.failed++;
    probe.error = error;
    connection_abort(c, error);
}

static void on_ended(struct connection *c)
{
    (void)c;
    probe.ended++;
}

static void on_leave(struct connection *c)
{
    probe.left++;
    connection_finish(c);
}

static void on_release(struct connection *c)
{
    (void)c;
}

#define PROBE                                                                                                \
    .input = on_input, .deadline = on_deadline, .drained = on_drained, .fail = on_fail, .ended = on_ended,   \
    .leave = on_leave, .release = on_release
static const struct protocol stream = {.name = "stream", .is_stream = true, PROBE};
static const struct protocol plain = {.name = "plain", PROBE};

static void open_with(const struct protocol *protocol)
{
    static const struct engine_ports none;
    pipes_init(&world, &none, NULL);
    CHECK(pipe_open(&world, &pipe));
    probe = (struct probe){.at_a_time = SIZE_MAX, .wake = TIMERS_NEVER};
    buf_init(&probe.heard, 1 << 20);
    connection_become(&pipe.c, protocol, NULL);
}

static void shut(void)
{
    const char *alive = NULL;
    CHECK(pipes_release(&world, &alive));
    if (alive != NULL)
        printf("# still alive: %s\n", alive);
    pipe_release(&pipe);
    buf_release(&probe.heard);
}

static void say(const char *text)
{
    pipe_send(&pipe, slice_from_string(text));
    pipes_turn(&world);
}

static bool push(struct connection *c, const char *head, size_t body)
{
    struct frame *frame = frame_new(body);
    memset(frame->octets, 'b', body);
    bool pushed = connection_push(c, slice_from_string(head), frame);
    frame_unref(frame);
    return pushed;
}

/* ---- input ---- */

TEST(kept, "what a protocol does not take yet is kept, and offered again with what comes")
{
    open_with(&stream);
    probe.at_a_time = 0;
    say("ab");
    CHECK_INT(pipe.c.in.len, 2);
    say("cd");
    CHECK_INT(pipe.c.in.len, 4);
    probe.at_a_time = 3;
    say("e");
    CHECK_SLICE(buf_slice(&probe.heard), "abcde");
    CHECK_INT(pipe.c.in.len, 0);
    CHECK_INT(pipe.c.in.room, 0); /* an idle connection holds no buffer */
    shut();
}

TEST(paused, "while it is paused nothing is handed on, nothing lost, and the silence is not the peer's")
{
    open_with(&stream);
    probe.at_a_time = 1;
    probe.pause_at = 2;
    say("abcdef");
    CHECK_SLICE(buf_slice(&probe.heard), "ab");
    CHECK(!connection_wants_input(&pipe.c));
    say("gh");
    CHECK_SLICE(buf_slice(&probe.heard), "ab");
    pipes_pass(&world, 5 * MICROSECONDS_PER_SECOND);
    probe.pause_at = 4;
    connection_resume(&pipe.c);
    CHECK_SLICE(buf_slice(&probe.heard), "abcd");
    CHECK_INT(pipe.c.last_in, world.now);
    probe.pause_at = 0;
    connection_resume(&pipe.c);
    pipes_turn(&world);
    CHECK_SLICE(buf_slice(&probe.heard), "abcdefgh");
    shut();
}

static size_t change_over(struct connection *c, unsigned char *octets, size_t len)
{
    (void)octets, (void)len;
    connection_become(c, &stream, NULL);
    return 2;
}

TEST(changed, "another protocol takes over with the next octet")
{
    struct protocol first = stream;
    first.input = change_over;
    open_with(&first);
    say("abcd");
    CHECK_SLICE(buf_slice(&probe.heard), "cd");
    shut();
}

TEST(half_closed, "the peer's end is told once, and not while the connection is paused")
{
    open_with(&stream);
    probe.pause_at = 1;
    say("ab");
    pipe_end(&pipe);
    pipes_turn(&world);
    CHECK_INT(probe.ended, 0);
    probe.pause_at = 0;
    connection_resume(&pipe.c);
    pipes_turn(&world);
    CHECK_INT(probe.ended, 1);
    connection_input_ended(&pipe.c);
    CHECK_INT(probe.ended, 1);
    CHECK(push(&pipe.c, "still", 0)); /* it can be written to */
    connection_finish(&pipe.c);
    pipes_turn(&world);
    CHECK_SLICE(buf_slice(&pipe.got), "still");
    CHECK(pipe.gone);
    shut();
}

/* ---- limits ---- */

TEST(send_limit,
     "what waits behind the frame being written is bounded: the one that is too much ends it (LM-2)")
{
    open_with(&stream);
    world.limits.send_buffer = 100;
    pipe_room(&pipe, 0);
    CHECK(push(&pipe.c, "", 5000)); /* of any size: nothing is behind it */
    CHECK(push(&pipe.c, "", 60));
    CHECK(push(&pipe.c, "head", 36));
    CHECK_INT(probe.failed, 0);
    CHECK(!push(&pipe.c, "x", 0));
    CHECK_INT(probe.failed, 1);
    CHECK_INT(probe.error, ERR_SEND_LIMIT);
    CHECK_INT(world.engine.out_entries.live, 0); /* at once, before the driver has done anything */
    CHECK(!push(&pipe.c, "x", 0));
    pipes_turn(&world);
    CHECK(pipe.gone);
    CHECK_INT(pipe.cause, ERR_SEND_LIMIT);
    shut();
}

TEST(answers_are_not_streams, "an answer has no such limit, for nothing else comes before it is read")
{
    open_with(&plain);
    world.limits.send_buffer = 100;
    pipe_room(&pipe, 0);
    CHECK(push(&pipe.c, "", 5000) && push(&pipe.c, "", 5000));
    pipes_pass(&world, 60 * MICROSECONDS_PER_SECOND);
    CHECK_INT(probe.failed, 0);
    CHECK(probe.deadlines < 5); /* the timer does not spin */
    shut();
}

TEST(send_time, "one write in progress for the send timeout with more behind it fails, by a timer (LM-1)")
{
    for (int moment = 0; moment < 2; moment++) {
        open_with(&stream);
        pipe_room(&pipe, 10);
        CHECK(push(&pipe.c, "", 20));
        if (moment == 0)
            CHECK(push(&pipe.c, "", 20)); /* before the socket is full */
        pipes_turn(&world);
        pipes_pass(&world, 3 * MICROSECONDS_PER_SECOND);
        if (moment == 1)
            CHECK(push(&pipe.c, "", 20)); /* and after */
        pipes_pass(&world, 6900 * MICROSECONDS_PER_MS);
        CHECK_INT(probe.failed, 0);
        pipes_pass(&world, 200 * MICROSECONDS_PER_MS);
        CHECK_INT(probe.failed, 1);
        CHECK(pipe.gone);
        shut();
    }
}

TEST(send_progress, "its time begins anew with each frame that has left (LM-1)")
{
    open_with(&stream);
    pipe_room(&pipe, 10);
    for (int i = 0; i < 4; i++)
        CHECK(push(&pipe.c, "", 20));
    for (int i = 0; i < 3; i++) {
        pipes_pass(&world, 9 * MICROSECONDS_PER_SECOND);
        pipe_room(&pipe, 20);
        pipes_turn(&world);
        CHECK_INT(probe.failed, 0);
    }
    pipes_pass(&world, 20 * MICROSECONDS_PER_SECOND);
    CHECK_INT(probe.failed, 0); /* the last one has nothing behind it */
    CHECK_INT(pipe.got.len, 70);
    shut();
}

/* ---- ends ---- */

TEST(linger,
     "after the last octet the peer has the linger time to end, and what he says is thrown away (ST-52)")
{
    open_with(&stream);
    CHECK(push(&pipe.c, "bye", 0));
    connection_finish(&pipe.c);
    say("what?");
    CHECK_INT(probe.heard.len, 0);
    CHECK_SLICE(buf_slice(&pipe.got), "bye");
    CHECK(pipe.server_ended && !pipe.gone);
    CHECK(!push(&pipe.c, "more", 0));
    pipes_pass(&world, 1900 * MICROSECONDS_PER_MS);
    CHECK(!pipe.gone);
    pipes_pass(&world, 200 * MICROSECONDS_PER_MS);
    CHECK(pipe.gone);
    shut();
}

TEST(peer_ends, "when the peer ends as well there is nothing to wait for")
{
    open_with(&stream);
    CHECK(push(&pipe.c, "bye", 0));
    connection_finish(&pipe.c);
    pipe_end(&pipe);
    pipes_turn(&world);
    CHECK_SLICE(buf_slice(&pipe.got), "bye");
    CHECK(pipe.gone);
    CHECK_INT(pipe.cause, ERR_NONE);
    shut();
}

TEST(memory, "a stream that is finished holds no input (LM-2)")
{
    open_with(&stream);
    probe.at_a_time = 0;
    say("a lot of input");
    CHECK(pipe.c.in.room > 0);
    connection_finish(&pipe.c);
    CHECK_INT(pipe.c.in.room, 0);
    shut();
}

TEST(drained, "a protocol that asked for it hears once when all that was queued has left")
{
    open_with(&stream);
    CHECK(push(&pipe.c, "abcd", 0));
    pipes_turn(&world);
    CHECK_INT(probe.drained, 0);
    connection_want_drained(&pipe.c);
    pipe_room(&pipe, 3);
    CHECK(push(&pipe.c, "abcd", 0));
    pipes_turn(&world);
    CHECK_INT(probe.drained, 0);
    pipe_room(&pipe, SIZE_MAX);
    pipes_turn(&world);
    CHECK_INT(probe.drained, 1);
    CHECK(push(&pipe.c, "abcd", 0));
    pipes_turn(&world);
    CHECK_INT(probe.drained, 1);
    shut();
}

TEST(timer, "deadline() is called not before its time, and not more than a tick after it")
{
    open_with(&stream);
    int64_t at = world.now + 500 * MICROSECONDS_PER_MS;
    timer_stop(&world.loop.timers, &pipe.c.timer); /* HTTP's */
    connection_wake_at(&pipe.c, at);
    connection_wake_at(&pipe.c, at + MICROSECONDS_PER_SECOND); /* later than what runs already: no matter */
    pipes_pass(&world, 499 * MICROSECONDS_PER_MS);
    CHECK_INT(probe.deadlines, 0);
    pipes_pass(&world, MICROSECONDS_PER_MS + TIMERS_TICK);
    CHECK_INT(probe.deadlines, 1);
    shut();
}

TEST(leave, "the engine asks every connection to leave, once")
{
    open_with(&stream);
    engine_leave(&world.engine);
    engine_leave(&world.engine);
    CHECK_INT(probe.left, 1);
    shut();
}

/* ---- ids ---- */

TEST(ids, "an id finds its connection, and nothing once that is gone, whoever has its slot")
{
    static struct pipe others[PIPES_MOST];
    struct connection_id id, stranger;
    open_with(&stream);
    id = stranger = pipe.c.id;
    stranger.worker++;
    CHECK(connection_find(&world.engine, id) == &pipe.c);
    CHECK(connection_find(&world.engine, stranger) == NULL);
    CHECK(connection_find(&world.engine, (struct connection_id){.slot = 1000, .worker = id.worker}) == NULL);
    pipe_break(&pipe);
    CHECK(connection_find(&world.engine, id) == NULL);
    for (int i = 0; i < PIPES_MOST; i++)
        CHECK(pipe_open(&world, &others[i]));
    CHECK(connection_find(&world.engine, id) == NULL);
    bool reused = false;
    for (int i = 0; i < PIPES_MOST; i++) {
        reused |= others[i].c.id.slot == id.slot;
        CHECK(connection_find(&world.engine, others[i].c.id) == &others[i].c);
    }
    CHECK(reused);
    struct connection one_too_many;
    CHECK(!connection_init(&one_too_many, &world.engine));
    for (int i = 0; i < PIPES_MOST; i++) {
        pipe_break(&others[i]);
        pipe_release(&others[i]);
    }
    shut();
}

TEST(sizes, "an idle STOMP session with a subscription takes less than a KiB here; 80 octets are left to the "
            "driver (LM-10)")
{
    size_t text = 16 + 40 + 32; /* id, prefix and destination, generously; what malloc adds */
    size_t slot = sizeof(struct connection *) + 2 * sizeof(uint32_t) + sizeof(struct table_node *);
    size_t all = sizeof(struct connection) + sizeof(struct websocket) + sizeof(struct stomp_session) +
                 sizeof(struct stomp_subscription) + text + slot;
    CHECK(all + 80 <= 1024);
    printf("# %zu octets\n", all);
}
