// SPDX-License-Identifier: MIT
#include "adapter/sqlite_store.h"

#include <sqlite3.h>

#include "adapter/sqlite_schema.h"
#include "base/object.h"

enum { SQLITE_STORE_MAGIC = 0x53514c53 };

#define DATABASE_NAME "parley.db"
#define IN_MEMORY     ":memory:"

const struct sqlite_options sqlite_defaults = {
    .folder = "data",
    .readers = 2,
    .group = 512,
    .lane = 8192,
    .busy = 5000,
    .retention = INT64_C(7) * 24 * 3600 * MICROSECONDS_PER_SECOND,
};

/* --- submitting --- */

/* The reader with the fewest unfinished batches, by turns among equals. Almost a shared queue: a batch waits
 * behind a slow one only while every reader is busy. Unlike one it needs no lock, and each connection keeps
 * its thread. */
static struct sqlite_reader *choose_reader(struct sqlite_store *s)
{
    unsigned turn = atomic_fetch_add_explicit(&s->turn, 1, memory_order_relaxed);
    struct sqlite_reader *best = NULL;
    unsigned least = 0;
    for (unsigned i = 0; i < s->reader_count; i++) {
        struct sqlite_reader *r = &s->readers[(turn + i) % s->reader_count];
        unsigned unfinished = atomic_load_explicit(&r->unfinished, memory_order_relaxed);
        if (best == NULL || unfinished < least) {
            best = r;
            least = unfinished;
        }
    }
    return best;
}

static void refuse(struct sqlite_store *s, struct batch *b)
{
    counter_share(&s->refused, 1);
    batch_answer(b, ERR_SERVICE_UNAVAILABLE);
}

static void submit(struct store *port, struct batch *b)
{
    struct sqlite_store *s = CONTAINER_OF(port, struct sqlite_store, port);
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    struct sqlite_reader *r = b->kind == BATCH_READ ? choose_reader(s) : NULL;
    const _Atomic unsigned *unfinished = r != NULL ? &r->unfinished : &s->writer.unfinished;
    unsigned lane = r != NULL ? s->lane / s->reader_count : s->lane;
    b->submitted = s->clock->mono(s->clock);
    if (atomic_load_explicit(unfinished, memory_order_relaxed) >= lane)
        refuse(s, b);
    else if (r != NULL)
        sqlite_reader_submit(r, b);
    else
        sqlite_writer_submit(&s->writer, b);
}

/* Half of the lane is for those who are answered 503. */
static bool is_crowded(struct store *port)
{
    struct sqlite_store *s = CONTAINER_OF(port, struct sqlite_store, port);
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    return atomic_load_explicit(&s->writer.unfinished, memory_order_relaxed) >= s->lane / 2;
}

/* --- opening --- */

static bool open_writer(struct sqlite_store *s, const struct sqlite_options *o, struct sqlite_report report,
                        struct problem *why)
{
    char path[DATA_PATH];
    if (s->in_memory)
        return sqlite_db_open(&s->writer.db, SQLITE_ACCESS_MEMORY, NULL, o->busy, report, why);
    if (!data_folder_touch(&s->folder, DATABASE_NAME, why))
        return false;
    if (!data_folder_path(&s->folder, DATABASE_NAME, path))
        return problem_set(why, "the path of the data folder is too long");
    return sqlite_db_open(&s->writer.db, SQLITE_ACCESS_WRITER, path, o->busy, report, why);
}

static bool open_readers(struct sqlite_store *s, const struct sqlite_options *o, struct sqlite_report report,
                         struct problem *why)
{
    if (s->in_memory) {
        sqlite_reader_init(&s->readers[s->reader_count++], &s->writer.db, s->clock);
        return true;
    }
    char path[DATA_PATH];
    (void)data_folder_path(&s->folder, DATABASE_NAME, path);
    while (s->reader_count < o->readers) {
        struct sqlite_reader *r = &s->readers[s->reader_count];
        if (!sqlite_db_open(&r->own, SQLITE_ACCESS_READER, path, o->busy, report, why))
            return false;
        sqlite_reader_init(r, &r->own, s->clock);
        s->reader_count++;
    }
    return true;
}

static bool open_database(struct sqlite_store *s, const struct sqlite_options *o, const struct clock *clock,
                          const struct random *random, struct problem *why)
{
    struct sqlite_report report = {o->report, o->report_to};
    if (!open_writer(s, o, report, why))
        return false;
    sqlite_writer_attach(&s->writer);
    return sqlite_schema_migrate(&s->writer.db, sqlite_migrations, clock->wall(clock), why) &&
           sqlite_schema_epoch(&s->writer.db, random, &s->epoch, why) && open_readers(s, o, report, why);
}

bool sqlite_store_open(struct sqlite_store *s, const struct sqlite_options *options,
                       struct publisher *publisher, const struct clock *clock, const struct random *random,
                       struct problem *why)
{
    assert(options->readers >= 1 && options->readers <= SQLITE_READERS && options->lane >= options->readers);
    OBJ_INIT(s, SQLITE_STORE_MAGIC);
    s->port.submit = submit;
    s->port.is_crowded = is_crowded;
    s->lane = options->lane;
    s->clock = clock;
    s->in_memory = strcmp(options->folder, IN_MEMORY) == 0;
    atomic_init(&s->turn, 0);
    why->text[0] = '\0';
    if (!s->in_memory && !data_folder_open(&s->folder, options->folder, why)) {
        OBJ_DEAD(s);
        return false;
    }
    bool opened = sqlite_writer_init(&s->writer, publisher, clock, options->group, options->retention)
                      ? open_database(s, options, clock, random, why)
                      : problem_set(why, "out of memory");
    if (!opened)
        sqlite_store_close(s);
    return opened;
}

/* --- running and closing --- */

bool sqlite_store_start(struct sqlite_store *s)
{
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    assert(!s->in_memory);
    bool started = service_start(&s->writer.service);
    for (unsigned i = 0; i < s->reader_count && started; i++)
        started = service_start(&s->readers[i].service);
    return started;
}

unsigned sqlite_store_waiting(const struct sqlite_store *s, enum batch_kind kind)
{
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    if (kind == BATCH_WRITE)
        return atomic_load_explicit(&s->writer.unfinished, memory_order_relaxed);
    unsigned sum = 0;
    for (unsigned i = 0; i < s->reader_count; i++)
        sum += atomic_load_explicit(&s->readers[i].unfinished, memory_order_relaxed);
    return sum;
}

bool sqlite_store_is_up(const struct sqlite_store *s)
{
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    return store_stats_is_well(&s->writer.stats);
}

void sqlite_store_step(struct sqlite_store *s)
{
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    s->writer.service.step(&s->writer.service);
    for (unsigned i = 0; i < s->reader_count; i++)
        s->readers[i].service.step(&s->readers[i].service);
}

static void close_writer(struct sqlite_store *s)
{
    service_stop(&s->writer.service);
    if (s->writer.db.handle != NULL) {
        if (!s->in_memory)
            (void)sqlite3_wal_checkpoint_v2(s->writer.db.handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                            NULL);
        sqlite_db_close(&s->writer.db);
    }
    sqlite_writer_release(&s->writer);
}

void sqlite_store_close(struct sqlite_store *s)
{
    OBJ_CHECK(s, SQLITE_STORE_MAGIC);
    for (unsigned i = 0; i < s->reader_count; i++) {
        service_stop(&s->readers[i].service);
        if (s->readers[i].db == &s->readers[i].own)
            sqlite_db_close(&s->readers[i].own);
    }
    s->reader_count = 0;
    close_writer(s);
    if (!s->in_memory)
        data_folder_close(&s->folder);
    OBJ_DEAD(s);
}
