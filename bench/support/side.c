// SPDX-License-Identifier: MIT
#include "support/side.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/process.h"

enum { SIDE_TRIES = 64 }; /* for one connection, until it lands where it shall be */

/* ---- parleyd ---- */

static void parley_publish(struct side *s, unsigned messages)
{
    for (unsigned i = 0; i < messages; i++)
        client_write(s->publisher, s->frames + i * s->frame_len, s->frame_len);
}

static void parley_publish_at_once(struct side *s, unsigned messages)
{
    client_write(s->publisher, s->frames, messages * s->frame_len);
}

void side_publish_at_once(struct side *s)
{
    s->publish = parley_publish_at_once;
}

static void make_frames(struct side *s, const char *destination)
{
    size_t room = s->load.size + 256;
    char *text = calloc(1, room);
    s->frames = calloc(s->load.messages, room);
    if (text == NULL || s->frames == NULL)
        bench_die("out of memory");
    int head =
        snprintf(text, room, "SEND\ndestination:%s\ncontent-type:application/json\ncontent-length:%u\n\n",
                 destination, s->load.size);
    memset(text + head, 'x', s->load.size);
    for (unsigned i = 0; i < s->load.messages; i++)
        s->frame_len = client_frame(s->frames + i * s->frame_len, text, (size_t)head + s->load.size + 1);
    free(text);
}

/* The kernel chooses the worker of a connection. One that landed elsewhere is closed and tried again: who
 * serves it is whose thread had most to do meanwhile. */
static int open_placed(const struct side_place *place, struct process_threads *workers, unsigned *nth)
{
    if (place->worker < 0)
        return client_open_stomp(&place->at, (*nth)++, place->token);
    for (unsigned i = 0; i < SIDE_TRIES; i++) {
        process_threads_mark(workers);
        int fd = client_open_stomp(&place->at, (*nth)++, place->token);
        if (process_threads_busiest(workers) == (unsigned)place->worker)
            return fd;
        close(fd);
    }
    bench_die("no connection came to worker %d", place->worker);
}

void side_open_parley(struct side *s, const struct side_load *load, const struct side_place *place)
{
    struct process_threads workers = {.count = 0};
    unsigned nth = 0;
    *s = (struct side){.load = *load, .pid = place->pid, .publish = parley_publish};
    if (place->worker >= 0)
        process_threads_find(&workers, place->pid, "worker-");
    swarm_init(&s->swarm, load->subscribers, load->size);
    for (unsigned i = 0; i < load->subscribers; i++) {
        int fd = open_placed(place, &workers, &nth);
        client_subscribe(fd, place->destination);
        swarm_add(&s->swarm, fd);
    }
    s->publisher = open_placed(place, &workers, &nth);
    make_frames(s, place->destination);
    latencies_init(&s->latencies);
}

/* ---- the bare loop ---- */

static void publish_bare(struct side *s, unsigned messages)
{
    bare_publish(&s->bare, messages, s->octets);
}

void side_open_bare(struct side *s, const struct side_load *load)
{
    *s = (struct side){.load = *load, .publish = publish_bare, .publisher = -1};
    swarm_init(&s->swarm, load->subscribers, load->size);
    bare_start(&s->bare, &s->swarm, load->subscribers);
    s->pid = s->bare.pid;
    latencies_init(&s->latencies);
}

/* ---- both ---- */

void side_close(struct side *s)
{
    if (s->publisher >= 0)
        close(s->publisher);
    else
        bare_stop(&s->bare);
    swarm_release(&s->swarm);
    latencies_release(&s->latencies);
    free(s->frames);
}

void side_round(struct side *s, unsigned batches, unsigned messages, double *wall, double *cpu)
{
    uint64_t deliveries = (uint64_t)batches * messages * s->load.subscribers;
    int64_t cpu_before = bench_cpu(s->pid), since = bench_now();
    for (unsigned i = 0; i < batches; i++) {
        uint64_t target = s->swarm.frames + (uint64_t)messages * s->load.subscribers;
        int64_t sent = bench_now();
        s->publish(s, messages);
        swarm_await(&s->swarm, target, sent, messages == 1 ? &s->latencies : NULL);
    }
    *wall = (double)(bench_now() - since) / 1000 / (double)deliveries;
    *cpu = s->pid == 0 ? 0 : (double)(bench_cpu(s->pid) - cpu_before) / 1000 / (double)deliveries;
}

void side_check(const struct side *s)
{
    uint64_t expected = s->swarm.frames / s->load.subscribers;
    for (unsigned i = 0; i < s->load.subscribers; i++) {
        if (s->swarm.members[i].frames != expected)
            bench_die("subscriber %u got %" PRIu64 " messages, not %" PRIu64, i, s->swarm.members[i].frames,
                      expected);
    }
}
