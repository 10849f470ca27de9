/* SPDX-License-Identifier: MIT
 *
 * base/mailbox.h - requests and replies on their way to another thread.
 *
 * Any thread posts, without lock and without allocation: the link lies inside what is sent. One thread takes.
 * Order of one sender is kept. A mailbox has no bound of its own: it carries requests and replies only, so it
 * is bounded by the requests in flight (design.md section 6).
 */
#ifndef PARLEY_BASE_MAILBOX_H
#define PARLEY_BASE_MAILBOX_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

/* Embedded in what is sent. In at most one mailbox at a time. `run` is called by the thread that takes it. */
struct mail {
    struct mail *next;
    void (*run)(struct mail *);
};

struct mailbox {
    _Atomic(struct mail *) newest; /* a stack; the taker turns it round */
};

void mailbox_init(struct mailbox *m);
/* Any thread. True if the mailbox was empty before: only then does the taker need to be woken. */
bool mailbox_post(struct mailbox *m, struct mail *mail);
/* The taking thread. All that is there, oldest first, linked by `next`; NULL when there is none. */
struct mail *mailbox_take(struct mailbox *m);
bool mailbox_is_empty(struct mailbox *m);
/* The taking thread: takes and runs all that is there. Returns how many. */
size_t mailbox_run(struct mailbox *m);

#endif
