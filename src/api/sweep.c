// SPDX-License-Identifier: MIT
// Logins that have expired end, and with them the sessions that they have open (discodeit.md 3.5, SC-7); who has no other
// one left is offline, and everybody is told (8.6).
#include "api/internal.h"

/* Between two looks, however many logins expire one after the other: their sessions end within a second. */
#define REST (250 * MICROSECONDS_PER_MS)
/* After a look that failed. */
#define AGAIN MICROSECONDS_PER_SECOND

static const struct chat *chat_of(const struct api *a)
{
    return &a->shared->chat[LANGUAGE_KOREAN];
}

/* Now and then, and as soon as one expires: presence knows of each that began here, the others are found now and then. A
 * login that begins before the next look expires behind it, since none lives for less than that. */
static int64_t until_next(const struct api *a)
{
    const struct chat *chat = chat_of(a);
    int64_t now = chat->clock->wall(chat->clock), longest = a->shared->options.sweep_interval;
    int64_t until = presence_next_expiry(chat->presence, now);
    if (chat->refresh_lifetime < longest)
        longest = chat->refresh_lifetime;
    if (until < now + longest)
        longest = until - now;
    return longest > REST ? longest : REST;
}

static void rest(struct api *a, int64_t microseconds)
{
    timer_start(&a->loop->timers, &a->sweep, a->loop->now + microseconds);
}

static void on_ended(struct task *t)
{
    api_end_logins((struct api *)(uintptr_t)t->context[0], t->ended, t->ended_count);
}

/* False when there is no memory. */
static bool start(struct api *a, const struct operation *operation, void (*done)(struct task *),
                  const struct uuid *user)
{
    struct task *t = task_new(chat_of(a), operation, a->loop, done);
    if (t == NULL)
        return false;
    t->context[0] = (uint64_t)(uintptr_t)a;
    t->on_ended = on_ended;
    if (user != NULL)
        t->caller.user = *user;
    atomic_fetch_add(&a->shared->tasks, 1);
    task_start(t);
    return true;
}

static struct api *finish(const struct task *t)
{
    struct api *a = (struct api *)(uintptr_t)t->context[0];
    OBJ_CHECK(a, API_MAGIC);
    atomic_fetch_sub(&a->shared->tasks, 1);
    return a;
}

static void on_told(struct task *t)
{
    (void)finish(t);
}

static bool is_first(const struct task *t, size_t i)
{
    for (size_t before = 0; before < i; before++) {
        if (uuid_equals(&t->ended_users[before], &t->ended_users[i]))
            return false;
    }
    return true;
}

static void on_swept(struct task *t)
{
    struct api *a = finish(t);
    for (size_t i = 0; i < t->ended_count; i++) {
        if (is_first(t, i))
            (void)start(a, &OPERATION_LOGIN_EXPIRED, on_told, &t->ended_users[i]);
    }
    if (t->error != ERR_NONE)
        rest(a, AGAIN);
    else /* a full portion: there may be more */
        rest(a, t->ended_count == REGISTRY_ENDED ? 0 : until_next(a));
}

static void on_timer(struct timer *timer)
{
    struct api *a = CONTAINER_OF(timer, struct api, sweep);
    OBJ_CHECK(a, API_MAGIC);
    if (atomic_load(&a->shared->leaving) || !start(a, &OPERATION_LOGIN_SWEEP, on_swept, NULL))
        rest(a, a->shared->options.sweep_interval);
}

void api_sweep(struct api *a)
{
    OBJ_CHECK(a, API_MAGIC);
    timer_init(&a->sweep, on_timer);
    rest(a, REST);
}
