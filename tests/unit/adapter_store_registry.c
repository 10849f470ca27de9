// SPDX-License-Identifier: MIT
#include "adapter/sqlite_store.h"
#include "adapter/store_registry.h"
#include "support/store_port_test.h"
#include "support/test.h"

#define SECOND MICROSECONDS_PER_SECOND
#define WEEK   (7 * 24 * 3600 * SECOND)

struct opened {
    struct store_fixture fixture;
    struct sqlite_store store;
    struct store_registry registry;
};

static void step(struct store_fixture *f)
{
    struct opened *o = f->adapter;
    sqlite_store_step(&o->store);
}

static void make_user(struct opened *o, unsigned n)
{
    static const struct statement USER = {"test_user",
                                          "INSERT INTO users (id, created_at, username, email, password, "
                                          "role) VALUES (?1, 0, ?2, ?2, '', 'USER')",
                                          2};
    struct attempt a;
    char name[16];
    attempt_init(&a, &o->fixture, BATCH_WRITE, 1000);
    a.id = uuid_number(n);
    (void)snprintf(name, sizeof name, "user %u", n);
    struct batch_step *s = batch_add(&a.batch, &USER);
    s->values[0] = value_uuid(&a.id);
    s->values[1] = value_text(slice_from_string(name));
    attempt_submit(&a);
    store_fixture_settle(&o->fixture);
    CHECK_INT(a.batch.error, ERR_NONE);
    attempt_release(&a);
}

static void begin(struct opened *o, unsigned live, int64_t grace)
{
    struct sqlite_options options = sqlite_defaults;
    struct registry_options registry = {live, grace};
    struct problem why;
    struct store_fixture *f = &o->fixture;
    store_fixture_init(f);
    options.folder = ":memory:";
    bool open = sqlite_store_open(&o->store, &options, &f->publisher, &f->clock, &f->random, &why);
    assert(open);
    f->store = &o->store.port;
    f->step = step;
    f->adapter = o;
    store_registry_init(&o->registry, f->store, &registry);
    make_user(o, 1);
    make_user(o, 2);
}

static void end(struct opened *o)
{
    sqlite_store_close(&o->store);
    store_fixture_release(&o->fixture);
}

static void on_done(struct registry_call *c)
{
    assert(c->done != NULL);
    c->done = NULL; /* ran once */
}

/* Login n of a user; its tokens are number n * 100 and n * 100 + 50, plus how often it was rotated. */
static struct login login_number(struct opened *o, unsigned n, unsigned user)
{
    return (struct login){.id = uuid_number(n),
                          .user = uuid_number(user),
                          .access = uuid_number(n * 100),
                          .refresh = uuid_number(n * 100 + 50),
                          .issued = o->fixture.wall,
                          .expires = o->fixture.wall + WEEK};
}

static struct login rotated(struct opened *o, const struct login *l, unsigned n, unsigned times)
{
    struct login next = login_number(o, n, 0);
    next.user = l->user;
    next.access = uuid_number(n * 100 + times);
    next.refresh = uuid_number(n * 100 + 50 + times);
    return next;
}

static struct registry_call start(struct opened *o, enum registry_operation operation, const struct login *l)
{
    struct registry_call c = {.home = &o->fixture.home, .done = on_done, .operation = operation, .login = *l};
    c.now = o->fixture.wall;
    c.error = ERR_COUNT;
    return c;
}

static void submit(struct opened *o, struct registry_call *c)
{
    o->registry.port.submit(&o->registry.port, c);
}

static void settle(struct opened *o, struct registry_call *c, enum error error)
{
    store_fixture_settle(&o->fixture);
    CHECK(c->done == NULL);
    CHECK_INT(c->error, error);
}

static struct registry_call call(struct opened *o, enum registry_operation operation, const struct login *l,
                                 enum error error)
{
    struct registry_call c = start(o, operation, l);
    submit(o, &c);
    settle(o, &c, error);
    return c;
}

static struct registry_call rotate(struct opened *o, const struct login *l, const struct login *next,
                                   enum error error)
{
    struct registry_call c = start(o, REGISTRY_ROTATE, l);
    c.next = *next;
    submit(o, &c);
    settle(o, &c, error);
    return c;
}

/* The login as it is after presenting l's refresh token. */
static struct login rotate_login(struct opened *o, const struct login *l, const struct login *next)
{
    return rotate(o, l, next, ERR_NONE).login;
}

static bool is_online(struct opened *o, unsigned user)
{
    struct login l = {.user = uuid_number(user)};
    return call(o, REGISTRY_ONLINE, &l, ERR_NONE).online;
}

static bool same_tokens(const struct login *a, const struct login *b)
{
    return uuid_equals(&a->access, &b->access) && uuid_equals(&a->refresh, &b->refresh);
}

TEST(created, "a login is live, with its own access token and its own user only; D3.5")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    CHECK(!is_online(&o, 1));
    CHECK_INT(call(&o, REGISTRY_CREATE, &l, ERR_NONE).ended_count, 0);
    struct registry_call c = call(&o, REGISTRY_VERIFY, &l, ERR_NONE);
    CHECK(same_tokens(&c.login, &l) && uuid_equals(&c.login.user, &l.user));
    CHECK(c.login.issued == l.issued && c.login.expires == l.expires);
    CHECK(is_online(&o, 1) && !is_online(&o, 2));
    struct login other = l;
    other.access = l.refresh;
    (void)call(&o, REGISTRY_VERIFY, &other, ERR_INVALID_TOKEN);
    other = l;
    other.user = uuid_number(2);
    (void)call(&o, REGISTRY_VERIFY, &other, ERR_INVALID_TOKEN);
    other = l;
    other.id = uuid_number(6);
    (void)call(&o, REGISTRY_VERIFY, &other, ERR_INVALID_TOKEN);
    end(&o);
}

TEST(no_user, "a user who is not there, or is deleted, has no login; D3.7")
{
    static const struct statement DELETE = {"test_delete", "DELETE FROM users WHERE id = ?1", 1};
    struct opened o;
    struct attempt a;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 3);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_INVALID_TOKEN);
    l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    attempt_init(&a, &o.fixture, BATCH_WRITE, 1000);
    batch_add(&a.batch, &DELETE)->values[0] = value_uuid(&l.user);
    attempt_submit(&a);
    store_fixture_settle(&o.fixture);
    attempt_release(&a);
    (void)call(&o, REGISTRY_VERIFY, &l, ERR_INVALID_TOKEN);
    struct login next = rotated(&o, &l, 5, 1);
    (void)rotate(&o, &l, &next, ERR_INVALID_TOKEN);
    end(&o);
}

TEST(displaced, "a newer login ends the older one of the user at once, and says which; D3.5 D3.9")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login first = login_number(&o, 5, 1), second = login_number(&o, 6, 1),
                 foreign = login_number(&o, 7, 2);
    (void)call(&o, REGISTRY_CREATE, &foreign, ERR_NONE);
    (void)call(&o, REGISTRY_CREATE, &first, ERR_NONE);
    struct registry_call c = call(&o, REGISTRY_CREATE, &second, ERR_NONE);
    CHECK(c.ended_count == 1 && uuid_equals(&c.ended[0], &first.id));
    (void)call(&o, REGISTRY_VERIFY, &first, ERR_INVALID_TOKEN);
    struct login next = rotated(&o, &first, 5, 1);
    (void)rotate(&o, &first, &next, ERR_INVALID_TOKEN);
    (void)call(&o, REGISTRY_VERIFY, &second, ERR_NONE);
    (void)call(&o, REGISTRY_VERIFY, &foreign, ERR_NONE);
    CHECK(is_online(&o, 1));
    end(&o);
}

TEST(several, "where several logins are allowed, the oldest one goes; one made again ends none; D3.5")
{
    struct opened o;
    begin(&o, 3, 10 * SECOND);
    struct login l[4];
    for (unsigned i = 0; i < 4; i++) {
        o.fixture.wall += SECOND;
        l[i] = login_number(&o, 10 - i, 1); /* ids fall while time rises */
        if (i == 3) {                       /* the oldest was used last: that makes it no younger */
            struct login next = rotated(&o, &l[0], 10, 1);
            (void)rotate(&o, &l[0], &next, ERR_NONE);
        }
        struct registry_call c = call(&o, REGISTRY_CREATE, &l[i], ERR_NONE);
        CHECK_INT(c.ended_count, i == 3);
        CHECK(i < 3 || uuid_equals(&c.ended[0], &l[0].id));
    }
    CHECK_INT(call(&o, REGISTRY_CREATE, &l[3], ERR_NONE).ended_count, 0);
    for (unsigned i = 1; i < 4; i++)
        (void)call(&o, REGISTRY_VERIFY, &l[i], ERR_NONE);
    o.registry.options.live = 1;
    struct login last = login_number(&o, 20, 1);
    CHECK_INT(call(&o, REGISTRY_CREATE, &last, ERR_NONE).ended_count, 3);
    end(&o);
}

TEST(rotated, "a refresh makes a new pair; the old access token is dead, except where any will do; D3.5 D3.7")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    o.fixture.wall += 60 * SECOND;
    struct login next = rotated(&o, &l, 5, 1);
    struct registry_call c = rotate(&o, &l, &next, ERR_NONE);
    CHECK(same_tokens(&c.login, &next) && uuid_equals(&c.login.user, &l.user) &&
          uuid_equals(&c.login.id, &l.id));
    CHECK(c.login.issued == next.issued && c.login.expires == next.expires);
    (void)call(&o, REGISTRY_VERIFY, &l, ERR_INVALID_TOKEN);
    (void)call(&o, REGISTRY_VERIFY, &next, ERR_NONE);
    struct registry_call any = start(&o, REGISTRY_VERIFY, &l);
    any.any_access = true;
    submit(&o, &any);
    settle(&o, &any, ERR_NONE);
    CHECK(is_online(&o, 1));
    end(&o);
}

TEST(race, "of two refreshes with one token one wins, and the other gets its pair; D3.7")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    struct registry_call a = start(&o, REGISTRY_ROTATE, &l), b = start(&o, REGISTRY_ROTATE, &l);
    a.next = rotated(&o, &l, 5, 1);
    b.next = rotated(&o, &l, 5, 2);
    struct login wanted = a.next;
    submit(&o, &a);
    submit(&o, &b);
    settle(&o, &a, ERR_NONE);
    settle(&o, &b, ERR_NONE);
    CHECK(same_tokens(&a.login, &wanted) && same_tokens(&b.login, &wanted));
    CHECK(a.login.issued == b.login.issued && a.login.expires == b.login.expires);
    end(&o);
}

TEST(grace, "the previous refresh token answers with the pair already issued, for the grace time only; D3.7")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    struct login next = rotated(&o, &l, 5, 1), unused = rotated(&o, &l, 5, 2);
    (void)rotate(&o, &l, &next, ERR_NONE);
    o.fixture.wall += 10 * SECOND - 1;
    struct login got = rotate_login(&o, &l, &unused);
    CHECK(same_tokens(&got, &next));
    o.fixture.wall += 1;
    (void)rotate(&o, &l, &unused, ERR_INVALID_TOKEN);
    (void)call(&o, REGISTRY_VERIFY, &next, ERR_NONE); /* and harms nobody */
    struct login third = rotated(&o, &l, 5, 3);
    got = rotate_login(&o, &next, &third);
    CHECK(same_tokens(&got, &third));
    (void)rotate(&o, &l, &unused, ERR_INVALID_TOKEN); /* the one before the previous */
    got = rotate_login(&o, &next, &unused);
    CHECK(same_tokens(&got, &third));
    end(&o);
}

TEST(no_grace, "without a grace time the loser of a race is refused; D3.7")
{
    struct opened o;
    begin(&o, 1, 0);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    struct login next = rotated(&o, &l, 5, 1), other = rotated(&o, &l, 5, 2);
    (void)rotate(&o, &l, &next, ERR_NONE);
    (void)rotate(&o, &l, &other, ERR_INVALID_TOKEN);
    (void)call(&o, REGISTRY_VERIFY, &next, ERR_NONE);
    end(&o);
}

TEST(foreign_refresh, "a refresh token of another login, or made up, rotates nothing; D3.7")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login mine = login_number(&o, 5, 1), yours = login_number(&o, 6, 2), mixed = mine;
    (void)call(&o, REGISTRY_CREATE, &mine, ERR_NONE);
    (void)call(&o, REGISTRY_CREATE, &yours, ERR_NONE);
    mixed.refresh = yours.refresh;
    struct login next = rotated(&o, &mine, 5, 1);
    (void)rotate(&o, &mixed, &next, ERR_INVALID_TOKEN);
    mixed.refresh = mine.access;
    (void)rotate(&o, &mixed, &next, ERR_INVALID_TOKEN);
    (void)call(&o, REGISTRY_VERIFY, &mine, ERR_NONE);
    (void)call(&o, REGISTRY_VERIFY, &yours, ERR_NONE);
    end(&o);
}

TEST(expiry, "a login ends by itself; the sweep takes its row away and says which it was; D3.5")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    o.fixture.wall = l.expires - 1;
    (void)call(&o, REGISTRY_VERIFY, &l, ERR_NONE);
    CHECK(is_online(&o, 1));
    CHECK_INT(call(&o, REGISTRY_SWEEP, &l, ERR_NONE).ended_count, 0);
    o.fixture.wall = l.expires;
    (void)call(&o, REGISTRY_VERIFY, &l, ERR_INVALID_TOKEN);
    struct login next = rotated(&o, &l, 5, 1);
    (void)rotate(&o, &l, &next, ERR_INVALID_TOKEN);
    CHECK(!is_online(&o, 1));
    struct login other = login_number(&o, 6, 2);
    CHECK_INT(call(&o, REGISTRY_CREATE, &other, ERR_NONE).ended_count, 0);
    struct registry_call swept = call(&o, REGISTRY_SWEEP, &l, ERR_NONE);
    CHECK(swept.ended_count == 1 && uuid_equals(&swept.ended[0], &l.id));
    CHECK_INT(call(&o, REGISTRY_SWEEP, &l, ERR_NONE).ended_count, 0);
    (void)call(&o, REGISTRY_VERIFY, &other, ERR_NONE);
    end(&o);
}

TEST(expired_displaced, "who logs in again after his login expired is told that the old one ended; D3.5 D3.9")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    o.fixture.wall = l.expires + 1;
    struct login next = login_number(&o, 6, 1);
    struct registry_call made = call(&o, REGISTRY_CREATE, &next, ERR_NONE);
    CHECK(made.ended_count == 1 && uuid_equals(&made.ended[0], &l.id));
    end(&o);
}

TEST(removed, "logout ends the login that owns the refresh token, and no other; D3.8")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login old = login_number(&o, 5, 1), young = login_number(&o, 6, 1);
    (void)call(&o, REGISTRY_CREATE, &old, ERR_NONE);
    (void)call(&o, REGISTRY_CREATE, &young, ERR_NONE);
    CHECK_INT(call(&o, REGISTRY_REMOVE, &old, ERR_NONE).ended_count, 0); /* displaced: its cookie is dead */
    struct login mixed = young;
    mixed.refresh = old.refresh;
    CHECK_INT(call(&o, REGISTRY_REMOVE, &mixed, ERR_NONE).ended_count, 0);
    (void)call(&o, REGISTRY_VERIFY, &young, ERR_NONE);
    struct registry_call c = call(&o, REGISTRY_REMOVE, &young, ERR_NONE);
    CHECK(c.ended_count == 1 && uuid_equals(&c.ended[0], &young.id));
    (void)call(&o, REGISTRY_VERIFY, &young, ERR_INVALID_TOKEN);
    CHECK_INT(call(&o, REGISTRY_REMOVE, &young, ERR_NONE).ended_count, 0);
    CHECK(!is_online(&o, 1));
    end(&o);
}

TEST(removed_late, "logout with the previous refresh token counts within the grace time; D3.8")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    (void)call(&o, REGISTRY_CREATE, &l, ERR_NONE);
    struct login next = rotated(&o, &l, 5, 1);
    (void)rotate(&o, &l, &next, ERR_NONE);
    o.fixture.wall += 10 * SECOND;
    CHECK_INT(call(&o, REGISTRY_REMOVE, &l, ERR_NONE).ended_count, 0);
    o.fixture.wall -= 1;
    CHECK_INT(call(&o, REGISTRY_REMOVE, &l, ERR_NONE).ended_count, 1);
    end(&o);
}

TEST(store_down, "a store that fails is 503, not a login that has ended; D3.5")
{
    struct opened o;
    begin(&o, 1, 10 * SECOND);
    struct login l = login_number(&o, 5, 1);
    o.store.lane = 0;
    (void)call(&o, REGISTRY_CREATE, &l, ERR_SERVICE_UNAVAILABLE);
    (void)call(&o, REGISTRY_VERIFY, &l, ERR_SERVICE_UNAVAILABLE);
    (void)call(&o, REGISTRY_REMOVE, &l, ERR_SERVICE_UNAVAILABLE);
    end(&o);
}
