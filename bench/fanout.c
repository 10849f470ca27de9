/* SPDX-License-Identifier: MIT
 *
 * bench/fanout - one message to N subscribers, over loopback, beside a bare write() loop over as many sockets
 * in the same run (design.md section 10).
 *
 * paced: the next message is sent when the last one has reached everybody; deliveries per second of wall
 * time, of Parley relative to the bare loop. burst: many messages at once; CPU of the sending process per
 * delivery. Rounds of both alternate, so that what else happens on the machine hits both, and medians count.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/object.h"
#include "support/figure.h"
#include "support/options.h"
#include "support/server.h"
#include "support/side.h"

enum { ROUNDS_MOST = 101, WARM_UP = 20 };

struct options {
    struct side_load load;
    unsigned workers, rounds, pid;
    const char *program, *url, *only;
    bool quick;
};

/* Microseconds per delivery, by round. */
struct times {
    double wall[ROUNDS_MOST], cpu[ROUNDS_MOST];
};

struct contest {
    struct side parley, bare;
    struct times parley_paced, bare_paced, parley_burst, bare_burst;
};

static bool wants(const struct options *o, const char *mode)
{
    return o->only == NULL || strcmp(o->only, mode) == 0;
}

/* The first message tells how long a delivery is; the bare loop writes as much. */
static void warm_up(struct contest *c)
{
    double wall, cpu;
    side_round(&c->parley, WARM_UP, 1, &wall, &cpu);
    c->bare.octets = (size_t)(c->parley.swarm.octets / c->parley.swarm.frames);
    side_round(&c->bare, WARM_UP, 1, &wall, &cpu);
    latencies_clear(&c->parley.latencies);
    latencies_clear(&c->bare.latencies);
}

static void measure(struct contest *c, const struct options *o)
{
    unsigned messages = o->load.messages;
    for (unsigned r = 0; wants(o, "paced") && r < o->rounds; r++) {
        side_round(&c->bare, messages, 1, &c->bare_paced.wall[r], &c->bare_paced.cpu[r]);
        side_round(&c->parley, messages, 1, &c->parley_paced.wall[r], &c->parley_paced.cpu[r]);
    }
    side_publish_at_once(&c->parley);
    for (unsigned r = 0; wants(o, "burst") && r < o->rounds; r++) {
        side_round(&c->bare, 1, messages, &c->bare_burst.wall[r], &c->bare_burst.cpu[r]);
        side_round(&c->parley, 1, messages, &c->parley_burst.wall[r], &c->parley_burst.cpu[r]);
    }
    side_check(&c->parley);
    side_check(&c->bare);
}

/* ---- the table ---- */

static void print_row(const char *mode, const char *name, double wall, double cpu,
                      const struct latencies *latencies)
{
    printf("%-6s %-14s %12.0f %10.3f %10.3f", mode, name, 1e6 / wall, wall, cpu);
    if (latencies != NULL)
        printf(" %8u %8u", latencies_quantile(latencies, 0.5), latencies_quantile(latencies, 0.99));
    printf("\n");
}

static void report_paced(struct contest *c, const struct options *o)
{
    double pw = bench_median(c->parley_paced.wall, o->rounds),
           pc = bench_median(c->parley_paced.cpu, o->rounds);
    double bw = bench_median(c->bare_paced.wall, o->rounds), bc = bench_median(c->bare_paced.cpu, o->rounds);
    print_row("paced", "bare write()", bw, bc, &c->bare.latencies);
    print_row("paced", "parleyd", pw, pc, &c->parley.latencies);
    figure_print(&(struct figure){.what = "paced fan-out",
                                  .value = 1e3 / pw,
                                  .unit = "k deliveries/s",
                                  .peer = 1e3 / bw,
                                  .peer_name = "bare write() loop",
                                  .ratio = bw / pw,
                                  .budget = FIGURE_RATIO_AT_LEAST,
                                  .bound = 0.95});
    if (c->parley.pid == 0)
        return;
    figure_print(&(struct figure){.what = "paced fan-out, CPU per delivery",
                                  .value = pc,
                                  .unit = "µs",
                                  .peer = bc,
                                  .peer_name = "bare write() loop",
                                  .ratio = pc / bc});
}

static void report_burst(struct contest *c, const struct options *o)
{
    double pw = bench_median(c->parley_burst.wall, o->rounds),
           pc = bench_median(c->parley_burst.cpu, o->rounds);
    double bw = bench_median(c->bare_burst.wall, o->rounds), bc = bench_median(c->bare_burst.cpu, o->rounds);
    print_row("burst", "bare write()", bw, bc, NULL);
    print_row("burst", "parleyd", pw, pc, NULL);
    if (c->parley.pid == 0)
        return;
    figure_print(&(struct figure){.what = "burst fan-out, CPU per delivery",
                                  .value = pc,
                                  .unit = "µs",
                                  .peer = bc,
                                  .peer_name = "bare write() loop",
                                  .ratio = pc / bc,
                                  .budget = FIGURE_RATIO_AT_MOST,
                                  .bound = 0.0833});
}

static void report(struct contest *c, const struct options *o)
{
    printf("fanout: %u subscribers, %u messages of %u octets (%zu on the wire), medians of %u rounds, %ld "
           "cores\n",
           o->load.subscribers, o->load.messages, o->load.size, c->bare.octets, o->rounds,
           sysconf(_SC_NPROCESSORS_ONLN));
    printf("%-6s %-14s %12s %10s %10s %8s %8s\n", "", "", "deliveries/s", "us wall", "us CPU", "p50 us",
           "p99 us");
    if (wants(o, "paced"))
        report_paced(c, o);
    if (wants(o, "burst"))
        report_burst(c, o);
}

/* ---- the command line ---- */

static void read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        {"subscribers", &o->load.subscribers, 1, 1000000, .help = "sockets"},
        {"messages", &o->load.messages, 1, 100000, .help = "in each round"},
        {"size", &o->load.size, 150, 60000, .help = "octets of a body"},
        {"workers", &o->workers, 0, 256, .help = "of parleyd"},
        {"rounds", &o->rounds, 1, ROUNDS_MOST, .help = "of each kind"},
        {"only", .text = &o->only, .help = "paced or burst"},
        {"server", .text = &o->program, .help = "a parleyd other than the one beside this program"},
        {"url", .text = &o->url, .help = "ADDRESS:PORT of one that runs already"},
        {"pid", &o->pid, 1, INT32_MAX, .help = "its process, if its CPU is wanted"},
        {"quick", .flag = &o->quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("fanout: one message to many subscribers, beside a bare write() loop", rows, ARRAY_LEN(rows),
                 argc, argv);
    if (o->quick) {
        o->load.subscribers = 50;
        o->load.messages = 20;
        o->rounds = 1;
    }
}

int main(int argc, char **argv)
{
    struct options o = {
        .load = {.subscribers = 1000, .messages = 200, .size = 300}, .workers = 1, .rounds = 5};
    static struct contest contest;
    static struct server server;
    char token[CLIENT_TOKEN];
    read_options(&o, argc, argv);
    signal(SIGPIPE, SIG_IGN);
    bench_allow_descriptors(2 * (uint64_t)o.load.subscribers + 200);
    side_open_bare(&contest.bare, &o.load);
    struct side_place place = {.token = token, .destination = "/topic/bench", .worker = -1};
    if (o.url == NULL) {
        server_start(&server, &(struct server_options){.program = o.program,
                                                       .workers = o.workers,
                                                       .connections = o.load.subscribers + 100});
        place.at = server.at;
        place.pid = server.pid;
    } else {
        client_server_parse(&place.at, o.url);
        place.pid = (pid_t)o.pid;
    }
    client_login(&place.at, token);
    side_open_parley(&contest.parley, &o.load, &place);
    warm_up(&contest);
    measure(&contest, &o);
    report(&contest, &o);
    side_close(&contest.parley);
    side_close(&contest.bare);
    if (o.url == NULL && !server_stop(&server))
        bench_die("the server did not end well");
    return 0;
}
