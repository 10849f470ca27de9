// SPDX-License-Identifier: MIT
//
// tests/support/domain_postgres.c - the domain's tests over PostgreSQL, where there is one on the machine;
// where there is none, the program ends without a test.
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "adapter/postgres_store.h"
#include "support/domain_postgres.h"
#include "support/postgres.h"

enum { PATIENCE = 30 /* seconds */ };

static const char *detour;          /* instead of the server's own address */
static struct postgres_store store; /* of the domain that is open: there is one at a time */

__attribute__((constructor)) static void look_for_server(void)
{
    if (postgres_url() == NULL) {
        printf("0 passed, 0 failed\n");
        exit(0);
    }
}

void domain_postgres_through(const char *url)
{
    detour = url;
}

static void report(void *to, const char *what, const char *detail)
{
    (void)to;
    printf("# store: %s: %s\n", what, detail);
}

struct store *domain_store_open(struct domain *d, const char *folder)
{
    struct problem why;
    struct postgres_options options = postgres_defaults;
    (void)folder;
    postgres_empty();
    options.address.url = detour != NULL ? detour : postgres_url();
    options.lanes = options.desks = options.readers = 1;
    options.retention = 0;
    options.report = report;
    if (!postgres_store_open(&store, &options, &d->publisher, &clock_system, &d->random, &why)) {
        printf("Bail out! %s\n", why.text);
        abort();
    }
    return &store.port;
}

static void run_until(bool (*is_done)(struct postgres_store *))
{
    time_t end = time(NULL) + PATIENCE;
    postgres_store_step(&store);
    while (!is_done(&store) && time(NULL) < end) {
        postgres_store_wait(&store, MICROSECONDS_PER_SECOND);
        postgres_store_step(&store);
    }
    CHECK(is_done(&store));
}

void domain_store_step(struct domain *d)
{
    (void)d;
    run_until(postgres_store_is_idle);
}

void domain_postgres_settle(void)
{
    run_until(postgres_store_is_whole);
}

void domain_store_close(struct domain *d)
{
    (void)d;
    postgres_store_close(&store);
}

/* x'digits' is a uuid, @number an instant. */
static size_t write_token(const char **sql, char *out, size_t room)
{
    char digits[64];
    int len = 0;
    if (sscanf(*sql, "x'%32[0-9a-f]'%n", digits, &len) == 1 && len > 0) {
        *sql += len;
        return (size_t)snprintf(out, room, "uuid '%s'", digits);
    }
    if (sscanf(*sql, "@%20[0-9]%n", digits, &len) == 1 && len > 0) {
        *sql += len;
        return (size_t)snprintf(out, room, "(timestamptz 'epoch' + interval '%s microseconds')", digits);
    }
    *out = *(*sql)++;
    return 1;
}

int64_t domain_sql(struct domain *d, const char *sql)
{
    char text[4096];
    size_t n = 0;
    (void)d;
    while (*sql != '\0') {
        assert(n + 128 < sizeof text);
        n += write_token(&sql, text + n, sizeof text - n);
    }
    text[n] = '\0';
    return postgres_sql(text);
}

void domain_loosen(struct domain *d)
{
    domain_sql(d, "SET session_replication_role = replica");
}
