// SPDX-License-Identifier: MIT
#include "broker/history.h"

#include "broker/held.h"
#include "support/test.h"

static enum error render(struct renderer *r, const struct event *e, struct message *into)
{
    (void)r;
    into->destination = e->stream;
    into->body = frame_copy(e->body);
    return ERR_NONE;
}

static struct renderer renderer = {render};
static struct pool pool;
static const struct history_limits wide = {1000, 1000000};

static struct event *make_event(uint64_t seq)
{
    struct event_source source = {
        .kind = EVENT_DURABLE, .seq = seq, .stream = SLICE("s"), .body = SLICE("0123456789")};
    return event_new(&source);
}

static void push(struct history *h, uint64_t seq, int64_t born, const struct history_limits *limits)
{
    struct event *e = make_event(seq);
    struct message *m = message_new(&pool, e, &renderer, born);
    history_push(h, m, limits);
    message_unref(m);
    event_unref(e);
}

static void check_run(const struct history *h, uint64_t first, uint64_t last)
{
    CHECK(history_at(h, first - 1) == NULL && history_at(h, last + 1) == NULL && history_at(h, 0) == NULL);
    CHECK(history_at(h, UINT64_MAX) == NULL);
    for (uint64_t seq = first; seq <= last; seq++) {
        struct message *m = history_at(h, seq);
        CHECK(m != NULL && m->event->seq == seq);
    }
}

static void begin(void)
{
    pool_init(&pool, sizeof(struct message), 16);
}

static void finish(struct history *h)
{
    history_clear(h);
    CHECK(h->ring == NULL && h->octets == 0);
    CHECK_INT(pool.live, 0);
    pool_release(&pool);
}

TEST(count, "the latest are kept, up to the count")
{
    struct history h = {0};
    begin();
    for (uint64_t seq = 7; seq < 100; seq++) {
        push(&h, seq, 0, &(struct history_limits){10, 100000});
        check_run(&h, seq < 16 ? 7 : seq - 9, seq);
    }
    CHECK_INT(h.room, 16);
    finish(&h);
}

TEST(octets, "the latest are kept, up to the octets; one that passes them alone is not kept; LM-6")
{
    struct history h = {0};
    begin();
    push(&h, 1, 0, &wide);
    size_t one = h.octets;
    CHECK(one > sizeof(struct message) + sizeof(struct event) + 20);
    for (uint64_t seq = 2; seq < 20; seq++)
        push(&h, seq, 0, &(struct history_limits){1000, 3 * one});
    check_run(&h, 17, 19);
    CHECK_INT(h.octets, 3 * one);
    push(&h, 20, 0, &(struct history_limits){1000, one - 1});
    CHECK_INT(h.count, 0);
    push(&h, 21, 0, &(struct history_limits){0, 100000});
    CHECK_INT(h.count, 0);
    finish(&h);
}

TEST(age, "what is too old goes, and the memory with the last of it")
{
    struct history h = {0};
    begin();
    for (uint64_t seq = 1; seq <= 10; seq++)
        push(&h, seq, (int64_t)seq * 100, &wide);
    CHECK_INT(history_oldest(&h), 100);
    history_expire(&h, 401);
    check_run(&h, 5, 10);
    CHECK_INT(history_oldest(&h), 500);
    history_expire(&h, 5000);
    CHECK(h.count == 0 && h.ring == NULL);
    finish(&h);
}

TEST(jump, "a position that does not continue the run begins it anew")
{
    struct history h = {0};
    begin();
    for (uint64_t seq = 1; seq <= 5; seq++)
        push(&h, seq, 0, &wide);
    push(&h, 9, 0, &wide);
    check_run(&h, 9, 9);
    CHECK_INT(h.count, 1);
    finish(&h);
}

static enum held_result hold(struct held *h, uint64_t seq, size_t most, size_t octets)
{
    struct event *e = make_event(seq);
    enum held_result result = held_add(h, e, most, octets);
    event_unref(e);
    return result;
}

TEST(held_order, "early events are kept in order, each once, and dropped from the front")
{
    static const uint64_t seqs[] = {9, 5, 12, 7, 6, 20, 8};
    struct held h = {0};
    CHECK(held_first(&h) == NULL);
    for (size_t i = 0; i < ARRAY_LEN(seqs); i++)
        CHECK(hold(&h, seqs[i], 64, 100000) == HELD_KEPT);
    for (size_t i = 0; i < ARRAY_LEN(seqs); i++)
        CHECK(hold(&h, seqs[i], 64, 100000) == HELD_TWICE);
    uint64_t before = 0;
    for (size_t i = 0; i < h.count; i++) {
        CHECK(h.events[i]->seq > before);
        before = h.events[i]->seq;
    }
    held_drop(&h, 4);
    CHECK_INT(held_first(&h)->seq, 5);
    held_drop(&h, 8);
    CHECK_INT(held_first(&h)->seq, 9);
    held_drop(&h, 20);
    CHECK(held_first(&h) == NULL && h.events == NULL && h.octets == 0);
}

TEST(held_bounds, "more early events than the limits allow are refused; LM-6")
{
    struct held h = {0};
    for (uint64_t seq = 1; seq <= 3; seq++)
        CHECK(hold(&h, seq, 3, 100000) == HELD_KEPT);
    CHECK(hold(&h, 4, 3, 100000) == HELD_REFUSED);
    CHECK(hold(&h, 4, 64, h.octets) == HELD_REFUSED);
    CHECK(hold(&h, 4, 64, 10) == HELD_REFUSED);
    CHECK_INT(h.count, 3);
    held_clear(&h);
    CHECK(h.events == NULL);
}
