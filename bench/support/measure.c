// SPDX-License-Identifier: MIT
#include "support/measure.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

_Noreturn void bench_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("bench: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static int64_t nanoseconds(const struct timespec *t)
{
    return (int64_t)t->tv_sec * 1000000000 + t->tv_nsec;
}

int64_t bench_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return nanoseconds(&t);
}

int64_t bench_cpu(pid_t pid)
{
    struct timespec t;
    clockid_t clock;
    if (pid <= 0 || clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return -1;
    return nanoseconds(&t);
}

uint64_t bench_allow_descriptors_if(uint64_t count)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur >= count)
        return limit.rlim_cur;
    struct rlimit wanted = {.rlim_cur = count, .rlim_max = limit.rlim_max < count ? count : limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &wanted) == 0)
        return count;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_max;
}

void bench_allow_descriptors(uint64_t count)
{
    if (bench_allow_descriptors_if(count) < count)
        bench_die("%llu descriptors are needed and not allowed (ulimit -n)", (unsigned long long)count);
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *values, unsigned count)
{
    qsort(values, count, sizeof *values, compare);
    return count % 2 == 1 ? values[count / 2] : (values[count / 2 - 1] + values[count / 2]) / 2;
}

void latencies_init(struct latencies *l)
{
    l->count = 0;
    l->counts = calloc(LATENCY_MOST + 1, sizeof *l->counts);
    if (l->counts == NULL)
        bench_die("out of memory");
}

void latencies_release(struct latencies *l)
{
    free(l->counts);
    l->counts = NULL;
}

void latencies_clear(struct latencies *l)
{
    l->count = 0;
    memset(l->counts, 0, (LATENCY_MOST + 1) * sizeof *l->counts);
}

unsigned latencies_quantile(const struct latencies *l, double share)
{
    uint64_t wanted = (uint64_t)((double)l->count * share), seen = 0;
    for (unsigned us = 0; us <= LATENCY_MOST; us++) {
        seen += l->counts[us];
        if (seen > 0 && seen >= wanted)
            return us;
    }
    return LATENCY_MOST;
}
