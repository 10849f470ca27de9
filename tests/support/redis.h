/* SPDX-License-Identifier: MIT
 *
 * tests/support/redis.h - a real redis-server for one test program: on loopback, on a port that was free, in
 * a folder of its own, with every write synchronised, and gone with the program.
 */
#ifndef PARLEY_TESTS_REDIS_H
#define PARLEY_TESTS_REDIS_H

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <sys/types.h>

#include "support/scratch.h"

struct redis_server {
    struct scratch folder;
    pid_t pid; /* 0: does not run */
    bool paused;
    int port;
    char password[32];     /* "": none */
    redisContext *context; /* of the test itself; made when it is needed */
};

/* `password` may be NULL. Ends the test program when there is no server to be had. */
void redis_server_start(struct redis_server *s, const char *password);
/* SIGKILL, and waits for its end. */
void redis_server_kill(struct redis_server *s);
/* On the same port, with what it has on the disk. */
void redis_server_restart(struct redis_server *s);
/* It goes on, but says nothing: SIGSTOP, and SIGCONT. */
void redis_server_pause(struct redis_server *s);
void redis_server_resume(struct redis_server *s);
void redis_server_stop(struct redis_server *s);

/* One command, as for redisCommand(). The reply is freed by freeReplyObject(). */
redisReply *redis_server_ask(struct redis_server *s, const char *format, ...);
/* The same for one whose reply is a number, or does not matter. */
long long redis_server_say(struct redis_server *s, const char *format, ...);

#endif
