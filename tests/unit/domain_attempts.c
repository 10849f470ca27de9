// SPDX-License-Identifier: MIT
#include "support/domain.h"

static const struct attempts_options two = {
    .per_account = 2, .per_address = 4, .window = 60 * MICROSECONDS_PER_SECOND};

static void open(struct domain *d, struct person *p)
{
    domain_open(d);
    domain_join(d, "haneul", "USER", p);
    d->chat.attempts = attempts_new(&two, &d->random);
}

static void shut(struct domain *d)
{
    attempts_free(d->chat.attempts);
    domain_close(d);
}

static enum error try_from(struct domain *d, unsigned char host, const char *name, const char *password)
{
    struct answer a = {0};
    char body[256];
    struct task *t = domain_task(d, &OPERATION_LOGIN);
    snprintf(body, sizeof body, "{\"username\":\"%s\",\"password\":\"%s\"}", name, password);
    task_read(t, slice_from_string(body));
    t->address.octets[0] = host;
    domain_run(d, t, &a);
    enum error error = a.error;
    answer_release(&a);
    return error;
}

TEST(limited,
     "D3.6: over the limit no password is hashed, right or wrong, known user or not; later it is again")
{
    struct domain d;
    struct person p;
    open(&d, &p);
    static const char *const names[] = {"haneul", "nobody"};
    for (size_t i = 0; i < 2; i++) {
        CHECK_INT(try_from(&d, 1 + (unsigned char)i, names[i], "wrong"), ERR_INVALID_USER_CREDENTIALS);
        CHECK_INT(try_from(&d, 1 + (unsigned char)i, names[i], "wrong"), ERR_INVALID_USER_CREDENTIALS);
        size_t verified = d.passwords.verified;
        CHECK_INT(try_from(&d, 1 + (unsigned char)i, names[i], "pass1234!"), ERR_TOO_MANY_LOGIN_ATTEMPTS);
        CHECK_INT(d.passwords.verified, verified);
    }
    d.now += 30 * MICROSECONDS_PER_SECOND;
    CHECK_INT(try_from(&d, 1, "haneul", "pass1234!"), ERR_NONE);
    shut(&d);
}

TEST(owner, "D3.6: strangers who fail on an account delay its owner by nothing")
{
    struct domain d;
    struct person p;
    open(&d, &p);
    for (unsigned char host = 1; host < 50; host++)
        (void)try_from(&d, host, "haneul", "wrong");
    CHECK_INT(try_from(&d, 1, "haneul", "wrong"), ERR_TOO_MANY_LOGIN_ATTEMPTS);
    CHECK_INT(try_from(&d, 99, "haneul", "pass1234!"), ERR_NONE);
    CHECK_INT(try_from(&d, 99, "haneul", "pass1234!"), ERR_NONE); /* what was right does not count */
    shut(&d);
}

TEST(not_judged, "an attempt that nobody could judge does not count, nor does one without a name")
{
    struct domain d;
    struct person p;
    open(&d, &p);
    for (int i = 0; i < 10; i++) {
        d.store.fail_in = 1;
        d.store.error = ERR_SERVICE_UNAVAILABLE;
        CHECK_INT(try_from(&d, 1, "haneul", "wrong"), ERR_SERVICE_UNAVAILABLE);
        struct answer a = {0};
        CHECK_INT(domain_ask(&d, &OPERATION_LOGIN, NULL, "{}", &a), ERR_INVALID_USER_CREDENTIALS);
        answer_release(&a);
    }
    CHECK_INT(try_from(&d, 1, "haneul", "pass1234!"), ERR_NONE);
    shut(&d);
}

TEST(by_address, "D3.6: who guesses at many accounts is stopped too")
{
    struct domain d;
    struct person p;
    open(&d, &p);
    static const char *const names[] = {"a", "b", "c", "d"};
    for (size_t i = 0; i < 4; i++)
        CHECK_INT(try_from(&d, 7, names[i], "wrong"), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(try_from(&d, 7, "haneul", "pass1234!"), ERR_TOO_MANY_LOGIN_ATTEMPTS);
    CHECK_INT(try_from(&d, 8, "haneul", "pass1234!"), ERR_NONE);
    shut(&d);
}
