/* SPDX-License-Identifier: MIT
 *
 * tests/support/api_world.h - a worker with everything but sockets: connections in memory (support/pipe.h), the api, the
 * domain over SQLite in memory (support/domain.h), and what it publishes back to those who follow.
 *
 * Which store is a matter of linking, as for support/domain.h. One thread.
 */
#ifndef PARLEY_TESTS_API_WORLD_H
#define PARLEY_TESTS_API_WORLD_H

#include "api/internal.h"
#include "log/hub.h"
#include "support/domain.h"
#include "support/pipe.h"

struct api_world {
    struct pipes pipes;
    struct domain domain;
    struct hub hub;
    struct lane lane, *lanes[1];
    struct api api, *apis[1];
    struct api_shared shared;
    struct person kim, lee; /* a manager of channels; a user */
    char channel[UUID_TEXT + 1];
    bool store_rests; /* what is asked of the store waits */
};

void api_world_open(struct api_world *w);
/* Fails the test when anything is still alive. */
void api_world_close(struct api_world *w);
/* Lines of the log so far, of all worlds: the log has no context. */
unsigned api_world_logged(void);

/* What a client says, and all that follows of it. A STOMP frame in one WebSocket message, without its NUL; or octets of
 * HTTP. */
__attribute__((format(printf, 2, 3))) void api_world_say(struct pipe *p, const char *format, ...);
__attribute__((format(printf, 2, 3))) void api_world_ask(struct pipe *p, const char *format, ...);
/* Whether that text has come; everything up to its end is read. */
bool api_world_hears(struct pipe *p, const char *text);

/* A new connection that has made the handshake; that is CONNECTED. */
void api_world_upgrade(struct api_world *w, struct pipe *p);
void api_world_join(struct api_world *w, struct pipe *p, const struct person *who, const char *name);
/* It breaks, and what it got is forgotten. */
void api_world_part(struct pipe *p);

#endif
