/* SPDX-License-Identifier: MIT
 *
 * chat/notifier.h - has those told of new messages who want to be (discodeit.md 8.4), behind the commits.
 *
 * A part of the program, not of a request. It stands before the broker of one worker and hears which channels have
 * something new; for each it runs OPERATION_NOTIFY_CHANNEL until nothing is left. What it has not heard of, since a process
 * was killed, or a lane or the set of channels was full, it finds by OPERATION_NOTIFY_BEHIND: at the start, then every
 * `interval`, in portions. Any number of instances may do so at the same time (chat/notify.c): each receiver is told
 * of each message once.
 *
 * Bounded: NOTIFIER_CHANNELS channels are known at a time, NOTIFIER_TASKS worked on, NOTIFIER_ROWS notifications
 * written by a task. When there is much to do it works a quarter of the time, and the store is there for messages in the
 * rest of it; who is told later is told all the same.
 * All on the worker's thread.
 */
#ifndef PARLEY_CHAT_NOTIFIER_H
#define PARLEY_CHAT_NOTIFIER_H

#include <stdatomic.h>

#include "base/hash.h"
#include "base/table.h"
#include "chat/task.h"
#include "log/lane.h"

enum {
    NOTIFIER_ROWS = 256,      /* notifications in one batch */
    NOTIFIER_EVENTS = 256,    /* messages that one batch looks at */
    NOTIFIER_TEXT = 100,      /* characters of a message's text in a notification; a longer one is cut */
    NOTIFIER_PAGE = 256,      /* streams that one NOTIFY_BEHIND looks at */
    NOTIFIER_CHANNELS = 1024, /* known at a time, NOTIFIER_PAGE at least */
    NOTIFIER_TASKS = 4,       /* channels that are worked on at a time */
    NOTIFIER_REST = 3         /* times as long as it worked it rests */
};

/* Microseconds. */
struct notifier_options {
    int64_t interval; /* between two looks for what is left behind */
    int64_t quiet;    /* for so long whoever wrote a message is expected to tell of it himself */
    int64_t retry;    /* after a failure of the store */
};

extern const struct notifier_options notifier_defaults;

/* What it shares with the rest of the process. */
struct notifier_house {
    const struct chat *chat;
    struct loop *loop;
    struct lane_sink *next;      /* the broker; or NULL */
    const _Atomic bool *leaving; /* nothing is begun any more */
    _Atomic uint32_t *tasks;     /* that are running, counted with all others */
};

struct notifier_channel {
    struct list link; /* among the unused, or the waiting; in neither while it is worked on */
    struct table_node node;
    struct uuid id;
    bool again; /* something came since the last task for it was begun */
};

struct notifier {
    unsigned magic;
    struct lane_sink sink; /* the worker's lane feeds this one instead of the broker */
    struct notifier_house house;
    struct notifier_options options;
    struct table known;
    struct hash_key key;
    struct list waiting, unused;
    size_t running;
    struct timer timer;   /* the next look, or the end of a rest */
    int64_t busy_since;   /* when there is a task running */
    int64_t rest;         /* until when it should rest */
    int64_t next_look;    /* TIMERS_NEVER while one is going on */
    bool looking, asking; /* a look goes on; one of its portions is on its way */
    bool missed;          /* something was not heard: look again, at everything */
    struct uuid after;    /* how far the look has come */
    int64_t quiet;        /* of this look */
    struct notifier_channel *channels;
};

/* False when out of memory. Nothing happens before notifier_start(). */
bool notifier_init(struct notifier *n, const struct notifier_house *house,
                   const struct notifier_options *options);
/* Before the loop runs, or on its thread. */
void notifier_start(struct notifier *n);
/* Its loop takes no more turns, and none of its tasks is running. */
void notifier_release(struct notifier *n);

#endif
