// SPDX-License-Identifier: MIT
#include "base/service.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/object.h"

enum { SERVICE_MAGIC = 0x53455256 };

static void sleep_until_posted(struct service *s)
{
    while (sem_wait(&s->wakeups) == -1)
        assert(errno == EINTR);
}

static void wake_by_post(struct service *s)
{
    sem_post(&s->wakeups);
}

void service_init(struct service *s, const char *name, void (*step)(struct service *))
{
    OBJ_INIT(s, SERVICE_MAGIC);
    mailbox_init(&s->inbox);
    s->step = step;
    s->name = name;
    s->sleep = sleep_until_posted;
    s->wake = wake_by_post;
    atomic_init(&s->stopping, false);
    int rc = sem_init(&s->wakeups, 0, 0);
    assert(rc == 0);
}

static void *service_main(void *argument)
{
    struct service *s = argument;
    OBJ_CHECK(s, SERVICE_MAGIC);
    if (s->nice != 0)
        (void)setpriority(PRIO_PROCESS, (id_t)gettid(), s->nice); /* on Linux: of this thread alone */
    for (;;) {
        s->sleep(s);
        s->step(s);
        if (atomic_load(&s->stopping) && mailbox_is_empty(&s->inbox))
            return NULL;
    }
}

bool service_start(struct service *s)
{
    OBJ_CHECK(s, SERVICE_MAGIC);
    if (pthread_create(&s->thread, NULL, service_main, s) != 0)
        return false;
    (void)pthread_setname_np(s->thread, s->name);
    s->threaded = true;
    return true;
}

void service_post(struct service *s, struct mail *mail)
{
    OBJ_CHECK(s, SERVICE_MAGIC);
    if (mailbox_post(&s->inbox, mail))
        s->wake(s);
}

void service_stop(struct service *s)
{
    OBJ_CHECK(s, SERVICE_MAGIC);
    if (s->threaded) {
        atomic_store(&s->stopping, true);
        s->wake(s);
        pthread_join(s->thread, NULL);
        s->threaded = false;
    }
    while (!mailbox_is_empty(&s->inbox))
        s->step(s);
    sem_destroy(&s->wakeups);
    OBJ_DEAD(s);
}
