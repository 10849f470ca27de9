// SPDX-License-Identifier: MIT
#include "pages/getters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/measure.h"

enum { PATIENCE_MS = 10000, PIECE = 256 << 10 };

void getters_open(struct getters *g, const struct client_server *at, unsigned count, const char *path,
                  const char *token)
{
    *g = (struct getters){.epoll = epoll_create1(EPOLL_CLOEXEC), .count = count};
    g->request_len = (unsigned)snprintf(g->request, sizeof g->request,
                                        "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n",
                                        path, at->host, token);
    for (unsigned i = 0; i < count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &g->members[i]};
        g->members[i].fd = client_connect(at, i);
        if (g->members[i].fd == -1 || epoll_ctl(g->epoll, EPOLL_CTL_ADD, g->members[i].fd, &event) != 0)
            bench_die("%s: no connection", at->host);
    }
}

void getters_close(struct getters *g)
{
    for (unsigned i = 0; i < g->count; i++)
        close(g->members[i].fd);
    close(g->epoll);
}

/* The head is whole: how long is the body? */
static uint64_t body_length(const char *head)
{
    const char *field = strcasestr(head, "\r\ncontent-length:");
    if (strncmp(head, "HTTP/1.1 200 ", 13) != 0 || field == NULL)
        bench_die("an answer is not what it should be: %.200s", head);
    return strtoull(field + strlen("\r\ncontent-length:"), NULL, 10);
}

/* Takes octets of the head; returns how many. */
static size_t take_head(struct getters *g, struct getter *one, const char *octets, size_t len)
{
    size_t room = sizeof one->head - 1 - one->head_len, taken = len < room ? len : room,
           before = one->head_len;
    memcpy(one->head + before, octets, taken);
    one->head[before + taken] = '\0';
    char *end = strstr(one->head + (before < 3 ? 0 : before - 3), "\r\n\r\n");
    if (end == NULL) {
        if (taken < len)
            bench_die("a head is too long");
        one->head_len += (unsigned)taken;
        return taken;
    }
    one->rest = body_length(one->head);
    one->head_len = 0;
    g->body = g->body == 0 ? one->rest : g->body;
    if (one->rest != g->body || one->rest == 0)
        bench_die("answers differ: %.200s", one->head);
    return (size_t)(end + 4 - one->head) - before;
}

/* True when an answer is whole with these octets: nothing is behind it, since nothing more was asked. */
static bool take(struct getters *g, struct getter *one, const char *octets, size_t len)
{
    if (one->rest == 0) {
        size_t taken = take_head(g, one, octets, len);
        octets += taken;
        len -= taken;
    }
    if (one->rest == 0)
        return false;
    if (len > one->rest)
        bench_die("more came than was asked for");
    one->rest -= len;
    return one->rest == 0;
}

static void ask(const struct getters *g, const struct getter *one)
{
    client_write(one->fd, g->request, g->request_len);
}

void getters_run(struct getters *g, uint64_t answers)
{
    static char piece[PIECE];
    struct epoll_event events[GETTERS_MOST];
    uint64_t asked = g->count < answers ? g->count : answers, come = 0;
    for (unsigned i = 0; i < asked; i++)
        ask(g, &g->members[i]);
    while (come < answers) {
        int n = epoll_wait(g->epoll, events, GETTERS_MOST, PATIENCE_MS);
        if (n <= 0)
            bench_die("%llu of %llu answers came", (unsigned long long)come, (unsigned long long)answers);
        for (int i = 0; i < n; i++) {
            struct getter *one = events[i].data.ptr;
            ssize_t got = recv(one->fd, piece, sizeof piece, 0);
            if (got <= 0)
                bench_die("the server hung up");
            if (!take(g, one, piece, (size_t)got))
                continue;
            come++;
            if (asked < answers) {
                asked++;
                ask(g, one);
            }
        }
    }
}
