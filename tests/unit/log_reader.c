// SPDX-License-Identifier: MIT
#include "log/reader.h"

#include "support/log_table.h"
#include "support/test.h"

static struct loop loop;
static struct log_table table;
static struct reader reader;

static struct {
    unsigned calls;
    enum error error;
    uint64_t after, first, last;
    size_t count;
    bool more;
    struct event *kept;
} got;

static void on_wake(struct loop *l)
{
    (void)l;
}

static void on_portion(struct reading *g, const struct portion *p)
{
    CHECK(!reading_is_busy(g)); /* more may be asked for from here */
    got.calls++;
    got.error = p->error;
    got.after = p->after;
    got.count = p->count;
    got.more = p->more;
    for (size_t i = 0; i < p->count; i++) {
        char body[32];
        struct event_source expected = log_table_source(&table, 0, p->events[0]->seq + i, body);
        CHECK_INT(p->events[i]->seq, expected.seq);
        CHECK_INT(p->events[i]->time, expected.time);
        CHECK(slice_equals(p->events[i]->stream, expected.stream) &&
              slice_equals(p->events[i]->body, expected.body));
        CHECK(memcmp(&p->events[i]->id, &expected.id, sizeof expected.id) == 0);
    }
    if (p->count == 0)
        return;
    got.first = p->events[0]->seq;
    got.last = p->events[p->count - 1]->seq;
    event_unref(got.kept);
    got.kept = event_ref(p->events[0]);
}

static struct reading begin(size_t rows)
{
    struct reading g;
    loop_init(&loop, &clock_system, &random_system, on_wake);
    log_table_init(&table);
    reader_init(&reader, &table.store, &loop, &(struct reader_options){rows, 65536});
    reading_init(&g, on_portion);
    event_unref(got.kept);
    memset(&got, 0, sizeof got);
    return g;
}

static void finish(void)
{
    log_table_run(&table, 0);
    loop_turn(&loop);
}

TEST(portions, "a range comes in order and in portions that say whether there may be more; G4")
{
    struct reading g = begin(10);
    table.head[0] = 25;
    uint64_t after = 3;
    for (int i = 0; i < 3; i++) {
        CHECK(reader_read(&reader, &g, SLICE("a"), after));
        CHECK(reading_is_busy(&g));
        finish();
        CHECK(got.error == ERR_NONE && got.after == after && got.first == after + 1);
        CHECK_INT(got.count, i < 2 ? 10 : 2);
        CHECK_INT(got.more, i < 2);
        after = got.last;
    }
    CHECK(reader_read(&reader, &g, SLICE("a"), 25));
    finish();
    CHECK(got.calls == 4 && got.count == 0 && !got.more && reader.outstanding == 0);
    CHECK_SLICE(got.kept->body, "a:24"); /* an event that was kept outlives its portion */
}

TEST(failure, "the store's failure is handed on, and the next try works")
{
    struct reading g = begin(10);
    table.head[0] = 1;
    table.failures = 1;
    CHECK(reader_read(&reader, &g, SLICE("a"), 0));
    finish();
    CHECK(got.error == ERR_SERVICE_UNAVAILABLE && got.count == 0 && !reading_is_busy(&g));
    CHECK(reader_read(&reader, &g, SLICE("a"), 0));
    finish();
    CHECK(got.error == ERR_NONE && got.count == 1);
}

TEST(too_large, "a portion over its octets is asked for again with fewer rows; a single such row is an error")
{
    struct reading g = begin(64);
    table.head[0] = 100;
    table.most_rows = 5;
    CHECK(reader_read(&reader, &g, SLICE("a"), 0));
    finish();
    CHECK_INT(got.calls, 0);
    finish();
    finish();
    CHECK(got.calls == 1 && got.error == ERR_NONE && got.count == 4 && got.more);

    struct reading one = begin(1);
    table.head[0] = 1;
    CHECK(reader_read(&reader, &one, SLICE("a"), 0));
    table.waiting[0]->arena->limit = 8;
    finish();
    CHECK(got.calls == 1 && got.error == ERR_CONTENT_TOO_LARGE && got.count == 0);
}

TEST(cancel, "after a cancel nothing comes, and the name need not have lived")
{
    struct reading g = begin(10);
    table.head[0] = 3;
    char name[] = "a";
    CHECK(reader_read(&reader, &g, slice_from_string(name), 0));
    name[0] = 'x';
    reader_cancel(&g);
    reader_cancel(&g);
    CHECK(!reading_is_busy(&g) && reader.outstanding == 1);
    CHECK(reader_read(&reader, &g, SLICE("a"), 1)); /* the same reading, anew */
    finish();
    CHECK_INT(got.calls, 0);
    finish();
    CHECK(got.calls == 1 && got.first == 2 && reader.outstanding == 0);
    event_unref(got.kept);
    got.kept = NULL;
}
