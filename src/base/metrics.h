/* SPDX-License-Identifier: MIT
 *
 * base/metrics.h - counting, and the table of what is counted.
 *
 * A counter or histogram has one writer, who adds to it with plain loads and stores: no lock, and no locked
 * instruction. Any thread reads it at any time. Each worker has a block of its own; whoever looks adds the
 * blocks up, so looking costs what the table has rows and the program has workers, and never what it has
 * connections. What has several writers is not on the hot path: counter_share().
 *
 * The table is rows: name, kind, unit, help, labels, and where in a block the numbers lie. What a row's labels may
 * say is bounded by `series`, so no peer can make the table grow. Knows nothing of formats: wire/prometheus.h
 * writes one.
 */
#ifndef PARLEY_BASE_METRICS_H
#define PARLEY_BASE_METRICS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* ---- counting ---- */

/* The counter's only writer. */
static inline void counter_add(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_store_explicit(counter, atomic_load_explicit(counter, memory_order_relaxed) + n,
                          memory_order_relaxed);
}

/* One of several writers. */
static inline void counter_share(_Atomic uint64_t *counter, uint64_t n)
{
    atomic_fetch_add_explicit(counter, n, memory_order_relaxed);
}

/* Any thread. */
static inline uint64_t counter_get(const _Atomic uint64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

enum { HISTOGRAM_BOUNDS = 16 };

/* The upper bounds of the buckets, inclusive and ascending, in what is observed; behind the last there is one more
 * bucket. `worth` is what 1 of it is in the unit of the metric. */
struct histogram_scale {
    uint64_t bounds[HISTOGRAM_BOUNDS];
    double worth;
};

extern const struct histogram_scale
    histogram_time; /* microseconds, 100 µs to 30 s; the metric is in seconds */
extern const struct histogram_scale histogram_count; /* 1 to 32768, doubling */

/* All zero is an empty one. */
struct histogram {
    _Atomic uint64_t buckets[HISTOGRAM_BOUNDS + 1], sum;
    /* The largest value of the minute `minute`, and of the one before. */
    _Atomic uint64_t largest, largest_before;
    _Atomic int64_t minute;
};

/* The histogram's only writer. `now`: monotonic microseconds. */
void histogram_observe(struct histogram *h, const struct histogram_scale *scale, uint64_t value, int64_t now);

/* ---- the table ---- */

enum metric_kind { METRIC_COUNTER, METRIC_GAUGE, METRIC_HISTOGRAM };

enum { METRIC_LABELS = 4 };

struct metric_label {
    const char *name;
    struct slice value;
};

struct metric_labels {
    size_t count;
    struct metric_label all[METRIC_LABELS];
};

/* One more label, to be filled in by value; at most METRIC_LABELS. */
void metric_label(struct metric_labels *labels, const char *name, struct slice value);

/* A row. Rows of one name stand together, and differ in `tag` or in `series` only. */
struct metric {
    const char *name; /* words and dots */
    enum metric_kind kind;
    const char *unit; /* "seconds", "bytes"; "": things */
    const char *help; /* one line */
    const struct histogram_scale *scale;
    struct metric_label tag; /* of every series of this row; name NULL: none */
    size_t series;           /* how many; 0: one, and label() is not asked */
    void (*label)(size_t series, struct metric_labels *labels);
    bool sparse; /* a series in which nothing was counted is left out */
    /* Where the numbers are: `series` of them, one behind the other, from octet `at` of each block of a source on;
     * or, where read() is given, what it says. NAN: not to be had, and left out. */
    unsigned source;
    size_t at;
    double (*read)(void *context, size_t series);
};

/* Blocks of one type, of one writer each. */
struct metric_source {
    size_t (*count)(void *context);
    const void *(*block)(void *context, size_t index);
};

struct metrics {
    const struct metric *rows;
    size_t count;
    const struct metric_source *sources;
    void *context; /* for the functions of sources and rows */
    int64_t now;   /* monotonic microseconds: when this is looked at */
};

/* What a series says at this moment. */
struct metric_sample {
    struct metric_labels labels;
    double value;                           /* of a counter or a gauge */
    uint64_t buckets[HISTOGRAM_BOUNDS + 1]; /* of a histogram: */
    uint64_t count;                         /* of all buckets, */
    double sum, largest;                    /* in the metric's unit; of the last one to two minutes */
};

/* How many series a row has. */
static inline size_t metric_series(const struct metric *row)
{
    return row->series == 0 ? 1 : row->series;
}

/* False when it is left out. Any thread. */
bool metric_sample(const struct metrics *m, const struct metric *row, size_t series,
                   struct metric_sample *sample);

#endif
