// SPDX-License-Identifier: MIT
#include "base/mailbox.h"

void mailbox_init(struct mailbox *m)
{
    atomic_init(&m->newest, NULL);
}

bool mailbox_post(struct mailbox *m, struct mail *mail)
{
    struct mail *newest = atomic_load_explicit(&m->newest, memory_order_relaxed);
    do {
        mail->next = newest;
    } while (!atomic_compare_exchange_weak_explicit(&m->newest, &newest, mail, memory_order_release,
                                                    memory_order_relaxed));
    return newest == NULL;
}

struct mail *mailbox_take(struct mailbox *m)
{
    struct mail *mail = atomic_exchange_explicit(&m->newest, NULL, memory_order_acquire), *oldest = NULL;
    while (mail != NULL) {
        struct mail *next = mail->next;
        mail->next = oldest;
        oldest = mail;
        mail = next;
    }
    return oldest;
}

bool mailbox_is_empty(struct mailbox *m)
{
    return atomic_load_explicit(&m->newest, memory_order_relaxed) == NULL;
}

size_t mailbox_run(struct mailbox *m)
{
    size_t count = 0;
    struct mail *mail = mailbox_take(m);
    while (mail != NULL) {
        struct mail *next = mail->next; /* running it may free it or post it again */
        mail->run(mail);
        mail = next;
        count++;
    }
    return count;
}
