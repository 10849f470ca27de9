// SPDX-License-Identifier: MIT
#include "support/postgres.h"

#include <arpa/inet.h>
#include <assert.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/scratch.h"
#include "support/test.h"

enum { NO_SERVER = 77, STARTS = 20, PINGS = 1200 };

/* One for the program. */
static struct server {
    bool asked, there;
    struct scratch folder;
    pid_t pid; /* 0: not running */
    unsigned port;
    char url[128];
    PGconn *connection; /* the test's own */
} server;

static const char script[] = "tests/support/postgres_server";

static pid_t spawn(const char *act, const char *port)
{
    pid_t pid = fork();
    assert(pid >= 0);
    if (pid == 0) {
        execl(script, script, act, server.folder.path, port, (char *)NULL);
        _exit(127);
    }
    return pid;
}

static int wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) != pid)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static unsigned free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    int bound = bind(fd, (struct sockaddr *)&address, len);
    int named = getsockname(fd, (struct sockaddr *)&address, &len);
    assert(fd >= 0 && bound == 0 && named == 0);
    close(fd);
    return ntohs(address.sin_port);
}

/* False when it ended instead, as it does when somebody else has taken the port meanwhile. */
static bool is_up(void)
{
    struct timespec nap = {.tv_nsec = 50000000};
    for (int i = 0; i < PINGS; i++) {
        int status;
        if (PQping(server.url) == PQPING_OK)
            return true;
        if (waitpid(server.pid, &status, WNOHANG) == server.pid)
            return false;
        (void)nanosleep(&nap, NULL);
    }
    return false;
}

void postgres_start(void)
{
    char port[16];
    assert(server.there && server.pid == 0);
    for (int i = 0; i < STARTS && server.pid == 0; i++) {
        if (server.port == 0) {
            server.port = free_port();
            snprintf(server.url, sizeof server.url, "postgresql://parley:parley@127.0.0.1:%u/postgres",
                     server.port);
        }
        snprintf(port, sizeof port, "%u", server.port);
        server.pid = spawn("run", port);
        if (!is_up()) {
            server.pid = 0;
            server.port = 0;
        }
    }
    assert(server.pid != 0);
}

static void forget_connection(void)
{
    PQfinish(server.connection);
    server.connection = NULL;
}

static void end(int how)
{
    forget_connection();
    if (server.pid != 0) {
        kill(server.pid, how);
        (void)wait_for(server.pid);
    }
    server.pid = 0;
}

void postgres_crash(void)
{
    end(SIGQUIT);
}

static void leave(void)
{
    end(SIGQUIT);
    scratch_release(&server.folder);
}

const char *postgres_url(void)
{
    if (!server.asked) {
        server.asked = true;
        scratch_init(&server.folder);
        atexit(leave);
        int status = wait_for(spawn("prepare", NULL));
        assert(status == 0 || status == NO_SERVER);
        server.there = status == 0;
        if (server.there)
            postgres_start();
        else
            printf("# there is no PostgreSQL on this machine: nothing is tested\n");
    }
    return server.there ? server.url : NULL;
}

int64_t postgres_sql(const char *sql)
{
    if (server.connection == NULL)
        server.connection = PQconnectdb(server.url);
    PGresult *r = PQexec(server.connection, sql);
    ExecStatusType status = PQresultStatus(r);
    int64_t number = -1;
    if (status == PGRES_TUPLES_OK && PQntuples(r) > 0)
        number = strtoll(PQgetvalue(r, 0, 0), NULL, 10);
    else if (status == PGRES_COMMAND_OK)
        number = strtoll(PQcmdTuples(r), NULL, 10);
    else
        printf("# %s: %s\n", sql, PQerrorMessage(server.connection));
    CHECK(status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK);
    PQclear(r);
    return number;
}

void postgres_empty(void)
{
    (void)postgres_sql("SET client_min_messages = error; DROP SCHEMA public CASCADE; CREATE SCHEMA public");
}
