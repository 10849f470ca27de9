// SPDX-License-Identifier: MIT
#include "base/metrics.h"

#include <math.h>
#include <pthread.h>

#include "base/clock.h"
#include "support/test.h"

#define MINUTE (60 * MICROSECONDS_PER_SECOND)

enum { KINDS = 3, BLOCKS = 4 };

struct block {
    _Atomic uint64_t plain, by_kind[KINDS];
    struct histogram took;
};

static size_t count_blocks(void *context)
{
    (void)context;
    return BLOCKS;
}

static const void *block_at(void *context, size_t index)
{
    return (const struct block *)context + index;
}

static void label_kind(size_t series, struct metric_labels *labels)
{
    static const struct slice names[KINDS] = {SLICE_INIT("one"), SLICE_INIT("two"), SLICE_INIT("three")};
    metric_label(labels, "kind", names[series]);
}

static double read_unknown(void *context, size_t series)
{
    (void)context, (void)series;
    return NAN;
}

static const struct metric_source sources[] = {{count_blocks, block_at}};

static const struct metric rows[] = {
    {.name = "plain", .kind = METRIC_COUNTER, .at = offsetof(struct block, plain)},
    {.name = "kinds",
     .kind = METRIC_COUNTER,
     .at = offsetof(struct block, by_kind),
     .series = KINDS,
     .label = label_kind,
     .sparse = true,
     .tag = {"side", SLICE_INIT("left")}},
    {.name = "took", .kind = METRIC_HISTOGRAM, .scale = &histogram_time, .at = offsetof(struct block, took)},
    {.name = "unknown", .kind = METRIC_GAUGE, .read = read_unknown},
};

static struct metrics table(struct block *blocks, int64_t now)
{
    return (struct metrics){rows, ARRAY_LEN(rows), sources, blocks, now};
}

TEST(sums, "a series is the sum of what all blocks have of it")
{
    struct block blocks[BLOCKS] = {0};
    struct metrics m = table(blocks, 0);
    struct metric_sample s;
    for (uint64_t i = 0; i < BLOCKS; i++)
        counter_add(&blocks[i].plain, i + 1);
    CHECK(metric_sample(&m, &rows[0], 0, &s));
    CHECK_INT(s.value, 10);
    CHECK_INT(s.labels.count, 0);
    counter_share(&blocks[2].by_kind[1], 7);
    CHECK(metric_sample(&m, &rows[1], 1, &s));
    CHECK_INT(s.value, 7);
    CHECK_INT(s.labels.count, 2);
    CHECK_SLICE(s.labels.all[0].value, "left");
    CHECK_SLICE(s.labels.all[1].value, "two");
}

TEST(left_out, "a sparse series that counted nothing and a gauge that is not known are left out")
{
    struct block blocks[BLOCKS] = {0};
    struct metrics m = table(blocks, 0);
    struct metric_sample s;
    CHECK(metric_sample(&m, &rows[0], 0, &s)); /* not sparse: 0 is said */
    CHECK_INT(s.value, 0);
    CHECK(!metric_sample(&m, &rows[1], 0, &s));
    CHECK(!metric_sample(&m, &rows[3], 0, &s));
}

TEST(buckets,
     "each value counts in the first bucket whose bound it does not pass, and what passes all in the last")
{
    for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++) {
        struct block blocks[BLOCKS] = {0};
        struct metrics m = table(blocks, 0);
        struct metric_sample s;
        uint64_t bound = i < HISTOGRAM_BOUNDS ? histogram_time.bounds[i] : UINT32_MAX;
        uint64_t beyond_last = i == 0 ? 0 : histogram_time.bounds[i - 1] + 1;
        histogram_observe(&blocks[0].took, &histogram_time, bound, 0);
        histogram_observe(&blocks[3].took, &histogram_time, beyond_last, 0);
        CHECK(metric_sample(&m, &rows[2], 0, &s));
        CHECK_INT(s.count, 2);
        for (size_t j = 0; j <= HISTOGRAM_BOUNDS; j++)
            CHECK_INT(s.buckets[j], j == i ? 2 : 0);
        CHECK(fabs(s.sum - (double)(bound + beyond_last) * 1e-6) < 1e-9);
        CHECK(fabs(s.largest - (double)bound * 1e-6) < 1e-9);
    }
}

TEST(bounds, "bounds rise: a bucket that could hold nothing would be a mistake")
{
    for (size_t i = 1; i < HISTOGRAM_BOUNDS; i++) {
        CHECK(histogram_time.bounds[i] > histogram_time.bounds[i - 1]);
        CHECK(histogram_count.bounds[i] > histogram_count.bounds[i - 1]);
    }
}

static double largest_at(struct block *blocks, int64_t now)
{
    struct metrics m = table(blocks, now);
    struct metric_sample s;
    CHECK(metric_sample(&m, &rows[2], 0, &s));
    return s.largest * 1e6;
}

TEST(largest, "the largest value is told for at least one minute and at most two")
{
    struct block blocks[BLOCKS] = {0};
    histogram_observe(&blocks[0].took, &histogram_time, 500, 10 * MINUTE);
    histogram_observe(&blocks[0].took, &histogram_time, 90, 10 * MINUTE + 1);
    CHECK_INT(largest_at(blocks, 10 * MINUTE), 500);
    CHECK_INT(largest_at(blocks, 12 * MINUTE - 1), 500);
    CHECK_INT(largest_at(blocks, 12 * MINUTE), 0);
    histogram_observe(&blocks[0].took, &histogram_time, 70, 11 * MINUTE);
    CHECK_INT(largest_at(blocks, 11 * MINUTE), 500);
    CHECK_INT(largest_at(blocks, 12 * MINUTE), 70);
    histogram_observe(&blocks[0].took, &histogram_time, 5, 20 * MINUTE); /* nothing came in between */
    CHECK_INT(largest_at(blocks, 20 * MINUTE), 5);
}

/* ---- one writes, all read ---- */

enum { ADDITIONS = 200000 };

static void *add_many(void *argument)
{
    struct block *b = argument;
    for (int i = 0; i < ADDITIONS; i++) {
        counter_add(&b->plain, 1);
        histogram_observe(&b->took, &histogram_time, (uint64_t)i % 1000, i);
    }
    return NULL;
}

TEST(threads, "while each block's owner counts, others read what never goes back, and nothing is lost")
{
    struct block blocks[BLOCKS] = {0};
    struct metrics m = table(blocks, 0);
    struct metric_sample s;
    pthread_t threads[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++)
        CHECK(pthread_create(&threads[i], NULL, add_many, &blocks[i]) == 0);
    double before = 0;
    uint64_t counted = 0;
    while (before < BLOCKS * ADDITIONS) {
        (void)metric_sample(&m, &rows[0], 0, &s);
        CHECK(s.value >= before);
        before = s.value;
        (void)metric_sample(&m, &rows[2], 0, &s);
        CHECK(s.count >= counted);
        counted = s.count;
    }
    for (size_t i = 0; i < BLOCKS; i++)
        pthread_join(threads[i], NULL);
    (void)metric_sample(&m, &rows[2], 0, &s);
    CHECK_INT(s.count, BLOCKS * ADDITIONS);
}
