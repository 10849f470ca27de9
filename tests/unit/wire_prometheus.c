// SPDX-License-Identifier: MIT
#include "wire/prometheus.h"

#include <math.h>

#include "support/test.h"

static _Atomic uint64_t numbers[4];
static struct histogram took;

static size_t one(void *context)
{
    (void)context;
    return 1;
}

static const void *block(void *context, size_t index)
{
    (void)index;
    return context;
}

static void label(size_t series, struct metric_labels *labels)
{
    metric_label(labels, "to", series == 0 ? SLICE("a\"b\\c\nd") : SLICE("채널"));
}

static double read_half(void *context, size_t series)
{
    (void)context, (void)series;
    return 0.5;
}

static double read_nothing(void *context, size_t series)
{
    (void)context, (void)series;
    return NAN;
}

static const struct metric_source sources[] = {{one, block}};

static void check(const struct metric *rows, size_t count, void *context, const char *expected)
{
    struct metrics m = {rows, count, sources, context, 0};
    struct buf out;
    buf_init(&out, 64 << 10);
    prometheus_write(&out, &m);
    CHECK(buf_ok(&out));
    CHECK_SLICE(buf_slice(&out), expected);
    buf_release(&out);
}

TEST(counter,
     "a counter ends in _total behind its unit; rows of one name share HELP and TYPE; labels are escaped")
{
    static const struct metric rows[] = {
        {.name = "a.b",
         .kind = METRIC_COUNTER,
         .unit = "bytes",
         .help = "Two \"lines\"\\\nin one.",
         .series = 2,
         .label = label},
        {.name = "a.b",
         .kind = METRIC_COUNTER,
         .unit = "bytes",
         .help = "",
         .at = 2 * sizeof numbers[0],
         .tag = {"way", SLICE_INIT("out")}},
    };
    counter_add(&numbers[0], 1);
    counter_add(&numbers[1], UINT64_C(1) << 40);
    counter_add(&numbers[2], 3);
    check(rows, ARRAY_LEN(rows), (void *)numbers,
          "# HELP a_b_bytes_total Two \"lines\"\\\\\\nin one.\n"
          "# TYPE a_b_bytes_total counter\n"
          "a_b_bytes_total{to=\"a\\\"b\\\\c\\nd\"} 1\n"
          "a_b_bytes_total{to=\"채널\"} 1099511627776\n"
          "a_b_bytes_total{way=\"out\"} 3\n");
}

TEST(gauge, "a gauge has its unit and no more; one that is not known has no line")
{
    static const struct metric rows[] = {
        {.name = "up", .kind = METRIC_GAUGE, .unit = "", .help = "Is it?", .read = read_half},
        {.name = "free", .kind = METRIC_GAUGE, .unit = "bytes", .help = "Room.", .read = read_nothing},
    };
    check(rows, ARRAY_LEN(rows), NULL,
          "# HELP up Is it?\n# TYPE up gauge\nup 0.5\n# HELP free_bytes Room.\n# TYPE free_bytes gauge\n");
}

TEST(histogram, "buckets are cumulative and end in +Inf, which is the count; the largest stands beside them")
{
    static const struct metric rows[] = {{.name = "t",
                                          .kind = METRIC_HISTOGRAM,
                                          .unit = "seconds",
                                          .help = "Time.",
                                          .scale = &histogram_time}};
    histogram_observe(&took, &histogram_time, 100, 0);
    histogram_observe(&took, &histogram_time, 101, 0);
    histogram_observe(&took, &histogram_time, 40000000, 0);
    check(rows, 1, &took,
          "# HELP t_seconds Time.\n# TYPE t_seconds histogram\n"
          "t_seconds_bucket{le=\"0.0001\"} 1\nt_seconds_bucket{le=\"0.00025\"} 2\n"
          "t_seconds_bucket{le=\"0.0005\"} 2\nt_seconds_bucket{le=\"0.001\"} 2\n"
          "t_seconds_bucket{le=\"0.0025\"} 2\nt_seconds_bucket{le=\"0.005\"} 2\n"
          "t_seconds_bucket{le=\"0.01\"} 2\nt_seconds_bucket{le=\"0.025\"} 2\n"
          "t_seconds_bucket{le=\"0.05\"} 2\nt_seconds_bucket{le=\"0.1\"} 2\n"
          "t_seconds_bucket{le=\"0.25\"} 2\nt_seconds_bucket{le=\"0.5\"} 2\n"
          "t_seconds_bucket{le=\"1\"} 2\nt_seconds_bucket{le=\"2.5\"} 2\n"
          "t_seconds_bucket{le=\"10\"} 2\nt_seconds_bucket{le=\"30\"} 2\n"
          "t_seconds_bucket{le=\"+Inf\"} 3\nt_seconds_sum 40.000201\nt_seconds_count 3\n"
          "# HELP t_seconds_max The largest of the last one to two minutes.\n# TYPE t_seconds_max gauge\n"
          "t_seconds_max 40\n");
}

TEST(no_room, "what does not fit is not cut: the buf says so")
{
    static const struct metric rows[] = {
        {.name = "up", .kind = METRIC_GAUGE, .unit = "", .help = "Is it?", .read = read_half}};
    struct metrics m = {rows, 1, sources, NULL, 0};
    struct buf out;
    buf_init(&out, 20);
    prometheus_write(&out, &m);
    CHECK(!buf_ok(&out));
    buf_release(&out);
}
