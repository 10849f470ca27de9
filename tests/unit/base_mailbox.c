// SPDX-License-Identifier: MIT
#include "base/mailbox.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

#include "base/loop.h"
#include "base/service.h"
#include "support/test.h"

struct letter {
    struct mail mail;
    unsigned sender, number;
    struct mailbox *again; /* posts itself there once when it runs */
};

static unsigned order[16], ran;

static void on_run(struct mail *mail)
{
    struct letter *l = CONTAINER_OF(mail, struct letter, mail);
    struct mailbox *again = l->again;
    l->again = NULL;
    order[ran++ % ARRAY_LEN(order)] = l->number;
    if (again != NULL)
        mailbox_post(again, mail);
}

TEST(order, "mail runs in the order of posting; only the first post asks for a wake-up")
{
    struct mailbox m;
    mailbox_init(&m);
    struct letter letters[3];
    ran = 0;
    for (unsigned i = 0; i < 3; i++) {
        letters[i] = (struct letter){.mail.run = on_run, .number = i};
        CHECK(mailbox_post(&m, &letters[i].mail) == (i == 0));
    }
    CHECK(!mailbox_is_empty(&m));
    CHECK_INT(mailbox_run(&m), 3);
    CHECK(order[0] == 0 && order[1] == 1 && order[2] == 2);
    CHECK(mailbox_is_empty(&m) && mailbox_take(&m) == NULL && mailbox_run(&m) == 0);
}

TEST(again, "mail that posts itself again runs in the next round, not in this one")
{
    struct mailbox m;
    mailbox_init(&m);
    struct letter l = {.mail.run = on_run, .again = &m};
    ran = 0;
    mailbox_post(&m, &l.mail);
    CHECK_INT(mailbox_run(&m), 1);
    CHECK_INT(mailbox_run(&m), 1);
    CHECK_INT(mailbox_run(&m), 0);
}

enum { SENDERS = 3, EACH = 10000 };

struct sender {
    struct mailbox *to;
    struct letter *letters;
    pthread_t thread;
};

static void *send_all(void *argument)
{
    struct sender *s = argument;
    for (size_t i = 0; i < EACH; i++)
        mailbox_post(s->to, &s->letters[i].mail);
    return NULL;
}

TEST(threads, "nothing is lost and the order of one sender is kept among many")
{
    struct mailbox m;
    mailbox_init(&m);
    struct letter *letters = calloc(SENDERS * EACH, sizeof *letters);
    struct sender senders[SENDERS];
    unsigned next[SENDERS] = {0};
    for (unsigned s = 0; s < SENDERS; s++) {
        for (unsigned i = 0; i < EACH; i++)
            letters[s * EACH + i] = (struct letter){.sender = s, .number = i};
        senders[s] = (struct sender){.to = &m, .letters = letters + s * EACH};
        CHECK(pthread_create(&senders[s].thread, NULL, send_all, &senders[s]) == 0);
    }
    for (size_t got = 0; got < SENDERS * EACH;) {
        struct mail *mail = mailbox_take(&m);
        if (mail == NULL)
            sched_yield();
        for (; mail != NULL; mail = mail->next, got++) {
            struct letter *l = CONTAINER_OF(mail, struct letter, mail);
            CHECK_INT(l->number, next[l->sender]);
            next[l->sender]++;
        }
    }
    for (unsigned s = 0; s < SENDERS; s++)
        pthread_join(senders[s].thread, NULL);
    free(letters);
}

/* --- service --- */

static _Atomic unsigned served;

static void serve(struct mail *mail)
{
    (void)mail;
    atomic_fetch_add(&served, 1);
}

static void step(struct service *s)
{
    mailbox_run(&s->inbox);
}

TEST(service, "a service runs all that was posted before it was stopped, with a thread or without")
{
    struct mail mails[100];
    for (int threaded = 0; threaded < 2; threaded++) {
        struct service s;
        atomic_store(&served, 0);
        service_init(&s, "test", step);
        CHECK(threaded == 0 || service_start(&s));
        for (size_t i = 0; i < ARRAY_LEN(mails); i++) {
            mails[i] = (struct mail){.run = serve};
            service_post(&s, &mails[i]);
        }
        service_stop(&s);
        CHECK_INT(atomic_load(&served), ARRAY_LEN(mails));
    }
}

TEST(service_stop_idle, "a service that never had mail stops")
{
    struct service s;
    service_init(&s, "idle", step);
    s.nice = 1;
    CHECK(service_start(&s));
    service_stop(&s);
}

/* --- loop --- */

static int64_t mono = 1000;
static unsigned wakes;

static int64_t tell(const struct clock *c)
{
    (void)c;
    return mono;
}

static void on_wake(struct loop *l)
{
    (void)l;
    wakes++;
}

static struct loop loop;

static void start_timer(struct mail *mail);
static void post_mail(struct timer *t);
static struct mail starter = {.run = start_timer}, echo = {.run = serve};
static struct timer timer;

static void start_timer(struct mail *mail)
{
    (void)mail;
    timer_start(&loop.timers, &timer, loop.now + 5000);
}

static void post_mail(struct timer *t)
{
    (void)t;
    loop_post(&loop, &echo);
}

TEST(loop, "a turn runs mail, then what is due, and sleeps no longer than what waits")
{
    static const struct clock clock = {tell, tell};
    loop_init(&loop, &clock, &random_system, on_wake);
    timer_init(&timer, post_mail);
    wakes = 0;
    atomic_store(&served, 0);
    CHECK(loop_turn(&loop) == TIMERS_NEVER);
    loop_post(&loop, &starter);
    CHECK_INT(wakes, 1);
    int64_t wait = loop_turn(&loop);
    CHECK(wait > 0 && wait <= 5000 + TIMERS_TICK);
    CHECK_INT(loop.now, 1000);
    mono += wait;
    CHECK_INT(loop_turn(&loop), 0); /* the timer has posted mail: no sleep */
    CHECK_INT(loop.now, mono);
    CHECK(wakes == 2 && atomic_load(&served) == 0);
    CHECK(loop_turn(&loop) == TIMERS_NEVER);
    CHECK_INT(atomic_load(&served), 1);
}
