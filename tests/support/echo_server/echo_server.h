/* SPDX-License-Identifier: MIT
 *
 * tests/support/echo_server - Parley's protocol layers without Parley's domain, for programs that test
 * servers from outside: WebSocket suites, HTTP smuggling scanners, JSON suites, STOMP clients.
 *
 *   GET /             200 and a sentence
 *   POST /            200 and the request's body, with its Content-Type
 *   POST /stream      the same, but neither the request's body nor the answer's is ever whole in memory;
 *                     with ?slowly each piece is held back for some milliseconds
 *   GET /stream?N     200 and N octets: 0, 1, ... 250, 0, ...
 *   POST /refuse      403 before the body has come
 *   /echo             WebSocket: each message back, once, as it came, up to ECHO_MESSAGE octets; nothing else
 *   /echo by HTTP     200 and the request's header lines, as they came and in their order
 *   POST /json        200 when the body is one JSON text, 400 when it is not
 *   /stomp            STOMP over WebSocket: guest, guest; what is sent to /topic/... goes to all who follow
 *                     it, on every worker
 *
 * Each worker is built as parleyd's are. No pings are sent: whatever arrives was asked for.
 */
#ifndef PARLEY_TESTS_ECHO_SERVER_H
#define PARLEY_TESTS_ECHO_SERVER_H

#include <semaphore.h>

#include "broker/broker.h"
#include "engine/port.h"
#include "log/hub.h"
#include "net/listener.h"
#include "net/worker.h"

enum { ECHO_MESSAGE = 16 << 20 /* octets of a message, or of a body */ };

/* What one worker thread has of its own. */
struct echo_worker {
    struct worker *worker;
    struct lane lane;
    struct renderer renderer;
    struct broker broker;
    struct engine engine;
    struct hub *hub;
};

struct echo_server {
    struct listener listener;
    struct engine_limits limits;
    struct hub hub;
    unsigned worker_count;
    struct echo_worker *workers;
    struct lane **lanes;
    sem_t left; /* posted by each worker when its last connection has ended */
};

/* Listens and serves. False with a sentence on the standard error. */
bool echo_server_start(struct echo_server *s, const char *address, unsigned workers);
/* Asks all connections to end, waits for them, and gives everything back. */
void echo_server_stop(struct echo_server *s);

/* What the engines ask; the context is the struct echo_worker. */
extern const struct engine_ports echo_ports;

/* http.c */
void echo_http_request(void *context, struct connection *c, const struct http_request *request);
void echo_http_refused(void *context, struct connection *c, enum error error, struct slice path);

/* streams.c */
uint64_t echo_http_head(void *context, struct connection *c, const struct http_request *head);
void echo_http_body(void *context, struct connection *c, struct slice piece);
void echo_http_body_end(void *context, struct connection *c);
void echo_http_writable(void *context, struct connection *c);
void echo_http_dropped(void *context, struct connection *c);
/* Answers with so many octets. False when out of memory. */
bool echo_stream_send(struct connection *c, uint64_t length);

/* messages.c: what /echo opens */
extern const struct http_successor echo_messages;

/* topics.c: what /stomp asks */
void echo_stomp_connect(void *context, struct stomp_session *s, const struct stomp_credentials *credentials);
enum stomp_fate echo_stomp_send(void *context, struct stomp_session *s, uint32_t ticket,
                                const struct stomp_frame *frame, struct slice destination, enum error *error);
void echo_stomp_forgiven(void *context, struct stomp_session *s, enum error error);
void echo_stomp_subscribe(void *context, struct stomp_session *s, struct stomp_subscription *sub,
                          struct slice destination);
void echo_stomp_closed(void *context, struct stomp_session *s);

#endif
