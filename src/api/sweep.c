// SPDX-License-Identifier: MIT
// Now and then, logins that have expired end, and with them the sessions that they have open (discodeit.md 3.5, SC-7).
#include "api/internal.h"

static void on_swept(struct task *t)
{
    struct api *a = (struct api *)(uintptr_t)t->context[0];
    OBJ_CHECK(a, API_MAGIC);
    atomic_fetch_sub(&a->shared->tasks, 1);
    api_end_logins(a, t->ended, t->ended_count);
    bool is_full = t->error == ERR_NONE && t->ended_count == REGISTRY_ENDED; /* there may be more */
    timer_start(&a->loop->timers, &a->sweep,
                a->loop->now + (is_full ? 0 : a->shared->options.sweep_interval));
}

static void on_timer(struct timer *timer)
{
    struct api *a = CONTAINER_OF(timer, struct api, sweep);
    OBJ_CHECK(a, API_MAGIC);
    struct task *t = atomic_load(&a->shared->leaving) ? NULL
                                                      : task_new(&a->shared->chat[LANGUAGE_KOREAN],
                                                                 &OPERATION_LOGIN_SWEEP, a->loop, on_swept);
    if (t == NULL) {
        timer_start(&a->loop->timers, &a->sweep, a->loop->now + a->shared->options.sweep_interval);
        return;
    }
    t->context[0] = (uint64_t)(uintptr_t)a;
    atomic_fetch_add(&a->shared->tasks, 1);
    task_start(t);
}

void api_sweep(struct api *a)
{
    OBJ_CHECK(a, API_MAGIC);
    timer_init(&a->sweep, on_timer);
    timer_start(&a->loop->timers, &a->sweep, a->loop->now + a->shared->options.sweep_interval);
}
