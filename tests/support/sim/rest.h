/* SPDX-License-Identifier: MIT
 *
 * tests/support/sim/rest.h - the client's side of REST: one connection that is kept, one request at a time.
 */
#ifndef PARLEY_TESTS_SIM_REST_H
#define PARLEY_TESTS_SIM_REST_H

#include "support/sim/line.h"

#define REST_TABLE(X)                                                                                        \
    X(SIGN_UP, "POST /api/users")                                                                            \
    X(LOGIN, "POST /api/auth/login")                                                                         \
    X(LOGOUT, "POST /api/auth/logout")                                                                       \
    X(REFRESH, "POST /api/auth/refresh")                                                                     \
    X(PUBLIC, "POST /api/channels/public")                                                                   \
    X(PRIVATE, "POST /api/channels/private")                                                                 \
    X(HISTORY, "GET /api/messages")                                                                          \
    X(CHANNELS, "GET /api/channels")                                                                         \
    X(USERS, "GET /api/users")                                                                               \
    X(HEALTH, "GET /actuator/health")

enum rest_kind {
    REST_NONE,
#define X(name, path) REST_##name,
    REST_TABLE(X)
#undef X
};

struct rest {
    struct line *line; /* NULL: none is open */
    enum rest_kind kind;
    int64_t asked_at;
    unsigned channel; /* HISTORY */
    uint64_t floor;   /* of it: events that were committed when it was asked for */
    unsigned members; /* PRIVATE: bits of people */
};

/* What came; `kind` is what had been asked. status 0: the connection ended without an answer. */
struct rest_answer {
    enum rest_kind kind;
    unsigned status;
    struct slice head, body;
};

const char *rest_name(enum rest_kind kind);
/* Sends a request of that kind, over a new connection if there is none. `query` follows the path; `type` and
 * `body` may be "". */
void rest_ask(struct rest *r, struct sim *sim, unsigned person, enum rest_kind kind, const char *query,
              const char *type, const char *body);
/* True when an answer is there; its slices are good until rest_done(). */
bool rest_answered(struct rest *r, struct rest_answer *a);
/* The answer has been read. */
void rest_done(struct rest *r, const struct rest_answer *a);
void rest_drop(struct rest *r);

#endif
