/* SPDX-License-Identifier: MIT
 *
 * tests/support/lobby.h - an application for the engine that can be checked at a glance, with answers that
 * come when the test says.
 *
 *   GET /now, HEAD /now         200 "hello"
 *   any method on /echo         200 with the request's body
 *   /later                      answered by lobby_finish()
 *   /bye                        200, and the connection ends
 *   /page                       200 with LOBBY_PAGE octets
 *   /file                       200 with LOBBY_FILE octets, in pieces
 *   /broken                     the same, but the connection ends before the second
 *   /ws                         the handshake; its query is the note for CONNECT
 *   /raw                        the handshake; each message comes back, up to LOBBY_RAW octets; "bye" is
 *                               answered by a close frame
 *
 *   A body is streamed, up to LOBBY_BODY octets, and given back in pieces (all but /early and /enough), by
 *   /stream                     as it comes
 *   /slow                       held back before the first octet, and after each piece, until lobby_finish()
 *   /think                      as it comes; answered after lobby_finish()
 *   /early                      answered by 403 before an octet of it has been read
 *   /enough                     answered by 200 "enough" when three octets have come
 *
 *   CONNECT                     with "Authorization: NAME" (or the note NAME) is NAME; "Later NAME" is NAME after
 *                               lobby_finish(); without a name it is refused
 *
 *   SEND /pub/done              is done
 *        /pub/later             is PENDING until lobby_finish()
 *        /pub/invalid           is refused, forgivably
 *        /pub/denied            is refused, as is anything else
 *        /pub/busy              is BUSY while lobby.busy
 *        /pub/at-once, /pub/fails-at-once
 *                               answered inside the call
 *        /topic...              is published in the next round of the turn
 *
 *   SUBSCRIBE /topic...         follows it
 *             /stream/a (b, c, d)
 *                               durable, checked until lobby_finish()
 *             /user/...         is private
 *             anything else     is refused
 */
#ifndef PARLEY_TESTS_LOBBY_H
#define PARLEY_TESTS_LOBBY_H

#include "support/pipe.h"

enum {
    LOBBY_TASKS = 256,
    LOBBY_LANE = 1024,
    LOBBY_PAGE = 100000,
    LOBBY_RAW = 200000,
    LOBBY_BODY = 1000,
    LOBBY_FILE = 300000
};

enum lobby_kind { LOBBY_LOGIN, LOBBY_SEND, LOBBY_WATCH, LOBBY_REQUEST, LOBBY_STREAM };

struct lobby_task {
    enum lobby_kind kind;
    struct connection_id connection;
    uint32_t number;
    size_t stream;
    char user[32];
};

struct lobby {
    struct pipes pipes;
    struct lobby_task tasks[LOBBY_TASKS]; /* not answered yet, the oldest first */
    size_t count;
    struct event *lane[LOBBY_LANE]; /* published, not yet with the broker */
    size_t placed;
    struct frame *page;
    uint64_t file; /* octets: LOBBY_FILE, or what the test likes */
    bool busy;
    unsigned principals; /* that are out */
    unsigned forgiven, publishes;
    unsigned busy_answers;
    unsigned streams, dropped; /* that are out; that were dropped */
};

void lobby_init(struct lobby *l);
/* What pipes_release() says. */
bool lobby_release(struct lobby *l, const char **why);
/* Answers the task at that place. A login that fails is refused, and so on. */
void lobby_finish(struct lobby *l, size_t index, enum error error);
/* What lobby_finish() does for streams; what the engine asks for them (lobby_stream.c). */
void lobby_finish_stream(struct lobby *l, const struct lobby_task *t);
uint64_t lobby_http_head(void *context, struct connection *c, const struct http_request *head);
void lobby_http_body(void *context, struct connection *c, struct slice piece);
void lobby_http_body_end(void *context, struct connection *c);
void lobby_http_writable(void *context, struct connection *c);
void lobby_http_dropped(void *context, struct connection *c);
/* GET /file and /broken. False: it is neither. */
bool lobby_send_file(struct lobby *l, struct connection *c, struct slice path);
/* A task for later; NULL when there are too many. */
struct lobby_task *lobby_add_task(struct lobby *l, enum lobby_kind kind, struct connection_id id);
/* Commits the next event of a stream and brings it to the broker. */
void lobby_commit(struct lobby *l, size_t stream);

#endif
