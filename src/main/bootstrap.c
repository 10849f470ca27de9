// SPDX-License-Identifier: MIT
#include "main/bootstrap.h"

#include <errno.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

#include "dto/values.h"

enum { CLAIMS = 300 /* tries, ten a second: longer than a claim lives whose owner is gone */ };

struct bootstrap {
    struct loop loop;
    sem_t wakeups;
    bool done;
    enum error error;
    /* In front of the real ones: the first that is known of whether an administrator will be made is that a password
     * is to be hashed. */
    struct passwords passwords, *behind;
    const char *username, *password; /* NULL: the password was configured, so somebody knows it */
    bool hidden;                     /* it could not be shown */
};

static void on_wake(struct loop *l)
{
    sem_post(&CONTAINER_OF(l, struct bootstrap, loop)->wakeups);
}

static void on_done(struct task *t)
{
    struct bootstrap *b = (struct bootstrap *)(uintptr_t)t->context[0];
    b->done = true;
    b->error = t->error;
}

/* Before the administrator is committed, not after: whatever ends the process in between, nobody is left with an
 * administrator whose password was never shown. The next start finds none, and shows another. */
static bool show(const struct bootstrap *b)
{
    return printf("The first administrator is \"%s\" with the password %s\n"
                  "It is shown this once: log in and change it in the profile.\n",
                  b->username, b->password) > 0 &&
           fflush(stdout) == 0;
}

static bool submit_password(struct passwords *port, struct password_call *call)
{
    struct bootstrap *b = CONTAINER_OF(port, struct bootstrap, passwords);
    b->hidden = b->password != NULL && !show(b);
    return !b->hidden && b->behind->submit(b->behind, call);
}

/* 20 characters of 64, 120 bits; with each of the classes that a password needs (discodeit.md 4.2). */
static void make_password(const struct random *random, char out[32])
{
    static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789-_.=+~%";
    _Static_assert(sizeof alphabet - 1 == 64, "six bits a character");
    unsigned char octets[20];
    random->fill(random, octets, sizeof octets);
    for (size_t i = 0; i < sizeof octets; i++)
        out[i] = alphabet[octets[i] % 64];
    memcpy(out + sizeof octets, "a1!", 4);
}

static ProtobufCMessage *first_admin(struct server *s, struct arena *arena, const char *password)
{
    Parley__V1__UserCreateRequest *in = dto_new(arena, &parley__v1__user_create_request__descriptor);
    if (in == NULL)
        return NULL;
    in->username = arena_string(arena, slice_from_string(s->config->admin_username));
    in->email = arena_string(arena, slice_from_string(s->config->admin_email));
    in->password = arena_string(arena, slice_from_string(password));
    return &in->base;
}

static bool explain(const struct bootstrap *b, struct problem *why)
{
    if (b->hidden)
        return problem_set(why,
                           "the password of the first administrator cannot be shown on the standard output");
    switch (b->error) {
    case ERR_NONE: return true;
    case ERR_VALIDATION_ERROR:
        return problem_set(why, "the configured admin-username, admin-email or admin-password is not valid");
    case ERR_DUPLICATE_USER:
        return problem_set(why,
                           "there is no ADMIN, and the configured admin's name or e-mail is another user's");
    default: return problem_set(why, "the store could not be prepared: %s", error_row(b->error)->line);
    }
}

static void run(struct bootstrap *b, struct task *t)
{
    b->done = false;
    t->context[0] = (uint64_t)(uintptr_t)b;
    task_start(t);
    while (!b->done) {
        if (sem_wait(&b->wakeups) == 0)
            (void)loop_turn(&b->loop);
        else
            assert(errno == EINTR);
    }
}

/* Waits while another instance is making the administrator: one of those that start at a time shows a password. */
static bool claim(struct bootstrap *b, const struct chat *chat, struct problem *why)
{
    const struct timespec nap = {.tv_nsec = 100000000};
    for (int tries = 0; tries < CLAIMS; tries++) {
        struct task *t = task_new(chat, &OPERATION_BOOTSTRAP_CLAIM, &b->loop, on_done);
        if (t == NULL)
            return problem_set(why, "out of memory");
        run(b, t);
        if (b->error != ERR_SERVICE_UNAVAILABLE)
            return explain(b, why);
        (void)nanosleep(&nap, NULL);
    }
    return explain(b, why);
}

static bool make(struct bootstrap *b, struct server *s, const struct chat *chat, struct problem *why)
{
    char password[32];
    bool is_random = s->config->admin_password[0] == '\0';
    struct task *t = task_new(chat, &OPERATION_BOOTSTRAP, &b->loop, on_done);
    if (t == NULL)
        return problem_set(why, "out of memory");
    if (is_random) {
        make_password(&random_system, password);
        b->password = password;
    }
    t->input = first_admin(s, &t->arena, is_random ? password : s->config->admin_password);
    run(b, t);
    explicit_bzero(password, sizeof password);
    return explain(b, why);
}

bool bootstrap_run(struct server *s, struct problem *why)
{
    struct chat chat = s->shared.chat[LANGUAGE_ENGLISH];
    struct bootstrap b = {
        .passwords = {submit_password}, .behind = chat.passwords, .username = s->config->admin_username};
    chat.passwords = &b.passwords;
    (void)sem_init(&b.wakeups, 0, 0);
    loop_init(&b.loop, &clock_system, &random_system, on_wake);
    bool made = (!s->stores.is_postgres || claim(&b, &chat, why)) && make(&b, s, &chat, why);
    sem_destroy(&b.wakeups);
    return made;
}
