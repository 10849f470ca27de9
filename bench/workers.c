/* SPDX-License-Identifier: MIT
 *
 * bench/workers - what a delivery costs with several workers, compared with one (design.md section 10): the
 * CPU of the server's process per delivery, paced, that is, one message at a time to all subscribers.
 *
 * In the first contest the subscribers are spread over the workers as the kernel spreads them; in the second
 * one worker of two has all of them and the other one nothing to do. Rounds go forwards and backwards over
 * the contestants, so that a machine that grows slower or faster favours nobody, and each round gives a
 * ratio; the median of these counts.
 */
#include <signal.h>
#include <stdio.h>

#include "base/object.h"
#include "support/figure.h"
#include "support/options.h"
#include "support/server.h"
#include "support/side.h"

enum { ROUNDS_MOST = 101, CONTESTANTS = 4, SERVERS = 3, WARM_UP = 5 };

struct options {
    struct side_load load;
    unsigned rounds;
    const char *program;
    bool quick, burst, same;
};

static const struct {
    const char *what;
    unsigned server; /* which */
    int worker;      /* all subscribers there; -1: spread */
} contestants[CONTESTANTS] = {
    {"1 worker", 0, -1},
    {"2 workers, spread", 1, -1},
    {"2 workers, all on one", 1, 0},
    {"4 workers, spread", 2, -1},
};
static const unsigned worker_counts[SERVERS] = {1, 2, 4};

struct contest {
    struct server servers[SERVERS];
    struct side sides[CONTESTANTS];
    double cpu[CONTESTANTS][ROUNDS_MOST], wall[CONTESTANTS][ROUNDS_MOST]; /* microseconds per delivery */
};

static void open_all(struct contest *c, const struct options *o)
{
    static char tokens[SERVERS][CLIENT_TOKEN];
    char destination[32];
    for (unsigned i = 0; i < SERVERS; i++) {
        server_start(&c->servers[i], &(struct server_options){.program = o->program,
                                                              .workers = o->same ? 1 : worker_counts[i],
                                                              .connections = 4 * o->load.subscribers});
        client_login(&c->servers[i].at, tokens[i]);
    }
    for (unsigned i = 0; i < CONTESTANTS; i++) {
        const struct server *server = &c->servers[contestants[i].server];
        (void)snprintf(destination, sizeof destination, "/topic/bench.%u", i);
        side_open_parley(&c->sides[i], &o->load,
                         &(struct side_place){.at = server->at,
                                              .pid = server->pid,
                                              .token = tokens[contestants[i].server],
                                              .destination = destination,
                                              .worker = o->same ? -1 : contestants[i].worker});
        if (o->burst)
            side_publish_at_once(&c->sides[i]);
    }
}

/* Not counted at first: whoever runs twice in a row finds his sockets in the caches, the others do not. */
static void run_one(struct contest *c, const struct options *o, unsigned which, unsigned round)
{
    double wall, cpu;
    side_round(&c->sides[which], o->burst ? 1 : WARM_UP, o->burst ? WARM_UP : 1, &wall, &cpu);
    side_round(&c->sides[which], o->burst ? 1 : o->load.messages, o->burst ? o->load.messages : 1, &wall,
               &cpu);
    c->wall[which][round] += wall / 2;
    c->cpu[which][round] += cpu / 2;
}

static void run_round(struct contest *c, const struct options *o, unsigned round)
{
    for (unsigned i = 0; i < CONTESTANTS; i++)
        c->wall[i][round] = c->cpu[i][round] = 0;
    for (unsigned i = 0; i < CONTESTANTS; i++)
        run_one(c, o, (i + round) % CONTESTANTS, round);
    for (unsigned i = CONTESTANTS; i-- > 0;)
        run_one(c, o, (i + round) % CONTESTANTS, round);
}

/* The median of the rounds' ratios to the first contestant. */
static double ratio(double values[][ROUNDS_MOST], unsigned which, unsigned rounds)
{
    double ratios[ROUNDS_MOST];
    for (unsigned r = 0; r < rounds; r++)
        ratios[r] = values[which][r] / values[0][r];
    return bench_median(ratios, rounds);
}

static void report(struct contest *c, const struct options *o)
{
    double wall[CONTESTANTS], cpu[CONTESTANTS];
    printf("workers: %u subscribers, %u messages of %u octets, %s, medians of %u rounds there and back\n",
           o->load.subscribers, o->load.messages, o->load.size, o->burst ? "in a burst" : "paced", o->rounds);
    printf("%-24s %10s %10s %12s %12s\n", "", "us wall", "us CPU", "wall ratio", "CPU ratio");
    for (unsigned i = 0; i < CONTESTANTS; i++) {
        wall[i] = ratio(c->wall, i, o->rounds); /* before the medians, which sort the rounds */
        cpu[i] = ratio(c->cpu, i, o->rounds);
    }
    for (unsigned i = 0; i < CONTESTANTS; i++)
        printf("%-24s %10.3f %10.3f %12.2f %12.2f\n", contestants[i].what,
               bench_median(c->wall[i], o->rounds), bench_median(c->cpu[i], o->rounds), wall[i], cpu[i]);
    for (unsigned i = 1; i < CONTESTANTS; i++) {
        char what[64];
        (void)snprintf(what, sizeof what, "%s, CPU per delivery", contestants[i].what);
        figure_print(&(struct figure){.what = what,
                                      .value = bench_median(c->cpu[i], o->rounds),
                                      .unit = "µs",
                                      .peer = bench_median(c->cpu[0], o->rounds),
                                      .peer_name = "1 worker",
                                      .ratio = cpu[i],
                                      .budget = i == 3 ? FIGURE_TOLD : FIGURE_RATIO_AT_MOST,
                                      .bound = 1.1});
    }
}

static void read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        {"subscribers", &o->load.subscribers, 1, 100000, .help = "sockets of each contestant"},
        {"messages", &o->load.messages, 1, 100000, .help = "in each round"},
        {"size", &o->load.size, 150, 60000, .help = "octets of a body"},
        {"rounds", &o->rounds, 1, ROUNDS_MOST, .help = "there and back"},
        {"burst", .flag = &o->burst, .help = "all messages of a round at once"},
        {"same", .flag = &o->same, .help = "one worker for all: how large is the error?"},
        {"server", .text = &o->program, .help = "a parleyd other than the one beside this program"},
        {"quick", .flag = &o->quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("workers: what a delivery costs with 2 and 4 workers, compared with 1", rows,
                 ARRAY_LEN(rows), argc, argv);
    if (o->load.messages < WARM_UP)
        o->load.messages = WARM_UP;
    if (o->quick) {
        o->load.subscribers = 20;
        o->load.messages = 10;
        o->rounds = 1;
    }
}

int main(int argc, char **argv)
{
    struct options o = {.load = {.subscribers = 1000, .messages = 40, .size = 300}, .rounds = 8};
    static struct contest contest;
    read_options(&o, argc, argv);
    signal(SIGPIPE, SIG_IGN);
    bench_allow_descriptors(CONTESTANTS * (uint64_t)(o.load.subscribers + 100) + 200);
    open_all(&contest, &o);
    run_round(&contest, &o, 0); /* warms up; the first counted one overwrites it */
    for (unsigned r = 0; r < o.rounds; r++)
        run_round(&contest, &o, r);
    report(&contest, &o);
    for (unsigned i = 0; i < CONTESTANTS; i++) {
        side_check(&contest.sides[i]);
        side_close(&contest.sides[i]);
    }
    for (unsigned i = 0; i < SERVERS; i++) {
        if (!server_stop(&contest.servers[i]))
            bench_die("the server with %u workers did not end well", worker_counts[i]);
    }
    return 0;
}
