// SPDX-License-Identifier: MIT
#include "main/bootstrap.h"

#include <errno.h>
#include <semaphore.h>
#include <stdio.h>

#include "dto/values.h"

struct bootstrap {
    struct loop loop;
    sem_t wakeups;
    bool done, made_admin;
    enum error error;
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
    b->made_admin = t->error == ERR_NONE && t->password != NULL && t->password->hash[0] != '\0';
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

bool bootstrap_run(struct server *s, struct problem *why)
{
    struct bootstrap b = {.done = false};
    char password[32];
    bool is_random = s->config->admin_password[0] == '\0';
    (void)sem_init(&b.wakeups, 0, 0);
    loop_init(&b.loop, &clock_system, &random_system, on_wake);
    struct task *t = task_new(&s->shared.chat[LANGUAGE_ENGLISH], &OPERATION_BOOTSTRAP, &b.loop, on_done);
    if (t == NULL)
        return problem_set(why, "out of memory");
    if (is_random)
        make_password(&random_system, password);
    t->input = first_admin(s, &t->arena, is_random ? password : s->config->admin_password);
    t->context[0] = (uint64_t)(uintptr_t)&b;
    task_start(t);
    while (!b.done) {
        if (sem_wait(&b.wakeups) == 0)
            (void)loop_turn(&b.loop);
        else
            assert(errno == EINTR);
    }
    sem_destroy(&b.wakeups);
    if (b.made_admin && is_random)
        memcpy(s->admin_password, password, sizeof password);
    explicit_bzero(password, sizeof password);
    return explain(&b, why);
}
