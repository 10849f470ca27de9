// SPDX-License-Identifier: MIT
//
// What a worker needs to begin is not to be had: its sockets, its loop, its thread. It says so, keeps nothing, and can be
// had when there is enough again.
#include <fcntl.h>
#include <sys/resource.h>

#include "support/fault_calls.h"
#include "support/wired.h"

enum { SOCKETS = 3, DESCRIPTORS = 64 };

static unsigned open_descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < DESCRIPTORS; fd++)
        count += fcntl(fd, F_GETFD) != -1;
    return count;
}

/* --- listening --- */

static const struct trouble {
    const char *call;
    int error;
} troubles[] = {
    {"socket", EMFILE},     {"socket", ENFILE},          {"socket", ENOBUFS},  {"socket", EAFNOSUPPORT},
    {"setsockopt", ENOMEM}, {"setsockopt", ENOPROTOOPT}, {"bind", EADDRINUSE}, {"bind", EACCES},
    {"listen", EADDRINUSE}, {"getsockname", ENOBUFS},
};

static bool open_listener(struct listener *l, char why[LISTENER_WHY])
{
    struct listener_address a;
    CHECK(listener_address_parse(&a, SLICE("127.0.0.1:0"), why));
    return listener_open(l, &a, SOCKETS, why);
}

static bool is_whole(const struct listener *l)
{
    bool whole = l->port != 0;
    for (int i = 0; i < SOCKETS; i++)
        whole = whole && l->sockets[i] != -1;
    return whole;
}

/* False when there was no n-th call. */
static bool meet(const struct trouble *t, uint64_t n)
{
    struct listener l;
    char why[LISTENER_WHY] = "";
    unsigned before = open_descriptors();
    fault_calls_arm(t->call, n, t->error);
    bool opened = open_listener(&l, why);
    bool struck = fault_calls_disarm();
    CHECK(opened || struck);
    CHECK(opened ? is_whole(&l) : strstr(why, "port ") != NULL && strstr(why, strerror(t->error)) != NULL);
    if (opened)
        listener_close(&l);
    CHECK_INT(open_descriptors(), before);
    return struck;
}

TEST(listening, "a socket that cannot be had, bound or set up is a sentence, and no socket stays open")
{
    for (size_t i = 0; i < ARRAY_LEN(troubles); i++) {
        uint64_t n = 1;
        while (meet(&troubles[i], n))
            n++;
        CHECK(n > 1);
    }
}

/* --- the loop and the thread --- */

static size_t ignore_input(struct connection *c, unsigned char *octets, size_t len)
{
    wired_push(c, slice_of(octets, len));
    return len;
}

static void abort_for(struct connection *c, enum error why)
{
    connection_abort(c, why);
}

static const struct protocol echo = {.name = "echo",
                                     .is_stream = true,
                                     .input = ignore_input,
                                     .deadline = wired_deadline,
                                     .drained = wired_nothing,
                                     .fail = abort_for,
                                     .ended = connection_finish,
                                     .leave = connection_finish,
                                     .release = wired_release};

TEST(thread, "a worker whose thread cannot be had does not run, and can be started later")
{
    struct wired w;
    struct listener l = wired_listen(1);
    wired_init(&w, &echo);
    w.port = l.port;
    wired_build(&w, 8, 0, listener_take(&l, 0));
    fault_calls_arm("pthread_create", 1, EAGAIN);
    CHECK(!worker_start(w.worker));
    CHECK(fault_calls_disarm());
    CHECK(worker_start(w.worker));
    int fd = client_connect(w.port, 0);
    CHECK(client_send(fd, "hello") && client_gets(fd, "hello"));
    close(fd);
    CHECK(wired_await(&w.released));
    wired_stop(&w);
}

/* The lowest number that is free. */
static rlim_t next_descriptor(void)
{
    int fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
    CHECK(fd != -1);
    close(fd);
    return (rlim_t)fd;
}

TEST(loop, "a worker for whose loop there are no descriptors is none, and keeps none")
{
    struct worker_options options = {.clock = &clock_system, .random = &random_system, .max_connections = 8};
    struct rlimit had, fewer;
    struct worker *worker = NULL;
    unsigned refused = 0, before = open_descriptors();
    CHECK(getrlimit(RLIMIT_NOFILE, &had) == 0);
    fewer = had;
    for (fewer.rlim_cur = next_descriptor(); worker == NULL && refused < 16; fewer.rlim_cur++) {
        CHECK(setrlimit(RLIMIT_NOFILE, &fewer) == 0);
        worker = worker_new(&options);
        refused += worker == NULL;
        CHECK(worker != NULL || open_descriptors() == before);
    }
    CHECK(setrlimit(RLIMIT_NOFILE, &had) == 0);
    CHECK(worker != NULL && refused > 0);
    worker_free(worker);
    CHECK_INT(open_descriptors(), before);
}
