// SPDX-License-Identifier: MIT
#include "net/worker.h"
#include "support/wired.h"

/* ---- a protocol with a farewell ---- */

static size_t ignore_input(struct connection *c, unsigned char *octets, size_t len)
{
    (void)octets;
    wired_push(c, SLICE("k"));
    return len;
}

static void say_goodbye(struct connection *c)
{
    wired_push(c, SLICE("bye"));
    connection_finish(c);
}

static void abort_for(struct connection *c, enum error why)
{
    connection_abort(c, why);
}

static const struct protocol polite = {.name = "polite",
                                       .is_stream = true,
                                       .input = ignore_input,
                                       .deadline = wired_deadline,
                                       .drained = wired_nothing,
                                       .fail = abort_for,
                                       .ended = connection_finish,
                                       .leave = say_goodbye,
                                       .release = wired_release};

#define LONG (3600 * MICROSECONDS_PER_SECOND)

TEST(farewell, "SL-18: all are told, who waits in the accept queue too, and nobody new gets in")
{
    enum { CLIENTS = 50 };
    struct wired w;
    struct listener l = wired_listen(1);
    int fds[CLIENTS];
    wired_init(&w, &polite);
    w.port = l.port;
    wired_build(&w, CLIENTS, 0, listener_take(&l, 0));
    for (int i = 0; i < CLIENTS; i++)
        fds[i] = client_connect(w.port, 0); /* nothing accepts yet */
    worker_leave(w.worker, LONG, 0);
    CHECK(worker_start(w.worker));
    for (int i = 0; i < CLIENTS; i++) {
        CHECK(client_gets(fds[i], "bye"));
        CHECK(client_gets_end(fds[i]));
        close(fds[i]);
    }
    CHECK_INT(client_connect(w.port, 0), -1);
    CHECK(wired_await(&w.left));
    CHECK_INT(atomic_load(&w.cut), 0);
    wired_stop(&w);
}

TEST(spread, "SL-18: the farewells are spread over the window, and the rest is served until its turn comes")
{
    enum { CLIENTS = 20 };
    struct wired w;
    int fds[CLIENTS];
    int64_t window = 300 * MICROSECONDS_PER_MS, gone[CLIENTS];
    wired_init(&w, &polite);
    wired_start(&w, CLIENTS, 0);
    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = client_connect(w.port, 0);
        CHECK(wired_await(&w.opened)); /* so that the order is known */
    }
    int64_t since = clock_system.mono(&clock_system);
    worker_leave(w.worker, LONG, window);
    CHECK(client_send(fds[CLIENTS - 1], "x") && client_gets(fds[CLIENTS - 1], "k"));
    for (int i = 0; i < CLIENTS; i++) {
        CHECK(client_gets(fds[i], "bye"));
        gone[i] = clock_system.mono(&clock_system) - since;
        close(fds[i]);
    }
    CHECK(gone[CLIENTS - 1] >= window * (CLIENTS - 2) / CLIENTS);
    CHECK(gone[CLIENTS / 2] >= window * (CLIENTS / 2 - 2) / CLIENTS);
    CHECK(wired_await(&w.left));
    wired_stop(&w);
}

TEST(deadline, "G8: who has not gone at the deadline is cut off and counted")
{
    struct wired w;
    wired_init(&w, &polite);
    w.limits.linger = LONG;
    wired_start(&w, 10, 0);
    int good = client_connect(w.port, 0), stubborn = client_connect(w.port, 0);
    CHECK(wired_await_many(&w.opened, 2));
    worker_leave(w.worker, 100 * MICROSECONDS_PER_MS, 0);
    CHECK(client_gets(good, "bye"));
    close(good);
    CHECK(wired_await(&w.left));
    CHECK_INT(atomic_load(&w.cut), 1);
    CHECK_INT(atomic_load(&w.cause), ERR_GOING_AWAY);
    close(stubborn);
    wired_stop(&w);
}

TEST(empty, "a worker without connections has left at once")
{
    struct wired w;
    wired_init(&w, &polite);
    wired_start(&w, 10, 0);
    worker_leave(w.worker, LONG, LONG);
    CHECK(wired_await(&w.left));
    CHECK_INT(atomic_load(&w.cut), 0);
    wired_stop(&w);
}

TEST(two_workers, "workers that share an address leave and stop without each other")
{
    enum { CLIENTS = 40 };
    struct wired w[2];
    struct listener l = wired_listen(2);
    int fds[CLIENTS];
    for (unsigned i = 0; i < 2; i++) {
        wired_init(&w[i], &polite);
        wired_build(&w[i], CLIENTS, 0, listener_take(&l, i));
        CHECK(worker_start(w[i].worker));
    }
    for (int i = 0; i < CLIENTS; i++) {
        fds[i] = client_connect(l.port, 0);
        CHECK(client_send(fds[i], "x") && client_gets(fds[i], "k"));
    }
    CHECK(atomic_load(&w[0].live) > 0 && atomic_load(&w[1].live) > 0);
    worker_leave(w[0].worker, 0, 0); /* cut at once */
    CHECK(wired_await(&w[0].left));
    int late = client_connect(l.port, 0); /* the other one still accepts */
    CHECK(client_send(late, "x") && client_gets(late, "k"));
    close(late);
    for (int i = 0; i < CLIENTS; i++)
        close(fds[i]);
    wired_stop(&w[0]);
    wired_stop(&w[1]);
    listener_close(&l);
}
