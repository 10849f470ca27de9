// SPDX-License-Identifier: MIT
#include "base/metrics.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/object.h"

#define MINUTE (60 * MICROSECONDS_PER_SECOND)

const struct histogram_scale histogram_time = {
    .bounds = {100, 250, 500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000,
               10000000, 30000000},
    .worth = 1e-6,
};

const struct histogram_scale histogram_count = {
    .bounds = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768},
    .worth = 1,
};

/* ---- counting ---- */

static void keep_largest(struct histogram *h, uint64_t value, int64_t now)
{
    int64_t minute = now / MINUTE, then = atomic_load_explicit(&h->minute, memory_order_relaxed);
    uint64_t largest = counter_get(&h->largest);
    if (minute != then) {
        uint64_t before = minute == then + 1 ? largest : 0;
        atomic_store_explicit(&h->largest_before, before, memory_order_relaxed);
        atomic_store_explicit(&h->minute, minute, memory_order_relaxed);
        largest = 0;
    }
    if (value > largest || minute != then)
        atomic_store_explicit(&h->largest, value > largest ? value : largest, memory_order_relaxed);
}

void histogram_observe(struct histogram *h, const struct histogram_scale *scale, uint64_t value, int64_t now)
{
    size_t i = 0;
    while (i < HISTOGRAM_BOUNDS && value > scale->bounds[i])
        i++;
    counter_add(&h->buckets[i], 1);
    counter_add(&h->sum, value);
    keep_largest(h, value, now);
}

/* What was the largest until a minute ago and more is so no more. */
static uint64_t largest_lately(const struct histogram *h, int64_t now)
{
    int64_t age = now / MINUTE - atomic_load_explicit(&h->minute, memory_order_relaxed);
    uint64_t last = counter_get(&h->largest), before = counter_get(&h->largest_before);
    if (age > 1)
        return 0;
    return age == 1 || last > before ? last : before;
}

/* ---- the table ---- */

void metric_label(struct metric_labels *labels, const char *name, struct slice value)
{
    assert(labels->count < METRIC_LABELS);
    labels->all[labels->count++] = (struct metric_label){name, value};
}

static void add_histogram(const struct metrics *m, const struct metric *row, const struct histogram *h,
                          struct metric_sample *sample)
{
    double largest = (double)largest_lately(h, m->now) * row->scale->worth;
    for (size_t i = 0; i <= HISTOGRAM_BOUNDS; i++) {
        uint64_t n = counter_get(&h->buckets[i]);
        sample->buckets[i] += n;
        sample->count += n;
    }
    sample->sum += (double)counter_get(&h->sum) * row->scale->worth;
    if (largest > sample->largest)
        sample->largest = largest;
}

/* Each part of a block is what the row's offset says: the tables are ours, and a test reads every row. */
static void add_block(const struct metrics *m, const struct metric *row, size_t series, const void *block,
                      struct metric_sample *sample)
{
    const void *at = (const char *)block + row->at;
    if (row->kind == METRIC_HISTOGRAM)
        add_histogram(m, row, (const struct histogram *)at + series, sample);
    else
        sample->value += (double)counter_get((const _Atomic uint64_t *)at + series);
}

bool metric_sample(const struct metrics *m, const struct metric *row, size_t series,
                   struct metric_sample *sample)
{
    memset(sample, 0, sizeof *sample);
    if (row->read != NULL) {
        sample->value = row->read(m->context, series);
    } else {
        const struct metric_source *source = &m->sources[row->source];
        size_t blocks = source->count(m->context);
        for (size_t i = 0; i < blocks; i++)
            add_block(m, row, series, source->block(m->context, i), sample);
    }
    if (isnan(sample->value) || (row->sparse && sample->value == 0 && sample->count == 0))
        return false;
    if (row->tag.name != NULL)
        metric_label(&sample->labels, row->tag.name, row->tag.value);
    if (row->series > 0)
        row->label(series, &sample->labels);
    return true;
}
