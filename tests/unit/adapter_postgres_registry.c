// SPDX-License-Identifier: MIT
//
// The registry over PostgreSQL keeps the promises that it keeps over SQLite.
#include <time.h>

#include "adapter/postgres_store.h"
#include "adapter/store_registry.h"
#include "support/postgres.h"
#include "support/registry_port_test.h"

struct opened {
    struct postgres_store store;
    struct store_registry registry;
    struct publisher publisher;
};

static void step(struct registry_fixture *f)
{
    struct opened *o = f->adapter;
    postgres_store_wait(&o->store, MICROSECONDS_PER_SECOND / 100);
    postgres_store_step(&o->store);
}

static void ignore_event(struct publisher *p, struct event *e)
{
    (void)p;
    (void)e;
}

static void report(void *to, const char *what, const char *detail)
{
    (void)to;
    printf("# store: %s: %s\n", what, detail);
}

static void open_store(struct registry_fixture *f)
{
    static struct opened o;
    struct postgres_options options = postgres_defaults;
    struct registry_options registry = {.live = f->live, .grace = f->grace, .tells = true};
    struct problem why;
    postgres_empty();
    options.address.url = postgres_url();
    options.desks = 1; /* of two calls the one that was asked first is first */
    options.report = report;
    o.publisher.publish = ignore_event;
    bool open = postgres_store_open(&o.store, &options, &o.publisher, &clock_system, &random_system, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    assert(open);
    store_registry_init(&o.registry, &o.store.port, &registry);
    f->registry = &o.registry.port;
    f->step = step;
    f->adapter = &o;
    (void)postgres_sql(
        "INSERT INTO users (id, created_at, username, email, password, role) SELECT"
        " ('ab000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), n::text, n::text, '', 'USER'"
        " FROM generate_series(1, 2) AS n");
}

static void close_store(struct registry_fixture *f)
{
    struct opened *o = f->adapter;
    postgres_store_close(&o->store);
}

static void set_live(struct registry_fixture *f, unsigned live)
{
    struct opened *o = f->adapter;
    o->registry.options.live = live;
}

static const struct registry_adapter adapter = {open_store, close_store, set_live};

#define X(name, promise)                                                                                     \
    TEST(name, promise)                                                                                      \
    {                                                                                                        \
        if (postgres_url() != NULL)                                                                          \
            registry_port_##name(&adapter);                                                                  \
    }
REGISTRY_PORT_PROMISES(X)
#undef X

static int64_t told(const char *payload)
{
    char sql[256];
    snprintf(sql, sizeof sql,
             "SELECT count(*) FROM log WHERE stream = 'logins' AND position('\\x%s'::bytea IN envelope) > 0",
             payload);
    return postgres_sql(sql);
}

TEST(told, "what begins, is refreshed and ends is told to other instances, once each, however often it is "
           "asked; SC-8")
{
    struct registry_fixture f;
    if (postgres_url() == NULL)
        return;
    registry_begin(&f, &adapter, 1, 10 * SECOND);
    struct login first = login_number(&f, 5, 1), second = login_number(&f, 6, 1),
                 next = login_rotated(&f, &second, 6, 1), all = {.user = first.user};
    (void)registry_ask(&f, REGISTRY_CREATE, &first, ERR_NONE);
    CHECK_INT(told("ca01"), 1); /* field 25: it is live */
    struct registry_call c = registry_call_of(&f, REGISTRY_CREATE, &second);
    for (int i = 0; i < 2; i++) {
        struct registry_call again = c;
        registry_submit(&f, &again);
        (void)registry_settle(&f, &again);
        CHECK_INT(again.error, ERR_NONE);
        CHECK(told("ca01") == 2 && told("d201") == 1); /* field 26: it has ended */
    }
    (void)registry_rotate(&f, &second, &next, ERR_NONE);
    CHECK_INT(told("ca01"), 3);
    (void)registry_ask(&f, REGISTRY_REVOKE, &all, ERR_NONE);
    CHECK_INT(told("d201"), 2);
    (void)registry_ask(&f, REGISTRY_REMOVE, &next, ERR_NONE); /* ends nothing */
    f.wall += 2 * WEEK;
    (void)registry_ask(&f, REGISTRY_SWEEP, &next, ERR_NONE);
    CHECK_INT(postgres_sql("SELECT count(*) FROM log"), 5);
    registry_end(&f, &adapter);
}
