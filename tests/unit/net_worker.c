// SPDX-License-Identifier: MIT
#include "net/worker.h"

#include <fcntl.h>
#include <sys/resource.h>

#include "base/logger.h"
#include "support/wired_echo.h"

/* ---- time ---- */

TEST(timer, "a connection's timer fires while nothing else happens")
{
    struct wired w;
    wired_init(&w, &echo);
    w.wake_after = 30 * MICROSECONDS_PER_MS;
    wired_start(&w, 10, 0);
    int64_t before = clock_system.mono(&clock_system);
    int fd = client_connect(w.port, 0);
    CHECK(client_gets(fd, "tick"));
    CHECK(clock_system.mono(&clock_system) - before >= w.wake_after);
    close(fd);
    CHECK(wired_await(&w.released));
    wired_stop(&w);
}

static _Atomic int mail_runs;

static void count_mail(struct mail *mail)
{
    (void)mail;
    atomic_fetch_add(&mail_runs, 1);
}

TEST(mail, "what another thread posts wakes a sleeping worker")
{
    struct wired w;
    struct mail mails[50];
    wired_init(&w, &echo);
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    atomic_store(&mail_runs, 0);
    for (int i = 0; i < 50; i++) {
        mails[i] = (struct mail){.run = count_mail};
        loop_post(worker_loop(w.worker), &mails[i]);
        /* The worker answers after a turn, and a turn runs the mail. */
        CHECK(client_send(fd, "x") && client_gets(fd, "x"));
        CHECK(atomic_load(&mail_runs) >= i);
    }
    close(fd);
    CHECK(wired_await(&w.released));
    worker_stop(w.worker);
    CHECK_INT(atomic_load(&mail_runs), 50);
    wired_stop(&w);
}

/* ---- log lines ---- */

/* What a worker at that level says about one connection; `peer` gets the client's own address. */
static size_t log_of_one(enum log_level level, char *text, size_t room, char peer[32])
{
    struct wired w;
    struct logger logger;
    int ends[2];
    wired_init(&w, &echo);
    CHECK(pipe(ends) == 0);
    logger_init(&logger, ends[1], level, &clock_system);
    w.logger = &logger;
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    CHECK(client_send(fd, "x") && client_gets(fd, "x"));
    struct sockaddr_in own;
    socklen_t size = sizeof own;
    CHECK(getsockname(fd, (struct sockaddr *)&own, &size) == 0);
    (void)snprintf(peer, 32, "127.0.0.1:%u", ntohs(own.sin_port));
    close(fd);
    CHECK(wired_await(&w.released));
    wired_stop(&w);
    logger_stop(&logger);
    close(ends[1]);
    ssize_t len = read(ends[0], text, room - 1);
    close(ends[0]);
    text[len > 0 ? len : 0] = '\0';
    return len > 0 ? (size_t)len : 0;
}

TEST(accepted_line, "at debug a line says which worker got which peer; at info there is none")
{
    char text[1024], peer[32], want[128];
    CHECK(log_of_one(LOG_DEBUG, text, sizeof text, peer) > 0);
    (void)snprintf(want, sizeof want, "\"event\":\"accepted\",\"worker\":\"0\",\"peer\":\"%s\"}\n", peer);
    CHECK(strstr(text, want) != NULL);
    CHECK_INT(log_of_one(LOG_INFO, text, sizeof text, peer), 0);
}

/* ---- room ---- */

TEST(max_connections, "accepting rests at the limit and goes on when one ends; nobody is turned away")
{
    enum { MOST = 4, CLIENTS = 12 };
    struct wired w;
    int fds[CLIENTS];
    wired_init(&w, &echo);
    wired_start(&w, MOST, 0);
    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = client_connect(w.port, 0);
        CHECK(fds[i] != -1 && client_send(fds[i], "hello"));
    }
    for (int i = 0; i < CLIENTS; i++) {
        CHECK(client_gets(fds[i], "hello"));
        close(fds[i]);
    }
    CHECK(wired_await_many(&w.released, CLIENTS));
    CHECK_INT(atomic_load(&w.most_live), MOST);
    wired_stop(&w);
}

/* Lets this process open nothing more; returns what it might before. */
static struct rlimit forbid_descriptors(void)
{
    struct rlimit before, none;
    int lowest = open("/dev/null", O_RDONLY | O_CLOEXEC);
    getrlimit(RLIMIT_NOFILE, &before);
    none = before;
    none.rlim_cur = (rlim_t)lowest;
    close(lowest);
    CHECK(setrlimit(RLIMIT_NOFILE, &none) == 0);
    return before;
}

TEST(no_descriptors, "without descriptors accepting rests and goes on later; it does not spin")
{
    struct wired w;
    wired_init(&w, &echo);
    w.wake_after = 150 * MICROSECONDS_PER_MS;
    wired_start(&w, 10, 0);
    int first = client_connect(w.port, 0), fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(wired_await(&w.opened));
    struct rlimit before = forbid_descriptors();
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(w.port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(connect(fd, (struct sockaddr *)&to, sizeof to) == 0 && client_send(fd, "still here"));
    CHECK(client_gets(first, "tick")); /* others are served meanwhile */
    CHECK(setrlimit(RLIMIT_NOFILE, &before) == 0);
    CHECK(client_gets(fd, "still here"));
    close(first);
    close(fd);
    CHECK(wired_await_many(&w.released, 2));
    worker_stop(w.worker);
    const struct worker_stats *stats = worker_stats(w.worker);
    CHECK(stats->accept_failures >= 1 && stats->accept_failures <= 3);
    wired_stop(&w);
}

TEST(thousand, "1000 connections at once, each with its own answer")
{
    enum { CLIENTS = 1000 };
    static int fds[CLIENTS];
    struct wired w;
    char text[16];
    wired_init(&w, &echo);
    wired_start(&w, CLIENTS, 0);
    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = client_connect(w.port, 0);
        CHECK(fds[i] != -1);
    }
    CHECK(wired_await_many(&w.opened, CLIENTS));
    for (int i = 0; i < CLIENTS; i++) {
        (void)snprintf(text, sizeof text, "I am %04d", i);
        CHECK(client_send(fds[i], text));
    }
    for (int i = 0; i < CLIENTS; i++) {
        (void)snprintf(text, sizeof text, "I am %04d", i);
        CHECK(client_gets(fds[i], text));
        close(fds[i]);
    }
    CHECK(wired_await_many(&w.released, CLIENTS));
    wired_stop(&w);
}

TEST(adopt, "a socket that somebody else accepted is served like any other, until there is no room")
{
    struct wired w;
    int pair[2], more[2];
    wired_init(&w, &echo);
    wired_build(&w, 1, 0, -1);
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) == 0);
    CHECK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, more) == 0);
    CHECK(worker_adopt(w.worker, pair[0]));
    CHECK(!worker_adopt(w.worker, more[0]));
    CHECK(worker_start(w.worker));
    CHECK(client_send(pair[1], "abc") && client_gets(pair[1], "abc"));
    CHECK(client_gets_end(more[1]));
    close(pair[1]);
    close(more[1]);
    CHECK(wired_await(&w.released));
    wired_stop(&w);
}

TEST(stop, "a worker that is stopped before it runs does not run, twice is not too often, and it closes what "
           "is open")
{
    struct wired w;
    wired_init(&w, &echo);
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    CHECK(wired_await(&w.opened));
    worker_stop(w.worker);
    worker_stop(w.worker);
    worker_run(w.worker); /* returns at once */
    wired_stop(&w);
    CHECK(client_gets_end(fd));
    close(fd);
}
