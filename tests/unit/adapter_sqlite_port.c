// SPDX-License-Identifier: MIT
#include "adapter/sqlite_store.h"
#include "support/scratch.h"
#include "support/store_port_test.h"
#include "support/test.h"

struct opened {
    struct sqlite_store store;
    struct scratch folder;
};

static void step(struct store_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_step(&o->store);
}

static void open_at(struct store_fixture *f, struct opened *o, const char *folder)
{
    struct sqlite_options options = sqlite_defaults;
    struct problem why;
    options.folder = folder;
    bool opened = sqlite_store_open(&o->store, &options, &f->publisher, &f->clock, &f->random, &why);
    CHECK_SLICE(slice_from_string(why.text), "");
    assert(opened);
    f->store = &o->store.port;
    f->step = step;
    f->adapter = o;
}

static void open_memory(struct store_fixture *f)
{
    static struct opened o;
    open_at(f, &o, ":memory:");
}

static void close_memory(struct store_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_close(&o->store);
}

static void open_file(struct store_fixture *f)
{
    static struct opened o;
    scratch_init(&o.folder);
    open_at(f, &o, o.folder.path);
}

static void close_file(struct store_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_close(&o->store);
    scratch_release(&o->folder);
}

static const struct store_adapter memory = {open_memory, close_memory}, file = {open_file, close_file};

#define X(name, promise)                                                                                     \
    TEST(memory_##name, promise)                                                                             \
    {                                                                                                        \
        store_port_##name(&memory);                                                                          \
    }                                                                                                        \
    TEST(file_##name, promise)                                                                               \
    {                                                                                                        \
        store_port_##name(&file);                                                                            \
    }
STORE_PORT_PROMISES(X)
#undef X
