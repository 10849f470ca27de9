// SPDX-License-Identifier: MIT
#include "support/registry_port_test.h"

#include <time.h>

#include "support/store_port_test.h"

enum { START = 1772442930, PATIENCE = 20 /* seconds */ };

static int64_t fixture_wall(const struct clock *c)
{
    return CONTAINER_OF(c, struct registry_fixture, clock)->wall;
}

static int64_t fixture_mono(const struct clock *c)
{
    return CONTAINER_OF(c, struct registry_fixture, clock)->mono;
}

static void ignore(struct loop *l)
{
    (void)l;
}

void registry_begin(struct registry_fixture *f, const struct registry_adapter *adapter, unsigned live,
                    int64_t grace)
{
    memset(f, 0, sizeof *f);
    f->clock = (struct clock){fixture_wall, fixture_mono};
    f->wall = START * SECOND;
    f->live = live;
    f->grace = grace;
    loop_init(&f->home, &f->clock, &random_system, ignore);
    adapter->open(f);
}

void registry_end(struct registry_fixture *f, const struct registry_adapter *adapter)
{
    adapter->close(f);
}

static void on_done(struct registry_call *c)
{
    assert(c->done != NULL);
    c->done = NULL; /* ran once */
}

struct login login_number(const struct registry_fixture *f, unsigned n, unsigned user)
{
    return (struct login){.id = uuid_number(n),
                          .user = uuid_number(user),
                          .access = uuid_number(n * 100),
                          .refresh = uuid_number(n * 100 + 50),
                          .issued = f->wall,
                          .expires = f->wall + WEEK};
}

struct login login_rotated(const struct registry_fixture *f, const struct login *l, unsigned n,
                           unsigned times)
{
    struct login next = login_number(f, n, 0);
    next.user = l->user;
    next.access = uuid_number(n * 100 + times);
    next.refresh = uuid_number(n * 100 + 50 + times);
    return next;
}

bool login_same_tokens(const struct login *a, const struct login *b)
{
    return uuid_equals(&a->access, &b->access) && uuid_equals(&a->refresh, &b->refresh);
}

/* The last octets of a call's id are the adapter's to count with. */
static struct uuid call_id(struct registry_fixture *f)
{
    struct uuid id = uuid_number(0);
    f->calls++;
    memcpy(id.octets + 4, &f->calls, sizeof f->calls);
    return id;
}

struct registry_call registry_call_of(struct registry_fixture *f, enum registry_operation operation,
                                      const struct login *l)
{
    return (struct registry_call){.home = &f->home,
                                  .done = on_done,
                                  .operation = operation,
                                  .id = call_id(f),
                                  .login = *l,
                                  .now = f->wall,
                                  .error = ERR_COUNT};
}

void registry_submit(struct registry_fixture *f, struct registry_call *c)
{
    f->registry->submit(f->registry, c);
}

bool registry_settle(struct registry_fixture *f, const struct registry_call *c)
{
    struct timespec now, until;
    (void)clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += PATIENCE;
    do {
        f->step(f);
        (void)loop_turn(&f->home);
        (void)clock_gettime(CLOCK_MONOTONIC, &now);
    } while (c->done != NULL && now.tv_sec < until.tv_sec);
    CHECK(c->done == NULL);
    return c->done == NULL;
}

struct registry_call registry_ask(struct registry_fixture *f, enum registry_operation operation,
                                  const struct login *l, enum error error)
{
    struct registry_call c = registry_call_of(f, operation, l);
    registry_submit(f, &c);
    (void)registry_settle(f, &c);
    CHECK_INT(c.error, error);
    return c;
}

struct registry_call registry_rotate(struct registry_fixture *f, const struct login *l,
                                     const struct login *next, enum error error)
{
    struct registry_call c = registry_call_of(f, REGISTRY_ROTATE, l);
    c.next = *next;
    registry_submit(f, &c);
    (void)registry_settle(f, &c);
    CHECK_INT(c.error, error);
    return c;
}

bool registry_is_online(struct registry_fixture *f, unsigned user)
{
    struct login l = {.user = uuid_number(user)};
    return registry_ask(f, REGISTRY_ONLINE, &l, ERR_NONE).online;
}
