// SPDX-License-Identifier: MIT
//
// accept4(), recv(), sendmsg() and shutdown() fail once each with whatever Linux may say: what is passing is gone on with,
// what is not ends that connection, and nobody else notices.
#include "support/fault_calls.h"
#include "support/wired.h"

/* --- a protocol that sends back what comes, and ends at "." --- */

static size_t echo_input(struct connection *c, unsigned char *octets, size_t len)
{
    wired_push(c, slice_of(octets, len));
    if (octets[len - 1] == '.')
        connection_finish(c);
    return len;
}

static void abort_for(struct connection *c, enum error why)
{
    connection_abort(c, why);
}

static const struct protocol echo = {.name = "echo",
                                     .is_stream = true,
                                     .input = echo_input,
                                     .deadline = wired_deadline,
                                     .drained = wired_nothing,
                                     .fail = abort_for,
                                     .ended = connection_finish,
                                     .leave = connection_finish,
                                     .release = wired_release};

/* --- what fails --- */

enum outcome { GOES_ON, ENDS };

static const struct trouble {
    const char *call;
    int error;
    enum outcome outcome;
} troubles[] = {
    {"accept4", EAGAIN, GOES_ON},
    {"accept4", EINTR, GOES_ON},
    {"accept4", EPROTO, GOES_ON},
    {"accept4", ECONNABORTED, GOES_ON},
    {"accept4", EMFILE, GOES_ON},
    {"accept4", ENFILE, GOES_ON},
    {"accept4", ENOBUFS, GOES_ON},
    {"accept4", ENOMEM, GOES_ON},
    {"recv", EAGAIN, GOES_ON},
    {"recv", EINTR, GOES_ON},
    {"recv", ECONNRESET, ENDS},
    {"recv", ETIMEDOUT, ENDS},
    {"sendmsg", EAGAIN, GOES_ON},
    {"sendmsg", EINTR, GOES_ON},
    {"sendmsg", EPIPE, ENDS},
    {"sendmsg", ECONNRESET, ENDS},
    {"shutdown", ENOTCONN, GOES_ON}, /* the answer has left before */
    {"recv", FAULT_CALLS_SHORT, GOES_ON},
    {"sendmsg", FAULT_CALLS_SHORT, GOES_ON},
};

static bool ends(int fd)
{
    char octets[64];
    ssize_t n = 1;
    while (n > 0 && client_await(fd, POLLIN))
        n = recv(fd, octets, sizeof octets, 0);
    return n == 0 || (n == -1 && errno == ECONNRESET);
}

static int connect_and_greet(struct wired *w)
{
    int fd = client_connect(w->port, 0);
    CHECK(fd != -1 && wired_await(&w->opened));
    CHECK(client_send(fd, "hello") && client_gets(fd, "hello"));
    return fd;
}

static void close_and_await(struct wired *w, int fd)
{
    close(fd);
    CHECK(wired_await(&w->released));
}

/* A client whose connection meets the trouble; it comes before the octets do when it is accept4()'s. */
static void meet(struct wired *w, const struct trouble *t)
{
    bool early = strcmp(t->call, "accept4") == 0;
    if (early)
        fault_calls_arm(t->call, 1, t->error);
    int fd = client_connect(w->port, 0);
    CHECK(fd != -1 && wired_await(&w->opened));
    if (!early)
        fault_calls_arm(t->call, 1, t->error);
    CHECK(client_send(fd, "again."));
    CHECK(t->outcome == ENDS || client_gets(fd, "again."));
    CHECK(ends(fd));
    close(fd);
    CHECK(wired_await(&w->released));
    CHECK(fault_calls_disarm());
}

TEST(sockets, "a call that fails is gone on with, or ends its own connection; G5 G7")
{
    struct wired w;
    fault_calls_spare_thread(); /* the clients are on this one */
    wired_init(&w, &echo);
    wired_start(&w, 8, 0);
    int witness = connect_and_greet(&w);
    for (size_t i = 0; i < ARRAY_LEN(troubles); i++) {
        meet(&w, &troubles[i]);
        CHECK(client_send(witness, "hello") && client_gets(witness, "hello"));
        close_and_await(&w, connect_and_greet(&w));
    }
    close_and_await(&w, witness);
    wired_stop(&w);
}
