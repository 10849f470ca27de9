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

static void begin(void)
{
    lobby_init(&lobby);
    CHECK(pipe_open(&lobby.pipes, &pipe));
    pipe_send(&pipe,
              SLICE("GET /ws?kim HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    say("CONNECT\naccept-version:1.2\n\n");
    CHECK(heard("CONNECTED\n"));
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
