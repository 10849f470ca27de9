// SPDX-License-Identifier: MIT
// Whole connections from octets to the broker and back, with a clock, a socket and an application that the
// input moves: requests with bodies of every kind, STOMP, raw messages. Whatever happens: connections stay
// valid, what they send is well-formed, and at the end nothing is alive. Where no answer had to be waited for,
// input that is cut leads to the same output as input that is whole.
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "engine/http.h"
#include "engine/stomp.h"
#include "support/lobby.h"
#include "wire/ws_frame.h"

enum { CLIENTS = 4, OPERATIONS = 400, TRANSCRIPT = 8 << 20, PAGE = 6000, FILES = 16 };

struct play {
    struct lobby lobby;
    struct pipe pipes[CLIENTS];
    bool open[CLIENTS];
    struct buf transcript;
    struct slice input;
    uint8_t cuts;    /* 0: whole */
    bool comparable; /* nothing has waited for the application */
};

/* ---- reading the input ---- */

static uint8_t next(struct play *p)
{
    if (p->input.len == 0)
        return 0;
    uint8_t octet = p->input.data[0];
    p->input = slice_after(p->input, 1);
    return octet;
}

static struct slice next_run(struct play *p)
{
    size_t n = next(p);
    n = n < p->input.len ? n : p->input.len;
    struct slice run = slice_of(p->input.data, n);
    p->input = slice_after(p->input, n);
    return run;
}

/* ---- what clients say ---- */

#define UPGRADE(path)                                                                                        \
    "GET " path " HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: "                                 \
    "Upgrade\r\nSec-WebSocket-Version: 13\r\n"                                                               \
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: v12.stomp\r\n\r\n"

#define CHUNKED "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"

static const struct slice requests[] = {
    SLICE_INIT(UPGRADE("/ws?kim")),
    SLICE_INIT("GET /now HTTP/1.1\r\nHost: a\r\n\r\n"),
    SLICE_INIT("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"),
    SLICE_INIT("GET /page HTTP/1.1\r\nHost: a\r\n\r\n"),
    SLICE_INIT("GET /bye HTTP/1.1\r\nHost: a\r\n\r\n"),
    SLICE_INIT("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"),
    SLICE_INIT("HEAD /now HTTP/1.0\r\n\r\n"),
    SLICE_INIT("POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"),
    SLICE_INIT(UPGRADE("/raw")),
    SLICE_INIT(CHUNKED "\r\n3\r\nabc\r\n2;a=\"b\"\r\nde\r\n0\r\nX: y\r\n\r\n"),
    SLICE_INIT(CHUNKED "\r\n"),
    SLICE_INIT(CHUNKED "Expect: 100-continue\r\n\r\n"),
    SLICE_INIT("4\r\nabcd\r\n"),
    SLICE_INIT("0\r\n\r\n"),
    SLICE_INIT("POST /stream HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\nhello, "),
    SLICE_INIT("world"),
    SLICE_INIT("POST /slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"),
    SLICE_INIT("POST /think HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"),
    SLICE_INIT("POST /enough HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"),
    SLICE_INIT("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\n"),
    SLICE_INIT("GET /file HTTP/1.1\r\nHost: a\r\n\r\n"),
    SLICE_INIT("GET /broken HTTP/1.1\r\nHost: a\r\n\r\n"),
    SLICE_INIT("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n"),
};

static const struct slice frames[] = {
    SLICE_INIT("CONNECT\naccept-version:1.2\nheart-beat:10000,10000\nAuthorization:kim\n\n"),
    SLICE_INIT("CONNECT\naccept-version:1.2\nAuthorization:Later kim\n\n"),
    SLICE_INIT("STOMP\naccept-version:1.2\nheart-beat:0,5000\n\n"),
    SLICE_INIT("SUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:s1\n\n"),
    SLICE_INIT("SUBSCRIBE\nid:a-name-that-does-not-fit-into-an-entry-of-the-queue\ndestination:/topic/a\n\n"),
    SLICE_INIT("SUBSCRIBE\nid:3\ndestination:/stream/a\nreceipt:s3\n\n"),
    SLICE_INIT("SUBSCRIBE\nid:4\ndestination:/user/queue/errors\n\n"),
    SLICE_INIT("UNSUBSCRIBE\nid:1\nreceipt:u1\n\n"),
    SLICE_INIT("UNSUBSCRIBE\nid:3\n\n"),
    SLICE_INIT("SEND\ndestination:/pub/later\nreceipt:later\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/later\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/done\nreceipt:done\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/busy\nreceipt:busy\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/invalid\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/at-once\nreceipt:once\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/fails-at-once\nreceipt:once\n\nx"),
    SLICE_INIT("SEND\ndestination:/pub/fails-at-once\n\nx"),
    SLICE_INIT("SEND\ndestination:/topic/a\nreceipt:t\ncolour:red\n\nhello"),
    SLICE_INIT("SEND\ndestination:/topic/a\ncontent-type:application/octet-stream\n\nhello"),
    SLICE_INIT("SEND\n\nnowhere"),
    SLICE_INIT("ACK\nid:1\nreceipt:ack\n\n"),
    SLICE_INIT("BEGIN\ntransaction:1\n\n"),
    SLICE_INIT("DISCONNECT\nreceipt:bye\n\n"),
    SLICE_INIT("DISCONNECT\n\n"),
};

static void send_ws(struct pipe *pipe, uint8_t first, struct slice payload, bool nul)
{
    static const unsigned char key[4] = {0x12, 0x34, 0x56, 0x78};
    unsigned char octets[16 + 512];
    size_t len = payload.len + nul, n = 0;
    assert(len <= 512);
    octets[n++] = first;
    octets[n++] = (unsigned char)(0x80 | (len < 126 ? len : 126));
    if (len >= 126) {
        octets[n++] = (unsigned char)(len >> 8);
        octets[n++] = (unsigned char)len;
    }
    memcpy(octets + n, key, sizeof key);
    n += sizeof key;
    if (payload.len > 0)
        memcpy(octets + n, payload.data, payload.len);
    octets[n + payload.len] = 0;
    ws_unmask(octets + n, len, key, 0);
    pipe_send(pipe, slice_of(octets, n + len));
}

/* ---- operations ---- */

static void do_raw(struct play *p, struct pipe *pipe)
{
    pipe_send(pipe, next_run(p));
}

static void do_frame(struct play *p, struct pipe *pipe)
{
    uint8_t first = next(p);
    send_ws(pipe, first, next_run(p), false);
}

static void do_stomp(struct play *p, struct pipe *pipe)
{
    send_ws(pipe, 0x81, next_run(p), true);
}

static void do_request(struct play *p, struct pipe *pipe)
{
    pipe_send(pipe, requests[next(p) % ARRAY_LEN(requests)]);
}

static void do_canned(struct play *p, struct pipe *pipe)
{
    send_ws(pipe, 0x81, frames[next(p) % ARRAY_LEN(frames)], true);
}

static void do_many(struct play *p, struct pipe *pipe)
{
    struct slice frame = frames[next(p) % ARRAY_LEN(frames)];
    for (unsigned i = next(p) % 40; i > 0; i--)
        send_ws(pipe, 0x81, frame, true);
}

static void do_pass(struct play *p, struct pipe *pipe)
{
    uint8_t octet = next(p);
    (void)pipe;
    pipes_pass(&p->lobby.pipes, (INT64_C(1000) << octet % 16) * (1 + octet / 64));
}

static void do_finish(struct play *p, struct pipe *pipe)
{
    static const enum error errors[] = {ERR_NONE, ERR_NONE, ERR_AUTHORIZATION_DENIED, ERR_VALIDATION_ERROR,
                                        ERR_SERVICE_UNAVAILABLE};
    size_t index = next(p);
    enum error error = errors[next(p) % ARRAY_LEN(errors)];
    (void)pipe;
    if (p->lobby.count > 0)
        lobby_finish(&p->lobby, index % p->lobby.count, error);
}

static void do_room(struct play *p, struct pipe *pipe)
{
    size_t octet = next(p);
    pipe_room(pipe, octet == 255 ? SIZE_MAX : octet * octet);
}

static void do_commit(struct play *p, struct pipe *pipe)
{
    (void)pipe;
    lobby_commit(&p->lobby, next(p) % 2);
}

static void do_busy(struct play *p, struct pipe *pipe)
{
    (void)pipe;
    p->lobby.busy = !p->lobby.busy;
}

static void do_end(struct play *p, struct pipe *pipe)
{
    (void)p;
    pipe_end(pipe);
}

static void do_break(struct play *p, struct pipe *pipe)
{
    (void)p;
    pipe_break(pipe);
}

/* What comes from neither a client nor his own tasks. */
static void do_outside(struct play *p, struct pipe *pipe)
{
    struct stomp_session *s = pipe->gone ? NULL : stomp_find(&p->lobby.pipes.engine, pipe->c.id);
    switch (next(p) % 4) {
    case 0: engine_leave(&p->lobby.pipes.engine); break;
    case 1: broker_overflowed(&p->lobby.pipes.broker); break;
    case 2:
        if (s != NULL)
            stomp_refuse(s, ERR_LOGIN_ENDED);
        break;
    default:
        if (s != NULL)
            stomp_withdraw(s, SLICE("/stream/a"));
        break;
    }
}

static void (*const operations[])(struct play *, struct pipe *) = {
    do_raw,  do_frame,  do_stomp, do_request, do_canned, do_canned, do_many,  do_pass,
    do_pass, do_finish, do_room,  do_commit,  do_busy,   do_end,    do_break, do_outside,
};

/* ---- judging ---- */

/* Frames as a server may send them: whole, unmasked, text is UTF-8, nothing behind a close. */
static void check_frames(struct slice octets, bool whole)
{
    bool closed = false;
    while (octets.len >= 2) {
        size_t head = 2, len = octets.data[1];
        unsigned opcode = octets.data[0] & 15;
        assert(!closed && (octets.data[0] & 0xf0) == 0x80 && len <= 127);
        if (len >= 126) {
            size_t more = len == 126 ? 2 : 8;
            if (octets.len < 2 + more)
                break;
            for (len = 0; head < 2 + more; head++)
                len = len << 8 | octets.data[head];
            assert(len >= (more == 2 ? 126 : 0x10000));
        }
        if (octets.len < head + len)
            break;
        closed = opcode == WS_CLOSE;
        assert(opcode != WS_TEXT || utf8_valid(slice_of(octets.data + head, len)));
        octets = slice_after(octets, head + len);
    }
    assert(!whole || octets.len == 0);
}

static void check_output(const struct pipe *pipe)
{
    const unsigned char *at = memmem(pipe->got.data, pipe->got.len, "HTTP/1.1 101", 12);
    const unsigned char *end =
        at == NULL ? NULL : memmem(at, pipe->got.len - (size_t)(at - pipe->got.data), "\r\n\r\n", 4);
    if (end != NULL)
        check_frames(slice_after(buf_slice(&pipe->got), (size_t)(end - pipe->got.data) + 4),
                     pipe->room == SIZE_MAX && pipe->server_ended);
}

static void close_pipe(struct play *p, size_t i)
{
    struct pipe *pipe = &p->pipes[i];
    if (!p->open[i])
        return;
    pipe_break(pipe);
    if (pipe->got.len > 0) {
        check_output(pipe);
        p->comparable &= memmem(pipe->got.data, pipe->got.len, "100 Continue", 12) == NULL;
    }
    buf_printf(&p->transcript, "\n[%zu ended by %d]\n", i, (int)pipe->cause);
    buf_append(&p->transcript, buf_slice(&pipe->got));
    pipe_release(pipe);
    p->open[i] = false;
}

static void open_pipe(struct play *p, size_t i)
{
    if (p->open[i] && !p->pipes[i].gone)
        return;
    close_pipe(p, i);
    p->open[i] = pipe_open(&p->lobby.pipes, &p->pipes[i]);
    if (p->cuts != 0)
        p->pipes[i].in = (struct cut){.size = -(int32_t)p->cuts};
}

static struct buf play(struct slice input, uint8_t cuts, bool *comparable)
{
    static struct play p;
    const char *alive;
    p = (struct play){.input = input, .cuts = cuts, .comparable = true};
    lobby_init(&p.lobby);
    /* Over the send limit, and no more: copying all of it took a third of the time. */
    p.lobby.page->len = PAGE;
    p.lobby.pipes.limits.stomp.frame = 1000;
    p.lobby.pipes.limits.stomp_subscriptions = 4;
    p.lobby.pipes.limits.send_buffer = 4000;
    p.lobby.pipes.limits.http_body = 300;
    buf_init(&p.transcript, TRANSCRIPT);
    for (int done = 0; p.input.len > 0 && done < OPERATIONS; done++) {
        uint8_t octet = next(&p);
        p.lobby.file = done < FILES ? HTTP_QUEUE + PAGE : PAGE; /* more than may wait, but not each time */
        open_pipe(&p, octet >> 4 & 3);
        operations[octet & 15](&p, &p.pipes[octet >> 4 & 3]);
        pipes_turn(&p.lobby.pipes);
        p.comparable &= p.lobby.count == 0 && p.lobby.busy_answers == 0;
    }
    for (size_t i = 0; i < CLIENTS; i++)
        close_pipe(&p, i);
    bool clean = lobby_release(&p.lobby, &alive);
    assert(clean);
    *comparable = p.comparable && buf_ok(&p.transcript);
    return p.transcript;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    bool comparable, both;
    if (size < 2)
        return 0;
    struct slice input = slice_of(data + 1, size - 1);
    struct buf whole = play(input, 0, &comparable);
    struct buf cut = play(input, (uint8_t)(data[0] | 1), &both);
    if (comparable && both)
        assert(slice_equals(buf_slice(&whole), buf_slice(&cut)));
    buf_release(&whole);
    buf_release(&cut);
    return 0;
}
