/* SPDX-License-Identifier: MIT
 *
 * bench/support/client.h - a client of Parley that waits for each answer: sign-up and login over HTTP
 * (discodeit.md 3.3, 3.6, 4.2), then STOMP over a native WebSocket. Enough to reach the state that is to be
 * measured; whatever goes otherwise than expected ends the benchmark. Blocking sockets.
 */
#ifndef PARLEY_BENCH_CLIENT_H
#define PARLEY_BENCH_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CLIENT_TOKEN = 4096,
    CLIENT_NAME = 16 /* octets of a user's name; his address is that @parley.example */
};

/* IPv4 "ADDRESS:PORT"; dies for anything else. */
struct client_server {
    uint32_t address; /* network order */
    uint16_t port;
    char host[32]; /* as text, for the Host field */
};
void client_server_parse(struct client_server *s, const char *text);

/* Connects; -1 when refused. The nth connection picks its own source address on loopback every 20000, because
 * one pair of addresses has no more ports than that to offer. */
int client_connect(const struct client_server *s, unsigned nth);
/* True when GET /actuator/health answers 200. */
bool client_is_ready(const struct client_server *s);
/* Signs up a fresh user, logs in; `token` is the access token. */
void client_login(const struct client_server *s, char token[CLIENT_TOKEN]);

/* A WebSocket connection on which STOMP CONNECT was answered. */
int client_open_stomp(const struct client_server *s, unsigned nth, const char *token);
/* Returns when the server has confirmed the subscription. */
void client_subscribe(int fd, const char *destination);
/* Writes a masked text frame into out, which has room for len + 14 octets; returns its length. */
size_t client_frame(unsigned char *out, const char *text, size_t len);
void client_write(int fd, const void *octets, size_t len);

#endif
