// SPDX-License-Identifier: MIT
// Octets through a worker: in order, to their end, whatever the peer does.
#include <fcntl.h>

#include "support/wired_echo.h"

/* ---- protocols ---- */

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
