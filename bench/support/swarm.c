// SPDX-License-Identifier: MIT
#include "support/swarm.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SWARM_EVENTS = 512, SWARM_BUFFER = 256 << 10, SWARM_PATIENCE = 10000, OPCODE_PING = 9 };

void swarm_init(struct swarm *s, unsigned room, uint64_t least)
{
    *s = (struct swarm){.epoll = epoll_create1(EPOLL_CLOEXEC), .room = room, .least = least};
    s->members = calloc(room, sizeof *s->members);
    if (s->epoll == -1 || s->members == NULL)
        bench_die("no room for %u sockets: %s", room, strerror(errno));
}

void swarm_release(struct swarm *s)
{
    for (unsigned i = 0; i < s->count; i++)
        close(s->members[i].fd);
    close(s->epoll);
    free(s->members);
}

void swarm_add(struct swarm *s, int fd)
{
    if (s->count == s->room)
        bench_die("more sockets than expected");
    struct swarm_member *m = &s->members[s->count++];
    struct epoll_event event = {.events = EPOLLIN, .data = {.ptr = m}};
    m->fd = fd;
    if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0 || epoll_ctl(s->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        bench_die("cannot watch a socket: %s", strerror(errno));
}

static unsigned head_size(const struct swarm_member *m)
{
    if (m->head_len < 2)
        return 2;
    return m->head[1] == 126 ? 4 : m->head[1] == 127 ? 10 : 2;
}

static uint64_t payload_size(const struct swarm_member *m)
{
    unsigned octets = head_size(m) - 2;
    if (octets == 0)
        return m->head[1];
    uint64_t len = 0;
    for (unsigned i = 0; i < octets; i++)
        len = len << 8 | m->head[2 + i];
    return len;
}

/* A pong without payload: it answers no particular ping, but says that we are alive. */
static void answer_ping(const struct swarm_member *m)
{
    static const unsigned char pong[] = {0x8A, 0x80, 0, 0, 0, 0};
    if ((m->head[0] & 0x0F) == OPCODE_PING)
        (void)send(m->fd, pong, sizeof pong, MSG_NOSIGNAL);
}

static void count_frame(struct swarm *s, struct swarm_member *m)
{
    uint64_t len = payload_size(m);
    if (len >= s->least) {
        m->frames++;
        s->frames++;
        s->octets += len + head_size(m);
    } else {
        answer_ping(m);
    }
    m->head_len = 0;
}

/* Takes octets up to the end of one frame, at most. Returns how many. */
static size_t take(struct swarm *s, struct swarm_member *m, const unsigned char *octets, size_t len)
{
    size_t taken = 0;
    while (m->head_len < head_size(m) && taken < len) {
        m->head[m->head_len++] = octets[taken++];
        if (m->head_len == head_size(m))
            m->rest = payload_size(m);
    }
    if (m->head_len < head_size(m))
        return taken;
    size_t n = m->rest < len - taken ? (size_t)m->rest : len - taken;
    m->rest -= n;
    if (m->rest == 0)
        count_frame(s, m);
    return taken + n;
}

static void receive(struct swarm *s, struct swarm_member *m, int64_t since, struct latencies *latencies)
{
    static unsigned char buffer[SWARM_BUFFER];
    ssize_t n = recv(m->fd, buffer, sizeof buffer, 0);
    if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR))
        bench_die("a connection ended: %s", n == 0 ? "closed by the server" : strerror(errno));
    uint64_t before = s->frames;
    for (size_t at = 0; n > 0 && at < (size_t)n;)
        at += take(s, m, buffer + at, (size_t)n - at);
    if (latencies == NULL || s->frames == before)
        return;
    int64_t passed = bench_now() - since;
    for (; before < s->frames; before++)
        latencies_add(latencies, passed);
}

void swarm_await(struct swarm *s, uint64_t frames, int64_t since, struct latencies *latencies)
{
    struct epoll_event events[SWARM_EVENTS];
    while (s->frames < frames) {
        int n = epoll_wait(s->epoll, events, SWARM_EVENTS, SWARM_PATIENCE);
        if (n == 0)
            bench_die("%llu frames of %llu have come, and no more for 10 s", (unsigned long long)s->frames,
                      (unsigned long long)frames);
        for (int i = 0; i < n; i++)
            receive(s, events[i].data.ptr, since, latencies);
    }
}
