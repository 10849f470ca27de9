// SPDX-License-Identifier: MIT
#include <time.h>

#include "adapter/postgres_store.h"
#include "support/postgres.h"
#include "support/store_port_test.h"
#include "support/test.h"

static void report(void *to, const char *what, const char *detail)
{
    (void)to;
    printf("# %s: %s\n", what, detail);
}

/* Until all is answered: the server is another process. */
static void step(struct store_fixture *f)
{
    struct postgres_store *s = f->adapter;
    time_t end = time(NULL) + 30;
    postgres_store_step(s);
    while (!postgres_store_is_idle(s) && time(NULL) < end) {
        postgres_store_wait(s, MICROSECONDS_PER_SECOND);
        postgres_store_step(s);
    }
    CHECK(postgres_store_is_idle(s));
}

static void open_store(struct store_fixture *f)
{
    static struct postgres_store store;
    struct postgres_options options = postgres_defaults;
    struct problem why;
    postgres_empty();
    options.address.url = postgres_url();
    options.report = report;
    bool opened = postgres_store_open(&store, &options, &f->publisher, &f->clock, &f->random, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    assert(opened);
    f->store = &store.port;
    f->step = step;
    f->adapter = &store;
}

static void close_store(struct store_fixture *f)
{
    postgres_store_close(f->adapter);
}

static const struct store_adapter adapter = {open_store, close_store};

#define X(name, promise)                                                                                     \
    TEST(name, promise)                                                                                      \
    {                                                                                                        \
        if (postgres_url() != NULL)                                                                          \
            store_port_##name(&adapter);                                                                     \
    }
STORE_PORT_PROMISES(X)
#undef X
