// SPDX-License-Identifier: MIT
#include <time.h>

#include "adapter/postgres_store.h"
#include "support/postgres.h"
#include "support/store_port_test.h"
#include "support/test.h"

enum { PATIENCE = 30 /* seconds */ };

#define HOUR   (INT64_C(3600) * MICROSECONDS_PER_SECOND)
#define MINUTE (60 * MICROSECONDS_PER_SECOND)

static struct postgres_store store;

static bool step_until(int64_t rows)
{
    time_t end = time(NULL) + PATIENCE;
    while (postgres_sql("SELECT count(*) FROM log") != rows) {
        if (time(NULL) >= end)
            return false;
        postgres_store_step(&store);
        postgres_store_wait(&store, MICROSECONDS_PER_SECOND / 100);
    }
    return true;
}

TEST(expiry,
     "rows older than the retention leave by portions, once a minute; younger ones and the heads stay")
{
    struct store_fixture f;
    struct postgres_options options = postgres_defaults;
    struct problem why;
    if (postgres_url() == NULL)
        return;
    store_fixture_init(&f);
    postgres_empty();
    options.address.url = postgres_url();
    options.retention = HOUR;
    bool opened = postgres_store_open(&store, &options, &f.publisher, &f.clock, &f.random, &why);
    assert(opened);
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO log (stream, seq, time, audience, id, envelope) SELECT 'old', n,"
             " timestamptz 'epoch' + interval '%lld microseconds' + n * interval '2 seconds', '*',"
             " gen_random_uuid(), '' FROM generate_series(1, 2500) AS n",
             (long long)(f.wall - HOUR - 4800 * MICROSECONDS_PER_SECOND));
    CHECK_INT(postgres_sql(sql), 2500);
    (void)postgres_sql("INSERT INTO streams VALUES ('old', 2500, now())");
    CHECK(step_until(2500));
    f.mono += MINUTE;
    CHECK(step_until(101)); /* the 2400th is exactly as old as the retention allows: older ones leave */
    CHECK_INT(postgres_sql("SELECT min(seq) FROM log"), 2400);
    CHECK_INT(postgres_sql("SELECT seq FROM streams WHERE name = 'old'"), 2500);
    postgres_store_close(&store);
    store_fixture_release(&f);
}
