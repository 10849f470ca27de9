// SPDX-License-Identifier: MIT
// Whole messages over WebSocket, and a peer that does not read them.
#include "engine/raw.h"

#include <stdlib.h>

#include "support/lobby.h"
#include "support/test.h"
#include "wire/ws_frame.h"

enum { HEAD = 14 };

static struct lobby lobby;
static struct pipe pipe;

static void begin(void)
{
    lobby_init(&lobby);
    CHECK(pipe_open(&lobby.pipes, &pipe));
    pipe_send(&pipe,
              SLICE("GET /raw HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"));
    pipes_turn(&lobby.pipes);
    CHECK(pipe.got.len > 12 && memcmp(pipe.got.data, "HTTP/1.1 101", 12) == 0);
    pipe_took(&pipe, pipe.got.len);
}

static void end(void)
{
    const char *alive = NULL;
    if (!pipe.gone)
        pipe_break(&pipe);
    pipe_release(&pipe);
    CHECK(lobby_release(&lobby, &alive));
    if (alive != NULL)
        printf("# still alive: %s\n", alive);
}

/* A frame of `len` times that octet. */
static void say(enum ws_opcode opcode, bool fin, char octet, size_t len)
{
    unsigned char *octets = malloc(HEAD + len);
    CHECK(octets != NULL);
    size_t n = ws_frame_head(octets, opcode, fin, len);
    octets[1] |= 0x80;
    memset(octets + n, 0, 4);
    memset(octets + n + 4, octet, len);
    pipe_send(&pipe, slice_of(octets, n + 4 + len));
    pipes_turn(&lobby.pipes);
    free(octets);
}

/* The next frame that came, whole, as said: takes it off. */
static void hears(enum ws_opcode opcode, char octet, size_t len)
{
    unsigned char head[WS_HEAD_MAX];
    size_t n = ws_frame_head(head, opcode, true, len);
    CHECK(pipe.got.len >= n + len);
    CHECK(memcmp(pipe.got.data, head, n) == 0);
    for (size_t i = 0; i < len; i++)
        CHECK(pipe.got.data[n + i] == (unsigned char)octet);
    pipe_took(&pipe, n + len);
}

static bool heard_close(uint16_t code)
{
    const unsigned char *d = pipe.got.data;
    return pipe.got.len >= 4 && d[0] == (0x80 | WS_CLOSE) && (d[2] << 8 | d[3]) == code;
}

TEST(messages, "fragments come back as one message, of their kind; an empty one too")
{
    begin();
    say(WS_TEXT, true, 'a', 5);
    hears(WS_TEXT, 'a', 5);
    say(WS_BINARY, false, 'b', 3);
    say(WS_CONTINUATION, false, 'b', 0);
    CHECK_INT(pipe.got.len, 0);
    say(WS_CONTINUATION, true, 'b', 100);
    hears(WS_BINARY, 'b', 103);
    say(WS_TEXT, true, 'c', 0);
    hears(WS_TEXT, 'c', 0);
    say(WS_TEXT, false, 'd', 70000);
    say(WS_CONTINUATION, true, 'd', 0);
    hears(WS_TEXT, 'd', 70000);
    end();
}

TEST(limit, "a message of the limit comes back, one octet more is 1009")
{
    begin();
    say(WS_BINARY, true, 'a', LOBBY_RAW);
    hears(WS_BINARY, 'a', LOBBY_RAW);
    say(WS_BINARY, false, 'a', LOBBY_RAW);
    say(WS_CONTINUATION, true, 'a', 1);
    CHECK(heard_close(1009));
    end();
}

TEST(closing, "a message may end its own session; what comes behind it is nobody's")
{
    begin();
    unsigned char bye[] = {0x81, 0x83, 0, 0, 0, 0, 'b', 'y', 'e', 0x81, 0x81, 0, 0, 0, 0, 'x'};
    pipe_send(&pipe, slice_of(bye, sizeof bye));
    pipes_turn(&lobby.pipes);
    CHECK(heard_close(4000));
    CHECK_INT(pipe.got.len, 2 + 2 + 3);
    end();
}

TEST(vanishing, "a peer that goes within a message leaves nothing")
{
    begin();
    say(WS_TEXT, false, 'a', 1000);
    pipe_end(&pipe);
    pipes_turn(&lobby.pipes);
    pipes_pass(&lobby.pipes, 3 * MICROSECONDS_PER_SECOND);
    CHECK(pipe.gone);
    end();
}

TEST(held, "who does not read is not read from, and loses nothing")
{
    enum { COUNT = 20, SIZE = 30000 };
    begin();
    pipe_room(&pipe, 1000);
    for (int i = 0; i < COUNT; i++)
        say(WS_BINARY, true, (char)('a' + i), SIZE);
    CHECK(!connection_wants_input(&pipe.c));
    CHECK(pipe.c.out.bytes <= RAW_OUTPUT + (64 << 10)); /* what one read could bring */
    CHECK(pipe.sent.len > 0);
    pipes_pass(&lobby.pipes, 9 * MICROSECONDS_PER_SECOND);
    pipe_room(&pipe, SIZE_MAX);
    pipes_turn(&lobby.pipes);
    for (int i = 0; i < COUNT; i++)
        hears(WS_BINARY, (char)('a' + i), SIZE);
    CHECK(connection_wants_input(&pipe.c));
    end();
}

TEST(stuck, "who takes nothing for the send timeout is closed (LM-1), who takes a little is not")
{
    begin();
    pipe_room(&pipe, 1000);
    say(WS_BINARY, true, 'a', LOBBY_RAW);
    for (int i = 0; i < 5; i++) {
        pipes_pass(&lobby.pipes, 9 * MICROSECONDS_PER_SECOND);
        pipe_room(&pipe, 1000);
        pipes_turn(&lobby.pipes);
    }
    CHECK(!pipe.gone && pipe.c.phase == CONNECTION_OPEN);
    pipes_pass(&lobby.pipes, 11 * MICROSECONDS_PER_SECOND);
    pipes_pass(&lobby.pipes, 3 * MICROSECONDS_PER_SECOND);
    CHECK(pipe.gone);
    CHECK_INT(pipe.cause, ERR_SEND_LIMIT);
    end();
}
