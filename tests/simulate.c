// SPDX-License-Identifier: MIT
// Runs the simulation: build/simulate --seeds N [--from S] | --seed S [--trace]. See docs/simulation.md.
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/sim/sim.h"

struct options {
    uint64_t from, count;
    double seconds; /* no new seed after so long; 0: no end */
    bool trace, twice, hashes, stop;
};

static struct sim sim; /* large, and looked at when a run dies */
static struct options options = {.from = 1, .count = 100};
static unsigned passed, failed;

static void usage(void)
{
    fputs("simulate [--seeds N] [--from SEED] [--seed SEED] [--seconds T] [--trace] [--twice] [--hashes] "
          "[--stop]\n"
          "  --seeds N      so many runs (100)      --from SEED   beginning with this seed (1)\n"
          "  --seed SEED    this run alone          --seconds T   no new run after T seconds\n"
          "  --trace        every act as a line     --twice       each run twice: is it the same?\n"
          "  --hashes       the hash of each run    --stop        at the first run that fails\n",
          stderr);
    exit(2);
}

static double number(const char *text)
{
    char *end;
    double value = text == NULL ? -1 : strtod(text, &end);
    if (text == NULL || *end != '\0' || value < 0)
        usage();
    return value;
}

static void read_options(char **argv)
{
    for (int i = 1; argv[i] != NULL; i++) {
        const char *option = argv[i];
        if (strcmp(option, "--trace") == 0)
            options.trace = true;
        else if (strcmp(option, "--twice") == 0)
            options.twice = true;
        else if (strcmp(option, "--hashes") == 0)
            options.hashes = true;
        else if (strcmp(option, "--stop") == 0)
            options.stop = true;
        else if (strcmp(option, "--seeds") == 0)
            options.count = (uint64_t)number(argv[++i]);
        else if (strcmp(option, "--from") == 0)
            options.from = (uint64_t)number(argv[++i]);
        else if (strcmp(option, "--seconds") == 0)
            options.seconds = number(argv[++i]);
        else if (strcmp(option, "--seed") == 0) {
            options.from = (uint64_t)number(argv[++i]);
            options.count = 1;
        } else
            usage();
        if (argv[i] == NULL)
            usage();
    }
}

static void tell(uint64_t seed, const char *guarantee, const char *why)
{
    trace_print_last(&sim.trace, stdout);
    printf("not ok - seed %" PRIu64 ", %" PRId64 ".%06" PRId64 " s: %s: %s\n", seed, sim.now / 1000000,
           sim.now % 1000000, guarantee, why);
    printf("# tests/simulate --seed %" PRIu64 " --trace\n", seed);
}

static void finish(void)
{
    printf("%u passed, %u failed\n", passed, failed);
    fflush(stdout);
}

/* An assertion or a fault in memory: the run cannot be gone on with, and neither can the others. */
static void on_death(int number_of)
{
    failed++;
    tell(sim.plan.seed, "the program",
         number_of == SIGABRT ? "an assertion failed, or it gave up" : "it crashed");
    if (sim.plan.on_disk)
        scratch_release(&sim.house.folder);
    finish();
    _exit(1);
}

/* Unless a sanitizer does, who says more. */
static void catch_death(int number_of)
{
    struct sigaction before;
    if (sigaction(number_of, NULL, &before) == 0 && before.sa_handler == SIG_DFL)
        (void)signal(number_of, on_death);
}

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool run(uint64_t seed)
{
    bool fine = sim_run(&sim, seed, options.trace);
    uint64_t hash = sim.trace.hash;
    if (!fine) {
        tell(seed, sim.guarantee, sim.why);
        return false;
    }
    if (options.hashes)
        printf("# seed %" PRIu64 ": %016" PRIx64 ", %" PRIu64 " acts\n", seed, hash, sim.trace.count);
    if (!options.twice)
        return true;
    fine = sim_run(&sim, seed, false);
    if (fine && sim.trace.hash == hash)
        return true;
    printf("not ok - seed %" PRIu64 ": run again it is another run\n", seed);
    return false;
}

/* Without memory for a JSON document the process ends (dto/json_in.c), which is not what a run is about. */
static void *take_json(size_t size)
{
    faults_spare();
    void *memory = malloc(size);
    faults_resume();
    return memory;
}

int main(int argc, char **argv)
{
    (void)argc;
    read_options(argv);
    json_set_alloc_funcs(take_json, free);
    if (access("/dev/shm", W_OK) == 0)
        (void)setenv("TMPDIR", "/dev/shm", 0); /* nothing of it is to last: no disk has to turn for it */
    catch_death(SIGABRT);
    catch_death(SIGSEGV);
    double begin = now();
    for (uint64_t i = 0; i < options.count; i++) {
        if ((options.seconds > 0 && now() - begin > options.seconds) || (options.stop && failed > 0))
            break;
        if (run(options.from + i))
            passed++;
        else
            failed++;
    }
    double took = now() - begin;
    printf("# %.1f s, %.0f runs a second\n", took, (passed + failed) / took);
    finish();
    return failed == 0 && passed > 0 ? 0 : 1;
}
