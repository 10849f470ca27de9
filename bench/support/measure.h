/* SPDX-License-Identifier: MIT
 *
 * bench/support/measure.h - what a benchmark needs of the machine: time, CPU time of other processes,
 * latencies, descriptors, medians. One thread. Whatever fails ends the benchmark with a sentence:
 * bench_die().
 */
#ifndef PARLEY_BENCH_MEASURE_H
#define PARLEY_BENCH_MEASURE_H

#include <stdint.h>
#include <sys/types.h>

_Noreturn void bench_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Monotonic nanoseconds. */
int64_t bench_now(void);
/* Nanoseconds of CPU that all threads of that process have used; -1 when it cannot be known. */
int64_t bench_cpu(pid_t pid);
/* Lets this process and its children open `count` descriptors. Dies if that is forbidden. */
void bench_allow_descriptors(uint64_t count);
/* The same, or as many as are allowed: returns how many. */
uint64_t bench_allow_descriptors_if(uint64_t count);
/* Sorts the values. */
double bench_median(double *values, unsigned count);

enum { LATENCY_MOST = 1000000 }; /* microseconds; later ones count as that */

/* How often each latency was seen. */
struct latencies {
    uint64_t count;
    uint32_t *counts; /* by microsecond; owned */
};

void latencies_init(struct latencies *l);
void latencies_release(struct latencies *l);
void latencies_clear(struct latencies *l);
static inline void latencies_add(struct latencies *l, int64_t ns)
{
    int64_t us = ns / 1000;
    l->counts[us < LATENCY_MOST ? us : LATENCY_MOST]++;
    l->count++;
}
/* The latency, in microseconds, that the given share (0 to 1) does not pass. */
unsigned latencies_quantile(const struct latencies *l, double share);

#endif
