/* SPDX-License-Identifier: MIT
 *
 * bench/files - files up and down over one connection, in MiB per second, beside what the machine does without us: the same
 * octets written to a file and synchronised, as a 201 demands; and read from a file and written to a socket.
 *
 * Rounds of both alternate; medians count.
 */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/object.h"
#include "support/figure.h"
#include "support/measure.h"
#include "support/options.h"
#include "support/server.h"

enum { ROUNDS_MOST = 101, HEAD = 8192, PIECE = 64 * 1024, MIB = 1 << 20, ID = 36 };

struct options {
    unsigned megabytes, files, rounds;
    const char *program;
    bool quick;
};

struct bench {
    struct options o;
    struct server server;
    char token[CLIENT_TOKEN];
    char channel[ID + 1], file[ID + 1]; /* what was sent last */
    char *octets;
    size_t len;
};

/* ---- HTTP, as little as will do ---- */

/* Reads an answer: its head and what of the body came with it, NUL-terminated; the rest is thrown away. Dies unless its
 * status is that one. Returns the octets of its body. */
static size_t read_answer(int fd, const char *status, char head[static HEAD])
{
    static char rest[PIECE];
    size_t have = 0;
    char *end = NULL;
    while (end == NULL && have < HEAD - 1) {
        ssize_t n = recv(fd, head + have, HEAD - 1 - have, 0);
        if (n <= 0)
            bench_die("the server hung up");
        have += (size_t)n;
        head[have] = '\0';
        end = strstr(head, "\r\n\r\n");
    }
    const char *length = strstr(head, "Content-Length: ");
    if (end == NULL || length == NULL || strncmp(head + sizeof "HTTP/1.1", status, 3) != 0)
        bench_die("not a %s: %s", status, head);
    size_t octets = strtoul(length + sizeof "Content-Length: " - 1, NULL, 10);
    size_t left = octets - (have - (size_t)(end + 4 - head));
    while (left > 0) {
        ssize_t n = recv(fd, rest, left < PIECE ? left : PIECE, 0);
        if (n <= 0)
            bench_die("the server hung up");
        left -= (size_t)n;
    }
    return octets;
}

static void ask(const struct bench *b, int fd, const char *path, char head[static HEAD])
{
    char request[HEAD];
    int n =
        snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\n\r\n",
                 path, b->server.at.host, b->token);
    client_write(fd, request, (size_t)n);
    (void)read_answer(fd, "200", head);
}

/* The id that stands behind this text in an answer. */
static void take_id(const char *answer, const char *before, char id[ID + 1])
{
    const char *at = strstr(answer, before);
    if (at == NULL)
        bench_die("no %s in %s", before, answer);
    memcpy(id, at + strlen(before), ID);
    id[ID] = '\0';
}

static void find_channel(struct bench *b)
{
    char head[HEAD];
    int fd = client_connect(&b->server.at, 0);
    ask(b, fd, "/api/channels", head);
    take_id(head, "{\"id\":\"", b->channel);
    close(fd);
}

static void send_file(struct bench *b, int fd)
{
    char head[HEAD], before[1024], answer[HEAD];
    static const char after[] = "\r\n--B--\r\n";
    int m = snprintf(before, sizeof before,
                     "--B\r\nContent-Disposition: form-data; "
                     "name=\"messageCreateRequest\"\r\n\r\n{\"channelId\":\"%s\"}\r\n"
                     "--B\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"a\"\r\n\r\n",
                     b->channel);
    int n = snprintf(
        head, sizeof head,
        "POST /api/messages HTTP/1.1\r\nHost: %s\r\nAuthorization: Bearer %s\r\nCookie: XSRF-TOKEN=t\r\n"
        "X-XSRF-TOKEN: t\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: %zu\r\n\r\n",
        b->server.at.host, b->token, (size_t)m + b->len + sizeof after - 1);
    client_write(fd, head, (size_t)n);
    client_write(fd, before, (size_t)m);
    client_write(fd, b->octets, b->len);
    client_write(fd, after, sizeof after - 1);
    (void)read_answer(fd, "201", answer);
    take_id(answer, "\"attachments\":[{\"id\":\"", b->file);
}

/* ---- one round of each ---- */

static double rate(const struct bench *b, int64_t since)
{
    return (double)b->o.files * b->o.megabytes * 1e9 / (double)(bench_now() - since);
}

static double run_up(struct bench *b)
{
    int fd = client_connect(&b->server.at, 0);
    int64_t since = bench_now();
    for (unsigned i = 0; i < b->o.files; i++)
        send_file(b, fd);
    double figure = rate(b, since);
    close(fd);
    return figure;
}

static double run_down(struct bench *b)
{
    char path[128], head[HEAD];
    (void)snprintf(path, sizeof path, "/api/binaryContents/%s/download", b->file);
    int fd = client_connect(&b->server.at, 0);
    int64_t since = bench_now();
    for (unsigned i = 0; i < b->o.files; i++)
        ask(b, fd, path, head);
    double figure = rate(b, since);
    close(fd);
    return figure;
}

static double run_bare_up(const struct bench *b)
{
    char path[300];
    int folder = open(b->server.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int64_t since = bench_now();
    for (unsigned i = 0; i < b->o.files; i++) {
        (void)snprintf(path, sizeof path, "%s/bare%u", b->server.folder, i);
        int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
        for (size_t at = 0; at < b->len; at += PIECE) {
            if (write(fd, b->octets + at, PIECE) != PIECE)
                bench_die("cannot write %s", path);
        }
        if (fsync(fd) != 0 || fsync(folder) != 0)
            bench_die("cannot synchronise %s", path);
        close(fd);
    }
    double figure = rate(b, since);
    close(folder);
    return figure;
}

struct pump {
    const struct bench *b;
    int to;
};

static void *pump_octets(void *argument)
{
    const struct pump *p = argument;
    static char piece[PIECE];
    char path[300];
    for (unsigned i = 0; i < p->b->o.files; i++) {
        (void)snprintf(path, sizeof path, "%s/bare%u", p->b->server.folder, i);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t n;
        while ((n = read(fd, piece, sizeof piece)) > 0)
            client_write(p->to, piece, (size_t)n);
        close(fd);
    }
    return NULL;
}

/* Over loopback, as it is for the server. */
static double run_bare_down(const struct bench *b)
{
    static char piece[PIECE];
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0),
        fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&at, sizeof at) != 0 || listen(listener, 1) != 0 ||
        getsockname(listener, (struct sockaddr *)&at, &len) != 0 ||
        connect(fd, (struct sockaddr *)&at, sizeof at) != 0)
        bench_die("there is no loopback");
    struct pump pump = {b, accept4(listener, NULL, NULL, SOCK_CLOEXEC)};
    pthread_t thread;
    int64_t since = bench_now();
    if (pthread_create(&thread, NULL, pump_octets, &pump) != 0)
        bench_die("there is no thread to be had");
    for (uint64_t left = (uint64_t)b->o.files * b->len; left > 0;) {
        ssize_t n = recv(fd, piece, sizeof piece, 0);
        if (n <= 0)
            bench_die("loopback hung up");
        left -= (uint64_t)n;
    }
    double figure = rate(b, since);
    (void)pthread_join(thread, NULL);
    close(pump.to);
    close(listener);
    close(fd);
    return figure;
}

/* ---- the table ---- */

static void read_options(struct options *o, int argc, char **argv)
{
    const struct option_row rows[] = {
        {"megabytes", &o->megabytes, 1, 10, .help = "of a file"},
        {"files", &o->files, 1, 1000, .help = "up and down, in each round"},
        {"rounds", &o->rounds, 1, ROUNDS_MOST, .help = "of all"},
        {"server", .text = &o->program, .help = "a parleyd other than the one beside this program"},
        {"quick", .flag = &o->quick, .help = "a little of everything: does it work at all?"},
    };
    options_read("files: files up and down, beside a bare write and fsync, and a bare read and write", rows,
                 ARRAY_LEN(rows), argc, argv);
    if (o->quick)
        o->files = o->rounds = 1;
}

static void report(const char *what, const char *peer, double *ours, double *bare, double *ratio,
                   unsigned rounds)
{
    figure_print(&(struct figure){.what = what,
                                  .value = bench_median(ours, rounds),
                                  .unit = "MiB/s",
                                  .peer = bench_median(bare, rounds),
                                  .peer_name = peer,
                                  .ratio = bench_median(ratio, rounds)});
}

int main(int argc, char **argv)
{
    static struct bench b = {.o = {.megabytes = 4, .files = 16, .rounds = 5}};
    static double figures[6][ROUNDS_MOST];
    read_options(&b.o, argc, argv);
    signal(SIGPIPE, SIG_IGN);
    b.len = (size_t)b.o.megabytes * MIB;
    b.octets = malloc(b.len);
    if (b.octets == NULL)
        bench_die("out of memory");
    memset(b.octets, 'x', b.len);
    server_start(&b.server, &(struct server_options){.program = b.o.program, .workers = 1});
    client_login(&b.server.at, b.token);
    find_channel(&b);
    for (unsigned r = 0; r < b.o.rounds; r++) {
        figures[0][r] = run_up(&b);
        figures[1][r] = run_bare_up(&b);
        figures[2][r] = run_down(&b);
        figures[3][r] = run_bare_down(&b);
        figures[4][r] = figures[0][r] / figures[1][r];
        figures[5][r] = figures[2][r] / figures[3][r];
        printf("round %u: up %.0f MiB/s (bare %.0f), down %.0f MiB/s (bare %.0f)\n", r + 1, figures[0][r],
               figures[1][r], figures[2][r], figures[3][r]);
    }
    report("files up, to the 201", "write() and fsync()", figures[0], figures[1], figures[4], b.o.rounds);
    report("files down", "read() and write()", figures[2], figures[3], figures[5], b.o.rounds);
    server_stop(&b.server);
    free(b.octets);
    return 0;
}
