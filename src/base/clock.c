// SPDX-License-Identifier: MIT
#include "base/clock.h"

#include <errno.h>
#include <sys/random.h>
#include <time.h>

#include "base/object.h"

static int64_t read_clock(clockid_t id)
{
    struct timespec t;
    int rc = clock_gettime(id, &t);
    assert(rc == 0);
    return (int64_t)t.tv_sec * MICROSECONDS_PER_SECOND + t.tv_nsec / 1000;
}

static int64_t system_wall(const struct clock *c)
{
    (void)c;
    return read_clock(CLOCK_REALTIME);
}

static int64_t system_mono(const struct clock *c)
{
    (void)c;
    return read_clock(CLOCK_MONOTONIC);
}

static void system_fill(const struct random *r, void *octets, size_t n)
{
    (void)r;
    unsigned char *to = octets;
    while (n > 0) {
        ssize_t got = getrandom(to, n, 0);
        assert(got > 0 || errno == EINTR);
        if (got > 0) {
            to += got;
            n -= (size_t)got;
        }
    }
}

const struct clock clock_system = {system_wall, system_mono};
const struct random random_system = {system_fill};
