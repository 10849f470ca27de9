/* SPDX-License-Identifier: MIT
 *
 * bench/parsers - octets per second of each parser, beside a memcpy of the same octets, which is their
 * physical limit, and beside a peer where there is one (design.md section 10).
 *
 * Twice: with as many copies of an input as fill 8 KiB, which lie in the first-level cache; and with as many
 * as fill 256 KiB, which come from the second level, as what a socket brought usually does. The memcpy goes
 * to one small place in either case, because a parser writes nothing either; for what works in place it comes
 * from one. In each round all take their turns;
 * ratios are those of one round, and medians of the rounds count.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/object.h"
#include "parsers/byhand.h"
#include "parsers/subjects.h"
#include "support/figure.h"
#include "support/measure.h"
#include "support/options.h"

enum {
    ROUNDS_MOST = 501,
    FIRST_LEVEL = 8 << 10,
    WORKING_SET = 256 << 10,
    LARGEST = 128 << 10,
    TURN = 128 << 10, /* octets that somebody takes in a turn, at least */
    ALIGNMENT = 64
};

struct options {
    unsigned rounds;
    const char *only;
    bool quick;
};

typedef void runner(unsigned char *octets, size_t len);

enum who { PARSER, MEMCPY, PEER, WHO };

/* Copies of an input. */
struct inputs {
    unsigned char *octets;
    size_t len, stride, count;
};

static unsigned char target[LARGEST];

static void copy(unsigned char *octets, size_t len)
{
    memcpy(target, octets, len);
    subject_keep(target);
}

static void fill(unsigned char *octets, size_t len)
{
    memcpy(octets, target, len);
    subject_keep(octets);
}

static struct inputs inputs_make(struct slice one, size_t room)
{
    struct inputs in = {.len = one.len, .stride = (one.len + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT};
    in.count = room <= in.stride ? 1 : room / in.stride;
    in.octets = aligned_alloc(ALIGNMENT, in.stride * in.count);
    if (in.octets == NULL || one.len > sizeof target)
        bench_die("no room for an input of %zu octets", one.len);
    for (size_t i = 0; i < in.count; i++)
        memcpy(in.octets + i * in.stride, one.data, one.len);
    return in;
}

/* Nanoseconds for one input. */
static double take_turn(const struct inputs *in, runner *run)
{
    size_t repeats = TURN / in->len / in->count + 1;
    int64_t since = bench_now();
    for (size_t r = 0; r < repeats; r++) {
        for (size_t i = 0; i < in->count; i++)
            run(in->octets + i * in->stride, in->len);
    }
    return (double)(bench_now() - since) / (double)(repeats * in->count);
}

struct result {
    double octets_per_second[WHO]; /* in millions */
    double of_memcpy, of_peer;
};

static struct result measure(const struct inputs *in, const struct subject *s, unsigned rounds)
{
    static double times[WHO][ROUNDS_MOST], of_memcpy[ROUNDS_MOST], of_peer[ROUNDS_MOST];
    runner *runs[WHO] = {s->run, s->in_place ? fill : copy, s->peer};
    for (unsigned who = 0; who < WHO; who++) {
        if (runs[who] != NULL)
            (void)take_turn(in, runs[who]);
    }
    for (unsigned r = 0; r < rounds; r++) {
        for (unsigned who = 0; who < WHO; who++)
            times[who][r] = runs[who] != NULL ? take_turn(in, runs[who]) : 0;
        of_memcpy[r] = times[MEMCPY][r] / times[PARSER][r];
        of_peer[r] = times[PEER][r] / times[PARSER][r];
    }
    struct result result = {.of_memcpy = bench_median(of_memcpy, rounds),
                            .of_peer = bench_median(of_peer, rounds)};
    for (unsigned who = 0; who < WHO; who++) {
        if (runs[who] != NULL)
            result.octets_per_second[who] = (double)in->len * 1e3 / bench_median(times[who], rounds);
    }
    return result;
}

static void report(const struct subject *s, const char *where, const struct result *r)
{
    char what[96];
    (void)snprintf(what, sizeof what, "%s (%s)", s->name, where);
    figure_print(&(struct figure){.what = what,
                                  .value = r->octets_per_second[PARSER],
                                  .unit = "MB/s",
                                  .peer = r->octets_per_second[MEMCPY],
                                  .peer_name = "memcpy",
                                  .ratio = r->of_memcpy,
                                  .budget = s->least_of_memcpy > 0 ? FIGURE_RATIO_AT_LEAST : FIGURE_TOLD,
                                  .bound = s->least_of_memcpy});
    if (s->peer == NULL)
        return;
    figure_print(&(struct figure){.what = what,
                                  .value = r->octets_per_second[PARSER],
                                  .unit = "MB/s",
                                  .peer = r->octets_per_second[PEER],
                                  .peer_name = s->peer_name,
                                  .ratio = r->of_peer,
                                  .budget = s->least_of_peer > 0 ? FIGURE_RATIO_AT_LEAST : FIGURE_TOLD,
                                  .bound = s->least_of_peer});
}

static void run_subject(struct subject s, const struct options *o)
{
    static const struct {
        const char *where;
        size_t room;
    } sets[] = {{"L1", FIRST_LEVEL}, {"256 KiB", WORKING_SET}};
    if (o->only != NULL && strstr(s.name, o->only) == NULL)
        return;
    struct slice one = s.make();
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        if (one.len > sets[i].room)
            continue; /* it is no input for that cache */
        struct inputs in = inputs_make(one, sets[i].room);
        struct result result = measure(&in, &s, o->rounds);
        report(&s, sets[i].where, &result);
        free(in.octets);
    }
    free((void *)(uintptr_t)one.data);
}

static void run_all(const struct subject *subjects, size_t count, const struct options *o)
{
    for (size_t i = 0; i < count; i++) {
        struct subject s = subjects[i];
        if (s.least_of_peer > 0 && !byhand_is_possible())
            s.peer = NULL;
        run_subject(s, o);
    }
}

int main(int argc, char **argv)
{
    struct options o = {.rounds = 41};
    const struct option_row rows[] = {
        {"rounds", &o.rounds, 1, ROUNDS_MOST, .help = "for each input"},
        {"only", .text = &o.only, .help = "what has this in its name"},
        {"quick", .flag = &o.quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("parsers: octets per second of each parser, beside memcpy and a peer", rows, ARRAY_LEN(rows),
                 argc, argv);
    if (o.quick)
        o.rounds = 1;
    printf("parsers: medians of %u rounds\n", o.rounds);
    run_all(subjects_wire, subjects_wire_count, &o);
    run_all(subjects_text, subjects_text_count, &o);
    return 0;
}
