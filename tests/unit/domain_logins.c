// SPDX-License-Identifier: MIT
#include "support/domain.h"

static bool is_online(struct domain *d, const struct person *p)
{
    return presence_is_online(d->chat.presence, &p->id, d->now);
}

static enum error list_as(struct domain *d, const char *access)
{
    struct answer a = {0};
    enum error error = domain_ask(d, &OPERATION_USER_LIST, access, NULL, &a);
    answer_release(&a);
    return error;
}

static enum error logout(struct domain *d, const char *refresh, struct answer *a)
{
    struct task *t = domain_task(d, &OPERATION_LOGOUT);
    t->refresh = slice_from_string(refresh);
    domain_run(d, t, a);
    return a->error;
}

static enum error open_session(struct domain *d, const char *access, const char *refresh, struct answer *a)
{
    struct task *t = domain_task(d, &OPERATION_SESSION_OPEN);
    t->bearer = slice_from_string(access);
    t->refresh = slice_from_string(refresh);
    domain_run(d, t, a);
    return a->error;
}

TEST(login, "D3.6, D2.7, D3.4: a right password gives a JwtDto and two tokens of the configured lives")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    struct token_claims access, refresh;
    domain_open(&d);
    domain_join(&d, "haneul", "ADMIN", &p);
    CHECK_INT(domain_login(&d, "haneul", "pass1234!", &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "userDto.username"), "haneul");
    CHECK_TEXT(text_at(&a, "userDto.role"), "ADMIN");
    CHECK_TEXT(text_at(&a, "userDto.online"), "true");
    CHECK_TEXT(text_at(&a, "accessToken"), a.access);
    CHECK_INT(d.tokens.port.read(&d.tokens.port, TOKEN_ACCESS, slice_from_string(a.access), d.now, &access),
              ERR_NONE);
    CHECK_INT(
        d.tokens.port.read(&d.tokens.port, TOKEN_REFRESH, slice_from_string(a.refresh), d.now, &refresh),
        ERR_NONE);
    CHECK(uuid_equals(&access.user, &p.id) && uuid_equals(&access.login, &refresh.login));
    CHECK(!uuid_equals(&access.id, &refresh.id));
    CHECK_INT(access.expires - d.now, CHAT_ACCESS_LIFETIME);
    CHECK_INT(refresh.expires - d.now, CHAT_REFRESH_LIFETIME);
    CHECK_TEXT(access.role, "ADMIN");
    CHECK_TEXT(access.username, "haneul");
    CHECK_INT(list_as(&d, a.access), ERR_NONE);
    CHECK_INT(list_as(&d, a.refresh), ERR_INVALID_TOKEN);
    answer_release(&a);
    domain_close(&d);
}

TEST(wrong_password,
     "D3.6: an unknown user and a wrong password are the same 401, at the same cost of one bcrypt")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    size_t verified = d.passwords.verified;
    CHECK_INT(domain_login(&d, "haneul", "pass1234?", &a), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(d.passwords.verified, verified + 1);
    CHECK_INT(domain_login(&d, "nobody", "pass1234!", &a), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(d.passwords.verified, verified + 2);
    CHECK_INT(domain_login(&d, "haneul", "", &a), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(domain_ask(&d, &OPERATION_LOGIN, NULL, "{\"username\":\"haneul\"}", &a),
              ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(domain_ask(&d, &OPERATION_LOGIN, NULL, NULL, &a), ERR_INVALID_USER_CREDENTIALS);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM logins"), 1);
    CHECK_INT(list_as(&d, p.access), ERR_NONE);
    Parley__V1__LoginRequest form = PARLEY__V1__LOGIN_REQUEST__INIT;
    static char broken[] = "h\xFF", password[] = "pass1234!";
    form.username = broken;
    form.password = password;
    struct task *t = domain_task(&d, &OPERATION_LOGIN);
    t->input = &form.base;
    domain_run(&d, t, &a);
    CHECK_INT(a.error, ERR_INVALID_USER_CREDENTIALS);
    answer_release(&a);
    domain_close(&d);
}

TEST(displaced,
     "D3.5, D3.9, D8.6: a newer login ends the older one, is told which, and the user stays online")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    struct token_claims old;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    d.tokens.port.read(&d.tokens.port, TOKEN_ACCESS, slice_from_string(p.access), d.now, &old);
    CHECK_INT(domain_login(&d, "haneul", "pass1234!", &a), ERR_NONE);
    CHECK_INT(a.ended_count, 1);
    CHECK(uuid_equals(&a.ended[0], &old.login));
    CHECK_INT(list_as(&d, p.access), ERR_INVALID_TOKEN);
    CHECK_INT(list_as(&d, a.access), ERR_NONE);
    CHECK(is_online(&d, &p));
    struct answer b = {0};
    CHECK_INT(domain_refresh(&d, p.refresh, &b), ERR_INVALID_TOKEN);
    CHECK_INT(logout(&d, p.refresh, &b), ERR_NONE); /* as the displaced page does */
    CHECK_INT(b.ended_count, 0);
    CHECK_INT(list_as(&d, a.access), ERR_NONE);
    CHECK(is_online(&d, &p));
    answer_release(&a);
    answer_release(&b);
    domain_close(&d);
}

TEST(refresh, "D3.5, D3.7: a refresh gives a new pair with the user as he is now, and the old pair is dead")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    domain_sql(&d, "UPDATE users SET username = 'sky', email = 'sky@example.org' WHERE username = 'haneul'");
    d.now += MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "userDto.username"), "sky");
    CHECK_TEXT(text_at(&a, "userDto.email"), "sky@example.org");
    CHECK_TEXT(text_at(&a, "userDto.online"), "true");
    CHECK_INT(list_as(&d, p.access), ERR_INVALID_TOKEN);
    CHECK_INT(list_as(&d, a.access), ERR_NONE);
    CHECK_INT(domain_sql(&d, "SELECT count(*) FROM logins"), 1);
    char first[DOMAIN_TOKEN];
    snprintf(first, sizeof first, "%s", a.refresh);
    d.now += 5 * MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_NONE); /* the other tab, within the grace time */
    CHECK_TEXT(a.refresh, first);
    d.now += 60 * MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_INVALID_TOKEN);
    CHECK_INT(domain_refresh(&d, first, &a), ERR_NONE);
    answer_release(&a);
    domain_close(&d);
}

TEST(refused_refresh,
     "D3.7, D3.4: no, a malformed, an access, an expired, an ended token or a deleted user: 401")
{
    struct domain d;
    struct answer a = {0};
    struct person p, other;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    domain_join(&d, "dami", "USER", &other);
    CHECK_INT(domain_refresh(&d, "", &a), ERR_INVALID_TOKEN);
    CHECK_INT(domain_refresh(&d, "garbage", &a), ERR_INVALID_TOKEN);
    CHECK_INT(domain_refresh(&d, p.access, &a), ERR_INVALID_TOKEN);
    domain_sql(&d, "DELETE FROM users WHERE username = 'dami'");
    CHECK_INT(domain_refresh(&d, other.refresh, &a), ERR_INVALID_TOKEN);
    struct person gone;
    domain_join(&d, "bora", "USER", &gone);
    domain_loosen(&d); /* a registry elsewhere does not hear of it at once */
    domain_sql(&d, "DELETE FROM users WHERE username = 'bora'");
    CHECK_INT(domain_refresh(&d, gone.refresh, &a), ERR_INVALID_TOKEN);
    CHECK_INT(open_session(&d, gone.access, NULL, &a), ERR_INVALID_TOKEN);
    d.now += CHAT_REFRESH_LIFETIME - 1;
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_NONE);
    char refresh[DOMAIN_TOKEN];
    snprintf(refresh, sizeof refresh, "%s", a.refresh);
    d.now += CHAT_REFRESH_LIFETIME;
    CHECK(!is_online(&d, &p));
    CHECK_INT(domain_refresh(&d, refresh, &a), ERR_INVALID_TOKEN);
    CHECK_TEXT(a.access, "");
    answer_release(&a);
    domain_close(&d);
}

TEST(logging_out,
     "D3.8, D8.6: logout ends the login of its cookie and no other; without one, with garbage, always 2xx")
{
    struct domain d;
    struct answer a = {0};
    struct person p, other;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    domain_join(&d, "dami", "USER", &other);
    CHECK_INT(logout(&d, "", &a), ERR_NONE);
    CHECK_INT(logout(&d, "garbage", &a), ERR_NONE);
    CHECK_INT(logout(&d, p.access, &a), ERR_NONE);
    CHECK_INT(list_as(&d, p.access), ERR_NONE);
    d.store.fail_in = 1;
    d.store.error = ERR_SERVICE_UNAVAILABLE;
    CHECK_INT(logout(&d, p.refresh, &a), ERR_NONE);
    CHECK_INT(a.ended_count, 0);
    CHECK(is_online(&d, &p));
    CHECK_INT(logout(&d, p.refresh, &a), ERR_NONE);
    CHECK_INT(a.ended_count, 1);
    CHECK(a.json == NULL);
    CHECK(!is_online(&d, &p) && is_online(&d, &other));
    CHECK_INT(list_as(&d, p.access), ERR_INVALID_TOKEN);
    CHECK_INT(list_as(&d, other.access), ERR_NONE);
    CHECK_INT(logout(&d, p.refresh, &a), ERR_NONE);
    CHECK_INT(a.ended_count, 0);
    d.now += CHAT_REFRESH_LIFETIME;
    CHECK_INT(logout(&d, other.refresh, &a), ERR_NONE);
    answer_release(&a);
    domain_close(&d);
}

TEST(sessions,
     "SC-6: a session opens with a live login's token and gives its user; without, or with a bad one, not")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    domain_open(&d);
    domain_join(&d, "haneul", "CHANNEL_MANAGER", &p);
    CHECK_INT(open_session(&d, p.access, NULL, &a), ERR_NONE);
    CHECK_TEXT(text_at(&a, "username"), "haneul");
    CHECK(a.caller.known && uuid_equals(&a.caller.user, &p.id));
    CHECK_INT(a.caller.role, PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER);
    CHECK_INT(open_session(&d, NULL, NULL, &a), ERR_UNAUTHENTICATED);
    CHECK_INT(open_session(&d, NULL, p.refresh, &a), ERR_UNAUTHENTICATED);
    CHECK_INT(open_session(&d, "garbage", NULL, &a), ERR_INVALID_TOKEN);
    CHECK_INT(open_session(&d, p.refresh, NULL, &a), ERR_INVALID_TOKEN);
    CHECK_INT(logout(&d, p.refresh, &a), ERR_NONE);
    CHECK_INT(open_session(&d, p.access, NULL, &a), ERR_INVALID_TOKEN);
    CHECK_INT(open_session(&d, p.access, p.refresh, &a), ERR_INVALID_TOKEN);
    answer_release(&a);
    domain_close(&d);
}

TEST(foreign_refresh,
     "SC-7: an expired token is not vouched for by another login of the same user, nor for other requests")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    CHECK_INT(domain_login(&d, "haneul", "pass1234!", &a), ERR_NONE);
    char access[DOMAIN_TOKEN], refresh[DOMAIN_TOKEN];
    memcpy(access, a.access, sizeof access);
    memcpy(refresh, a.refresh, sizeof refresh);
    d.now += CHAT_ACCESS_LIFETIME;
    CHECK_INT(open_session(&d, access, p.refresh, &a), ERR_LOGIN_ENDED);
    CHECK_INT(open_session(&d, access, refresh, &a), ERR_NONE);
    struct task *t = domain_task(&d, &OPERATION_USER_LIST);
    t->bearer = slice_from_string(access);
    t->refresh = slice_from_string(refresh);
    domain_run(&d, t, &a);
    CHECK_INT(a.error, ERR_LOGIN_ENDED);
    answer_release(&a);
    domain_close(&d);
}

TEST(old_tokens,
     "SC-7: on CONNECT a rotated-out token will do, an expired one only with the refresh token of its login")
{
    struct domain d;
    struct answer a = {0};
    struct person p, other;
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    domain_join(&d, "dami", "USER", &other);
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_NONE);
    char refresh[DOMAIN_TOKEN];
    snprintf(refresh, sizeof refresh, "%s", a.refresh);
    CHECK_INT(list_as(&d, p.access), ERR_INVALID_TOKEN);
    CHECK_INT(open_session(&d, p.access, NULL, &a), ERR_NONE);
    d.now += CHAT_ACCESS_LIFETIME;
    CHECK_INT(list_as(&d, p.access), ERR_LOGIN_ENDED);
    CHECK_INT(open_session(&d, p.access, NULL, &a), ERR_LOGIN_ENDED);
    CHECK_INT(open_session(&d, p.access, "garbage", &a), ERR_LOGIN_ENDED);
    CHECK_INT(open_session(&d, p.access, other.refresh, &a), ERR_LOGIN_ENDED);
    CHECK_INT(open_session(&d, p.access, refresh, &a), ERR_NONE);
    CHECK(a.caller.known && uuid_equals(&a.caller.user, &p.id));
    CHECK_INT(open_session(&d, p.access, p.refresh, &a),
              ERR_NONE); /* rotated out while the socket was opened */
    CHECK_INT(logout(&d, refresh, &a), ERR_NONE);
    CHECK_INT(open_session(&d, p.access, refresh, &a), ERR_INVALID_TOKEN);
    answer_release(&a);
    domain_close(&d);
}

/* The refresh tokens of memory_tokens, for which there is no memory any more. */
static enum error read_access_alone(struct tokens *port, enum token_kind kind, struct slice token,
                                    int64_t now, struct token_claims *claims)
{
    struct memory_tokens whole;
    (void)port;
    memory_tokens_init(&whole);
    return kind == TOKEN_REFRESH ? ERR_OUT_OF_MEMORY : whole.port.read(&whole.port, kind, token, now, claims);
}

TEST(unread_tokens,
     "a token for which there is no memory is not called invalid: nobody is logged out by that")
{
    struct domain d;
    struct answer a = {0};
    struct person p;
    struct tokens poor = {.read = read_access_alone};
    domain_open(&d);
    domain_join(&d, "haneul", "USER", &p);
    struct tokens *rich = d.chat.tokens;
    d.chat.tokens = &poor;
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_OUT_OF_MEMORY);
    d.now += CHAT_ACCESS_LIFETIME;
    CHECK_INT(open_session(&d, p.access, p.refresh, &a), ERR_OUT_OF_MEMORY);
    d.chat.tokens = rich;
    CHECK_INT(open_session(&d, p.access, p.refresh, &a), ERR_NONE);
    CHECK_INT(domain_refresh(&d, p.refresh, &a), ERR_NONE);
    answer_release(&a);
    domain_close(&d);
}
