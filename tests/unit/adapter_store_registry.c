// SPDX-License-Identifier: MIT
#include "adapter/sqlite_store.h"
#include "adapter/store_registry.h"
#include "support/registry_port_test.h"
#include "support/store_port_test.h"

struct opened {
    struct sqlite_store store;
    struct store_registry registry;
    struct publisher publisher;
};

static void step(struct registry_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_step(&o->store);
}

static void ignore_event(struct publisher *p, struct event *e)
{
    (void)p;
    (void)e;
}

static void on_written(struct batch *b)
{
    CHECK_INT(b->error, ERR_NONE);
}

static void write_user(struct registry_fixture *f, const struct statement *statement, unsigned n)
{
    struct opened *o = f->adapter;
    struct uuid id = uuid_number(n);
    struct arena arena;
    struct batch batch;
    char name[16];
    (void)snprintf(name, sizeof name, "user %u", n);
    arena_init(&arena, 4000);
    batch_init(&batch, BATCH_WRITE, &arena, &f->home, on_written);
    struct batch_step *s = batch_add(&batch, statement);
    s->values[0] = value_uuid(&id);
    if (statement->parameters > 1)
        s->values[1] = value_text(slice_from_string(name));
    o->store.port.submit(&o->store.port, &batch);
    sqlite_store_step(&o->store);
    (void)loop_turn(&f->home);
    arena_release(&arena);
}

static void open_store(struct registry_fixture *f)
{
    static const struct statement USER = {"test_user",
                                          "INSERT INTO users (id, created_at, username, email, password, "
                                          "role) VALUES (?1, 0, ?2, ?2, '', 'USER')",
                                          2};
    static struct opened o;
    struct sqlite_options options = sqlite_defaults;
    struct registry_options registry = {.live = f->live, .grace = f->grace, .tells = true};
    struct problem why;
    options.folder = ":memory:";
    o.publisher.publish = ignore_event;
    bool open = sqlite_store_open(&o.store, &options, &o.publisher, &f->clock, &random_system, &why);
    assert(open);
    store_registry_init(&o.registry, &o.store.port, &registry);
    f->registry = &o.registry.port;
    f->step = step;
    f->adapter = &o;
    write_user(f, &USER, 1);
    write_user(f, &USER, 2);
}

static void close_store(struct registry_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_close(&o->store);
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
        registry_port_##name(&adapter);                                                                      \
    }
REGISTRY_PORT_PROMISES(X)
#undef X

TEST(no_user, "a user who is not there, or is deleted, has no login; D3.7")
{
    static const struct statement DELETE = {"test_delete", "DELETE FROM users WHERE id = ?1", 1};
    struct registry_fixture f;
    registry_begin(&f, &adapter, 1, 10 * SECOND);
    struct login l = login_number(&f, 5, 3);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_INVALID_TOKEN);
    l = login_number(&f, 5, 1);
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_NONE);
    write_user(&f, &DELETE, 1);
    (void)registry_ask(&f, REGISTRY_VERIFY, &l, ERR_INVALID_TOKEN);
    struct login next = login_rotated(&f, &l, 5, 1);
    (void)registry_rotate(&f, &l, &next, ERR_INVALID_TOKEN);
    registry_end(&f, &adapter);
}

TEST(store_down, "a store that fails is 503, not a login that has ended; D3.5")
{
    struct registry_fixture f;
    registry_begin(&f, &adapter, 1, 10 * SECOND);
    struct opened *o = f.adapter;
    struct login l = login_number(&f, 5, 1);
    o->store.lane = 0;
    (void)registry_ask(&f, REGISTRY_CREATE, &l, ERR_SERVICE_UNAVAILABLE);
    (void)registry_ask(&f, REGISTRY_VERIFY, &l, ERR_SERVICE_UNAVAILABLE);
    (void)registry_ask(&f, REGISTRY_REMOVE, &l, ERR_SERVICE_UNAVAILABLE);
    registry_end(&f, &adapter);
}
