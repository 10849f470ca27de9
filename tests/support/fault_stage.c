// SPDX-License-Identifier: MIT
#include "support/fault_stage.h"

#include <sqlite3.h>
#include <stdio.h>

/* --- the stage --- */

static void open_domain(struct stage *s)
{
    domain_open_in(&s->domain, s->folder.path);
    /* Thousands of failures are what these tests are about. */
    s->domain.sqlite.writer.db.report.line = NULL;
    s->domain.sqlite.readers[0].own.report.line = NULL;
    /* Time jumps here: the log is not to be swept meanwhile. */
    s->domain.sqlite.writer.retention = 0;
}

void stage_open(struct stage *s)
{
    memset(s, 0, sizeof *s);
    scratch_init(&s->folder);
    open_domain(s);
    stage_fill(s);
}

void stage_close(struct stage *s)
{
    domain_close(&s->domain);
    scratch_release(&s->folder);
}

void stage_reopen(struct stage *s, void (*between)(void *), void *context)
{
    int64_t now = s->domain.now;
    uint64_t seed = s->domain.seed;
    domain_close(&s->domain);
    if (between != NULL)
        between(context);
    open_domain(s);
    s->domain.now = now;
    s->domain.seed = seed;
}

static uint64_t mix(uint64_t digest, const void *octets, size_t n)
{
    const unsigned char *from = octets;
    for (size_t i = 0; i < n; i++)
        digest = (digest ^ from[i]) * UINT64_C(1099511628211);
    return digest;
}

static uint64_t mix_row(uint64_t digest, sqlite3_stmt *row)
{
    for (int i = 0; i < sqlite3_column_count(row); i++) {
        int type = sqlite3_column_type(row, i);
        const void *octets = sqlite3_column_blob(row, i);
        digest = mix(digest, &type, sizeof type);
        digest = mix(digest, octets, (size_t)sqlite3_column_bytes(row, i));
    }
    return digest;
}

uint64_t stage_digest(struct stage *s)
{
    static const char *const tables[] = {"users",
                                         "channels",
                                         "read_statuses",
                                         "messages",
                                         "logins",
                                         "streams",
                                         "log",
                                         "meta",
                                         "binary_contents",
                                         "notifications",
                                         "cursors",
                                         "tickets",
                                         "message_attachments",
                                         "(SELECT id, 0 FROM discarded_contents)"};
    uint64_t digest = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
        char sql[96];
        sqlite3_stmt *rows = NULL;
        if (s->revokes && strcmp(tables[i], "logins") == 0)
            continue;
        snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", tables[i]);
        CHECK_INT(sqlite3_prepare_v2(s->domain.sqlite.writer.db.handle, sql, -1, &rows, NULL), SQLITE_OK);
        int code;
        while ((code = sqlite3_step(rows)) == SQLITE_ROW)
            digest = mix_row(digest, rows);
        CHECK_INT(code, SQLITE_DONE);
        (void)sqlite3_finalize(rows);
    }
    return digest;
}
