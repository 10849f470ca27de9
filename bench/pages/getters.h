/* SPDX-License-Identifier: MIT
 *
 * bench/pages/getters.h - connections that ask the same again and again, each one request at a time, read by one thread.
 */
#ifndef PARLEY_BENCH_GETTERS_H
#define PARLEY_BENCH_GETTERS_H

#include <stdint.h>

#include "support/client.h"

enum { GETTERS_MOST = 256, GETTERS_HEAD = 4096 };

struct getter {
    int fd;
    char head[GETTERS_HEAD]; /* of the answer that comes, as far as it is there */
    unsigned head_len;
    uint64_t rest; /* octets of its body that are still to come; 0: the head is */
};

struct getters {
    int epoll;
    unsigned count, request_len;
    char request[CLIENT_TOKEN + 512];
    uint64_t body; /* octets that each answer must have; 0 until the first is there */
    struct getter members[GETTERS_MOST];
};

/* `count` connections that will ask for this path with this token. */
void getters_open(struct getters *g, const struct client_server *at, unsigned count, const char *path,
                  const char *token);
void getters_close(struct getters *g);
/* Until so many answers have come: all 200, all of the same length. Dies when one is not, or none comes for 10 s. */
void getters_run(struct getters *g, uint64_t answers);

#endif
