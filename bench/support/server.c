// SPDX-License-Identifier: MIT
#include "support/server.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PATH = 4096, FLAGS = 64, LINE = 512, PATIENCE = 30000 /* milliseconds */ };

void server_beside(const char *name, char path[static PATH])
{
    ssize_t len = readlink("/proc/self/exe", path, PATH - 1);
    char *slash = len <= 0 ? NULL : memrchr(path, '/', (size_t)len);
    if (slash == NULL || (size_t)(slash + 1 - path) + strlen(name) >= PATH)
        bench_die("cannot tell where %s is", name);
    strcpy(slash + 1, name);
}

static _Noreturn void become(const struct server *s, const struct server_options *o, const char *program,
                             int greeting)
{
    char workers[16], connections[16];
    const char *flags[FLAGS] = {program,
                                "--listen",
                                "127.0.0.1:0",
                                "--data-dir",
                                s->folder,
                                "--workers",
                                workers,
                                "--log-level",
                                "error",
                                "--spread",
                                "0",
                                "--max-connections",
                                connections,
                                "--bcrypt-cost",
                                "4"};
    size_t count = 15;
    (void)snprintf(workers, sizeof workers, "%u", o->workers);
    (void)snprintf(connections, sizeof connections, "%u", o->connections < 1000 ? 1000 : o->connections);
    for (const char *const *more = o->more; more != NULL && *more != NULL && count + 1 < FLAGS; more++)
        flags[count++] = *more;
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* it does not outlive a benchmark that dies */
    dup2(greeting, STDOUT_FILENO);
    execv(program, (char *const *)flags);
    fprintf(stderr, "bench: %s: %s\n", program, strerror(errno));
    _exit(127);
}

/* It says where it listens, because the port is its own choice. */
static void read_address(struct server *s, int greeting)
{
    char text[LINE];
    size_t len = 0;
    const char *url = NULL;
    struct pollfd wait = {.fd = greeting, .events = POLLIN};
    while (url == NULL || strchr(url, '\n') == NULL) {
        ssize_t n = poll(&wait, 1, PATIENCE) == 1 ? read(greeting, text + len, sizeof text - 1 - len) : 0;
        if (n <= 0)
            bench_die("the server ended at once, or is not ready after 30 s");
        len += (size_t)n;
        text[len] = '\0';
        url = strstr(text, "http://");
    }
    url += strlen("http://");
    text[(size_t)(url - text) + strcspn(url, "/\n")] = '\0';
    client_server_parse(&s->at, url);
}

void server_folder_make(char path[static 64])
{
    strcpy(path, "/tmp/parley-bench-XXXXXX");
    if (mkdtemp(path) == NULL)
        bench_die("no folder in /tmp: %s", strerror(errno));
}

void server_start(struct server *s, const struct server_options *options)
{
    int greeting[2];
    char beside[PATH];
    const char *program = options->program;
    if (program == NULL) {
        server_beside("parleyd", beside);
        program = beside;
    }
    s->is_fresh = options->folder == NULL;
    if (s->is_fresh)
        server_folder_make(s->folder);
    else
        (void)snprintf(s->folder, sizeof s->folder, "%s", options->folder);
    if (pipe2(greeting, O_CLOEXEC) != 0)
        bench_die("no pipe: %s", strerror(errno));
    int64_t since = bench_now();
    s->pid = fork();
    if (s->pid == 0)
        become(s, options, program, greeting[1]);
    close(greeting[1]);
    read_address(s, greeting[0]);
    close(greeting[0]);
    if (!client_is_ready(&s->at))
        bench_die("the server says that it is ready, but is not");
    s->ready_ms = (double)(bench_now() - since) / 1e6;
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
