// SPDX-License-Identifier: MIT
#include "support/redis.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/object.h"

enum { TRIES = 1000, ARGUMENTS = 32 }; /* of 10 ms */

static void give_up(const struct redis_server *s, const char *what)
{
    fprintf(stderr, "redis-server on port %d: %s\n", s->port, what);
    exit(1);
}

static void nap(void)
{
    const struct timespec t = {.tv_nsec = 10000000};
    (void)nanosleep(&t, NULL);
}

/* Free a moment ago, which is as good as it gets. */
static int free_port(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        return 0;
    (void)close(fd);
    return ntohs(address.sin_port);
}

static void become_redis(const struct redis_server *s, pid_t parent)
{
    char port[8];
    (void)snprintf(port, sizeof port, "%d", s->port);
    char *const arguments[] = {"redis-server",
                               "--port",
                               port,
                               "--bind",
                               "127.0.0.1",
                               "--dir",
                               (char *)s->folder.path,
                               "--appendonly",
                               "yes",
                               "--appendfsync",
                               "always",
                               "--save",
                               "",
                               "--logfile",
                               "redis.log",
                               "--enable-debug-command",
                               "local",
                               "--requirepass",
                               (char *)s->password,
                               NULL};
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    int null = open("/dev/null", O_RDWR);
    (void)dup2(null, STDOUT_FILENO);
    (void)execvp(arguments[0], arguments);
    _exit(127);
}

static void forget_context(struct redis_server *s)
{
    if (s->context != NULL)
        redisFree(s->context);
    s->context = NULL;
}

/* A connection that has been answered; NULL while it is starting. */
static redisContext *try_to_connect(const struct redis_server *s)
{
    redisContext *c = redisConnect("127.0.0.1", s->port);
    if (c == NULL || c->err != 0) {
        if (c != NULL)
            redisFree(c);
        return NULL;
    }
    redisReply *reply =
        s->password[0] == '\0' ? redisCommand(c, "PING") : redisCommand(c, "AUTH %s", s->password);
    bool ready = reply != NULL && reply->type == REDIS_REPLY_STATUS;
    if (reply != NULL)
        freeReplyObject(reply);
    if (ready && s->password[0] != '\0') {
        reply = redisCommand(c, "PING");
        ready = reply != NULL && reply->type == REDIS_REPLY_STATUS;
        if (reply != NULL)
            freeReplyObject(reply);
    }
    if (ready)
        return c;
    redisFree(c);
    return NULL;
}

static bool has_ended(struct redis_server *s)
{
    int status;
    if (waitpid(s->pid, &status, WNOHANG) != s->pid)
        return false;
    s->pid = 0;
    return true;
}

void redis_server_restart(struct redis_server *s)
{
    pid_t parent = getpid();
    assert(s->pid == 0);
    s->pid = fork();
    if (s->pid == 0)
        become_redis(s, parent);
    forget_context(s);
    for (int i = 0; i < TRIES && s->pid > 0; i++) {
        s->context = try_to_connect(s);
        if (s->context != NULL)
            return;
        if (has_ended(s))
            break;
        nap();
    }
    give_up(s, "does not start");
}

void redis_server_start(struct redis_server *s, const char *password)
{
    memset(s, 0, sizeof *s);
    (void)signal(SIGPIPE, SIG_IGN);
    if (password != NULL)
        (void)snprintf(s->password, sizeof s->password, "%s", password);
    scratch_init(&s->folder);
    s->port = free_port();
    redis_server_restart(s);
}

void redis_server_kill(struct redis_server *s)
{
    int status;
    assert(s->pid > 0);
    (void)kill(s->pid, SIGKILL);
    while (waitpid(s->pid, &status, 0) == -1 && errno == EINTR)
        ;
    s->pid = 0;
    forget_context(s);
}

void redis_server_pause(struct redis_server *s)
{
    int status;
    s->paused = true;
    (void)kill(s->pid, SIGSTOP);
    (void)waitpid(s->pid, &status, WUNTRACED);
}

void redis_server_resume(struct redis_server *s)
{
    (void)kill(s->pid, SIGCONT);
    s->paused = false;
}

void redis_server_stop(struct redis_server *s)
{
    if (s->pid > 0)
        redis_server_kill(s);
    scratch_release(&s->folder);
}

static redisReply *ask(struct redis_server *s, const char *format, va_list arguments)
{
    redisReply *reply = redisvCommand(s->context, format, arguments);
    if (reply == NULL)
        give_up(s, s->context->errstr);
    return reply;
}

redisReply *redis_server_ask(struct redis_server *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    redisReply *reply = ask(s, format, arguments);
    va_end(arguments);
    return reply;
}

long long redis_server_say(struct redis_server *s, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    redisReply *reply = ask(s, format, arguments);
    va_end(arguments);
    long long number = reply->type == REDIS_REPLY_ERROR ? -1 : reply->integer;
    freeReplyObject(reply);
    return number;
}
