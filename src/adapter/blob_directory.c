// SPDX-License-Identifier: MIT
#include "adapter/blob_directory.h"

#include <stdlib.h>

#include "adapter/blob_files.h"
#include "base/object.h"
#include "base/service.h"

enum { BLOB_DIRECTORY_MAGIC = 0x424C4F42 };

const struct blob_directory_options blob_directory_defaults = {.threads = 2, .queue = 512};

struct blob_thread {
    struct service service;
    struct blob_directory *owner;
    _Atomic unsigned unfinished;
};

static void deliver(struct mail *mail)
{
    struct blob_call *c = CONTAINER_OF(mail, struct blob_call, mail);
    c->done(c);
}

static void run(struct blob_thread *t, struct blob_call *c)
{
    blob_files_run(t->owner, c);
    atomic_fetch_sub_explicit(&t->unfinished, 1, memory_order_relaxed);
    atomic_fetch_sub_explicit(&t->owner->unfinished, 1, memory_order_relaxed);
    c->mail.run = deliver;
    loop_post(c->home, &c->mail);
}

static void step(struct service *service)
{
    struct blob_thread *t = CONTAINER_OF(service, struct blob_thread, service);
    struct mail *next;
    for (struct mail *mail = mailbox_take(&service->inbox); mail != NULL; mail = next) {
        next = mail->next; /* the call is gone once it is answered */
        run(t, CONTAINER_OF(mail, struct blob_call, mail));
    }
}

static bool reserve(struct blob_directory *d)
{
    if (atomic_fetch_add_explicit(&d->unfinished, 1, memory_order_relaxed) < d->queue)
        return true;
    atomic_fetch_sub_explicit(&d->unfinished, 1, memory_order_relaxed);
    return false;
}

static bool submit(struct blobs *port, struct blob_call *c)
{
    struct blob_directory *d = CONTAINER_OF(port, struct blob_directory, port);
    OBJ_CHECK(d, BLOB_DIRECTORY_MAGIC);
    if (!reserve(d))
        return false;
    struct blob_thread *best = &d->threads[0];
    for (unsigned i = 1; i < d->thread_count; i++) {
        if (atomic_load_explicit(&d->threads[i].unfinished, memory_order_relaxed) <
            atomic_load_explicit(&best->unfinished, memory_order_relaxed))
            best = &d->threads[i];
    }
    atomic_fetch_add_explicit(&best->unfinished, 1, memory_order_relaxed);
    service_post(&best->service, &c->mail);
    return true;
}

bool blob_directory_open(struct blob_directory *d, const struct blob_directory_options *options,
                         struct problem *why)
{
    assert(options->threads > 0 && options->queue > 0);
    OBJ_INIT(d, BLOB_DIRECTORY_MAGIC);
    d->port.submit = submit;
    d->queue = options->queue;
    atomic_init(&d->unfinished, 0);
    bool opened = blob_files_open(d, options, why);
    if (opened && (d->threads = calloc(options->threads, sizeof *d->threads)) == NULL)
        opened = problem_set(why, "out of memory");
    for (; opened && d->thread_count < options->threads; d->thread_count++) {
        struct blob_thread *t = &d->threads[d->thread_count];
        service_init(&t->service, "files", step);
        t->owner = d;
        atomic_init(&t->unfinished, 0);
    }
    if (!opened)
        blob_directory_close(d);
    return opened;
}

bool blob_directory_start(struct blob_directory *d)
{
    OBJ_CHECK(d, BLOB_DIRECTORY_MAGIC);
    for (unsigned i = 0; i < d->thread_count; i++) {
        if (!service_start(&d->threads[i].service))
            return false;
    }
    return true;
}

void blob_directory_step(struct blob_directory *d)
{
    OBJ_CHECK(d, BLOB_DIRECTORY_MAGIC);
    for (unsigned i = 0; i < d->thread_count; i++)
        step(&d->threads[i].service);
}

void blob_directory_close(struct blob_directory *d)
{
    OBJ_CHECK(d, BLOB_DIRECTORY_MAGIC);
    for (unsigned i = 0; i < d->thread_count; i++)
        service_stop(&d->threads[i].service);
    free(d->threads);
    blob_files_close(d);
    OBJ_DEAD(d);
}
