// SPDX-License-Identifier: MIT
#include "adapter/batch_answer.h"

#include "base/object.h"

static void deliver(struct mail *mail)
{
    struct batch *b = CONTAINER_OF(mail, struct batch, mail);
    b->done(b);
}

static void forget_results(struct batch *b)
{
    for (size_t i = 0; i < b->step_count; i++)
        b->steps[i].rows = (struct rows){0};
    for (size_t i = 0; i < b->event_count; i++) {
        b->events[i].append.rows = (struct rows){0};
        b->events[i].seq = 0;
        b->events[i].time = 0;
    }
}

void batch_answer(struct batch *b, enum error error)
{
    b->error = error;
    if (error != ERR_NONE)
        forget_results(b);
    b->mail.run = deliver;
    loop_post(b->home, &b->mail);
}
