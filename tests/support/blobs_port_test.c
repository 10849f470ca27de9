// SPDX-License-Identifier: MIT
#include "support/blobs_port_test.h"

#include "support/test.h"

struct fixture {
    const struct blobs_adapter *adapter;
    struct blobs *port;
    struct loop home;
    struct uuid ids[8];
};

static void stay_asleep(struct loop *l)
{
    (void)l;
}

static void begin(struct fixture *f, const struct blobs_adapter *adapter)
{
    f->adapter = adapter;
    f->port = adapter->open();
    loop_init(&f->home, &clock_system, &random_system, stay_asleep);
    for (size_t i = 0; i < ARRAY_LEN(f->ids); i++)
        uuid_draw(&f->ids[i], &random_system);
}

static void end(struct fixture *f)
{
    f->adapter->close();
}

static void on_done(struct blob_call *c)
{
    assert(c->done != NULL);
    c->done = NULL; /* ran once */
}

static bool submit(struct fixture *f, struct blob_call *c)
{
    c->home = &f->home;
    c->done = on_done;
    c->error = ERR_COUNT;
    return f->port->submit(f->port, c);
}

static void settle(struct fixture *f)
{
    f->adapter->step();
    (void)loop_turn(&f->home);
}

static enum error run(struct fixture *f, struct blob_call *c)
{
    CHECK(submit(f, c));
    settle(f);
    CHECK(c->done == NULL);
    return c->error;
}

static enum error act(struct fixture *f, enum blob_operation operation, const struct uuid *ids, size_t count)
{
    struct blob_call c = {.operation = operation, .ids = ids, .id_count = count};
    return run(f, &c);
}

static enum error append(struct fixture *f, const struct uuid *id, uint64_t offset, const char *text)
{
    struct blob_call c = {.operation = BLOB_APPEND,
                          .ids = id,
                          .id_count = 1,
                          .offset = offset,
                          .octets = slice_from_string(text)};
    return run(f, &c);
}

/* What stands there, as text; "(none)", "(failed)". */
static const char *text_of(struct fixture *f, const struct uuid *id, uint64_t offset, size_t room)
{
    static char text[64];
    struct blob_call c = {.operation = BLOB_READ,
                          .ids = id,
                          .id_count = 1,
                          .offset = offset,
                          .into = (unsigned char *)text,
                          .room = room};
    assert(room < sizeof text);
    enum error error = run(f, &c);
    if (error != ERR_NONE)
        return error == ERR_BINARY_CONTENT_NOT_FOUND ? "(none)" : "(failed)";
    text[c.length] = '\0';
    return text;
}

#define CHECK_BLOB(f, id, expected) CHECK_SLICE(slice_from_string(text_of(f, id, 0, 60)), expected)

static void make(struct fixture *f, const struct uuid *id, const char *text)
{
    CHECK_INT(append(f, id, 0, text), ERR_NONE);
    CHECK_INT(act(f, BLOB_SEAL, id, 1), ERR_NONE);
}

void blobs_port_pieces(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    CHECK_INT(append(&f, &f.ids[0], 0, "one "), ERR_NONE);
    CHECK_INT(append(&f, &f.ids[0], 4, "two "), ERR_NONE);
    CHECK_INT(append(&f, &f.ids[0], 8, "three"), ERR_NONE);
    CHECK_INT(act(&f, BLOB_SEAL, f.ids, 1), ERR_NONE);
    for (int stored = 0; stored < 2; stored++) {
        CHECK_BLOB(&f, &f.ids[0], "one two three");
        CHECK_SLICE(slice_from_string(text_of(&f, &f.ids[0], 4, 4)), "two ");
        CHECK_SLICE(slice_from_string(text_of(&f, &f.ids[0], 8, 10)), "three");
        CHECK_SLICE(slice_from_string(text_of(&f, &f.ids[0], 13, 10)), "");
        CHECK_SLICE(slice_from_string(text_of(&f, &f.ids[0], 1000, 10)), "");
        CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE);
    }
    end(&f);
}

void blobs_port_empty(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    make(&f, &f.ids[0], "");
    CHECK_BLOB(&f, &f.ids[0], "");
    CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_DROP, f.ids, 1), ERR_NONE);
    CHECK_BLOB(&f, &f.ids[0], "");
    end(&f);
}

void blobs_port_again(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    CHECK_INT(append(&f, &f.ids[0], 0, "half"), ERR_NONE);
    make(&f, &f.ids[0], "half of it");
    for (int i = 0; i < 2; i++)
        CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE);
    for (int i = 0; i < 2; i++)
        CHECK_INT(act(&f, BLOB_DROP, f.ids, 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE); /* it is there, the spool notwithstanding */
    CHECK_BLOB(&f, &f.ids[0], "half of it");
    for (int i = 0; i < 2; i++)
        CHECK_INT(act(&f, BLOB_REMOVE, f.ids, 1), ERR_NONE);
    end(&f);
}

void blobs_port_spool(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    make(&f, &f.ids[0], "stored");
    make(&f, &f.ids[1], "only spooled");
    CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE);
    f.port = adapter->reopen();
    struct uuid listed[4];
    struct blob_call c = {.operation = BLOB_LIST, .into = (unsigned char *)listed, .room = sizeof listed};
    CHECK_INT(run(&f, &c), ERR_NONE);
    CHECK_INT(c.length, 2 * sizeof(struct uuid));
    CHECK_INT(act(&f, BLOB_DROP, f.ids, 2), ERR_NONE);
    CHECK_BLOB(&f, &f.ids[0], "stored");
    CHECK_BLOB(&f, &f.ids[1], "(none)");
    end(&f);
}

void blobs_port_nowhere(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    CHECK_BLOB(&f, &f.ids[0], "(none)");
    CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(act(&f, BLOB_SEAL, f.ids, 1), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(append(&f, &f.ids[0], 4, "two"), ERR_BINARY_CONTENT_NOT_FOUND);
    CHECK_INT(act(&f, BLOB_DROP, f.ids, 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_REMOVE, f.ids, 1), ERR_NONE);
    end(&f);
}

void blobs_port_removed(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    for (size_t i = 0; i < 4; i++)
        make(&f, &f.ids[i], "text");
    CHECK_INT(act(&f, BLOB_SEAL, f.ids, 4), ERR_NONE);
    CHECK_INT(act(&f, BLOB_STORE, &f.ids[0], 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_STORE, &f.ids[1], 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_DROP, &f.ids[1], 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_REMOVE, f.ids, 3), ERR_NONE);
    for (size_t i = 0; i < 3; i++)
        CHECK_BLOB(&f, &f.ids[i], "(none)");
    CHECK_BLOB(&f, &f.ids[3], "text");
    end(&f);
}

void blobs_port_listed(const struct blobs_adapter *adapter)
{
    struct fixture f;
    struct uuid listed[8];
    size_t len = 0;
    begin(&f, adapter);
    for (size_t i = 0; i < ARRAY_LEN(f.ids); i++)
        make(&f, &f.ids[i], "text");
    f.port = adapter->reopen();
    for (;;) {
        struct blob_call c = {.operation = BLOB_LIST,
                              .offset = len,
                              .into = (unsigned char *)listed + len,
                              .room = sizeof listed - len < 3 * sizeof *listed ? sizeof listed - len
                                                                               : 3 * sizeof *listed};
        CHECK_INT(run(&f, &c), ERR_NONE);
        if (c.length == 0)
            break;
        len += c.length;
    }
    CHECK_INT(len, sizeof listed);
    for (size_t i = 0; i < ARRAY_LEN(f.ids); i++) {
        size_t found = 0;
        for (size_t j = 0; j < ARRAY_LEN(listed); j++)
            found += uuid_equals(&f.ids[i], &listed[j]);
        CHECK_INT(found, 1);
    }
    end(&f);
}

void blobs_port_kept(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    make(&f, &f.ids[0], "kept");
    CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE);
    CHECK_INT(act(&f, BLOB_DROP, f.ids, 1), ERR_NONE);
    f.port = adapter->reopen();
    CHECK_INT(act(&f, BLOB_STORE, f.ids, 1), ERR_NONE);
    CHECK_BLOB(&f, &f.ids[0], "kept");
    end(&f);
}

void blobs_port_later(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    struct blob_call calls[3];
    for (unsigned i = 0; i < 3; i++) {
        calls[i] = (struct blob_call){
            .operation = BLOB_APPEND, .ids = &f.ids[i], .id_count = 1, .octets = SLICE("text")};
        CHECK(submit(&f, &calls[i]));
        CHECK(calls[i].done != NULL);
    }
    settle(&f);
    settle(&f);
    for (unsigned i = 0; i < 3; i++)
        CHECK(calls[i].done == NULL && calls[i].error == ERR_NONE);
    end(&f);
}

void blobs_port_full(const struct blobs_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    struct blob_call calls[BLOBS_QUEUE + 2];
    for (unsigned i = 0; i < ARRAY_LEN(calls); i++) {
        calls[i] = (struct blob_call){.operation = BLOB_DROP, .ids = &f.ids[i], .id_count = 1};
        CHECK(submit(&f, &calls[i]) == (i < BLOBS_QUEUE));
    }
    settle(&f);
    for (unsigned i = 0; i < ARRAY_LEN(calls); i++)
        CHECK((calls[i].done == NULL) == (i < BLOBS_QUEUE));
    CHECK_INT(run(&f, &calls[BLOBS_QUEUE]), ERR_NONE);
    end(&f);
}
