/* SPDX-License-Identifier: MIT
 *
 * tests/support/sqlite_opened.h - a SQLite store in a folder of its own, with what it has reported, for tests of that
 * adapter alone.
 */
#ifndef PARLEY_TESTS_SQLITE_OPENED_H
#define PARLEY_TESTS_SQLITE_OPENED_H

#include <sqlite3.h>

#include "adapter/sqlite_store.h"
#include "support/scratch.h"
#include "support/store_port_test.h"
#include "support/test.h"

struct opened {
    struct store_fixture fixture;
    struct sqlite_store store;
    struct sqlite_options options;
    struct scratch folder;
    struct problem why;
    int reports;
    char reported[64];
};

static inline void opened_step(struct store_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_step(&o->store);
}

static inline void opened_report(void *to, const char *what, const char *detail)
{
    struct opened *o = to;
    CHECK(detail != NULL && detail[0] != '\0');
    o->reports++;
    (void)snprintf(o->reported, sizeof o->reported, "%s", what);
}

static inline bool opened_open(struct opened *o)
{
    struct store_fixture *f = &o->fixture;
    f->store = &o->store.port;
    f->step = opened_step;
    f->adapter = o;
    return sqlite_store_open(&o->store, &o->options, &f->publisher, &f->clock, &f->random, &o->why);
}

static inline void opened_prepare(struct opened *o)
{
    memset(o, 0, sizeof *o);
    store_fixture_init(&o->fixture);
    scratch_init(&o->folder);
    o->options = sqlite_defaults;
    o->options.folder = o->folder.path;
    o->options.report = opened_report;
    o->options.report_to = o;
}

static inline void opened_begin(struct opened *o)
{
    opened_prepare(o);
    bool open = opened_open(o);
    CHECK_SLICE(slice_from_string(o->why.text), "");
    assert(open);
}

static inline void opened_forget(struct opened *o)
{
    scratch_release(&o->folder);
    store_fixture_release(&o->fixture);
}

static inline void opened_end(struct opened *o)
{
    sqlite_store_close(&o->store);
    opened_forget(o);
}

/* Another program at the same file. */
static inline sqlite3 *opened_visitor(struct opened *o)
{
    sqlite3 *handle = NULL;
    int rc = sqlite3_open_v2(scratch_path(&o->folder, "parley.db"), &handle, SQLITE_OPEN_READWRITE, NULL);
    assert(rc == SQLITE_OK);
    return handle;
}

static inline int64_t opened_number(sqlite3 *handle, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    int rc = sqlite3_prepare_v2(handle, sql, -1, &statement, NULL);
    CHECK_SLICE(slice_from_string(rc == SQLITE_OK ? "" : sqlite3_errmsg(handle)), "");
    int64_t number =
        rc == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : -1;
    (void)sqlite3_finalize(statement);
    return number;
}

static inline bool opened_tell(sqlite3 *handle, const char *sql)
{
    return sqlite3_exec(handle, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static inline void opened_announce(struct opened *o, unsigned id, enum error error, uint64_t seq)
{
    struct attempt a;
    attempt_announce(&a, &o->fixture, "one", id, true);
    store_fixture_settle(&o->fixture);
    CHECK_INT(a.answers, 1);
    CHECK_INT(a.batch.error, error);
    CHECK_INT(attempt_seq(&a), seq);
    attempt_release(&a);
}

static inline bool opened_says(const struct opened *o, const char *word)
{
    return strstr(o->why.text, word) != NULL;
}

/* A commit hook that counts. */
static inline int opened_say_yes(void *counter)
{
    (*(int *)counter)++;
    return 0;
}

#endif
