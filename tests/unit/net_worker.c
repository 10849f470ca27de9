// SPDX-License-Identifier: MIT
#include "net/worker.h"

#include <fcntl.h>
#include <sys/resource.h>

#include "base/logger.h"
#include "support/wired.h"

/* ---- protocols ---- */

enum { ECHO_PAUSE = 64 << 10 };

/* Sends back what comes, and stops reading while the peer does not. */
static size_t echo_input(struct connection *c, unsigned char *octets, size_t len)
{
    wired_push(c, slice_of(octets, len));
    connection_want_drained(c);
    if (c->out.bytes > ECHO_PAUSE)
        connection_pause(c);
    return len;
}

static void echo_drained(struct connection *c)
{
    connection_resume(c);
    if (c->input_ended)
        connection_finish(c);
}

static void echo_ended(struct connection *c)
{
    if (outq_is_empty(&c->out))
        connection_finish(c);
}

static int64_t echo_deadline(struct connection *c, int64_t now)
{
    (void)now;
    if (wired_of(c)->wake_after != 0)
        wired_push(c, SLICE("tick"));
    return TIMERS_NEVER;
}

static void abort_for(struct connection *c, enum error why)
{
    connection_abort(c, why);
}

static const struct protocol echo = {.name = "echo",
                                     .is_stream = true,
                                     .input = echo_input,
                                     .deadline = echo_deadline,
                                     .drained = echo_drained,
                                     .fail = abort_for,
                                     .ended = echo_ended,
                                     .leave = connection_finish,
                                     .release = wired_release};

/* At the first octets: says something and ends. */
static size_t curt_input(struct connection *c, unsigned char *octets, size_t len)
{
    (void)octets;
    wired_push(c, SLICE("no"));
    connection_finish(c);
    return len;
}

static const struct protocol curt = {.name = "curt",
                                     .is_stream = true,
                                     .input = curt_input,
                                     .deadline = wired_deadline,
                                     .drained = wired_nothing,
                                     .fail = abort_for,
                                     .ended = connection_finish,
                                     .leave = connection_finish,
                                     .release = wired_release};

/* Never ceases to speak, as fast as the peer takes it, unless it is "q" that came: then it echoes. */
static size_t talker_input(struct connection *c, unsigned char *octets, size_t len)
{
    static const unsigned char noise[32 << 10];
    if (octets[0] == 'q') {
        wired_push(c, slice_of(octets, len));
        return len;
    }
    c->state = c;
    connection_want_drained(c);
    wired_push(c, slice_of(noise, sizeof noise));
    return len;
}

static void talker_drained(struct connection *c)
{
    unsigned char go[] = "t";
    if (c->state != NULL)
        (void)talker_input(c, go, 1);
}

static const struct protocol talker = {.name = "talker",
                                       .is_stream = true,
                                       .input = talker_input,
                                       .deadline = wired_deadline,
                                       .drained = talker_drained,
                                       .fail = abort_for,
                                       .ended = connection_finish,
                                       .leave = connection_finish,
                                       .release = wired_release};

/* Sends far more than any limit at the first octets, whatever the peer reads. */
static size_t flood_input(struct connection *c, unsigned char *octets, size_t len)
{
    (void)octets;
    struct frame *f = frame_new(64 << 10);
    memset(f->octets, 'x', f->len);
    while (connection_push(c, SLICE("head"), f))
        ;
    frame_unref(f);
    return len;
}

static const struct protocol flood = {.name = "flood",
                                      .is_stream = true,
                                      .input = flood_input,
                                      .deadline = wired_deadline,
                                      .drained = wired_nothing,
                                      .fail = abort_for,
                                      .ended = connection_finish,
                                      .leave = connection_finish,
                                      .release = wired_release};

/* ---- octets ---- */

static unsigned char pattern(size_t at)
{
    return (unsigned char)(at * 31 + (at >> 9));
}

static void send_some(int fd, size_t *at, size_t total)
{
    unsigned char out[8192];
    size_t n = total - *at < sizeof out ? total - *at : sizeof out;
    for (size_t i = 0; i < n; i++)
        out[i] = pattern(*at + i);
    ssize_t sent = send(fd, out, n, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0)
        *at += (size_t)sent;
    if (*at == total)
        shutdown(fd, SHUT_WR);
}

static bool receive_some(int fd, size_t *at)
{
    unsigned char in[8192];
    ssize_t got = recv(fd, in, sizeof in, MSG_DONTWAIT);
    for (ssize_t i = 0; i < got; i++) {
        if (in[i] != pattern(*at + (size_t)i))
            return false;
    }
    if (got > 0)
        *at += (size_t)got;
    return got > 0 || (got == -1 && errno == EAGAIN);
}

static size_t echo_through(int fd, size_t total)
{
    size_t sent = 0, got = 0;
    bool going = true;
    while (going && got < total) {
        struct pollfd p = {.fd = fd, .events = (short)(POLLIN | (sent < total ? POLLOUT : 0))};
        going = poll(&p, 1, WIRED_PATIENCE) == 1;
        if (going && (p.revents & POLLOUT))
            send_some(fd, &sent, total);
        if (going && (p.revents & POLLIN))
            going = receive_some(fd, &got);
    }
    return got;
}

TEST(echo_of_much, "10 MB go both ways through sockets with tiny buffers, in order, then end")
{
    enum { TOTAL = 10 << 20 };
    struct wired w;
    wired_init(&w, &echo);
    wired_start(&w, 10, 4096);
    int fd = client_connect(w.port, 4096);
    CHECK_INT(echo_through(fd, TOTAL), TOTAL);
    CHECK(client_gets_end(fd));
    close(fd);
    CHECK(wired_await(&w.released));
    worker_stop(w.worker);
    const struct worker_stats *stats = worker_stats(w.worker);
    CHECK_INT(stats->octets_in, TOTAL);
    CHECK_INT(stats->octets_out, TOTAL);
    wired_stop(&w);
}

TEST(half_close, "a peer that half-closes still gets its answer, then our end")
{
    struct wired w;
    wired_init(&w, &echo);
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    CHECK(client_send(fd, "abc"));
    shutdown(fd, SHUT_WR);
    CHECK(client_gets(fd, "abc"));
    CHECK(client_gets_end(fd));
    CHECK(wired_await(&w.released));
    CHECK_INT(atomic_load(&w.cause), ERR_NONE);
    close(fd);
    wired_stop(&w);
}

TEST(linger, "a connection that is finished half-closes after its output and waits for the peer's end")
{
    struct wired w;
    wired_init(&w, &curt);
    w.limits.linger = 3600 * MICROSECONDS_PER_SECOND;
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    CHECK(client_send(fd, "x"));
    CHECK(client_gets(fd, "no"));
    CHECK(client_gets_end(fd));
    for (int i = 0; i < 100; i++)
        CHECK(client_send(fd, "more that nobody wants")); /* thrown away, without a reset */
    CHECK_INT(atomic_load(&w.live), 1);
    close(fd);
    CHECK(wired_await(&w.released));
    wired_stop(&w);
}

TEST(linger_ends, "a peer that never ends is left when the linger time is over")
{
    struct wired w;
    wired_init(&w, &curt);
    w.limits.linger = 50 * MICROSECONDS_PER_MS;
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    CHECK(client_send(fd, "x"));
    CHECK(wired_await(&w.released));
    CHECK(client_gets(fd, "no"));
    close(fd);
    wired_stop(&w);
}

TEST(reset, "OB-3 a peer that resets is noticed, told of with address and octets in and out, and released")
{
    struct wired w;
    wired_init(&w, &echo);
    wired_start(&w, 10, 0);
    int fd = client_connect(w.port, 0);
    CHECK(client_send(fd, "abc"));
    CHECK(client_gets(fd, "abc"));
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    struct sockaddr_in own;
    socklen_t len = sizeof own;
    char address[64];
    CHECK(getsockname(fd, (struct sockaddr *)&own, &len) == 0);
    (void)snprintf(address, sizeof address, "127.0.0.1:%u", ntohs(own.sin_port));
    close(fd);
    CHECK(wired_await(&w.released));
    CHECK_INT(atomic_load(&w.blamed), ERR_CONNECTION_LOST);
    CHECK_SLICE(slice_from_string(w.peer.address), address);
    CHECK_INT(w.peer.octets_in, 3);
    CHECK_INT(w.peer.octets_out, 3);
    wired_stop(&w);
}

TEST(slow_reader, "LM-2: who does not read is cut at the send limit, reset, and holds no memory any more")
{
    struct wired w;
    wired_init(&w, &flood);
    wired_start(&w, 10, 4096);
    int fd = client_connect(w.port, 4096);
    CHECK(client_send(fd, "x"));
    CHECK(wired_await(&w.released));
    CHECK_INT(atomic_load(&w.cause), ERR_SEND_LIMIT);
    CHECK_INT(atomic_load(&w.queued), 0);
    close(fd);
    wired_stop(&w);
}

TEST(slow_reader_kernel, "LM-2: nor does the kernel keep what waits for a peer that was given up")
{
    struct wired w;
    wired_init(&w, &talker);
    w.limits.linger = 50 * MICROSECONDS_PER_MS;
    wired_start(&w, 10, 4096);
    int fd = client_connect(w.port, 4096);
    CHECK(client_send(fd, "t")); /* and never reads; both sockets fill up */
    CHECK(client_await(fd, POLLIN));
    worker_leave(w.worker, 3600 * MICROSECONDS_PER_SECOND, 0); /* finish, then linger in vain */
    CHECK(wired_await(&w.released));
    CHECK(client_gets_reset(fd));
    close(fd);
    wired_stop(&w);
}

TEST(fairness, "G5: one who takes all that the worker can give delays nobody for ever")
{
    struct wired w;
    wired_init(&w, &talker);
    wired_start(&w, 10, 0);
    int greedy = client_connect(w.port, 0), other = client_connect(w.port, 0);
    CHECK(client_send(greedy, "t"));
    unsigned char sink[65536];
    for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 20; j++)
            CHECK(client_await(greedy, POLLIN) && recv(greedy, sink, sizeof sink, 0) > 0);
        CHECK(client_send(other, "question"));
        CHECK(client_gets(other, "question"));
    }
    close(greedy);
    close(other);
    CHECK(wired_await_many(&w.released, 2));
    wired_stop(&w);
}

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
