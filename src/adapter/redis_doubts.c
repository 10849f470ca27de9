// SPDX-License-Identifier: MIT
#include "adapter/redis_doubts.h"

#include "base/object.h"

void redis_doubts_note(struct redis_doubts *d, const struct registry_call *call)
{
    bool is_open = call->operation == REGISTRY_ROTATE || call->operation == REGISTRY_REMOVE;
    if (is_open && d->count < REDIS_DOUBTS)
        d->list[d->count++] = (struct redis_doubt){.operation = call->operation,
                                                   .call = call->id,
                                                   .login = call->login.id,
                                                   .presented = call->login.refresh,
                                                   .refresh = call->next.refresh,
                                                   .now = call->now};
}

void redis_doubts_send(struct redis_doubts *d, struct redis_link *link, const struct redis_dialect *dialect,
                       int64_t wall)
{
    struct redis_command command;
    for (d->asked = 0; d->asked < d->count; d->asked++) {
        redis_doubt_ask(dialect, &d->list[d->asked], wall, &command);
        if (!redis_link_send(link, command.words, command.count))
            return;
    }
}

/* None is noted in between, so the last answer settles all. */
void redis_doubts_answered(struct redis_doubts *d)
{
    assert(d->asked > 0);
    if (--d->asked == 0)
        d->count = 0;
}
