/* SPDX-License-Identifier: MIT
 *
 * base/service.h - a thread that works through a mailbox.
 *
 * The body is a non-blocking step(), so that a simulation can call it in its own order and without threads;
 * the thread only sleeps between steps. Used by the store's writer and readers, by the password threads, and,
 * with a way of its own to sleep, by whoever waits for sockets too.
 */
#ifndef PARLEY_BASE_SERVICE_H
#define PARLEY_BASE_SERVICE_H

#include <pthread.h>
#include <semaphore.h>

#include "base/mailbox.h"

struct service {
    unsigned magic;
    struct mailbox inbox;
    /* Does what waits in the inbox, without blocking for more. Called by the service's thread, or by a
     * simulation. */
    void (*step)(struct service *);
    const char *name; /* at most 15 characters: the thread's name */
    int nice;         /* 0, or a higher value for a thread that must give way */
    /* How its thread waits for wake(), or for whatever else step() is to see; and what ends that wait, on any
     * thread, also when it comes first. A semaphore unless others are set after service_init(). */
    void (*sleep)(struct service *);
    void (*wake)(struct service *);
    sem_t wakeups;
    pthread_t thread;
    _Atomic bool stopping;
    bool threaded;
};

void service_init(struct service *s, const char *name, void (*step)(struct service *));
/* Starts the thread. False when there is none to be had. Without it, step() is called by whoever owns the
 * service. */
bool service_start(struct service *s);
/* Any thread. */
void service_post(struct service *s, struct mail *mail);
/* Runs what is still in the inbox, then ends the thread and waits for it. */
void service_stop(struct service *s);

#endif
