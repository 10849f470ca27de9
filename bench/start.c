/* SPDX-License-Identifier: MIT
 *
 * bench/start - from exec to ready, and what parleyd takes at rest (design.md section 10:
 * under 50 ms and under 10 MiB).
 *
 * Ready is when GET /actuator/health answers 200. With a fresh data folder (schema, keys and the first
 * administrator are made) and with one that is there; beside it the physical limit, bench_floor: a program
 * that is linked with the same libraries and does nothing. The three take turns, medians count.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/object.h"
#include "support/figure.h"
#include "support/options.h"
#include "support/process.h"
#include "support/server.h"

enum { ROUNDS_MOST = 1000, PATH = 4096, REST = 200 /* milliseconds */ };

struct options {
    unsigned rounds, workers;
    const char *program;
    bool quick;
};

/* By round; milliseconds, MiB. */
struct findings {
    double fresh[ROUNDS_MOST], existing[ROUNDS_MOST], floor[ROUNDS_MOST];
    double resident[ROUNDS_MOST], proportional[ROUNDS_MOST], anonymous[ROUNDS_MOST];
};

/* From fork to the end of a program that does nothing. */
static double run_floor(const char *program)
{
    int status;
    int64_t since = bench_now();
    pid_t pid = fork();
    if (pid == 0) {
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        bench_die("%s did not end well", program);
    return (double)(bench_now() - since) / 1e6;
}

static double mib(uint64_t octets)
{
    return (double)octets / (1 << 20);
}

static void look_at_rest(struct findings *f, unsigned round, const struct server *s)
{
    struct process_memory memory;
    nanosleep(&(struct timespec){.tv_nsec = REST * 1000000L},
              NULL); /* what its start left over is done by then */
    process_memory_read(&memory, s->pid);
    f->resident[round] = mib(memory.resident);
    f->proportional[round] = mib(memory.proportional);
    f->anonymous[round] = mib(memory.anonymous);
}

static double run_server(const struct server_options *options, struct findings *f, unsigned round)
{
    struct server s;
    server_start(&s, options);
    if (f != NULL)
        look_at_rest(f, round, &s);
    if (!server_stop(&s))
        bench_die("the server did not end well");
    return s.ready_ms;
}

static void measure(struct findings *f, const struct options *o)
{
    char floor[PATH], folder[64];
    server_beside("bench_floor", floor);
    server_folder_make(folder);
    /* Other benchmarks do with cheap passwords; this one starts as users do. */
    static const char *const defaults[] = {"--bcrypt-cost", "10", NULL};
    const struct server_options fresh = {.program = o->program, .workers = o->workers, .more = defaults};
    struct server_options existing = fresh;
    existing.folder = folder;
    (void)run_server(&existing, NULL, 0);
    (void)run_floor(floor);
    for (unsigned r = 0; r < o->rounds; r++) {
        f->floor[r] = run_floor(floor);
        f->existing[r] = run_server(&existing, f, r);
        f->fresh[r] = run_server(&fresh, NULL, r);
    }
    server_folder_remove(folder);
}

static void print_start(const char *what, double *ms, double floor, const struct options *o)
{
    double median = bench_median(ms, o->rounds);
    figure_print(&(struct figure){.what = what,
                                  .value = median,
                                  .unit = "ms",
                                  .peer = floor,
                                  .peer_name = "fork, exec and exit with the same libraries",
                                  .ratio = median / floor,
                                  .budget = FIGURE_VALUE_AT_MOST,
                                  .bound = 50});
    printf("  from %.1f to %.1f ms\n", ms[0], ms[o->rounds - 1]);
}

static void report(struct findings *f, const struct options *o)
{
    double floor = bench_median(f->floor, o->rounds);
    printf("start: %u workers, medians of %u rounds\n", o->workers, o->rounds);
    print_start("start to ready, fresh data folder", f->fresh, floor, o);
    print_start("start to ready, existing data folder", f->existing, floor, o);
    figure_print(&(struct figure){.what = "resident memory at rest",
                                  .value = bench_median(f->resident, o->rounds),
                                  .unit = "MiB",
                                  .budget = FIGURE_VALUE_AT_MOST,
                                  .bound = 10});
    figure_print(&(struct figure){.what = "its proportional share (PSS)",
                                  .value = bench_median(f->proportional, o->rounds),
                                  .unit = "MiB"});
    figure_print(&(struct figure){.what = "of it anonymous: heap, stacks, data",
                                  .value = bench_median(f->anonymous, o->rounds),
                                  .unit = "MiB"});
}

int main(int argc, char **argv)
{
    struct options o = {.rounds = 20, .workers = 2};
    static struct findings findings;
    const struct option_row rows[] = {
        {"rounds", &o.rounds, 1, ROUNDS_MOST, .help = "of each kind"},
        {"workers", &o.workers, 1, 64, .help = "of parleyd"},
        {"server", .text = &o.program, .help = "a parleyd other than the one beside this program"},
        {"quick", .flag = &o.quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("start: from exec to ready, and memory at rest", rows, ARRAY_LEN(rows), argc, argv);
    signal(SIGPIPE, SIG_IGN);
    if (o.quick)
        o.rounds = 2;
    measure(&findings, &o);
    report(&findings, &o);
    return 0;
}
