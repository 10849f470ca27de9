// SPDX-License-Identifier: MIT
#include "support/server.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH = 4096, FLAGS = 64, POLL = 100000 /* nanoseconds */ };

void server_beside(const char *name, char path[static PATH])
{
    ssize_t len = readlink("/proc/self/exe", path, PATH - 1);
    char *slash = len <= 0 ? NULL : memrchr(path, '/', (size_t)len);
    if (slash == NULL || (size_t)(slash + 1 - path) + strlen(name) >= PATH)
        bench_die("cannot tell where %s is", name);
    strcpy(slash + 1, name);
}

/* Its greeting is nobody's business here; what it complains about is. */
static _Noreturn void become(const struct server *s, const struct server_options *o, const char *program)
{
    char workers[16], connections[16];
    const char *flags[FLAGS] = {program,     "--listen",      s->at.host, "--data-dir",
                                s->folder,   "--workers",     workers,    "--log-level",
                                "error",     "--spread",      "0",        "--max-connections",
                                connections, "--bcrypt-cost", "4"};
    size_t count = 15;
    (void)snprintf(workers, sizeof workers, "%u", o->workers);
    (void)snprintf(connections, sizeof connections, "%u", o->connections < 1000 ? 1000 : o->connections);
    for (const char *const *more = o->more; more != NULL && *more != NULL && count + 1 < FLAGS; more++)
        flags[count++] = *more;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* it does not outlive a benchmark that dies */
    int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(nothing, STDOUT_FILENO);
    execv(program, (char *const *)flags);
    fprintf(stderr, "bench: %s: %s\n", program, strerror(errno));
    _exit(127);
}

static void await_ready(struct server *s, int64_t since)
{
    struct timespec moment = {.tv_nsec = POLL};
    while (!client_is_ready(&s->at)) {
        if (waitpid(s->pid, NULL, WNOHANG) == s->pid)
            bench_die("the server ended at once");
        if (bench_now() - since > INT64_C(10000000000))
            bench_die("the server is not ready after 10 s");
        nanosleep(&moment, NULL);
    }
    s->ready_ms = (double)(bench_now() - since) / 1e6;
}

void server_folder_make(char path[static 64])
{
    strcpy(path, "/tmp/parley-bench-XXXXXX");
    if (mkdtemp(path) == NULL)
        bench_die("no folder in /tmp: %s", strerror(errno));
}

void server_start(struct server *s, const struct server_options *options)
{
    char address[32], beside[PATH];
    const char *program = options->program;
    if (program == NULL) {
        server_beside("parleyd", beside);
        program = beside;
    }
    (void)snprintf(address, sizeof address, "127.0.0.1:%u", client_free_port());
    client_server_parse(&s->at, address);
    s->is_fresh = options->folder == NULL;
    if (s->is_fresh)
        server_folder_make(s->folder);
    else
        (void)snprintf(s->folder, sizeof s->folder, "%s", options->folder);
    int64_t since = bench_now();
    s->pid = fork();
    if (s->pid == 0)
        become(s, options, program);
    await_ready(s, since);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *place)
{
    (void)st;
    (void)kind;
    (void)place;
    return remove(path);
}

void server_folder_remove(const char *path)
{
    (void)nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

bool server_stop(struct server *s)
{
    int status = 0;
    kill(s->pid, SIGTERM);
    waitpid(s->pid, &status, 0);
    if (s->is_fresh)
        server_folder_remove(s->folder);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
