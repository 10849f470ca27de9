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

bool batch_make_events(const struct batch *b, struct event **events, size_t *count)
{
    for (size_t i = 0; i < b->event_count; i++) {
        const struct batch_event *e = &b->events[i];
        if (e->seq == 0)
            continue;
        struct event_source source = {.kind = EVENT_DURABLE,
                                      .id = e->id,
                                      .seq = e->seq,
                                      .time = e->time,
                                      .stream = b->streams[e->stream],
                                      .body = e->envelope};
        struct event *event = event_new(&source);
        if (event == NULL)
            return false;
        events[(*count)++] = event;
    }
    return true;
}
