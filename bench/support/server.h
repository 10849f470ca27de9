/* SPDX-License-Identifier: MIT
 *
 * bench/support/server.h - a parleyd of the benchmark's own, on a port that it chooses.
 */
#ifndef PARLEY_BENCH_SERVER_H
#define PARLEY_BENCH_SERVER_H

#include <stdbool.h>

#include "support/client.h"
#include "support/measure.h"

struct server_options {
    const char *program;     /* NULL: the parleyd beside this benchmark's own program */
    const char *folder;      /* of its data, which stays; NULL: a fresh one, which goes with the server */
    unsigned workers;        /* 0: the server's own choice */
    unsigned connections;    /* that it must carry */
    const char *const *more; /* further flags, up to NULL; NULL: none */
};

struct server {
    pid_t pid;
    struct client_server at;
    char folder[256];
    bool is_fresh;   /* the folder is ours to remove */
    double ready_ms; /* from fork and exec to the first 200 of its health page */
};

/* Dies when it is not ready within 30 s. */
void server_start(struct server *s, const struct server_options *options);
/* SIGTERM, waits, removes the folder if it was a fresh one. False when it did not exit 0. */
bool server_stop(struct server *s);

/* A new folder in /tmp, and its end. */
void server_folder_make(char path[static 64]);
void server_folder_remove(const char *path);
/* The program of that name beside this one; 4096 octets of room. */
void server_beside(const char *name, char path[static 4096]);

#endif
