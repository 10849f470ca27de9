// SPDX-License-Identifier: MIT
#include "engine/outq.h"

#include <stdlib.h>

#include "base/buf.h"
#include "support/test.h"

enum { ROUNDS = 300, MOST = 1 << 16 };

struct bench {
    struct pool entries;
    struct outq q;
    struct buf expected; /* all that was pushed and not cleared */
    size_t left;         /* octets of it that are out */
    uint32_t dice;
};

static uint32_t roll(struct bench *b, uint32_t most)
{
    b->dice = b->dice * UINT32_C(1664525) + UINT32_C(1013904223);
    return (b->dice >> 8) % most;
}

static void bench_init(struct bench *b, uint32_t seed)
{
    memset(b, 0, sizeof *b);
    b->dice = seed;
    pool_init(&b->entries, sizeof(struct outq_entry), 8);
    outq_init(&b->q);
    buf_init(&b->expected, MOST);
}

static void bench_release(struct bench *b)
{
    outq_clear(&b->q, &b->entries, true);
    CHECK(outq_is_empty(&b->q) && outq_valid(&b->q));
    CHECK_INT(b->entries.live, 0);
    pool_release(&b->entries);
    buf_release(&b->expected);
}

static void push(struct bench *b, size_t head_len, size_t frame_len)
{
    unsigned char head[200];
    struct frame *frame = frame_new(frame_len);
    for (size_t i = 0; i < head_len; i++)
        head[i] = (unsigned char)roll(b, 256);
    for (size_t i = 0; i < frame_len; i++)
        frame->octets[i] = (unsigned char)roll(b, 256);
    CHECK(outq_push(&b->q, &b->entries, slice_of(head, head_len), frame));
    CHECK(outq_valid(&b->q));
    buf_append(&b->expected, slice_of(head, head_len));
    buf_append(&b->expected, frame_slice(frame));
    frame_unref(frame);
}

/* Takes up to n octets through so many iovecs, and compares them. */
static void drain(struct bench *b, size_t n, int iovecs)
{
    struct iovec iov[8];
    int count = outq_iov(&b->q, iov, iovecs);
    size_t taken = 0;
    CHECK_INT(b->q.bytes, b->expected.len - b->left);
    for (int i = 0; i < count && taken < n; i++) {
        size_t part = iov[i].iov_len < n - taken ? iov[i].iov_len : n - taken;
        CHECK(part > 0);
        CHECK(memcmp(iov[i].iov_base, b->expected.data + b->left + taken, part) == 0);
        taken += part;
    }
    (void)outq_sent(&b->q, &b->entries, taken);
    CHECK(outq_valid(&b->q));
    b->left += taken;
}

TEST(nothing, "an empty push queues nothing, and an empty frame is none")
{
    struct bench b;
    bench_init(&b, 1);
    push(&b, 0, 0);
    CHECK(outq_is_empty(&b.q));
    push(&b, 1, 0);
    CHECK_INT(b.entries.live, 1);
    CHECK(outq_push(&b.q, &b.entries, SLICE("x"), NULL));
    CHECK_INT(b.q.bytes, 2);
    bench_release(&b);
}

TEST(every_boundary, "whatever the socket takes, the octets leave in order and once")
{
    for (size_t first = 0; first <= 300; first++) {
        struct bench b;
        bench_init(&b, 7);
        push(&b, 10, 50);
        push(&b, OUTQ_HEAD, 0);
        push(&b, OUTQ_HEAD + 1, 30); /* travels as two entries */
        push(&b, 0, 100);
        drain(&b, first, 8);
        drain(&b, 1, 1);
        drain(&b, 300, 2);
        drain(&b, 300, 8);
        CHECK_INT(b.left, b.expected.len);
        CHECK(outq_is_empty(&b.q));
        bench_release(&b);
    }
}

TEST(by_chance, "pushes and partial writes in any order")
{
    for (uint32_t seed = 1; seed <= ROUNDS; seed++) {
        struct bench b;
        bench_init(&b, seed);
        for (int i = 0; i < 60; i++) {
            if (roll(&b, 2) == 0)
                push(&b, roll(&b, 120), roll(&b, 3) == 0 ? 0 : roll(&b, 200));
            else
                drain(&b, roll(&b, 250), 1 + (int)roll(&b, 8));
        }
        bench_release(&b);
    }
}

/* What is kept by a clear that is not for all: pushes of 10 + 20 and 60 + 30 octets, `sent` of them out. */
static size_t kept_after(size_t sent)
{
    if (sent == 0 || sent == 30 || sent == 120)
        return 0; /* nothing has begun to leave */
    return sent < 30 ? 30 - sent : 120 - sent;
}

TEST(clear, "clearing keeps the rest of what has begun to leave, both halves of it, and nothing else (LM-2)")
{
    for (size_t sent = 0; sent <= 120; sent++) {
        struct bench b;
        bench_init(&b, 3);
        push(&b, 10, 20);
        push(&b, 60, 30);
        push(&b, 5, 5);
        drain(&b, sent, 8);
        outq_clear(&b.q, &b.entries, false);
        CHECK(outq_valid(&b.q));
        CHECK_INT(b.q.bytes, kept_after(sent));
        CHECK_INT(outq_behind(&b.q), 0);
        b.expected.len = (uint32_t)(sent + kept_after(sent));
        push(&b, 4, 0);
        drain(&b, 200, 8);
        CHECK_INT(b.left, b.expected.len);
        bench_release(&b);
    }
}

TEST(behind,
     "what waits behind the push being written is counted without it, also when it has two halves (LM-2)")
{
    struct bench b;
    bench_init(&b, 3);
    CHECK_INT(outq_behind(&b.q), 0);
    push(&b, 60, 30);
    CHECK_INT(outq_behind(&b.q), 0);
    push(&b, 10, 20);
    CHECK_INT(outq_behind(&b.q), 30);
    drain(&b, 59, 8);
    CHECK_INT(outq_behind(&b.q), 30);
    drain(&b, 2, 8);
    CHECK_INT(outq_behind(&b.q), 30);
    drain(&b, 29, 8);
    CHECK_INT(outq_behind(&b.q), 0);
    bench_release(&b);
}

TEST(sharing, "a broadcast is queued without a copy (LM-11)")
{
    struct bench b;
    struct iovec iov[2];
    struct frame *frame = frame_copy(SLICE("for everybody"));
    bench_init(&b, 1);
    CHECK(outq_push(&b.q, &b.entries, SLICE("head"), frame));
    CHECK_INT(frame->references, 2);
    CHECK_INT(outq_iov(&b.q, iov, 2), 2);
    CHECK(iov[1].iov_base == frame->octets);
    bench_release(&b);
    CHECK_INT(frame->references, 1);
    frame_unref(frame);
}
