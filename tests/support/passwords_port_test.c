// SPDX-License-Identifier: MIT
#include "support/passwords_port_test.h"

#include "support/test.h"

struct fixture {
    const struct passwords_adapter *adapter;
    struct passwords *port;
    struct loop home;
};

static void stay_asleep(struct loop *l)
{
    (void)l;
}

static void begin(struct fixture *f, const struct passwords_adapter *adapter)
{
    f->adapter = adapter;
    f->port = adapter->open();
    loop_init(&f->home, &clock_system, &random_system, stay_asleep);
}

static void end(struct fixture *f)
{
    f->adapter->close();
}

static void on_done(struct password_call *c)
{
    assert(c->done != NULL);
    c->done = NULL; /* ran once */
}

static bool submit(struct fixture *f, struct password_call *c, enum password_operation operation,
                   struct slice password)
{
    c->home = &f->home;
    c->done = on_done;
    c->operation = operation;
    c->password = password;
    c->error = ERR_COUNT;
    return f->port->submit(f->port, c);
}

static void settle(struct fixture *f)
{
    f->adapter->step();
    (void)loop_turn(&f->home);
}

static struct password_call make(struct fixture *f, struct slice password)
{
    struct password_call c = {0};
    CHECK(submit(f, &c, PASSWORD_MAKE, password));
    settle(f);
    CHECK(c.done == NULL);
    return c;
}

static bool matches(struct fixture *f, struct slice password, const char *hash)
{
    struct password_call c = {.matches = true};
    (void)snprintf(c.hash, sizeof c.hash, "%s", hash);
    CHECK(submit(f, &c, PASSWORD_VERIFY, password));
    settle(f);
    CHECK(c.done == NULL && c.error == ERR_NONE);
    return c.matches;
}

void passwords_port_made(const struct passwords_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    struct password_call a = make(&f, SLICE("비밀번호1!")), b = make(&f, SLICE("비밀번호1!"));
    CHECK(a.error == ERR_NONE && strlen(a.hash) == PASSWORD_HASH - 1 && strncmp(a.hash, "$2b$", 4) == 0);
    CHECK(matches(&f, SLICE("비밀번호1!"), a.hash) && matches(&f, SLICE("비밀번호1!"), b.hash));
    CHECK(!matches(&f, SLICE("비밀번호1?"), a.hash) && !matches(&f, SLICE("비밀번호1"), a.hash));
    end(&f);
}

void passwords_port_long_ones(const struct passwords_adapter *adapter)
{
    struct fixture f;
    unsigned char text[100];
    memset(text, 'x', sizeof text);
    begin(&f, adapter);
    struct password_call c = make(&f, slice_of(text, 80));
    CHECK(matches(&f, slice_of(text, 72), c.hash) && matches(&f, slice_of(text, 100), c.hash));
    CHECK(!matches(&f, slice_of(text, 71), c.hash));
    end(&f);
}

void passwords_port_nul(const struct passwords_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    struct password_call c = make(&f, SLICE("abc"));
    CHECK(matches(&f, SLICE("abc"), c.hash));
    CHECK(!matches(&f, SLICE("abc\0"), c.hash) && !matches(&f, SLICE("abc\0def"), c.hash));
    CHECK_INT(make(&f, SLICE("abc\0def")).error, ERR_INVALID_REQUEST);
    CHECK_INT(make(&f, SLICE_NONE).error, ERR_INVALID_REQUEST);
    end(&f);
}

void passwords_port_no_hash(const struct passwords_adapter *adapter)
{
    struct fixture f;
    begin(&f, adapter);
    CHECK(!matches(&f, SLICE("abc"), "") && !matches(&f, SLICE_NONE, ""));
    end(&f);
}

void passwords_port_later(const struct passwords_adapter *adapter)
{
    struct fixture f;
    struct password_call calls[3] = {0};
    begin(&f, adapter);
    for (unsigned i = 0; i < 3; i++) {
        CHECK(submit(&f, &calls[i], PASSWORD_VERIFY, SLICE("abc")));
        CHECK(calls[i].done != NULL);
    }
    settle(&f);
    settle(&f);
    for (unsigned i = 0; i < 3; i++)
        CHECK(calls[i].done == NULL && calls[i].error == ERR_NONE);
    end(&f);
}

void passwords_port_full(const struct passwords_adapter *adapter)
{
    struct fixture f;
    struct password_call calls[PASSWORDS_QUEUE + 2] = {0};
    begin(&f, adapter);
    for (unsigned i = 0; i < ARRAY_LEN(calls); i++)
        CHECK(submit(&f, &calls[i], PASSWORD_MAKE, SLICE("abc")) == (i < PASSWORDS_QUEUE));
    settle(&f);
    for (unsigned i = 0; i < ARRAY_LEN(calls); i++)
        CHECK((calls[i].done == NULL) == (i < PASSWORDS_QUEUE));
    CHECK(submit(&f, &calls[PASSWORDS_QUEUE], PASSWORD_MAKE, SLICE("abc")));
    settle(&f);
    CHECK(calls[PASSWORDS_QUEUE].done == NULL && calls[PASSWORDS_QUEUE].error == ERR_NONE);
    end(&f);
}
