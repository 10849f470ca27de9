// SPDX-License-Identifier: MIT
//
// Memory runs out while a token is made or read, or a thread while passwords are to be hashed: no genuine token is called
// invalid, none is half made, and where Jansson has no memory the process ends (tests/unit/fault_json.c).
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "adapter/bcrypt_passwords.h"
#include "adapter/jwt_tokens.h"
#include "dto/json.h"
#include "support/fault_calls.h"
#include "support/faults.h"
#include "support/test.h"

enum { NOW = 1772442930, ARENA = 64 * 1024 };

/* --- tokens --- */

struct desk {
    struct jwt_tokens tokens;
    struct token_claims claims;
    char token[JWT_TOKEN_MAX];
    size_t len;
};

static enum error issue(struct desk *d, struct arena *arena, struct slice *token)
{
    return d->tokens.port.issue(&d->tokens.port, &d->claims, arena, token);
}

static enum error read_token(struct desk *d, struct token_claims *claims)
{
    return d->tokens.port.read(&d->tokens.port, TOKEN_ACCESS, slice_of(d->token, d->len),
                               NOW * MICROSECONDS_PER_SECOND, claims);
}

static void open_desk(struct desk *d)
{
    struct secret access, refresh;
    struct arena arena;
    struct slice token;
    CHECK(json_is_text(SLICE("{}"))); /* Jansson's memory is that of the program */
    CHECK(secret_set(&access, SLICE("access-access-access-access-1234")));
    CHECK(secret_set(&refresh, SLICE("refresh-refresh-refresh-refresh-")));
    jwt_tokens_init(&d->tokens, &access, &refresh);
    d->claims = (struct token_claims){.kind = TOKEN_ACCESS,
                                      .username = "somebody with a long name",
                                      .role = "CHANNEL_MANAGER",
                                      .issued = NOW * MICROSECONDS_PER_SECOND,
                                      .expires = (NOW + 1800) * MICROSECONDS_PER_SECOND};
    arena_init(&arena, ARENA);
    CHECK_INT(issue(d, &arena, &token), ERR_NONE);
    d->len = token.len;
    memcpy(d->token, token.data, token.len);
    arena_release(&arena);
}

/* Each tries what it is about once; false when its result is a lie. */

static bool try_issue(struct desk *d, enum error *error)
{
    struct arena arena;
    struct slice token;
    arena_init(&arena, ARENA);
    *error = issue(d, &arena, &token);
    bool whole = token.len == d->len && memcmp(token.data, d->token, d->len) == 0;
    arena_release(&arena);
    return *error == ERR_NONE ? whole : token.data == NULL;
}

static bool try_read(struct desk *d, enum error *error)
{
    struct token_claims claims;
    *error = read_token(d, &claims);
    return *error != ERR_NONE || strcmp(claims.username, d->claims.username) == 0;
}

enum fate { FATE_DONE = 10, FATE_UNHARMED, FATE_REFUSED, FATE_LIED };

/* In a process of its own: a fate, or the signal that ended it. */
static int fate_of(struct desk *d, bool (*try)(struct desk *, enum error *), uint64_t n)
{
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        enum error error;
        faults_arm(n, FAULTS_ONCE);
        bool honest = try(d, &error);
        bool struck = faults_disarm() > 0;
        if (!honest || (error != ERR_NONE && (!struck || error != ERR_OUT_OF_MEMORY)))
            _exit(FATE_LIED);
        _exit(!struck ? FATE_DONE : error == ERR_NONE ? FATE_UNHARMED : FATE_REFUSED);
    }
    int status = 0;
    CHECK(waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

static void try_all(bool (*try)(struct desk *, enum error *))
{
    struct desk d;
    int fate = 0, aborts = 0, refusals = 0;
    uint64_t n = 1;
    open_desk(&d);
    for (; fate != FATE_DONE && n < 2000; n++) {
        fate = fate_of(&d, try, n);
        if (fate == FATE_LIED)
            printf("# allocation %d: called something else\n", (int)n);
        CHECK(fate != FATE_LIED && (fate >= FATE_DONE || fate == SIGABRT));
        aborts += fate == SIGABRT;
        refusals += fate == FATE_REFUSED;
    }
    CHECK(fate == FATE_DONE && aborts > 0);
    printf("# %d allocations failed: %d were refused, %d ended the process\n", (int)n - 2, refusals, aborts);
    jwt_tokens_release(&d.tokens);
}

TEST(issuing, "a token for which there is no memory is not made, and not half of it")
{
    try_all(try_issue);
}

TEST(reading, "a genuine token for which there is no memory is not invalid")
{
    try_all(try_read);
}

TEST(no_room, "a token for which the arena has no room is refused as memory, not as a request")
{
    struct desk d;
    struct arena arena;
    struct slice token;
    open_desk(&d);
    arena_init(&arena, 16);
    CHECK_INT(issue(&d, &arena, &token), ERR_OUT_OF_MEMORY);
    arena_release(&arena);
    jwt_tokens_release(&d.tokens);
}

/* --- passwords --- */

static const struct bcrypt_options cheap = {.cost = 4, .threads = 2, .queue = 4, .nice = 0};

static void stay_asleep(struct loop *l)
{
    (void)l;
}

static void on_done(struct password_call *c)
{
    c->done = NULL; /* ran once */
}

static void ask(struct bcrypt_passwords *p, struct loop *home, struct password_call *c)
{
    c->home = home;
    c->done = on_done;
    c->password = SLICE("a password");
    CHECK(p->port.submit(&p->port, c));
    bcrypt_passwords_step(p);
    (void)loop_turn(home);
    CHECK(c->done == NULL);
}

TEST(hashing, "what hashes passwords cannot be had, or needs no memory any more")
{
    struct bcrypt_passwords p;
    struct loop home;
    struct password_call c = {.operation = PASSWORD_MAKE};
    bool opened = false;
    loop_init(&home, &clock_system, &random_system, stay_asleep);
    for (uint64_t n = 1; !opened; n++) {
        faults_arm(n, FAULTS_ONCE);
        opened = bcrypt_passwords_init(&p, &cheap, &random_system);
        CHECK(opened == (faults_disarm() == 0));
        if (!opened)
            bcrypt_passwords_release(&p);
    }
    faults_arm(1, FAULTS_ON);
    ask(&p, &home, &c);
    CHECK_INT(c.error, ERR_NONE);
    c.operation = PASSWORD_VERIFY;
    ask(&p, &home, &c);
    CHECK_INT(faults_disarm(), 0);
    CHECK(c.error == ERR_NONE && c.matches);
    bcrypt_passwords_release(&p);
}

TEST(threads, "a thread that cannot be had is told, and the others end; what waits is answered")
{
    for (uint64_t n = 1; n <= cheap.threads; n++) {
        struct bcrypt_passwords p;
        struct loop home;
        struct password_call c = {
            .operation = PASSWORD_MAKE, .home = &home, .done = on_done, .password = SLICE("x")};
        loop_init(&home, &clock_system, &random_system, stay_asleep);
        CHECK(bcrypt_passwords_init(&p, &cheap, &random_system));
        CHECK(p.port.submit(&p.port, &c));
        fault_calls_arm("pthread_create", n, EAGAIN);
        CHECK(!bcrypt_passwords_start(&p));
        CHECK(fault_calls_disarm());
        bcrypt_passwords_release(&p);
        (void)loop_turn(&home);
        CHECK(c.done == NULL);
    }
}
