/* SPDX-License-Identifier: MIT
 *
 * bench/fanout - one message to N subscribers, over loopback, beside a bare write() loop over as many sockets
 * in the same run (design.md section 10).
 *
 * paced: the next message is sent when the last one has reached everybody; deliveries per second of wall
 * time, of Parley relative to the bare loop. burst: many messages at once; CPU of the sending process per
 * delivery. Rounds of both alternate, so that what else happens on the machine hits both, and medians count.
 */
#include <getopt.h>
#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/bare.h"
#include "support/client.h"
#include "support/server.h"
#include "support/swarm.h"

enum { ROUNDS_MOST = 101 };
#define DESTINATION "/topic/bench"

struct options {
    unsigned subscribers, messages, size, workers, rounds;
    const char *program, *url, *only;
    pid_t pid;
};

/* Who sends to a swarm: parleyd, by way of a publisher, or the bare loop. */
struct side {
    const char *name;
    pid_t pid;
    struct swarm swarm;
    struct latencies latencies;
    struct {
        double wall[ROUNDS_MOST], cpu[ROUNDS_MOST]; /* microseconds per delivery */
    } paced, burst;
    void (*publish)(struct side *, unsigned messages);
    /* parleyd's */
    int publisher;
    unsigned char *send_frame;
    size_t send_len;
    /* the bare loop's */
    struct bare bare;
    size_t octets; /* of a delivery */
};

/* ---- the two sides ---- */

static void parley_publish(struct side *side, unsigned messages)
{
    for (unsigned i = 0; i < messages; i++)
        client_write(side->publisher, side->send_frame + i * side->send_len, side->send_len);
}

/* A burst leaves in one piece, so that the generator's system calls do not pace it. */
static void parley_publish_at_once(struct side *side, unsigned messages)
{
    client_write(side->publisher, side->send_frame, messages * side->send_len);
}

static void make_frames(struct side *side, const struct options *o)
{
    size_t room = o->size + 256;
    char *text = calloc(1, room);
    side->send_frame = calloc(o->messages, room);
    if (text == NULL || side->send_frame == NULL)
        bench_die("out of memory");
    int head =
        snprintf(text, room, "SEND\ndestination:%s\ncontent-type:application/json\ncontent-length:%u\n\n",
                 DESTINATION, o->size);
    memset(text + head, 'x', o->size);
    for (unsigned i = 0; i < o->messages; i++)
        side->send_len =
            client_frame(side->send_frame + i * side->send_len, text, (size_t)head + o->size + 1);
    free(text);
}

static void open_parley(struct side *side, const struct options *o, const struct client_server *at)
{
    char token[CLIENT_TOKEN];
    client_login(at, token);
    swarm_init(&side->swarm, o->subscribers, o->size);
    for (unsigned i = 0; i < o->subscribers; i++) {
        int fd = client_open_stomp(at, i, token);
        client_subscribe(fd, DESTINATION);
        swarm_add(&side->swarm, fd);
    }
    side->publisher = client_open_stomp(at, o->subscribers, token);
    make_frames(side, o);
    side->publish = parley_publish;
    latencies_init(&side->latencies);
}

static void bare_side_publish(struct side *side, unsigned messages)
{
    bare_publish(&side->bare, messages, side->octets);
}

static void open_bare(struct side *side, const struct options *o)
{
    swarm_init(&side->swarm, o->subscribers, o->size);
    bare_start(&side->bare, &side->swarm, o->subscribers);
    side->pid = side->bare.pid;
    side->publish = bare_side_publish;
    latencies_init(&side->latencies);
}

/* ---- measuring ---- */

/* One round: `batches` times `messages` messages, each batch awaited by all. Microseconds per delivery. */
static void run_round(struct side *side, const struct options *o, unsigned batches, unsigned messages,
                      double *wall, double *cpu)
{
    uint64_t deliveries = (uint64_t)batches * messages * o->subscribers;
    int64_t cpu_before = bench_cpu(side->pid), since = bench_now();
    for (unsigned i = 0; i < batches; i++) {
        uint64_t target = side->swarm.frames + (uint64_t)messages * o->subscribers;
        int64_t sent = bench_now();
        side->publish(side, messages);
        swarm_await(&side->swarm, target, sent, messages == 1 ? &side->latencies : NULL);
    }
    *wall = (double)(bench_now() - since) / 1000 / (double)deliveries;
    *cpu = side->pid == 0 ? 0 : (double)(bench_cpu(side->pid) - cpu_before) / 1000 / (double)deliveries;
}

/* The first message tells how long a delivery is; the bare loop writes as much. */
static void warm_up(struct side *parley, struct side *bare, const struct options *o)
{
    double wall, cpu;
    run_round(parley, o, 20, 1, &wall, &cpu);
    bare->octets = (size_t)(parley->swarm.octets / parley->swarm.frames);
    run_round(bare, o, 20, 1, &wall, &cpu);
    latencies_clear(&parley->latencies);
    latencies_clear(&bare->latencies);
}

static void check_counts(const struct side *side, const struct options *o)
{
    uint64_t expected = side->swarm.frames / o->subscribers;
    for (unsigned i = 0; i < o->subscribers; i++) {
        if (side->swarm.members[i].frames != expected)
            bench_die("subscriber %u got %" PRIu64 " messages, not %" PRIu64, i,
                      side->swarm.members[i].frames, expected);
    }
}

static bool wants(const struct options *o, const char *mode)
{
    return o->only == NULL || strcmp(o->only, mode) == 0;
}

static void measure(struct side *parley, struct side *bare, const struct options *o)
{
    for (unsigned r = 0; wants(o, "paced") && r < o->rounds; r++) {
        run_round(bare, o, o->messages, 1, &bare->paced.wall[r], &bare->paced.cpu[r]);
        run_round(parley, o, o->messages, 1, &parley->paced.wall[r], &parley->paced.cpu[r]);
    }
    parley->publish = parley_publish_at_once;
    for (unsigned r = 0; wants(o, "burst") && r < o->rounds; r++) {
        run_round(bare, o, 1, o->messages, &bare->burst.wall[r], &bare->burst.cpu[r]);
        run_round(parley, o, 1, o->messages, &parley->burst.wall[r], &parley->burst.cpu[r]);
    }
    check_counts(parley, o);
    check_counts(bare, o);
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

static void report_paced(struct side *parley, struct side *bare, const struct options *o)
{
    double pw = bench_median(parley->paced.wall, o->rounds), pc = bench_median(parley->paced.cpu, o->rounds);
    double bw = bench_median(bare->paced.wall, o->rounds), bc = bench_median(bare->paced.cpu, o->rounds);
    print_row("paced", "bare write()", bw, bc, &bare->latencies);
    print_row("paced", "parleyd", pw, pc, &parley->latencies);
    printf("       relative to the bare loop: %.2f (budget: at least 0.95)", bw / pw);
    if (parley->pid != 0)
        printf(", by CPU %.2f", bc / pc);
    printf("\n");
}

static void report_burst(struct side *parley, struct side *bare, const struct options *o)
{
    double pw = bench_median(parley->burst.wall, o->rounds), pc = bench_median(parley->burst.cpu, o->rounds);
    double bw = bench_median(bare->burst.wall, o->rounds), bc = bench_median(bare->burst.cpu, o->rounds);
    print_row("burst", "bare write()", bw, bc, NULL);
    print_row("burst", "parleyd", pw, pc, NULL);
    if (parley->pid != 0)
        printf("       CPU per delivery: 1/%.1f of the bare loop's (budget: at most 1/12)\n", bc / pc);
}

static void report(struct side *parley, struct side *bare, const struct options *o)
{
    printf("fanout: %u subscribers, %u messages of %u octets (%zu on the wire), medians of %u rounds, %ld "
           "cores\n",
           o->subscribers, o->messages, o->size, bare->octets, o->rounds, sysconf(_SC_NPROCESSORS_ONLN));
    printf("%-6s %-14s %12s %10s %10s %8s %8s\n", "", "", "deliveries/s", "us wall", "us CPU", "p50 us",
           "p99 us");
    if (wants(o, "paced"))
        report_paced(parley, bare, o);
    if (wants(o, "burst"))
        report_burst(parley, bare, o);
}

/* ---- the command line ---- */

static unsigned number(const char *text, unsigned least, unsigned most)
{
    char *end;
    unsigned long n = strtoul(text, &end, 10);
    if (*text == '\0' || *end != '\0' || n < least || n > most)
        bench_die("%s: a number from %u to %u is needed", text, least, most);
    return (unsigned)n;
}

static _Noreturn void usage(int status)
{
    puts("usage: fanout [--subscribers N] [--messages M] [--size OCTETS] [--workers N] [--rounds N]\n"
         "              [--only paced|burst]\n"
         "              [--server PROGRAM | --url ADDRESS:PORT [--pid PID]]\n"
         "Starts PROGRAM (default build/parleyd) on a folder of its own, or uses what serves ADDRESS:PORT.");
    exit(status);
}

static void read_options(struct options *o, int argc, char **argv)
{
    static const struct option flags[] = {
        {"subscribers", required_argument, NULL, 'n'},
        {"messages", required_argument, NULL, 'm'},
        {"size", required_argument, NULL, 's'},
        {"workers", required_argument, NULL, 'w'},
        {"rounds", required_argument, NULL, 'r'},
        {"server", required_argument, NULL, 'p'},
        {"url", required_argument, NULL, 'u'},
        {"pid", required_argument, NULL, 'i'},
        {"only", required_argument, NULL, 'o'},
        {"help", no_argument, NULL, 'h'},
        {NULL, 0, NULL, 0},
    };
    int flag;
    while ((flag = getopt_long(argc, argv, "", flags, NULL)) != -1) {
        switch (flag) {
        case 'n': o->subscribers = number(optarg, 1, 1000000); break;
        case 'm': o->messages = number(optarg, 1, 100000); break;
        case 's': o->size = number(optarg, 150, 60000); break;
        case 'w': o->workers = number(optarg, 0, 256); break;
        case 'r': o->rounds = number(optarg, 1, ROUNDS_MOST); break;
        case 'p': o->program = optarg; break;
        case 'u': o->url = optarg; break;
        case 'i': o->pid = (pid_t)number(optarg, 1, INT32_MAX); break;
        case 'o': o->only = optarg; break;
        case 'h': usage(0);
        default: usage(2);
        }
    }
}

static void close_sides(struct side *parley, struct side *bare)
{
    close(parley->publisher);
    swarm_release(&parley->swarm);
    latencies_release(&parley->latencies);
    free(parley->send_frame);
    bare_stop(&bare->bare);
    swarm_release(&bare->swarm);
    latencies_release(&bare->latencies);
}

int main(int argc, char **argv)
{
    struct options o = {.subscribers = 1000,
                        .messages = 200,
                        .size = 300,
                        .workers = 1,
                        .rounds = 5,
                        .program = "build/parleyd"};
    static struct side parley, bare;
    static struct server server;
    read_options(&o, argc, argv);
    signal(SIGPIPE, SIG_IGN);
    bench_allow_descriptors(2 * (uint64_t)o.subscribers + 200);
    open_bare(&bare, &o); /* first: what it forks must not hold descriptors of the others */
    if (o.url == NULL) {
        server_start(&server, o.program, o.workers, o.subscribers + 100);
        parley.pid = server.pid;
        printf("parleyd was ready after %.0f ms\n", server.ready_ms);
    } else {
        client_server_parse(&server.at, o.url);
        parley.pid = o.pid;
    }
    open_parley(&parley, &o, &server.at);
    warm_up(&parley, &bare, &o);
    measure(&parley, &bare, &o);
    report(&parley, &bare, &o);
    close_sides(&parley, &bare);
    if (o.url == NULL && !server_stop(&server))
        bench_die("the server did not end well");
    return 0;
}
