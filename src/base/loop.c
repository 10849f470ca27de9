// SPDX-License-Identifier: MIT
#include "base/loop.h"

void loop_init(struct loop *l, const struct clock *clock, const struct random *random,
               void (*wake)(struct loop *))
{
    l->clock = clock;
    l->random = random;
    l->now = clock->mono(clock);
    l->wake = wake;
    timers_init(&l->timers, l->now);
    mailbox_init(&l->mail);
}

void loop_post(struct loop *l, struct mail *mail)
{
    if (mailbox_post(&l->mail, mail))
        l->wake(l);
}

int64_t loop_turn(struct loop *l)
{
    l->now = l->clock->mono(l->clock);
    mailbox_run(&l->mail);
    timers_run(&l->timers, l->now);
    return mailbox_is_empty(&l->mail) ? timers_wait(&l->timers, l->now) : 0;
}
