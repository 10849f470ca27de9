// SPDX-License-Identifier: MIT
#include "support/sim/plan.h"

#include <stdio.h>

#include "support/sim/dice.h"

enum { PURPOSE_PLAN = 1 };

#define KIB 1024
#define MS  MICROSECONDS_PER_MS

/* Half of the runs are without a fault, and the rest have more or less of it. */
static unsigned rate(struct dice *d, unsigned most)
{
    return dice_chance(d, 500) ? 0 : 1 + dice_below(d, most);
}

static void draw_process(struct plan *p, struct dice *d)
{
    static const size_t lanes[] = {2, 2, 4, 8, 16, 64, 1024};
    static const unsigned store_lanes[] = {2, 4, 8, 64, 1024};
    p->workers = (unsigned)dice_between(d, 2, SIM_WORKERS);
    p->lane = lanes[dice_below(d, ARRAY_LEN(lanes))];
    p->store_lane = store_lanes[dice_below(d, ARRAY_LEN(store_lanes))];
    p->store_group = (unsigned)dice_between(d, 1, 8);
    p->readers = (unsigned)dice_between(d, 1, 2);
    p->retention = (dice_chance(d, 300) ? dice_between(d, 1, 20) : 7 * 24 * 3600) * MICROSECONDS_PER_SECOND;
    p->logins = (unsigned)dice_between(d, 1, 2);
    p->access_lifetime = (dice_chance(d, 300) ? 30 : 24 * 60) * 60 * MICROSECONDS_PER_SECOND;
}

static void draw_limits(struct plan *p, struct dice *d)
{
    static const size_t buffers[] = {4 * KIB, 16 * KIB, 512 * KIB};
    p->limits = engine_limits_default;
    p->limits.send_buffer = buffers[dice_below(d, ARRAY_LEN(buffers))];
    p->limits.send_timeout = dice_between(d, 1, 10) * MICROSECONDS_PER_SECOND;
    p->broker = broker_options_default;
    if (dice_chance(d, 500))
        p->broker.history_count = 1 + dice_below(d, 8);
    if (dice_chance(d, 300))
        p->broker.held_count = dice_below(d, 3);
    if (dice_chance(d, 500))
        p->broker.read.rows = 1 + dice_below(d, 8);
    if (dice_chance(d, 300))
        p->broker.reads = 1;
    if (dice_chance(d, 300))
        p->broker.turn_replays = 1 + dice_below(d, 4);
}

static void draw_people(struct plan *p, struct dice *d)
{
    p->people = (unsigned)dice_between(d, 3, SIM_PEOPLE);
    p->followers = dice_below(d, SIM_FOLLOWERS + 1);
    p->public_channels = (unsigned)dice_between(d, 1, 2);
    p->private_channels = (unsigned)dice_between(d, 0, 3);
    p->acts = (unsigned)dice_between(d, 30, 150);
    p->pause = dice_between(d, 1, 40) * 10 * MS;
    p->padding = dice_chance(d, 300) ? 2 * KIB : 60;
    p->room = dice_chance(d, 500) ? 256 * KIB : 8 * KIB;
}

static void draw_faults(struct plan *p, struct dice *d)
{
    p->cut_octets = rate(d, 1000);
    p->cut_lines = rate(d, 150);
    p->freezes = rate(d, 60);
    p->withdrawals = rate(d, 150);
    p->ambushes = rate(d, 300);
    p->allocations = rate(d, 30);
    p->stalls = rate(d, 60);
    p->store_holds = rate(d, 40);
    p->store_faults = dice_chance(d, 700) ? 0 : rate(d, 60);
    p->delays = rate(d, 700);
    p->jumps = rate(d, 50);
    p->restarts = rate(d, 30);
    p->pauses = rate(d, 40);
    p->nonsense = rate(d, 100);
    p->readings = rate(d, 400);
    p->on_disk = p->restarts > 0;
}

void plan_draw(struct plan *p, uint64_t seed)
{
    struct dice d = dice_of(seed, PURPOSE_PLAN);
    *p = (struct plan){.seed = seed};
    draw_process(p, &d);
    draw_limits(p, &d);
    draw_people(p, &d);
    draw_faults(p, &d);
}

void plan_describe(const struct plan *p, char *out, size_t room)
{
    snprintf(out, room, "lane %zu, store %u/%u, out %zu, acts %u", p->lane, p->store_lane, p->store_group,
             p->limits.send_buffer, p->acts);
}
