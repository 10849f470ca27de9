// SPDX-License-Identifier: MIT
//
// tests/support/domain_sqlite.c - the domain's tests over SQLite.
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#include "support/domain.h"

static void report(void *to, const char *what, const char *detail)
{
    (void)to;
    printf("# store: %s: %s\n", what, detail);
}

struct store *domain_store_open(struct domain *d, const char *folder)
{
    struct problem why;
    struct sqlite_options options = sqlite_defaults;
    options.folder = folder;
    options.readers = 1;
    options.report = report;
    if (!sqlite_store_open(&d->sqlite, &options, &d->publisher, &d->clock, &d->random, &why)) {
        printf("Bail out! %s\n", why.text);
        abort();
    }
    return &d->sqlite.port;
}

void domain_store_step(struct domain *d)
{
    sqlite_store_step(&d->sqlite);
}

void domain_store_close(struct domain *d)
{
    sqlite_store_close(&d->sqlite);
}

/* Instants are numbers here. */
static void write_sql(const char *sql, char *out, size_t room)
{
    size_t n = 0;
    for (; *sql != '\0'; sql++) {
        if (*sql == '@' && sql[1] >= '0' && sql[1] <= '9')
            continue;
        assert(n + 1 < room);
        out[n++] = *sql;
    }
    out[n] = '\0';
}

int64_t domain_sql(struct domain *d, const char *sql)
{
    sqlite3 *handle = (sqlite3 *)d->sqlite.writer.db.handle;
    sqlite3_stmt *statement = NULL;
    int64_t result = -1;
    char text[2048];
    write_sql(sql, text, sizeof text);
    CHECK(sqlite3_prepare_v2(handle, text, -1, &statement, NULL) == SQLITE_OK);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        result = sqlite3_column_int64(statement, 0);
    else if (code == SQLITE_DONE)
        result = sqlite3_changes(handle);
    else
        printf("# %s: %s\n", sql, sqlite3_errmsg(handle));
    CHECK(code == SQLITE_ROW || code == SQLITE_DONE);
    sqlite3_finalize(statement);
    return result;
}

void domain_loosen(struct domain *d)
{
    domain_sql(d, "PRAGMA foreign_keys = OFF");
}
