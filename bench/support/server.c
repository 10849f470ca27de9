// SPDX-License-Identifier: MIT
#include "support/server.h"

#include <errno.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void become(const struct server *s, const char *program, unsigned workers,
                             unsigned connections)
{
    char worker_text[16], connection_text[16];
    (void)snprintf(worker_text, sizeof worker_text, "%u", workers);
    (void)snprintf(connection_text, sizeof connection_text, "%u", connections < 1000 ? 1000 : connections);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* it does not outlive a benchmark that dies */
    execl(program, program, "--listen", s->at.host, "--data-dir", s->folder, "--workers", worker_text,
          "--max-connections", connection_text, "--log-level", "error", "--bcrypt-cost", "4", "--spread", "0",
          (char *)NULL);
    fprintf(stderr, "bench: %s: %s\n", program, strerror(errno));
    _exit(127);
}

static void await_ready(struct server *s, int64_t since)
{
    struct timespec moment = {.tv_nsec = 1000000};
    while (!client_is_ready(&s->at)) {
        if (waitpid(s->pid, NULL, WNOHANG) == s->pid)
            bench_die("the server ended at once");
        if (bench_now() - since > INT64_C(10000000000))
            bench_die("the server is not ready after 10 s");
        nanosleep(&moment, NULL);
    }
    s->ready_ms = (double)(bench_now() - since) / 1e6;
}

void server_start(struct server *s, const char *program, unsigned workers, unsigned connections)
{
    char address[32];
    (void)snprintf(address, sizeof address, "127.0.0.1:%u", client_free_port());
    client_server_parse(&s->at, address);
    (void)snprintf(s->folder, sizeof s->folder, "/tmp/parley-bench-XXXXXX");
    if (mkdtemp(s->folder) == NULL)
        bench_die("no folder in /tmp: %s", strerror(errno));
    int64_t since = bench_now();
    s->pid = fork();
    if (s->pid == 0)
        become(s, program, workers, connections);
    await_ready(s, since);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *place)
{
    (void)st;
    (void)kind;
    (void)place;
    return remove(path);
}

bool server_stop(struct server *s)
{
    int status = 0;
    kill(s->pid, SIGTERM);
    waitpid(s->pid, &status, 0);
    (void)nftw(s->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
