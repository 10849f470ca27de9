/* SPDX-License-Identifier: MIT
 *
 * chat/task.h - one running operation: what it was asked, what it needs on its way, what came of it.
 *
 * Life: task_new() on a worker; fill in the inputs (everything in the task's arena, or living until done);
 * task_start(). done(task) runs exactly once, on the same worker, and never before task_start() has returned
 * unless the operation ended without asking anybody. When done() returns, the task and all it holds are
 * freed: what is to outlive it is rendered or copied there.
 *
 * A task never knows a connection. The caller puts its own ids into `context` and looks them up again in
 * done(): if the connection is gone meanwhile, the answer is dropped (design.md section 4).
 */
#ifndef PARLEY_CHAT_TASK_H
#define PARLEY_CHAT_TASK_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/ip_address.h"
#include "base/loop.h"
#include "chat/attempts.h"
#include "chat/port.h"
#include "chat/presence.h"
#include "dto/problems.h"
#include "log/port.h"
#include "parley/v1/dto.pb-c.h"

struct operation;

/* The surroundings of all operations of a process. Set up once before the first task, never changed. */
struct chat {
    struct store *store;
    struct registry *registry;
    bool logins_elsewhere; /* not in the store: the registry itself tells who is online */
    struct passwords *passwords;
    struct tokens *tokens;
    struct blobs *blobs; /* NULL: no request may bring files, and none are kept */
    struct presence *presence;
    struct attempts *attempts; /* limits of LOGIN; NULL: none */
    const struct clock *clock;
    const struct random *random;
    int64_t access_lifetime, refresh_lifetime; /* microseconds; CHAT_ACCESS_LIFETIME, CHAT_REFRESH_LIFETIME */
    enum language language;                    /* of what is wrong with a field */
    size_t body_limit;                         /* octets of JSON in a request */
    size_t task_memory, list_memory; /* octets an arena may hold: of any task, of one that lists users */
};

#define CHAT_ACCESS_LIFETIME  (INT64_C(30) * 60 * MICROSECONDS_PER_SECOND)
#define CHAT_REFRESH_LIFETIME (INT64_C(7) * 24 * 3600 * MICROSECONDS_PER_SECOND)
/* Read statuses of one user, which PRIVATE channels give to whoever is named: so many that a list of channels
 * with a hundred members each fits CHAT_LIST_MEMORY. */
enum { CHAT_MEMBERSHIPS = 500 };
enum { CHAT_BODY_LIMIT = 64 * 1024, CHAT_TASK_MEMORY = 8 * 1024 * 1024, CHAT_LIST_MEMORY = 64 * 1024 * 1024 };

/* Who asks. Filled in by the driver from the bearer token, or before the start by a caller that has it from
 * OPERATION_SESSION_OPEN and knows that this login has not ended since. */
struct caller {
    bool known;
    struct uuid user, login;
    Parley__V1__Role role;
};

/* Parameters of a query or a destination, decoded but not understood. Absent: data is NULL. */
struct task_parameters {
    struct slice user_id, channel_id;
    struct slice id;  /* of what the path names */
    struct slice ids; /* a comma list */
    struct slice cursor, size, sort;
};

struct task_login {
    struct slice access_token, refresh_token; /* what to hand out, in the arena */
    int64_t access_expires, refresh_expires;
    struct login login;
};

/* A file that came with the request. Its octets lie in the spool of the blob port already, under its id, and are whole:
 * an operation that takes the file makes its row, in PROCESSING, and whoever started the task has the octets stored once
 * it is committed, or dropped when it is not (discodeit.md 8.5). */
struct task_file {
    struct uuid id;
    struct slice part;                    /* the name of its part: profile, attachments */
    struct slice file_name, content_type; /* fit the columns */
    uint64_t size;                        /* octets */
};

/* What the program asks and is told about the octets of files (chat/file_upkeep.c). Ids and texts are borrowed. */
struct task_upkeep {
    const struct uuid *ids; /* FILE_STORED, FILE_FAILED: one; FILE_FORGET: in; the others: out */
    size_t id_count;
    int64_t time;         /* FILE_WAITING, in: older than this; FILE_READ, out: when the file came */
    struct slice request; /* FILE_FAILED: the id of the request that brought it, or empty, */
    struct slice problem; /* and why it could not be stored */
};

/* What the notifier asks and is told (chat/notify.c). */
struct task_notify {
    struct uuid channel;   /* NOTIFY_CHANNEL: whose messages are told of */
    struct uuid after;     /* NOTIFY_BEHIND: looks at channels beyond this one; out: how far it has looked */
    int64_t quiet;         /* and leaves out those whose last message is younger than that; microseconds */
    struct uuid *channels; /* out: in which there is something to tell */
    size_t channel_count;
    bool more; /* out: ask again */
};

enum { TASK_MAGIC = 0x5441534B, TASK_ENDED = 2 * REGISTRY_ENDED /* before and behind its write */ };

struct task {
    unsigned magic;
    const struct chat *chat;
    const struct operation *operation;
    struct loop *home;
    void (*done)(struct task *);
    void (*on_ended)(struct task *); /* `ended` is known, and not empty: once, before done(). Or NULL */
    uint64_t context[4];             /* the caller's own, e.g. worker, slot, generation, request */
    struct arena arena;

    /* In. */
    struct slice bearer;       /* the access token, without its scheme; empty: none */
    struct slice refresh;      /* the refresh token of the cookie; empty: none */
    struct ip_address address; /* where the caller is, of what asks for a password; zeros: nobody can tell */
    struct slice ticket;       /* SESSION_OPEN: instead of the bearer token; empty: none */
    struct caller caller;
    ProtobufCMessage *input; /* of the operation's input type; NULL: no body was given */
    struct task_parameters parameters;
    const struct task_file *files; /* in the order of their parts */
    size_t file_count;
    struct task_upkeep upkeep; /* also out */
    /* MESSAGE_CREATE: the caller as OPERATION_SESSION_OPEN knew him, who may have changed since; or NULL. */
    const Parley__V1__UserDto *author;
    struct task_notify notify; /* also out */

    /* Out. */
    enum error error;
    struct problems
        problems; /* which fields are wrong, or which id led nowhere: the details of the refusal */
    ProtobufCMessage *output; /* a message, */
    ProtobufCMessage **list;  /* or an array of list_count, */
    size_t list_count;        /* or neither: no body */
    /* A list whose elements are made one by one while it is rendered, out of rows that the task has: NULL without room.
     * It must not depend on another element having been made. */
    ProtobufCMessage *(*element)(struct task *, size_t);
    struct task_login issued; /* LOGIN, REFRESH */
    int64_t retry_after;      /* with ERR_TOO_MANY_LOGIN_ATTEMPTS: microseconds until it makes sense again */
    size_t ended_count;       /* logins that ended by it; their sockets and streams end too */
    struct uuid ended[TASK_ENDED], ended_users[TASK_ENDED];
    struct slice stream; /* CHANNEL_WATCH: its name, and */
    uint64_t head;       /* the seq of its newest event, 0 when it has none */

    /* The driver's own, and its operations'. */
    size_t step;
    bool skip; /* set by a hook: its step asks nobody */
    bool list_given;
    bool started;
    bool ended_told;
    enum error input_error;
    struct uuid shown; /* the jti of the token by which the caller is known */
    int64_t now;       /* wall clock at the start */
    int64_t began;     /* the same, monotonic */
    struct batch *read, *write;
    struct registry_call *registry;
    struct password_call *password;
    void *state; /* in the arena */
};

/* NULL when out of memory. The caller fills in what the operation reads and starts it, or frees it. */
struct task *task_new(const struct chat *chat, const struct operation *operation, struct loop *home,
                      void (*done)(struct task *));
/* Reads the body of a request into `input`. What is wrong with it is kept until it is the body's turn: a
 * caller who may not do this at all is told that first (401 and 403 before 400). Always followed by
 * task_start(). */
void task_read(struct task *t, struct slice json);
/* Instead of task_read(): the body cannot be had, for this reason; it too is told when it is the body's turn. */
void task_spoil(struct task *t, enum error error);
/* Runs the operation. The task belongs to it from now on. */
void task_start(struct task *t);
/* Only for a task that was never started. */
void task_free(struct task *t);

/* For operations: a random id. */
void task_make_id(const struct task *t, struct uuid *id);
/* Is that the caller's id? */
bool task_is_caller(const struct task *t, const Parley__V1__Uuid *user);
/* A prepare step: parameters.user_id, if it is given, has to be the caller's; 400, 403. */
enum error task_check_own_list(struct task *t);
/* This login of this user has ended: presence is told, and those who hold sockets of it. Twice is once. The driver does it
 * for what the registry ends. */
void task_note_ended(struct task *t, const struct uuid *user, const struct uuid *login);
/* The output is a list of at most so many, empty yet. False when there is no room for it. */
bool task_begin_list(struct task *t, size_t most);
/* Reads parameters.id, into t->state. A path that holds no id names nothing: `unknown`. */
enum error task_read_id(struct task *t, enum error unknown);
/* For the driver, when all is over: if what the caller named is not there, the details say which id that was
 * (discodeit.md 5.1), unless the operation has said more. */
void task_name_culprit(struct task *t);

/* In done(), when error is ERR_NONE: appends `output` or the list as JSON; nothing when the operation has no
 * body. False when it does not fit. */
bool task_render(const struct task *t, struct buf *out);
/* In done(), when error is not ERR_NONE: appends the ErrorResponse (discodeit.md 5.1). */
bool task_render_error(const struct task *t, struct buf *out);
/* The same for refusals that never became a task. `problems` may be NULL. */
bool chat_render_error(const struct chat *chat, enum error error, const struct problems *problems,
                       struct buf *out);

#endif
