// SPDX-License-Identifier: MIT
// Two instances with threads of their own, users who refresh without pause, and a Redis that is killed
// meanwhile.
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "support/redis_world.h"

enum { USERS = 4, KILLS = 3, ROUNDS_BETWEEN = 40 };

/* A worker, whose user keeps one login and refreshes it at one instance after the other. */
struct user {
    struct redis_registry *instances[2];
    struct loop loop;
    sem_t wakeups;
    struct registry_call call;
    bool answered;
    unsigned number;
    struct login login;
    _Atomic unsigned rounds;
    _Atomic bool leaving;
    unsigned unavailable, refused;
};

static void on_wake(struct loop *l)
{
    (void)sem_post(&CONTAINER_OF(l, struct user, loop)->wakeups);
}

static void on_done(struct registry_call *c)
{
    CONTAINER_OF(c, struct user, call)->answered = true;
}

static enum error ask(struct user *u, int instance, enum registry_operation operation,
                      const struct login *next)
{
    u->call = (struct registry_call){.home = &u->loop,
                                     .done = on_done,
                                     .operation = operation,
                                     .login = u->login,
                                     .now = clock_system.wall(&clock_system)};
    if (next != NULL)
        u->call.next = *next;
    u->answered = false;
    struct registry *r = &u->instances[instance]->port;
    r->submit(r, &u->call);
    while (!u->answered) {
        (void)sem_wait(&u->wakeups);
        (void)loop_turn(&u->loop);
    }
    return u->call.error;
}

/* Until it is no 503: as the page does, and with the same token. */
static enum error insist(struct user *u, int instance, enum registry_operation operation,
                         const struct login *next)
{
    const struct timespec pause = {.tv_nsec = 20000000};
    enum error error;
    while ((error = ask(u, instance, operation, next)) == ERR_SERVICE_UNAVAILABLE) {
        u->unavailable++;
        (void)nanosleep(&pause, NULL);
    }
    return error;
}

static void make_tokens(struct login *l)
{
    uuid_draw(&l->access, &random_system);
    uuid_draw(&l->refresh, &random_system);
    l->issued = clock_system.wall(&clock_system);
    l->expires = l->issued + WEEK;
}

static void *live(void *argument)
{
    struct user *u = argument;
    for (int i = 0; !atomic_load(&u->leaving); i++) {
        struct login next = u->login;
        make_tokens(&next);
        if (insist(u, i % 2, REGISTRY_ROTATE, &next) != ERR_NONE) {
            u->refused++;
            break;
        }
        u->login = u->call.login;
        u->refused += insist(u, (i + 1) % 2, REGISTRY_VERIFY, NULL) != ERR_NONE;
        (void)atomic_fetch_add(&u->rounds, 1);
    }
    return NULL;
}

static void begin(struct user *u, unsigned number, struct redis_instance *instances)
{
    memset(u, 0, sizeof *u);
    u->number = number;
    u->instances[0] = &instances[0].registry;
    u->instances[1] = &instances[1].registry;
    (void)sem_init(&u->wakeups, 0, 0);
    loop_init(&u->loop, &clock_system, &random_system, on_wake);
    u->login = (struct login){.id = uuid_number(100 + number), .user = uuid_number(number)};
    make_tokens(&u->login);
    CHECK_INT(insist(u, 0, REGISTRY_CREATE, NULL), ERR_NONE);
}

static void wait_for_rounds(struct user *users, unsigned more)
{
    const struct timespec nap = {.tv_nsec = 5000000};
    for (unsigned u = 0; u < USERS; u++) {
        unsigned until = atomic_load(&users[u].rounds) + more;
        for (int i = 0; i < 6000 && atomic_load(&users[u].rounds) < until; i++)
            (void)nanosleep(&nap, NULL);
        CHECK(atomic_load(&users[u].rounds) >= until);
    }
}

TEST(under_load,
     "Redis is killed and restarted while users refresh at two instances, and nobody is logged out; D12.2 G1")
{
    static struct redis_instance instances[2];
    static struct user users[USERS];
    struct registry_fixture f = {.clock = clock_system, .live = 1, .grace = 10 * SECOND};
    pthread_t threads[USERS];
    struct redis_server *s = redis_world_server();
    (void)redis_server_say(s, "FLUSHALL");
    for (int i = 0; i < 2; i++) {
        redis_instance_open(&instances[i], &f, NULL);
        CHECK(redis_registry_start(&instances[i].registry));
    }
    for (unsigned u = 0; u < USERS; u++) {
        begin(&users[u], 1 + u, instances);
        (void)pthread_create(&threads[u], NULL, live, &users[u]);
    }
    for (int k = 0; k < KILLS; k++) {
        wait_for_rounds(users, ROUNDS_BETWEEN);
        redis_server_kill(s);
        redis_server_restart(s);
    }
    wait_for_rounds(users, ROUNDS_BETWEEN);
    for (unsigned u = 0; u < USERS; u++)
        atomic_store(&users[u].leaving, true);
    for (unsigned u = 0; u < USERS; u++) {
        (void)pthread_join(threads[u], NULL);
        CHECK_INT(users[u].refused, 0);
        (void)sem_destroy(&users[u].wakeups);
    }
    for (int i = 0; i < 2; i++)
        redis_instance_close(&instances[i]);
}
