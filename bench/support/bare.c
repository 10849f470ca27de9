// SPDX-License-Identifier: MIT
#include "support/bare.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/client.h"

enum { FRAME_MOST = 65538, FRAME_HEAD = 4 };

struct order {
    uint32_t messages, octets;
};

static int accept_one(int listener)
{
    int on = 1, fd = accept(listener, NULL, NULL);
    if (fd == -1)
        bench_die("bare: accept: %s", strerror(errno));
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

static void write_to_all(const int *fds, unsigned count, const unsigned char *frame, size_t octets)
{
    for (unsigned i = 0; i < count; i++) {
        if (write(fds[i], frame, octets) != (ssize_t)octets)
            bench_die("bare: write: %s", strerror(errno));
    }
}

/* The first connection brings the orders, the others are subscribers. */
static _Noreturn void serve(int listener, unsigned subscribers)
{
    static unsigned char frame[FRAME_MOST];
    struct order order;
    int *fds = calloc(subscribers, sizeof *fds), orders = accept_one(listener);
    if (fds == NULL)
        bench_die("bare: out of memory");
    for (unsigned i = 0; i < subscribers; i++)
        fds[i] = accept_one(listener);
    while (recv(orders, &order, sizeof order, MSG_WAITALL) == (ssize_t)sizeof order) {
        size_t payload = order.octets - FRAME_HEAD;
        frame[0] = 0x81;
        frame[1] = 126;
        frame[2] = (unsigned char)(payload >> 8);
        frame[3] = (unsigned char)payload;
        for (uint32_t m = 0; m < order.messages; m++)
            write_to_all(fds, subscribers, frame, order.octets);
    }
    _exit(0);
}

void bare_start(struct bare *b, struct swarm *s, unsigned subscribers)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    socklen_t len = sizeof at;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&at, len) != 0 || listen(listener, 4096) != 0 ||
        getsockname(listener, (struct sockaddr *)&at, &len) != 0)
        bench_die("bare: cannot listen: %s", strerror(errno));
    b->pid = fork();
    if (b->pid == 0)
        serve(listener, subscribers);
    close(listener);
    struct client_server server = {.address = at.sin_addr.s_addr, .port = ntohs(at.sin_port), .host = "bare"};
    b->order = client_connect(&server, 0);
    for (unsigned i = 0; i < subscribers; i++) {
        int fd = client_connect(&server, i);
        if (fd == -1)
            bench_die("bare: connect: %s", strerror(errno));
        swarm_add(s, fd);
    }
}

void bare_publish(const struct bare *b, unsigned messages, size_t octets)
{
    struct order order = {.messages = messages, .octets = (uint32_t)octets};
    client_write(b->order, &order, sizeof order);
}

void bare_stop(struct bare *b)
{
    close(b->order);
    waitpid(b->pid, NULL, 0);
}
