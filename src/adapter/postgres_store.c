// SPDX-License-Identifier: MIT
#include "adapter/postgres_store.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "adapter/postgres_library.h"
#include "base/object.h"

enum { POSTGRES_STORE_MAGIC = 0x50475354, CONNECTIONS = POSTGRES_LANES + POSTGRES_DESKS + POSTGRES_READERS };

#define LONGEST_SLEEP (60 * MICROSECONDS_PER_SECOND)
#define LAST_PATIENCE (5 * MICROSECONDS_PER_SECOND) /* when the store closes */
#define SILENCE       (5 * MICROSECONDS_PER_SECOND) /* beyond the server's own statement timeout */

const struct postgres_options postgres_defaults = {
    .lanes = 4,
    .desks = 2,
    .readers = 2,
    .group = 128,
    .room = 8192,
    .connect_timeout = 5000,
    .statement_timeout = 10000,
    .wait = 30 * MICROSECONDS_PER_SECOND,
    .retention = INT64_C(7) * 24 * 3600 * MICROSECONDS_PER_SECOND,
};

/* --- submitting --- */

/* All batches of a stream take one lane, and one of several streams that of the last by name, so that the
 * streams that everybody shares have theirs. */
static struct postgres_queue *find_lane(struct postgres_store *s, const struct batch *b)
{
    struct slice last = b->streams[0];
    for (size_t i = 1; i < b->stream_count; i++) {
        if (slice_compare(b->streams[i], last) > 0)
            last = b->streams[i];
    }
    return &s->lane_queues[hash_slice(&s->key, last) % s->lane_count];
}

static struct postgres_queue *find_queue(struct postgres_store *s, const struct batch *b)
{
    if (b->kind == BATCH_READ)
        return &s->read_queue;
    return b->stream_count == 0 ? &s->desk_queue : find_lane(s, b);
}

static unsigned room_of(const struct postgres_store *s, const struct batch *b)
{
    return b->kind == BATCH_WRITE && b->stream_count > 0 ? s->room / s->lane_count : s->room;
}

static void submit(struct store *port, struct batch *b)
{
    struct postgres_store *s = CONTAINER_OF(port, struct postgres_store, port);
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    struct postgres_queue *q = find_queue(s, b);
    b->submitted = s->ways.clock->mono(s->ways.clock);
    if (atomic_load_explicit(&q->down, memory_order_relaxed) ||
        atomic_load_explicit(&q->unfinished, memory_order_relaxed) >= room_of(s, b)) {
        counter_share(&s->refused, 1);
        batch_answer(b, ERR_SERVICE_UNAVAILABLE);
        return;
    }
    atomic_fetch_add_explicit(&q->unfinished, 1, memory_order_relaxed);
    service_post(&s->service, &b->mail);
}

/* Half of a lane is for those who are answered 503. */
static bool is_crowded(struct store *port)
{
    struct postgres_store *s = CONTAINER_OF(port, struct postgres_store, port);
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    for (unsigned i = 0; i < s->lane_count; i++) {
        const struct postgres_queue *q = &s->lane_queues[i];
        if (atomic_load_explicit(&q->down, memory_order_relaxed) ||
            atomic_load_explicit(&q->unfinished, memory_order_relaxed) >= s->room / s->lane_count / 2)
            return true;
    }
    return false;
}

/* --- one step --- */

static void sort_mail(struct postgres_store *s)
{
    struct mail *next;
    for (struct mail *mail = mailbox_take(&s->service.inbox); mail != NULL; mail = next) {
        struct batch *b = CONTAINER_OF(mail, struct batch, mail);
        next = mail->next;
        postgres_queue_put(find_queue(s, b), b);
    }
}

static bool all_down(const struct postgres_writer *writers, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        if (!postgres_db_is_down(&writers[i].db))
            return false;
    }
    return true;
}

static bool readers_down(const struct postgres_store *s)
{
    for (unsigned i = 0; i < s->reader_count; i++) {
        if (!postgres_db_is_down(&s->readers[i].db))
            return false;
    }
    return true;
}

static void close_queue(struct postgres_queue *q, bool down)
{
    atomic_store_explicit(&q->down, down, memory_order_relaxed);
    if (down)
        postgres_queue_refuse(q);
}

/* Where there is no connection, nobody waits for one. */
static void close_queues(struct postgres_store *s)
{
    for (unsigned i = 0; i < s->lane_count; i++)
        close_queue(&s->lane_queues[i], all_down(&s->lanes[i], 1));
    close_queue(&s->desk_queue, all_down(s->desks, s->desk_count));
    close_queue(&s->read_queue, readers_down(s));
}

static void step(struct service *service)
{
    struct postgres_store *s = CONTAINER_OF(service, struct postgres_store, service);
    sort_mail(s);
    for (unsigned i = 0; i < s->lane_count; i++)
        postgres_writer_step(&s->lanes[i]);
    for (unsigned i = 0; i < s->desk_count; i++)
        postgres_writer_step(&s->desks[i]);
    for (unsigned i = 0; i < s->reader_count; i++)
        postgres_reader_step(&s->readers[i]);
    close_queues(s);
    postgres_sweep_step(&s->sweep, &s->port);
}

void postgres_store_step(struct postgres_store *s)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    step(&s->service);
}

/* --- waiting --- */

static size_t list_connections(struct postgres_store *s, struct postgres_db *dbs[CONNECTIONS])
{
    size_t count = 0;
    for (unsigned i = 0; i < s->lane_count; i++)
        dbs[count++] = &s->lanes[i].db;
    for (unsigned i = 0; i < s->desk_count; i++)
        dbs[count++] = &s->desks[i].db;
    for (unsigned i = 0; i < s->reader_count; i++)
        dbs[count++] = &s->readers[i].db;
    return count;
}

static int64_t first_deadline(const struct postgres_store *s, struct postgres_db *const *dbs, size_t count)
{
    int64_t deadline = postgres_sweep_deadline(&s->sweep);
    for (size_t i = 0; i < count; i++) {
        if (dbs[i]->given_up)
            return INT64_MIN;
        if (dbs[i]->deadline < deadline)
            deadline = dbs[i]->deadline;
    }
    return deadline;
}

/* Milliseconds for poll(), rounded up: a step that comes too early would do nothing. */
static int timeout_until(const struct postgres_store *s, int64_t deadline, int64_t most)
{
    int64_t now = s->ways.clock->mono(s->ways.clock), left = deadline > now ? deadline - now : 0;
    if (deadline == INT64_MAX || left > most)
        left = most;
    return (int)((left + MICROSECONDS_PER_MS - 1) / MICROSECONDS_PER_MS);
}

void postgres_store_wait(struct postgres_store *s, int64_t most)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    struct postgres_db *dbs[CONNECTIONS];
    struct pollfd polled[CONNECTIONS + 1];
    size_t count = list_connections(s, dbs);
    uint64_t wakeups;
    for (size_t i = 0; i < count; i++)
        polled[i] = (struct pollfd){.fd = postgres_db_descriptor(dbs[i]), .events = dbs[i]->events};
    polled[count] = (struct pollfd){.fd = s->wakeups, .events = POLLIN};
    if (poll(polled, count + 1, timeout_until(s, first_deadline(s, dbs, count), most)) <= 0)
        return;
    for (size_t i = 0; i < count; i++)
        dbs[i]->stirred = polled[i].revents != 0;
    if (polled[count].revents != 0)
        (void)!read(s->wakeups, &wakeups, sizeof wakeups);
}

static void sleep_in_poll(struct service *service)
{
    struct postgres_store *s = CONTAINER_OF(service, struct postgres_store, service);
    postgres_store_wait(s, LONGEST_SLEEP);
}

static void wake_by_eventfd(struct service *service)
{
    struct postgres_store *s = CONTAINER_OF(service, struct postgres_store, service);
    (void)eventfd_write(s->wakeups, 1);
}

static bool queue_is_idle(struct postgres_queue *q)
{
    return atomic_load_explicit(&q->unfinished, memory_order_relaxed) == 0;
}

bool postgres_store_is_idle(struct postgres_store *s)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    bool idle = queue_is_idle(&s->desk_queue) && queue_is_idle(&s->read_queue);
    for (unsigned i = 0; i < s->lane_count; i++)
        idle = idle && queue_is_idle(&s->lane_queues[i]);
    return idle;
}

bool postgres_store_is_whole(struct postgres_store *s)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    struct postgres_db *dbs[CONNECTIONS];
    size_t count = list_connections(s, dbs), ready = 0;
    for (size_t i = 0; i < count; i++)
        ready += dbs[i]->phase == POSTGRES_READY;
    return ready == count;
}

static bool is_down(const struct postgres_queue *q)
{
    return atomic_load_explicit(&q->down, memory_order_relaxed);
}

bool postgres_store_is_up(const struct postgres_store *s)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    bool up = !is_down(&s->desk_queue) && !is_down(&s->read_queue);
    for (unsigned i = 0; i < s->lane_count; i++)
        up = up && !is_down(&s->lane_queues[i]);
    return up;
}

static unsigned count_unfinished(const struct postgres_queue *q)
{
    return atomic_load_explicit(&q->unfinished, memory_order_relaxed);
}

unsigned postgres_store_waiting(const struct postgres_store *s, enum batch_kind kind)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    if (kind == BATCH_READ)
        return count_unfinished(&s->read_queue);
    unsigned sum = count_unfinished(&s->desk_queue);
    for (unsigned i = 0; i < s->lane_count; i++)
        sum += count_unfinished(&s->lane_queues[i]);
    return sum;
}

/* --- opening --- */

static bool make_targets(struct postgres_store *s, const struct postgres_options *o, struct problem *why)
{
    return postgres_target_make(&s->writing, &o->address, POSTGRES_WRITES, o->connect_timeout,
                                o->statement_timeout, why) &&
           postgres_target_make(&s->reading, &o->address, POSTGRES_READS, o->connect_timeout,
                                o->statement_timeout, why);
}

static bool prepare_schema(struct postgres_store *s, const struct postgres_options *o, struct problem *why)
{
    struct pg_conn *c = postgres_schema_connect(&s->writing, s->ways.clock, o->wait, why);
    if (c == NULL)
        return false;
    bool prepared = postgres_schema_migrate(c, postgresql_migrations, why) &&
                    postgres_schema_epoch(c, s->ways.random, &s->epoch, why);
    postgres_schema_disconnect(c);
    return prepared;
}

static bool make_writers(struct postgres_store *s, const struct postgres_options *o,
                         struct publisher *publisher)
{
    bool made = true;
    for (; made && s->lane_count < o->lanes; s->lane_count++)
        made = postgres_writer_init(&s->lanes[s->lane_count], &s->ways, &s->writing,
                                    &s->lane_queues[s->lane_count], publisher, o->group);
    for (; made && s->desk_count < o->desks; s->desk_count++)
        made = postgres_writer_init(&s->desks[s->desk_count], &s->ways, &s->writing, &s->desk_queue,
                                    publisher, 1);
    for (; s->reader_count < o->readers; s->reader_count++)
        postgres_reader_init(&s->readers[s->reader_count], &s->ways, &s->reading, &s->read_queue);
    return made;
}

static void init(struct postgres_store *s, const struct postgres_options *o, const struct clock *clock,
                 const struct random *random)
{
    OBJ_INIT(s, POSTGRES_STORE_MAGIC);
    s->port.submit = submit;
    s->port.is_crowded = is_crowded;
    service_init(&s->service, "postgres", step);
    s->service.sleep = sleep_in_poll;
    s->service.wake = wake_by_eventfd;
    s->ways = (struct postgres_ways){.clock = clock,
                                     .random = random,
                                     .connect_timeout = o->connect_timeout * MICROSECONDS_PER_MS,
                                     .patience = o->statement_timeout * MICROSECONDS_PER_MS + SILENCE,
                                     .report = {o->report, o->report_to},
                                     .stats = &s->stats};
    store_stats_init(&s->stats, clock);
    s->desk_queue.stats = s->read_queue.stats = &s->stats;
    for (unsigned i = 0; i < POSTGRES_LANES; i++)
        s->lane_queues[i].stats = &s->stats;
    s->room = o->room;
    postgres_sweep_init(&s->sweep, clock, random, o->retention);
    s->key = hash_key_draw(random);
    s->wakeups = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
}

bool postgres_store_open(struct postgres_store *s, const struct postgres_options *options,
                         struct publisher *publisher, const struct clock *clock, const struct random *random,
                         struct problem *why)
{
    assert(options->lanes >= 1 && options->lanes <= POSTGRES_LANES);
    assert(options->desks >= 1 && options->desks <= POSTGRES_DESKS);
    assert(options->readers >= 1 && options->readers <= POSTGRES_READERS && options->room >= options->lanes);
    init(s, options, clock, random);
    why->text[0] = '\0';
    bool opened = s->wakeups >= 0 ? postgres_library_load(why) && make_targets(s, options, why) &&
                                        prepare_schema(s, options, why)
                                  : problem_set(why, "there is no eventfd to be had");
    if (opened && !make_writers(s, options, publisher))
        opened = problem_set(why, "out of memory");
    if (!opened)
        postgres_store_close(s);
    return opened;
}

bool postgres_store_start(struct postgres_store *s)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    return service_start(&s->service);
}

/* --- closing --- */

/* The thread has ended; who closes is the thread now. */
static void finish_work(struct postgres_store *s)
{
    int64_t end = s->ways.clock->mono(s->ways.clock) + LAST_PATIENCE;
    while (!postgres_store_is_idle(s) && s->ways.clock->mono(s->ways.clock) < end) {
        postgres_store_wait(s, LAST_PATIENCE / 10);
        step(&s->service);
    }
}

static void release_writer(struct postgres_writer *w)
{
    postgres_writer_abandon(w);
    postgres_queue_refuse(w->queue);
    postgres_writer_release(w);
}

void postgres_store_close(struct postgres_store *s)
{
    OBJ_CHECK(s, POSTGRES_STORE_MAGIC);
    service_stop(&s->service);
    finish_work(s);
    for (unsigned i = 0; i < s->lane_count; i++)
        release_writer(&s->lanes[i]);
    for (unsigned i = 0; i < s->desk_count; i++)
        release_writer(&s->desks[i]);
    for (unsigned i = 0; i < s->reader_count; i++) {
        postgres_reader_abandon(&s->readers[i]);
        postgres_queue_refuse(&s->read_queue);
        postgres_reader_release(&s->readers[i]);
    }
    (void)loop_turn(&s->sweep.loop); /* its batch, if it was under way */
    if (s->wakeups >= 0)
        (void)close(s->wakeups);
    OBJ_DEAD(s);
}

/* --- looking --- */

bool postgres_store_check(const struct postgres_options *o, const struct clock *clock, FILE *out,
                          struct problem *why)
{
    struct postgres_target target;
    if (!postgres_library_load(why) || !postgres_target_make(&target, &o->address, POSTGRES_READS,
                                                             o->connect_timeout, o->statement_timeout, why))
        return false;
    struct pg_conn *c = postgres_schema_connect(&target, clock, 0, why);
    if (c == NULL)
        return false;
    int64_t version = postgres_schema_version(c, why);
    postgres_schema_disconnect(c);
    if (version < 0)
        return false;
    fprintf(out, "The database has schema version %lld.\n", (long long)version);
    for (int64_t known = 0; postgresql_migrations[known].name != NULL; known++) {
        if (known >= version)
            fprintf(out, "A start would apply %s.\n", postgresql_migrations[known].name);
    }
    return true;
}
