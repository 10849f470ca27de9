// SPDX-License-Identifier: MIT
// parleyd: reads the configuration, starts the server, waits for a signal, drains.
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "main/meters.h"
#include "main/server.h"

extern char **environ;

enum { EXIT_CUT = 1, EXIT_CONFIG = 2, EXIT_START = 3 };

static bool parse_level(const char *text, enum log_level *level)
{
    static const struct {
        const char *name;
        enum log_level level;
    } names[] = {
#define X(name, text) {text, LOG_##name},
        LOG_LEVELS(X)
#undef X
    };
    for (size_t i = 0; i < ARRAY_LEN(names); i++) {
        if (strcmp(text, names[i].name) == 0) {
            *level = names[i].level;
            return true;
        }
    }
    return false;
}

/* --migrate: true when that is all that was asked for. */
static bool check_schema(const struct config *config, int *status)
{
    struct problem why = {""};
    *status = 0;
    if (strcmp(config->migrate, "apply") == 0)
        return false;
    if (strcmp(config->migrate, "check") != 0) {
        fprintf(stderr, "parleyd: migrate is \"%s\": it is apply or check\n", config->migrate);
        *status = EXIT_CONFIG;
    } else if (!stores_check(config, stdout, &why)) {
        fprintf(stderr, "parleyd: %s\n", why.text);
        *status = EXIT_START;
    }
    return true;
}

/* As many descriptors as the system lets us have: each connection is one. */
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

static void greet(const struct server *s, struct logger *logger)
{
    struct slice listen = slice_from_string(s->config->listen);
    char address[LISTENER_WHY];
    size_t host = listen.len;
    while (host > 0 && listen.data[host - 1] != ':')
        host--;
    (void)snprintf(address, sizeof address, "%.*s%u", (int)host, (const char *)listen.data,
                   (unsigned)s->listener.port);
    printf("parleyd is ready: http://%s/\n", address);
    fflush(stdout);
    logger_write(logger, LOG_INFO, "ready", &(struct log_field){"listen", slice_from_string(address)}, 1);
}

static int serve(struct server *s, const struct config *config, struct logger *logger,
                 const sigset_t *signals)
{
    struct problem why = {""};
    int received;
    if (!server_open(s, config, logger, &why)) {
        fprintf(stderr, "parleyd: %s\n", why.text);
        return EXIT_START;
    }
    if (!server_start(s)) {
        fprintf(stderr, "parleyd: there is no thread to be had\n");
        return EXIT_START;
    }
    greet(s, logger);
    (void)sigwait(signals, &received);
    logger_write(logger, LOG_INFO, "leaving", NULL, 0);
    bool clean = server_drain(s);
    server_close(s, clean);
    logger_write(logger, clean ? LOG_INFO : LOG_WARNING, clean ? "gone" : "cut", NULL, 0);
    return clean ? 0 : EXIT_CUT;
}

int main(int argc, char **argv)
{
    static struct server server;
    struct config config;
    struct logger logger;
    enum log_level level;
    sigset_t signals;
    int status;
    if (argc == 2 && strcmp(argv[1], "--help-metrics") == 0) {
        meters_print_markdown(stdout);
        return 0;
    }
    switch (config_read(&config, argc, argv, environ, stdout, stderr)) {
    case CONFIG_RUN: break;
    case CONFIG_DONE: return 0;
    case CONFIG_WRONG: return EXIT_CONFIG;
    }
    if (!parse_level(config.log_level, &level)) {
        fprintf(stderr, "parleyd: log-level is \"%s\": it is error, warning, info or debug\n",
                config.log_level);
        return EXIT_CONFIG;
    }
    if (check_schema(&config, &status))
        return status;
    block_signals(&signals);
    raise_descriptors();
    logger_init(&logger, STDERR_FILENO, level, &clock_system);
    (void)logger_start(&logger);
    status = serve(&server, &config, &logger, &signals);
    if (status == EXIT_START)
        _exit(status); /* threads may be half way up: nothing was promised to anybody yet */
    logger_stop(&logger);
    return status;
}
