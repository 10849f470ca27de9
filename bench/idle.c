/* SPDX-License-Identifier: MIT
 *
 * bench/idle - what an idle STOMP session with one subscription costs parleyd in user memory (design.md
 * section 10: at most 1 KiB, the shares of users, logins and destinations included).
 *
 * Anonymous memory of the process with N sessions and with 2N: the slope between the two, so that what does
 * not grow with sessions falls out. Then some more, each of which is of a user, and follows a destination, of
 * its own: there SQLite's page cache grows as well, up to its bound. Beside it what the octets are, by the
 * types (idle/sizes.h). What the kernel takes for sockets, of both ends here, is told apart.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/object.h"
#include "idle/sizes.h"
#include "support/figure.h"
#include "support/options.h"
#include "support/process.h"
#include "support/server.h"

enum { SESSIONS_LEAST = 100, DESCRIPTORS_SPARE = 200, SUBSCRIPTION_ID = 5 /* octets of "sub-0" */ };

struct options {
    unsigned sessions, share, own, workers;
    const char *program;
    bool quick;
};

struct crowd {
    struct server server;
    char token[CLIENT_TOKEN]; /* of the user who came last */
    int *fds;
    unsigned count, users;
};

static size_t destination_of(unsigned group, char out[static 32])
{
    return (size_t)snprintf(out, 32, "/topic/bench.%06u", group);
}

static void new_user(struct crowd *c)
{
    client_login(&c->server.at, c->token);
    c->users++;
}

static void add_session(struct crowd *c)
{
    char destination[32];
    (void)destination_of(c->users, destination);
    int fd = client_open_stomp(&c->server.at, c->count, c->token);
    client_subscribe(fd, destination);
    c->fds[c->count++] = fd;
}

/* More sessions, up to that count; so many of them share a user and a destination. */
static void fill(struct crowd *c, unsigned upto, unsigned share)
{
    for (unsigned i = 0; c->count < upto; i++) {
        if (i % share == 0)
            new_user(c);
        add_session(c);
    }
}

struct state {
    unsigned sessions, users;
    struct process_memory memory;
    uint64_t kernel;
};

static struct state look(const struct crowd *c)
{
    struct state s = {.sessions = c->count, .users = c->users, .kernel = process_kernel_slabs()};
    process_memory_read(&s.memory, c->server.pid);
    return s;
}

static double slope(uint64_t before, uint64_t after, unsigned sessions)
{
    return ((double)after - (double)before) / sessions;
}

static double report_slope(const char *what, const struct state *before, const struct state *after)
{
    unsigned sessions = after->sessions - before->sessions;
    double each = slope(before->memory.anonymous, after->memory.anonymous, sessions);
    printf("%-42s from %6u to %6u: %7.0f octets each; kernel, both ends: %7.0f\n", what, before->sessions,
           after->sessions, each, slope(before->kernel, after->kernel, sessions));
    return each;
}

static void report_sizes(const struct options *o, const struct state *before, const struct state *after,
                         const char *what, double measured)
{
    struct sizes_row rows[SIZES_MOST];
    char destination[32];
    unsigned users = after->users - before->users; /* and as many destinations */
    struct sizes_population p = {
        .workers = o->workers,
        .before = before->sessions,
        .after = after->sessions,
        .users = users,
        .destinations = users,
        .name = CLIENT_NAME,
        .email = CLIENT_NAME + sizeof "@parley.example" - 1,
        .subscription = SUBSCRIPTION_ID,
        .destination = destination_of(0, destination),
    };
    unsigned count = sizes_of_session(&p, rows);
    double sum = 0;
    printf("\n%-60s %8s\n", what, "octets");
    for (unsigned i = 0; i < count; i++) {
        printf("  %-58s %8.1f\n", rows[i].what, rows[i].octets);
        sum += rows[i].octets;
    }
    printf("  %-58s %8.1f\n  %-58s %8.1f\n  %-58s %+8.1f\n\n", "sum", sum, "measured", measured,
           "not explained (fragments; pages that SQLite caches)", measured - sum);
}

/* Here and in the server, where it is the same. */
static void allow_descriptors(struct options *o)
{
    uint64_t wanted = 2 * (uint64_t)o->sessions + o->own + DESCRIPTORS_SPARE;
    uint64_t allowed = bench_allow_descriptors_if(wanted);
    if (allowed >= wanted)
        return;
    if (allowed < o->own + DESCRIPTORS_SPARE + 2 * SESSIONS_LEAST)
        bench_die("%llu descriptors are too few (ulimit -n)", (unsigned long long)allowed);
    o->sessions = (unsigned)(allowed - o->own - DESCRIPTORS_SPARE) / 2;
    printf("only %llu descriptors are allowed here: N is %u\n", (unsigned long long)allowed, o->sessions);
}

static void open_crowd(struct crowd *c, const struct options *o)
{
    static const char *const silence[] = {"--ping-interval", "10m", NULL};
    unsigned all = 2 * o->sessions + o->own;
    c->fds = calloc(all, sizeof *c->fds);
    if (c->fds == NULL)
        bench_die("out of memory");
    /* The kernel does not spread connections quite evenly, and each worker has an equal share of the limit. */
    server_start(&c->server, &(struct server_options){.program = o->program,
                                                      .workers = o->workers,
                                                      .connections = all + all / 4 + 1000,
                                                      .more = silence});
}

static void close_crowd(struct crowd *c)
{
    for (unsigned i = 0; i < c->count; i++)
        close(c->fds[i]);
    free(c->fds);
    if (!server_stop(&c->server))
        bench_die("the server did not end well");
}

static void read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        {"sessions", &o->sessions, SESSIONS_LEAST, 500000,
         .help = "N: memory is looked at with N and with 2N"},
        {"share", &o->share, 1, 100000, .help = "so many of them have a user and a destination in common"},
        {"own", &o->own, 10, 500000, .help = "more sessions, of a user and with a destination of their own"},
        {"workers", &o->workers, 1, 64, .help = "of parleyd"},
        {"server", .text = &o->program, .help = "a parleyd other than the one beside this program"},
        {"quick", .flag = &o->quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("idle: user memory of an idle STOMP session with one subscription", rows, ARRAY_LEN(rows),
                 argc, argv);
    if (o->quick) {
        o->sessions = 300;
        o->share = 100;
        o->own = 30;
    }
}

int main(int argc, char **argv)
{
    struct options o = {.sessions = 10000, .share = 100, .own = 1500, .workers = 2};
    static struct crowd c;
    read_options(&o, argc, argv);
    signal(SIGPIPE, SIG_IGN);
    allow_descriptors(&o);
    open_crowd(&c, &o);
    fill(&c, o.sessions, o.share);
    struct state first = look(&c);
    fill(&c, 2 * o.sessions, o.share);
    struct state second = look(&c);
    fill(&c, 2 * o.sessions + o.own, 1);
    struct state third = look(&c);
    printf("idle: %u workers; %u sessions share a user and a destination\n", o.workers, o.share);
    double shared = report_slope("sessions that share users and destinations", &first, &second);
    double own = report_slope("sessions with their own", &second, &third);
    report_sizes(&o, &first, &second, "a session that shares", shared);
    report_sizes(&o, &second, &third, "a session of its own user, with its own destination", own);
    figure_print(&(struct figure){.what = "user memory of an idle session",
                                  .value = shared,
                                  .unit = "octets",
                                  .budget = FIGURE_VALUE_AT_MOST,
                                  .bound = 1024});
    figure_print(&(struct figure){
        .what = "the same, of a user and with a destination of its own", .value = own, .unit = "octets"});
    close_crowd(&c);
    return 0;
}
