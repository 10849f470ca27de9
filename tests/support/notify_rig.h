/* SPDX-License-Identifier: MIT
 *
 * tests/support/notify_rig.h - a domain with a notifier, and people who have bells.
 */
#ifndef PARLEY_TESTS_NOTIFY_RIG_H
#define PARLEY_TESTS_NOTIFY_RIG_H

#include "base/object.h"
#include "chat/notifier.h"
#include "dto/values.h"
#include "support/domain.h"
#include <stdio.h>

enum { TURNS = 20000 };

struct rig {
    struct domain d;
    struct answer a;
    struct person admin, kim, lee, choi;
    char lobby[UUID_TEXT + 1], closed[UUID_TEXT + 1]; /* PUBLIC; PRIVATE, of kim and lee */
    struct notifier notifier;
    _Atomic bool leaving;
    _Atomic uint32_t tasks;
    struct lane_sink next;
    size_t passed, overflowed;
};

static inline void on_event(struct lane_sink *sink, struct event *e)
{
    (void)e;
    CONTAINER_OF(sink, struct rig, next)->passed++;
}

static inline void on_overflow(struct lane_sink *sink)
{
    CONTAINER_OF(sink, struct rig, next)->overflowed++;
}

static inline void open_notifier(struct rig *r)
{
    struct notifier_house house = {&r->d.chat, &r->d.loop, &r->next, &r->leaving, &r->tasks};
    CHECK(notifier_init(&r->notifier, &house, &notifier_defaults));
}

static inline void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    r->next = (struct lane_sink){on_event, on_overflow};
    domain_join(&r->d, "admin", "ADMIN", &r->admin);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    domain_join(&r->d, "choi", "USER", &r->choi);
    domain_public_channel(&r->d, &r->admin, "lobby", r->lobby);
    domain_private_channel(&r->d, &r->kim, &r->lee, r->closed);
    domain_forget_events(&r->d);
    open_notifier(r);
}

static inline void end(struct rig *r)
{
    notifier_release(&r->notifier);
    answer_release(&r->a);
    domain_close(&r->d);
}

static inline int64_t count(struct rig *r)
{
    return domain_sql(&r->d, "SELECT count(*) FROM notifications");
}

static inline bool is_idle(const struct rig *r)
{
    return r->tasks == 0 && list_is_empty(&r->notifier.waiting) && !r->notifier.looking;
}

/* Until there is nothing to do but to wait for the next look. */
static inline void settle(struct rig *r)
{
    for (int turns = 0; turns < TURNS && !(turns > 2 && is_idle(r)); turns++) {
        domain_store_step(&r->d);
        r->d.now += TIMERS_TICK;
        loop_turn(&r->d.loop);
    }
    CHECK(is_idle(r));
}

/* The lane brings what was published. */
static inline void hear(struct rig *r)
{
    for (size_t i = 0; i < r->d.event_count; i++)
        r->notifier.sink.event(&r->notifier.sink, r->d.events[i]);
    domain_forget_events(&r->d);
    settle(r);
}

static inline void send(struct rig *r, const struct person *p, const char *channel, const char *content)
{
    CHECK_INT(domain_send(&r->d, p, channel, content, &r->a), ERR_NONE);
}

static inline void bell(struct rig *r, const struct person *p, const char *channel, bool on)
{
    char body[256], id[UUID_TEXT + 1];
    snprintf(body, sizeof body, "{\"channelId\":\"%s\",\"lastReadAt\":\"2026-03-02T09:15:30Z\"}", channel);
    CHECK_INT(domain_ask(&r->d, &OPERATION_READ_STATUS_CREATE, p->access, body, &r->a), ERR_NONE);
    snprintf(id, sizeof id, "%s", text_at(&r->a, "id"));
    struct task *t = domain_task(&r->d, &OPERATION_READ_STATUS_UPDATE);
    t->bearer = slice_from_string(p->access);
    t->parameters.id = slice_from_string(id);
    task_read(t,
              on ? SLICE("{\"newNotificationEnabled\":true}") : SLICE("{\"newNotificationEnabled\":false}"));
    domain_run(&r->d, t, &r->a);
    CHECK_INT(r->a.error, ERR_NONE);
}

static inline size_t list(struct rig *r, const struct person *p)
{
    CHECK_INT(domain_ask(&r->d, &OPERATION_NOTIFICATION_LIST, p->access, NULL, &r->a), ERR_NONE);
    return json_array_size(r->a.json);
}

#endif
