// SPDX-License-Identifier: MIT
// Memory runs out while a chunked body or a raw message is put together: the peer is answered, or the connection
// ends, and nothing is left of it.
#include "support/faults.h"
#include "support/lobby.h"
#include "support/test.h"

#define HEAD                                                                                                 \
    "GET /raw HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"                          \
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

/* Masks are zero. A message in two fragments with a cut ping between, one in one piece, a close. */
static const char conversation[] = HEAD
    "\x01\x85\0\0\0\0hello\x89\x84\0\0\0\0ping\x80\x85\0\0\0\0world\x82\x81\0\0\0\0!\x88\x82\0\0\0\0\x03\xe8";

static const char chunks[] = "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                             "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nX: y\r\n\r\n"
                             "GET /now HTTP/1.1\r\nHost: a\r\n\r\n";

/* False when nothing was left to fail. */
static bool survives(struct slice stream, int32_t cut, uint64_t n, uint64_t span)
{
    static struct lobby l;
    static struct pipe p;
    const char *why;
    lobby_init(&l);
    CHECK(pipe_open(&l.pipes, &p));
    p.in = (struct cut){.size = cut};
    pipe_send(&p, stream);
    faults_arm(n, span);
    pipes_turn(&l.pipes);
    uint64_t failed = faults_disarm();
    CHECK(p.gone || p.got.len > 0);
    pipes_turn(&l.pipes);
    if (!p.gone)
        pipe_break(&p);
    CHECK(lobby_release(&l, &why));
    pipe_release(&p);
    return failed > 0;
}

static void fail_each(struct slice stream, uint64_t least)
{
    static const int32_t cuts[] = {0, 1, 7};
    for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
        uint64_t n = 1;
        while (survives(stream, cuts[i], n, FAULTS_ONCE))
            n++;
        CHECK(n > least);
        for (n = 1; survives(stream, cuts[i], n, FAULTS_ON); n++)
            ;
    }
}

TEST(chunks, "of a chunked body; G5")
{
    fail_each(slice_of(chunks, sizeof chunks - 1), 4);
}

TEST(messages, "of raw messages; G5")
{
    fail_each(slice_of(conversation, sizeof conversation - 1), 6);
}
