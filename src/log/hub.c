// SPDX-License-Identifier: MIT
#include "log/hub.h"

enum { HUB_MAGIC = 0x48554200 };

static void publish(struct publisher *publisher, struct event *e)
{
    hub_publish(CONTAINER_OF(publisher, struct hub, publisher), e);
}

void hub_init(struct hub *h, struct lane *const *lanes, size_t count)
{
    OBJ_INIT(h, HUB_MAGIC);
    h->publisher.publish = publish;
    h->lanes = lanes;
    h->count = count;
}

void hub_publish(struct hub *h, struct event *e)
{
    OBJ_CHECK(h, HUB_MAGIC);
    assert(e->kind == EVENT_DURABLE);
    for (size_t i = 0; i < h->count; i++)
        lane_publish(h->lanes[i], e);
}

bool hub_publish_transient(struct hub *h, struct event *e)
{
    OBJ_CHECK(h, HUB_MAGIC);
    assert(e->kind == EVENT_TRANSIENT);
    size_t reserved = 0;
    while (reserved < h->count && lane_reserve(h->lanes[reserved]))
        reserved++;
    bool all = reserved == h->count;
    for (size_t i = 0; i < reserved; i++) {
        if (all)
            lane_place(h->lanes[i], e);
        else
            lane_give_back(h->lanes[i]);
    }
    return all;
}
