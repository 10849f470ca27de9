// SPDX-License-Identifier: MIT
#include <sched.h>

#include "adapter/bcrypt_passwords.h"
#include "support/test.h"

static const struct bcrypt_options cheap = {.cost = 4, .threads = 2, .queue = 4, .nice = 0};

static void stay_asleep(struct loop *l)
{
    (void)l;
}

struct opened {
    struct bcrypt_passwords passwords;
    struct loop home;
};

static void begin(struct opened *o)
{
    CHECK(bcrypt_passwords_init(&o->passwords, &cheap, &random_system));
    loop_init(&o->home, &clock_system, &random_system, stay_asleep);
}

static void on_done(struct password_call *c)
{
    c->done = NULL; /* ran once */
}

static bool submit(struct opened *o, struct password_call *c, enum password_operation operation,
                   struct slice password)
{
    c->home = &o->home;
    c->done = on_done;
    c->operation = operation;
    c->password = password;
    c->error = ERR_COUNT;
    return o->passwords.port.submit(&o->passwords.port, c);
}

static void settle(struct opened *o)
{
    bcrypt_passwords_step(&o->passwords);
    (void)loop_turn(&o->home);
}

static bool matches(struct opened *o, struct slice password, const char *hash)
{
    struct password_call c = {.matches = true};
    (void)snprintf(c.hash, sizeof c.hash, "%s", hash);
    CHECK(submit(o, &c, PASSWORD_VERIFY, password));
    settle(o);
    CHECK(c.done == NULL && c.error == ERR_NONE);
    return c.matches;
}

static enum password_operation finished[4];
static size_t finished_count;

static void note_operation(struct password_call *c)
{
    finished[finished_count++] = c->operation;
}

TEST(order, "logins do not wait for the sign-ups before them; each kind keeps its order")
{
    static const enum password_operation asked[] = {PASSWORD_MAKE, PASSWORD_MAKE, PASSWORD_VERIFY,
                                                    PASSWORD_MAKE};
    struct opened o;
    struct password_call calls[ARRAY_LEN(asked)];
    struct bcrypt_options single = cheap;
    single.threads = 1;
    memset(calls, 0, sizeof calls);
    finished_count = 0;
    CHECK(bcrypt_passwords_init(&o.passwords, &single, &random_system));
    loop_init(&o.home, &clock_system, &random_system, stay_asleep);
    for (size_t i = 0; i < ARRAY_LEN(asked); i++) {
        CHECK(submit(&o, &calls[i], asked[i], SLICE("pass1234!")));
        calls[i].done = note_operation;
    }
    settle(&o);
    CHECK_INT(finished_count, ARRAY_LEN(asked));
    CHECK_INT(finished[0], PASSWORD_VERIFY);
    for (size_t i = 1; i < finished_count; i++)
        CHECK_INT(finished[i], PASSWORD_MAKE);
    bcrypt_passwords_release(&o.passwords);
}

TEST(vectors, "hashes of other programs are verified, by each of the three prefixes; D3.6")
{
    /* The test vectors that come with the reference implementation (crypt_blowfish), cost 5. */
    static const struct {
        const char *password, *hash;
    } cases[] = {
        {"U*U", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"},
        {"U*U*", "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"},
        {"U*U*U", "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"},
        {"\xa3", "$2a$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"},
        {"\xa3", "$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"},
        {"\xa3", "$2b$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"},
    };
    struct opened o;
    begin(&o);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct slice password = slice_from_string(cases[i].password);
        CHECK(matches(&o, password, cases[i].hash));
        CHECK(!matches(&o, SLICE("U*U*x"), cases[i].hash));
        CHECK(!matches(&o, SLICE_NONE, cases[i].hash));
    }
    bcrypt_passwords_release(&o.passwords);
}

static struct password_call make(struct opened *o, struct slice password)
{
    struct password_call c = {0};
    CHECK(submit(o, &c, PASSWORD_MAKE, password));
    settle(o);
    CHECK(c.done == NULL);
    return c;
}

TEST(made, "a hash has 60 characters and the configured cost, and never twice the same salt; D3.6")
{
    struct opened o;
    begin(&o);
    struct password_call a = make(&o, SLICE("비밀번호1!")), b = make(&o, SLICE("비밀번호1!"));
    CHECK(a.error == ERR_NONE && strlen(a.hash) == 60 && strncmp(a.hash, "$2b$04$", 7) == 0);
    CHECK(strcmp(a.hash, b.hash) != 0);
    CHECK(matches(&o, SLICE("비밀번호1!"), a.hash) && matches(&o, SLICE("비밀번호1!"), b.hash));
    CHECK(!matches(&o, SLICE("비밀번호1?"), a.hash));
    bcrypt_passwords_release(&o.passwords);
    CHECK_INT(bcrypt_defaults.cost, 10);
}

TEST(shares,
     "G5: an address has half of the queue, so that the others are served; and what it had when that is done")
{
    struct opened o;
    struct password_call calls[5] = {0};
    begin(&o);
    for (size_t i = 0; i < ARRAY_LEN(calls); i++)
        calls[i].address.octets[15] = i < 3 ? 1 : 2;
    CHECK(submit(&o, &calls[0], PASSWORD_MAKE, SLICE("a")));
    CHECK(submit(&o, &calls[1], PASSWORD_VERIFY, SLICE("a")));
    CHECK(!submit(&o, &calls[2], PASSWORD_MAKE, SLICE("a")));
    calls[3].address.octets[0] = calls[4].address.octets[0] = 0x20;
    CHECK(submit(&o, &calls[3], PASSWORD_VERIFY, SLICE("a")));
    CHECK(submit(&o, &calls[4], PASSWORD_VERIFY, SLICE("a")));
    settle(&o);
    CHECK(submit(&o, &calls[2], PASSWORD_MAKE, SLICE("a")));
    settle(&o);
    CHECK(calls[2].done == NULL && calls[2].error == ERR_NONE);
    bcrypt_passwords_release(&o.passwords);
}

TEST(no_hash, "an empty hash, or one that is not bcrypt, never matches; D3.6")
{
    static const char *const hashes[] = {
        "",
        "*0",
        "$1$abcdefgh$0123456789012345678901",
        "$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e",
        "$2b$99$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW",
        "$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOe",
        "                                                            ",
    };
    struct opened o;
    begin(&o);
    for (size_t i = 0; i < ARRAY_LEN(hashes); i++)
        CHECK(!matches(&o, SLICE("U*U"), hashes[i]) && !matches(&o, SLICE_NONE, hashes[i]));
    bcrypt_passwords_release(&o.passwords);
}

/* The least of several runs, which is what the work itself takes. */
static int64_t cost_of(struct opened *o, const char *hash)
{
    int64_t least = INT64_MAX;
    for (int i = 0; i < 15; i++) {
        int64_t before = clock_system.mono(&clock_system);
        (void)matches(o, SLICE("some password"), hash);
        int64_t took = clock_system.mono(&clock_system) - before;
        least = took < least ? took : least;
    }
    return least;
}

TEST(same_time, "a user who is not there costs the time of one who is; D3.6")
{
    struct opened o;
    begin(&o);
    struct password_call c = make(&o, SLICE("abc"));
    int64_t known = cost_of(&o, c.hash), unknown = cost_of(&o, "");
    CHECK(unknown * 2 > known && known * 2 > unknown);
    bcrypt_passwords_release(&o.passwords);
}

TEST(ended, "calls that have not begun at the end are answered all the same; G8")
{
    struct opened o;
    struct password_call calls[3] = {0};
    begin(&o);
    for (unsigned i = 0; i < 3; i++)
        CHECK(submit(&o, &calls[i], PASSWORD_VERIFY, SLICE("abc")));
    bcrypt_passwords_release(&o.passwords);
    (void)loop_turn(&o.home);
    for (unsigned i = 0; i < 3; i++)
        CHECK(calls[i].done == NULL && calls[i].error == ERR_SERVICE_UNAVAILABLE && !calls[i].matches);
}

TEST(threads, "threads of their own answer as the steps do, to the loop that asked; D3.6")
{
    struct opened o;
    struct password_call calls[4] = {0};
    begin(&o);
    CHECK(bcrypt_passwords_start(&o.passwords));
    for (int round = 0; round < 8; round++) {
        for (unsigned i = 0; i < 4; i++) {
            (void)snprintf(calls[i].hash, PASSWORD_HASH, "%s",
                           "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW");
            CHECK(submit(&o, &calls[i], PASSWORD_VERIFY, i % 2 == 0 ? SLICE("U*U") : SLICE("U*V")));
        }
        for (unsigned i = 0; i < 4; i++) {
            while (calls[i].done != NULL) {
                (void)sched_yield();
                (void)loop_turn(&o.home);
            }
            CHECK(calls[i].error == ERR_NONE && calls[i].matches == (i % 2 == 0));
        }
    }
    bcrypt_passwords_release(&o.passwords);
}
