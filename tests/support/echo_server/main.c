// SPDX-License-Identifier: MIT
// echo_server [--host A] [--port N] [--workers N]: prints the port it listens on, and serves until SIGTERM.
#include <getopt.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "support/echo_server/echo_server.h"

static const char usage[] =
    "usage: echo_server [--host ADDRESS] [--port N] [--workers N]\n"
    "  --host     an IPv4 address, or an IPv6 address in brackets; default 127.0.0.1\n"
    "  --port     default 9001; 0: any that is free\n"
    "  --workers  threads that serve, 1 to 256; default 2\n"
    "The first line of its output is the port.\n";

struct options {
    const char *host;
    uint64_t port, workers;
};

static bool take_number(const char *text, uint64_t max, uint64_t *number)
{
    return slice_to_uint(slice_from_string(text), max, number);
}

static bool read_options(struct options *o, int argc, char **argv)
{
    static const struct option known[] = {{"host", required_argument, NULL, 'h'},
                                          {"port", required_argument, NULL, 'p'},
                                          {"workers", required_argument, NULL, 'w'},
                                          {NULL, 0, NULL, 0}};
    bool ok = true;
    int letter;
    while ((letter = getopt_long(argc, argv, "", known, NULL)) != -1) {
        switch (letter) {
        case 'h': o->host = optarg; break;
        case 'p': ok = ok && take_number(optarg, UINT16_MAX, &o->port); break;
        case 'w': ok = ok && take_number(optarg, LISTENER_WORKERS, &o->workers); break;
        default: ok = false;
        }
    }
    return ok && optind == argc && o->workers > 0;
}

/* Each connection is a descriptor. */
static void raise_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* Before any thread starts, so that all inherit it and the signals come to this one alone. */
static void block_signals(sigset_t *wanted)
{
    (void)signal(SIGPIPE, SIG_IGN);
    sigemptyset(wanted);
    sigaddset(wanted, SIGTERM);
    sigaddset(wanted, SIGINT);
    (void)pthread_sigmask(SIG_BLOCK, wanted, NULL);
}

int main(int argc, char **argv)
{
    static struct echo_server server;
    struct options o = {.host = "127.0.0.1", .port = 9001, .workers = 2};
    char address[128];
    sigset_t signals;
    int received;
    if (!read_options(&o, argc, argv)) {
        fputs(usage, stderr);
        return 2;
    }
    (void)snprintf(address, sizeof address, "%s:%u", o.host, (unsigned)o.port);
    block_signals(&signals);
    raise_descriptors();
    if (!echo_server_start(&server, address, (unsigned)o.workers))
        _Exit(1); /* threads may be half way up */
    printf("%u\n", (unsigned)server.listener.port);
    fflush(stdout);
    (void)sigwait(&signals, &received);
    echo_server_stop(&server);
    return 0;
}
