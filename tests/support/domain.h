/* SPDX-License-Identifier: MIT
 *
 * tests/support/domain.h - the domain over a store, with a clock that the test moves: operations run to their
 * end in one call.
 *
 * Which store is a matter of linking: domain_sqlite.c (in memory, or in a folder) or domain_postgres.c.
 */
#ifndef PARLEY_TESTS_DOMAIN_H
#define PARLEY_TESTS_DOMAIN_H

#include <jansson.h>

#include "adapter/sqlite_store.h"
#include "adapter/store_registry.h"
#include "chat/operation.h"
#include "support/memory_ports.h"
#include "support/test.h"

enum { DOMAIN_EVENTS = 16, DOMAIN_TOLD = 64, DOMAIN_TOKEN = 512 };

struct domain {
    struct clock clock;
    struct random random;
    int64_t now; /* wall and monotonic */
    uint64_t seed;
    struct loop loop;
    struct publisher publisher;
    struct event *events[DOMAIN_EVENTS]; /* of channels, published, in order */
    size_t event_count;
    struct event *told[DOMAIN_TOLD]; /* of the stream `events` */
    size_t told_count;
    struct sqlite_store sqlite; /* domain_sqlite.c alone */
    struct memory_store store;
    struct store_registry registry;
    struct memory_passwords passwords;
    struct memory_tokens tokens;
    struct chat chat;
};

/* What came of an operation, copied out of its task. */
struct answer {
    bool done;
    enum error error;
    json_t *json; /* of the output, or the ErrorResponse; NULL without a body */
    char access[DOMAIN_TOKEN], refresh[DOMAIN_TOKEN];
    struct caller caller;
    struct login login;
    size_t ended_count;
    struct uuid ended[TASK_ENDED], ended_users[TASK_ENDED];
    char stream[80];
    uint64_t head;
};

/* Somebody who is signed up and logged in. */
struct person {
    struct uuid id;
    char id_text[UUID_TEXT + 1];
    char access[DOMAIN_TOKEN], refresh[DOMAIN_TOKEN];
};

/* One domain per test; it aborts when the store cannot be opened. */
void domain_open(struct domain *d);
/* The same over a store in a data folder. */
void domain_open_in(struct domain *d, const char *folder);
/* Frees all that was kept, the answers' JSON too if they are handed to answer_release(). */
void domain_close(struct domain *d);

/* Lets go of all that was published so far. */
void domain_forget_events(struct domain *d);

struct task *domain_task(struct domain *d, const struct operation *operation);
/* Starts the task and runs everybody until it is done. The answer before is released. */
void domain_run(struct domain *d, struct task *t, struct answer *a);
void answer_release(struct answer *a);

/* With a token and a body, either of which may be NULL. */
enum error domain_ask(struct domain *d, const struct operation *operation, const char *access,
                      const char *body, struct answer *a);
/* Signs up (with the role, if it is not USER) and logs in; fails the test when it cannot. */
void domain_join(struct domain *d, const char *name, const char *role, struct person *p);
enum error domain_login(struct domain *d, const char *name, const char *password, struct answer *a);
enum error domain_refresh(struct domain *d, const char *refresh, struct answer *a);
/* A channel's id in `out`, which has UUID_TEXT + 1 octets. */
void domain_public_channel(struct domain *d, const struct person *manager, const char *name, char *out);
void domain_private_channel(struct domain *d, const struct person *a, const struct person *b, char *out);
/* By REST's way: with the token, the author read from the store. */
enum error domain_send(struct domain *d, const struct person *p, const char *channel, const char *content,
                       struct answer *a);
/* A statement of the test's own: rows changed, or the integer of the first column and row. Ids are written
 * x'32 digits', instants @microseconds. */
int64_t domain_sql(struct domain *d, const char *sql);
/* From now on the test's own statements may leave rows that refer to nothing. */
void domain_loosen(struct domain *d);

/* The store beneath: opened empty (it aborts when it cannot be), done with all that waits, closed. */
struct store *domain_store_open(struct domain *d, const char *folder);
void domain_store_step(struct domain *d);
void domain_store_close(struct domain *d);

/* The member at a path of names and numbers "content.0.author"; "" is the whole. NULL when there is none. */
json_t *at(const struct answer *a, const char *path);
/* Its text; "(none)" when there is none, "null" for null, "true", "false". */
const char *text_at(const struct answer *a, const char *path);

#define CHECK_TEXT(got, expected) CHECK_SLICE(slice_from_string(got), expected)

#endif
