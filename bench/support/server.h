/* SPDX-License-Identifier: MIT
 *
 * bench/support/server.h - a parleyd of the benchmark's own, on a free port and a data folder that goes with
 * it.
 */
#ifndef PARLEY_BENCH_SERVER_H
#define PARLEY_BENCH_SERVER_H

#include "support/client.h"
#include "support/measure.h"

struct server {
    pid_t pid;
    struct client_server at;
    char folder[64];
    double ready_ms; /* from exec to the first 200 of its health page */
};

/* workers 0: the server's own choice. Dies when it is not ready within 10 s. */
void server_start(struct server *s, const char *program, unsigned workers, unsigned connections);
/* SIGTERM, waits, removes the folder. False when it did not exit 0. */
bool server_stop(struct server *s);

#endif
