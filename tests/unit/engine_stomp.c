// SPDX-License-Identifier: MIT
// What the application may do to a STOMP session from outside: withdraw, refuse, answer too late.
#include "engine/stomp.h"

#include "support/lobby.h"
#include "support/test.h"
#include "wire/ws_frame.h"

static struct lobby lobby;
static struct pipe pipe;

static void say(const char *frame)
{
    unsigned char octets[1024];
    size_t len = strlen(frame) + 1, n = ws_frame_head(octets, WS_TEXT, true, len);
    octets[1] |= 0x80;
    memset(octets + n, 0, 4);
    memcpy(octets + n + 4, frame, len);
    pipe_send(&pipe, slice_of(octets, n + 4 + len));
    pipes_turn(&lobby.pipes);
}

/* Whether that came; forgets everything up to now. */
static bool heard(const char *text)
{
    bool found = pipe.got.len > 0 && memmem(pipe.got.data, pipe.got.len, text, strlen(text)) != NULL;
    pipe_took(&pipe, pipe.got.len);
    return found;
}

static struct stomp_session *session(void)
{
    return stomp_find(&lobby.pipes.engine, pipe.c.id);
}

static void begin_unconnected(size_t send_buffer)
{
    lobby_init(&lobby);
    lobby.pipes.limits.send_buffer = send_buffer;
    CHECK(pipe_open(&lobby.pipes, &pipe));
    pipe_send(&pipe,
              SLICE("GET /ws?kim HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
}

static void begin_with(size_t send_buffer)
{
    begin_unconnected(send_buffer);
    say("CONNECT\naccept-version:1.2\n\n");
    CHECK(heard("CONNECTED\n"));
}

static void begin(void)
{
    begin_with(engine_limits_default.send_buffer);
}

static void end(void)
{
    const char *alive = NULL;
    pipe_break(&pipe);
    pipe_release(&pipe);
    CHECK(lobby_release(&lobby, &alive));
    if (alive != NULL)
        printf("# still alive: %s\n", alive);
}

TEST(withdraw_live, "a right that ends takes its live subscriptions away, and no others (SC-10)")
{
    begin();
    say("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n");
    say("SUBSCRIBE\nid:2\ndestination:/topic/b\n\n");
    say("SUBSCRIBE\nid:3\ndestination:/topic/a\n\n");
    stomp_withdraw(session(), SLICE("/topic/a"));
    CHECK_INT(lobby.pipes.engine.subscriptions.count, 1);
    say("SEND\ndestination:/topic/a\n\nx");
    CHECK(!heard("MESSAGE"));
    say("SEND\ndestination:/topic/b\n\nx");
    CHECK(heard("subscription:2\n"));
    end();
}

TEST(withdraw_pending, "one whose check is under way is denied when the check comes back (SC-10)")
{
    begin();
    say("SUBSCRIBE\nid:1\ndestination:/stream/a\n\n");
    stomp_withdraw(session(), SLICE("a"));
    CHECK(session() != NULL);
    lobby_finish(&lobby, 0, ERR_NONE);
    pipes_turn(&lobby.pipes);
    CHECK(heard("ERROR\nmessage:not permitted\n"));
    CHECK(session() == NULL);
    end();
}

TEST(withdraw_ahead, "one that was admitted but is not live does not block its session for good (SC-10)")
{
    begin();
    lobby_commit(&lobby, 0);
    say("SUBSCRIBE\nid:1\ndestination:/stream/a\n\n");
    struct stomp_subscription *sub = session()->subscribing;
    CHECK(sub != NULL);
    pipe_room(&pipe, 0);
    CHECK(broker_admit(&lobby.pipes.broker, &sub->following, 0, 1)); /* with one event to be replayed */
    CHECK_INT(sub->following.state, SUBSCRIPTION_READY);
    stomp_withdraw(session(), SLICE("a"));
    pipe_room(&pipe, SIZE_MAX);
    pipes_turn(&lobby.pipes);
    CHECK(heard("ERROR\nmessage:not permitted\n"));
    lobby.count = 0;
    end();
}

TEST(refused, "a session that is refused from outside has ERROR and the code for it (SC-8)")
{
    begin();
    say("SEND\ndestination:/pub/later\nreceipt:1\n\n");
    stomp_refuse(session(), ERR_LOGIN_ENDED);
    pipes_turn(&lobby.pipes);
    CHECK(heard("ERROR\nmessage:login ended\n"));
    CHECK(session() == NULL);
    CHECK_INT(lobby.principals, 0);
    lobby_finish(&lobby, 0, ERR_NONE); /* too late: nothing happens */
    pipes_turn(&lobby.pipes);
    CHECK(!heard("RECEIPT"));
    end();
}

TEST(late, "answers for what is not there any more, or never was, change nothing")
{
    begin();
    struct connection_id id = pipe.c.id, other = id;
    other.generation++;
    stomp_sent(&lobby.pipes.engine, id, 12345, ERR_NONE);
    stomp_sent(&lobby.pipes.engine, other, 1, ERR_NONE);
    stomp_admit(&lobby.pipes.engine, id, 12345, ERR_NONE, 0);
    stomp_admit(&lobby.pipes.engine, other, 1, ERR_AUTHORIZATION_DENIED, 0);
    say("SUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:1\n\n");
    CHECK(heard("RECEIPT\n"));
    stomp_admit(&lobby.pipes.engine, id, 1, ERR_AUTHORIZATION_DENIED, 0); /* it is live already */
    CHECK(session() != NULL);
    end();
}

TEST(whisper, "what is private reaches the session's own subscriptions of that name, all of them (SB-9)")
{
    begin();
    CHECK_INT(stomp_whisper(session(), SLICE("/user/q"), SLICE("text/plain"), SLICE("psst")), 0);
    say("SUBSCRIBE\nid:1\ndestination:/user/q\n\n");
    say("SUBSCRIBE\nid:2\ndestination:/user/q\n\n");
    say("SUBSCRIBE\nid:3\ndestination:/user/other\n\n");
    CHECK_INT(stomp_whisper(session(), SLICE("/user/q"), SLICE("text/plain"), SLICE("psst")), 2);
    pipes_turn(&lobby.pipes);
    CHECK(heard("subscription:2\n"));
    end();
}

/* A frame of WebSocket with so many NULs. */
static void say_nothing(size_t count)
{
    unsigned char octets[4 + 4 + 1000] = {0};
    size_t n = ws_frame_head(octets, WS_BINARY, true, count);
    octets[1] |= 0x80;
    pipe_send(&pipe, slice_of(octets, n + 4 + count));
    pipes_turn(&lobby.pipes);
}

TEST(idle, "between two frames a session has no parser, and in one it has")
{
    begin();
    CHECK_INT(lobby.pipes.engine.stomp_parsers.live, 0);
    say("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n");
    CHECK_INT(lobby.pipes.engine.stomp_parsers.live, 0);
    say("SEND\ndestination:/topic/a\ncontent-length:100\n\n");
    CHECK_INT(lobby.pipes.engine.stomp_parsers.live, 1);
    end();
}

TEST(idle_after_waiting, "nor has one whose frames had to wait")
{
    begin();
    say("SEND\ndestination:/pub/later\nreceipt:1\n\n");
    say("SUBSCRIBE\nid:1\ndestination:/topic/a\n\n");
    CHECK_INT(lobby.pipes.engine.stomp_parsers.live, 1);
    lobby_finish(&lobby, 0, ERR_NONE);
    pipes_turn(&lobby.pipes);
    CHECK_INT(lobby.pipes.engine.stomp_parsers.live, 0);
    end();
}

TEST(noise, "octets before a frame are counted over all reads: nobody sends NULs for ever")
{
    begin();
    uint32_t noise = lobby.pipes.limits.stomp.noise;
    say_nothing(noise - 10);
    CHECK(session() != NULL);
    say_nothing(11);
    CHECK(session() == NULL);
    end();
}

TEST(stalled_replay, "a replay that found no room goes on when what was queued has left, to its end")
{
    enum { EVENTS = 40 };
    begin_with(4000);
    for (int i = 0; i < EVENTS; i++)
        lobby_commit(&lobby, 0);
    say("SUBSCRIBE\nid:1\ndestination:/stream/a\nreceipt:done\n\n");
    struct stomp_subscription *sub = session()->subscribing;
    CHECK(sub != NULL);
    pipe_room(&pipe, 0);
    CHECK(broker_admit(&lobby.pipes.broker, &sub->following, 0, EVENTS));
    pipes_turn(&lobby.pipes);
    CHECK_INT(sub->following.state, SUBSCRIPTION_STALLED);
    CHECK(!heard("RECEIPT"));
    pipe_room(&pipe, SIZE_MAX);
    pipes_turn(&lobby.pipes);
    CHECK_INT(sub->following.state, SUBSCRIPTION_LIVE);
    CHECK_INT(lobby.pipes.broker.counters.replays, EVENTS);
    CHECK(heard("RECEIPT\nreceipt-id:done\n"));
    lobby.count = 0;
    end();
}

TEST(whisper_name, "what is private reaches no subscription of another name")
{
    begin();
    say("SUBSCRIBE\nid:1\ndestination:/user/q\n\n");
    CHECK_INT(stomp_whisper(session(), SLICE("/user/other"), SLICE("text/plain"), SLICE("psst")), 0);
    CHECK_INT(stomp_whisper(session(), SLICE("/user/q"), SLICE("text/plain"), SLICE("psst")), 1);
    end();
}

/* Neither unknown to the grammar nor forgotten by the machine or the tables behind it, which would assert. */
static void say_command(enum stomp_command command)
{
    char frame[64];
    (void)snprintf(frame, sizeof frame, "%s\n\n", stomp_command_name(command));
    say(frame);
}

TEST(commands_first,
     "every command of a client is known; before CONNECT each ends the session with ERROR (SL-8)")
{
    for (int command = 0; command < STOMP_CMD_COUNT; command++) {
        begin_unconnected(engine_limits_default.send_buffer);
        say_command((enum stomp_command)command);
        CHECK(pipe.got.len > 0 && memmem(pipe.got.data, pipe.got.len, "unknown command", 15) == NULL);
        CHECK(heard("ERROR\n") && session() == NULL);
        end();
    }
}

TEST(commands_open, "every command has its place in an open session, and after DISCONNECT (SL-9)")
{
    for (int command = 0; command < STOMP_CMD_COUNT; command++) {
        begin();
        say_command((enum stomp_command)command);
        CHECK(!heard("unknown command"));
        end();
        begin();
        say("DISCONNECT\n\n");
        say_command((enum stomp_command)command);
        CHECK(!heard("ERROR"));
        end();
    }
}
