// SPDX-License-Identifier: MIT
// Memory runs out somewhere in the opening handshake: the peer gets his answer, or the connection ends.
#include "support/faults.h"
#include "support/lobby.h"
#include "support/test.h"

static const char handshake[] =
    "GET /ws?somebody HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
    "Sec-WebSocket-Protocol: v12.stomp\r\n\r\n";

/* False when nothing was left to fail. */
static bool shake_hands(uint64_t n, uint64_t span)
{
    static struct lobby l;
    static struct pipe p;
    unsigned char octets[sizeof handshake];
    const char *why;
    memcpy(octets, handshake, sizeof handshake);
    lobby_init(&l);
    CHECK(pipe_open(&l.pipes, &p));
    faults_arm(n, span);
    connection_input(&p.c, octets, sizeof handshake - 1);
    uint64_t failed = faults_disarm();
    pipes_turn(&l.pipes);
    CHECK(p.gone || p.got.len > 0);
    CHECK(lobby_release(&l, &why));
    pipe_release(&p);
    return failed > 0;
}

TEST(one, "one allocation fails: nobody is left waiting; G5")
{
    uint64_t n = 1;
    while (shake_hands(n, FAULTS_ONCE))
        n++;
    CHECK(n > 3);
}

TEST(rest, "all allocations fail from some point on; G5")
{
    for (uint64_t n = 1; shake_hands(n, FAULTS_ON); n++)
        ;
}
