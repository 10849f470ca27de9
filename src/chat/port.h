/* SPDX-License-Identifier: MIT
 *
 * chat/port.h - what the domain asks of the outside besides the store: who is logged in, passwords, tokens, the octets of
 * files.
 *
 * All calls are asynchronous unless they say otherwise: the call object belongs to the port from submit()
 * until done() has been posted to call->home. done() always runs, exactly once.
 */
#ifndef PARLEY_CHAT_PORT_H
#define PARLEY_CHAT_PORT_H

#include "base/error.h"
#include "base/ip_address.h"
#include "base/loop.h"
#include "base/mailbox.h"
#include "base/slice.h"
#include "base/uuid.h"
#include "log/port.h"

/* --- registry: the live logins (discodeit.md 3.5). Embedded in the store, or in Redis. --- */

struct login {
    struct uuid id, user;
    struct uuid access, refresh; /* the `jti` of its current tokens */
    int64_t issued;              /* when these were made; microseconds */
    int64_t expires;             /* when the login ends unless it is refreshed */
};

enum registry_operation {
    /* in: login. Ends the oldest logins of the user over the maximum of live ones: `ended`. */
    REGISTRY_CREATE,
    /* in: login.id, login.user, login.access, now; out: login. ERR_INVALID_TOKEN when it is not live, or
     * (unless any_access) when access is not its current one. */
    REGISTRY_VERIFY,
    /* in: login.id, login.refresh, next (access, refresh, issued, expires); out: login, with the tokens now
     * in force. The presented refresh token's login gets the tokens of `next`. Presented again within the
     * grace time, the pair already issued stays. */
    REGISTRY_ROTATE,
    /* in: login.id, login.refresh; out: `ended` holds the login if it was live until now. Ends this login
     * only; never an error if there is none. */
    REGISTRY_REMOVE,
    /* in: now; out: `ended`, of which more are left when it is full. Ends logins that have expired
     * (discodeit.md 3.5). */
    REGISTRY_SWEEP,
    /* in: login.user; out: online. Has he a live login? */
    REGISTRY_ONLINE,
    /* in: login.user, login.id; out: `ended`. Ends all logins of a user (discodeit.md 3.5, 3.9) but this one; a nil id:
     * all of them. */
    REGISTRY_REVOKE,
};

enum { REGISTRY_ENDED = 8 };

struct registry_call {
    struct mail mail;
    struct loop *home;
    void (*done)(struct registry_call *);
    enum registry_operation operation;
    /* Of this call alone, drawn before its first try: an adapter that tries again, because an outcome was lost, finds
     * by it what it ended before. Adapters derive other ids from it by its last four octets. */
    struct uuid id;
    int64_t now;
    bool any_access;
    struct login login, next;
    /* results */
    enum error error; /* ERR_NONE, ERR_INVALID_TOKEN, ERR_SERVICE_UNAVAILABLE */
    bool online;
    size_t ended_count;
    struct uuid ended[REGISTRY_ENDED], ended_users[REGISTRY_ENDED]; /* logins, and whose each was */
    struct registry *registry;                                      /* the port's own */
};

struct registry {
    void (*submit)(struct registry *, struct registry_call *);
};

/* What a registry that other processes share tells of its own accord, on a thread of its own: what they did,
 * and what was done through this process, which it hears a second time. */
struct registry_watcher {
    /* login.id of login.user is live until login.expires; the rest is not filled in. Repeated now and then. */
    void (*live)(struct registry_watcher *, const struct login *);
    /* This login has ended. Nobody who asks is told that it is live any more. */
    void (*ended)(struct registry_watcher *, const struct uuid *user, const struct uuid *login);
};

/* --- passwords: bcrypt on threads of its own (design.md section 6, discodeit.md 3.6) --- */

enum {
    PASSWORD_HASH = 61 /* 60 characters and a NUL */
};

enum password_operation {
    PASSWORD_MAKE,   /* password -> hash, "$2b$10$..." */
    PASSWORD_VERIFY, /* password, hash -> matches. An empty hash costs the same time and never matches */
};

struct password_call {
    struct mail mail;
    struct loop *home;
    void (*done)(struct password_call *);
    enum password_operation operation;
    struct slice password;     /* borrowed until done; at most 72 octets count */
    struct ip_address address; /* where whoever asks is; zeros: nobody can tell */
    char hash[PASSWORD_HASH];
    bool matches;
    enum error error; /* ERR_NONE or ERR_SERVICE_UNAVAILABLE */
};

struct passwords {
    /* False when its queue is full, or the half that one address may have of it (the call was not taken and done() will not run): answer 503. */
    bool (*submit)(struct passwords *, struct password_call *);
};

/* --- tokens: JWT, algorithm pinned (design.md section 8). Synchronous; any thread. --- */

/* A ticket opens one session (chat/tickets.h). */
enum token_kind { TOKEN_ACCESS, TOKEN_REFRESH, TOKEN_TICKET };

enum {
    TOKEN_USERNAME = 4 * 50 + 1, /* 50 characters of UTF-8 */
    TOKEN_ROLE = 24
};

struct token_claims {
    enum token_kind kind;
    struct uuid id;    /* jti */
    struct uuid login; /* sid */
    struct uuid user;  /* userId */
    char username[TOKEN_USERNAME];
    char role[TOKEN_ROLE];   /* USER, CHANNEL_MANAGER, ADMIN */
    int64_t issued, expires; /* microseconds; whole seconds on the wire */
};

struct tokens {
    /* Makes one in the arena. ERR_OUT_OF_MEMORY. */
    enum error (*issue)(struct tokens *, const struct token_claims *, struct arena *, struct slice *token);
    /* ERR_NONE; ERR_INVALID_TOKEN for anything that is not a token of this kind signed by us with the pinned
     * algorithm; ERR_LOGIN_ENDED for a genuine one that has expired at `now`
     * (claims are filled in all the same); ERR_OUT_OF_MEMORY: there was none to look at it. */
    enum error (*read)(struct tokens *, enum token_kind, struct slice token, int64_t now,
                       struct token_claims *);
};

/* --- blobs: the octets of files, which lie outside the store (discodeit.md 8.5, section 11) --- */

/* A file is known by its id, and every call is whole in itself: nothing is held open from one to the next, so whoever
 * goes away leaves nothing behind but what he appended.
 *
 * The spool is this process's own. An upload puts a file there piece by piece; it stays there until its status is
 * committed, so that what lies in the spool is what is still to be done, also after a crash. Its place is where every
 * instance finds it. Calls about one file are made one after the other. */
enum blob_operation {
    /* in: ids[0], offset, octets. Into the spool; offset 0 makes the file, which may stay empty. */
    BLOB_APPEND,
    /* in: ids. What was appended survives a loss of power from now on. */
    BLOB_SEAL,
    /* in: ids[0]. From the spool to its place, whole and durable; again: nothing to do. It stays in the spool. */
    BLOB_STORE,
    /* in: ids[0], offset, into, room; out: length, which is less than room only at the end of the file. */
    BLOB_READ,
    /* in: ids. Out of the spool. One that is not there is no error, here and below. */
    BLOB_DROP,
    /* in: ids. Out of the spool and out of its place. */
    BLOB_REMOVE,
    /* in: offset, into, room; out: length. The ids of what lay in the spool when this process began, one after the
     * other, without the first `offset` octets of them. */
    BLOB_LIST,
};

enum { BLOB_PROBLEM = 160 };

struct blob_call {
    struct mail mail;
    struct loop *home;
    void (*done)(struct blob_call *);
    enum blob_operation operation;
    const struct uuid *ids; /* borrowed until done, as are `octets` and `into` */
    size_t id_count;
    uint64_t offset;
    struct slice octets;
    unsigned char *into;
    size_t room;
    /* results */
    /* ERR_NONE; ERR_BINARY_CONTENT_NOT_FOUND: neither in the spool nor in its place; ERR_SERVICE_UNAVAILABLE: `problem`
     * says why. Then an APPEND may have written a part, and a call with several ids some of them. */
    enum error error;
    size_t length;
    char problem[BLOB_PROBLEM]; /* a sentence for the operator; "" without one */
    struct blobs *blobs;        /* the port's own */
};

struct blobs {
    /* False when its queue is full, or the half that one address may have of it (the call was not taken and done() will not run): try again, or answer 503. */
    bool (*submit)(struct blobs *, struct blob_call *);
};

#endif
