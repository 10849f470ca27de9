// SPDX-License-Identifier: MIT
// Giving users other roles (discodeit.md 3.9, 4.8, 8.4, 8.6).
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

enum { BODY = 128 };

struct rig {
    struct domain d;
    struct arena arena;
    struct answer a;
    struct person chief, kim, lee;
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    arena_init(&r->arena, 1 << 20);
    domain_join(&r->d, "chief", "ADMIN", &r->chief);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "CHANNEL_MANAGER", &r->lee);
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    arena_release(&r->arena);
    domain_close(&r->d);
}

static struct task *make(struct rig *r, const struct person *by, const struct person *whom, const char *role)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"userId\":\"%s\",\"newRole\":\"%s\"}", whom->id_text, role);
    struct task *t = domain_task(&r->d, &OPERATION_ROLE_UPDATE);
    t->bearer = slice_from_string(by->access);
    task_read(t, slice_from_string(body));
    return t;
}

static enum error give(struct rig *r, const struct person *by, const struct person *whom, const char *role)
{
    domain_run(&r->d, make(r, by, whom, role), &r->a);
    return r->a.error;
}

static enum error list_as(struct rig *r, const char *access)
{
    return domain_ask(&r->d, &OPERATION_USER_LIST, access, NULL, &r->a);
}

/* The last that was told, but for `back` of them. */
static Parley__V1__Envelope *told(struct rig *r, size_t back)
{
    CHECK(r->d.told_count > back);
    return dto_unpack(&r->arena, &parley__v1__envelope__descriptor,
                      r->d.told[r->d.told_count - 1 - back]->body);
}

static int64_t logins(struct rig *r)
{
    return domain_sql(&r->d,
                      "SELECT count(*) FROM logins l JOIN users u ON u.id = l.user_id WHERE u.username "
                      "= 'kim'");
}

static int64_t has_role(struct rig *r, const char *name, const char *role)
{
    char sql[BODY];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM users WHERE username = '%s' AND role = '%s'", name, role);
    return domain_sql(&r->d, sql);
}

/* What the token says. */
static void check_token(struct rig *r, const char *access, const char *role)
{
    struct token_claims claims;
    CHECK_INT(
        r->d.tokens.port.read(&r->d.tokens.port, TOKEN_ACCESS, slice_from_string(access), r->d.now, &claims),
        ERR_NONE);
    CHECK_TEXT(claims.role, role);
}

TEST(given, "D4.8, D3.9, D8.6: the user has the role, all his logins are ended, and he comes back with it")
{
    struct rig r;
    struct token_claims old;
    struct person max;
    begin(&r);
    domain_join(&r.d, "max", "USER", &max);
    r.d.tokens.port.read(&r.d.tokens.port, TOKEN_ACCESS, slice_from_string(r.kim.access), r.d.now, &old);
    CHECK_INT(give(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "id"), r.kim.id_text);
    CHECK_TEXT(text_at(&r.a, "role"), "CHANNEL_MANAGER");
    CHECK_TEXT(text_at(&r.a, "online"), "false");
    CHECK_INT(r.a.ended_count, 1);
    CHECK(uuid_equals(&r.a.ended[0], &old.login));
    CHECK_INT(logins(&r), 0);
    CHECK(!presence_is_online(r.d.chat.presence, &r.kim.id, r.d.now));
    CHECK_INT(list_as(&r, r.kim.access), ERR_INVALID_TOKEN);
    CHECK_INT(domain_refresh(&r.d, r.kim.refresh, &r.a), ERR_INVALID_TOKEN);
    CHECK_INT(list_as(&r, r.lee.access), ERR_NONE);
    CHECK_INT(has_role(&r, "chief", "ADMIN"), 1);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM users WHERE updated_at IS NOT NULL"), 1);
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &r.a), ERR_NONE);
    check_token(&r, r.a.access, "CHANNEL_MANAGER");
    end(&r);
}

TEST(told_of,
     "D8.4, D7.4: everybody is told of the user, his PRIVATE channels' members of these, and he himself "
     "of the change, which waits for him")
{
    struct rig r;
    char channel[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, channel);
    size_t before = r.d.told_count;
    r.d.now += MICROSECONDS_PER_SECOND;
    CHECK_INT(give(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), ERR_NONE);
    CHECK_INT(r.d.told_count, before + 3);
    Parley__V1__Envelope *e = told(&r, 2);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_UPDATED);
    CHECK_TEXT(e->audience, "*");
    CHECK_TEXT(e->user_updated->username, "kim");
    CHECK_INT(e->user_updated->role, PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER);
    CHECK_INT(told(&r, 1)->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
    e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_NOTIFICATION_CREATED);
    CHECK_TEXT(e->audience, r.kim.id_text);
    CHECK_TEXT(e->notification_created->title, "권한이 변경되었습니다.");
    CHECK_TEXT(e->notification_created->content, "USER -> CHANNEL_MANAGER");
    CHECK_INT(
        domain_sql(&r.d, "SELECT count(*) FROM notifications WHERE content = 'USER -> CHANNEL_MANAGER'"), 1);
    end(&r);
}

TEST(nobody_else, "D3.10: only an ADMIN, whoever it is about")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(give(&r, &r.kim, &r.lee, "USER"), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(give(&r, &r.kim, &r.kim, "ADMIN"), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(give(&r, &r.lee, &r.kim, "CHANNEL_MANAGER"), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_ask(&r.d, &OPERATION_ROLE_UPDATE, NULL, "{}", &r.a), ERR_UNAUTHENTICATED);
    CHECK_INT(domain_ask(&r.d, &OPERATION_ROLE_UPDATE, r.kim.access, "{}", &r.a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(has_role(&r, "kim", "USER") + has_role(&r, "lee", "CHANNEL_MANAGER"), 2);
    CHECK_INT(logins(&r), 1);
    end(&r);
}

TEST(wrong, "D4.8, D5.2: what is no role or no id is 400, whom nobody knows 404, and nothing ends")
{
    struct rig r;
    char body[BODY];
    begin(&r);
    size_t before = r.d.told_count;
    static const char *const bodies[] = {"{}", "{\"newRole\":\"USER\"}",
                                         "{\"userId\":7,\"newRole\":\"USER\"}",
                                         "{\"userId\":\"x\",\"newRole\":\"USER\"}"};
    for (size_t i = 0; i < ARRAY_LEN(bodies); i++)
        CHECK_INT(domain_ask(&r.d, &OPERATION_ROLE_UPDATE, r.chief.access, bodies[i], &r.a),
                  ERR_VALIDATION_ERROR);
    snprintf(body, sizeof body, "{\"userId\":\"%s\"}", r.kim.id_text);
    CHECK_INT(domain_ask(&r.d, &OPERATION_ROLE_UPDATE, r.chief.access, body, &r.a), ERR_VALIDATION_ERROR);
    CHECK_INT(give(&r, &r.chief, &r.kim, "EMPEROR"), ERR_VALIDATION_ERROR);
    CHECK_INT(domain_ask(&r.d, &OPERATION_ROLE_UPDATE, r.chief.access, NULL, &r.a), ERR_INVALID_REQUEST);
    struct person nobody = r.kim;
    memset(nobody.id_text, '0', 8);
    CHECK_INT(give(&r, &r.chief, &nobody, "CHANNEL_MANAGER"), ERR_USER_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "details.userId"), nobody.id_text);
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(logins(&r), 1);
    end(&r);
}

TEST(had_already, "D4.8: a role that he has ends nothing and tells nothing")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(give(&r, &r.chief, &r.kim, "USER"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "role"), "USER");
    CHECK_TEXT(text_at(&r.a, "online"), "true");
    CHECK_INT(r.a.ended_count, 0);
    CHECK_INT(give(&r, &r.chief, &r.chief, "ADMIN"), ERR_NONE);
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(list_as(&r, r.kim.access), ERR_NONE);
    CHECK_INT(list_as(&r, r.chief.access), ERR_NONE);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), 0);
    end(&r);
}

TEST(last_admin,
     "D3.11: the last ADMIN stays one and logged in; one of two may step down, himself or by the other")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(give(&r, &r.chief, &r.chief, "USER"), ERR_LAST_ADMIN);
    CHECK_TEXT(text_at(&r.a, "code"), "LAST_ADMIN");
    CHECK_INT(json_integer_value(at(&r.a, "status")), 403);
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(list_as(&r, r.chief.access), ERR_NONE);
    CHECK_INT(give(&r, &r.chief, &r.lee, "ADMIN"), ERR_NONE);
    CHECK_INT(give(&r, &r.chief, &r.chief, "CHANNEL_MANAGER"), ERR_NONE);
    CHECK_INT(list_as(&r, r.chief.access), ERR_INVALID_TOKEN);
    CHECK_INT(has_role(&r, "lee", "ADMIN"), 1);
    end(&r);
}

/* Starts it, and lets all that runs take turns until the condition holds. */
static void advance(struct rig *r, struct task *t, struct answer *a, bool (*is_there)(struct rig *))
{
    t->context[0] = (uintptr_t)a;
    task_start(t);
    for (int turns = 0; !is_there(r) && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(is_there(r));
}

/* Runs until this has been answered too. */
static void settle(struct rig *r, const struct answer *a)
{
    for (int turns = 0; !a->done && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(a->done);
}

static bool at_once(struct rig *r)
{
    (void)r;
    return true;
}

TEST(crosswise,
     "D3.11: of two who take each other's role at a time one stays an ADMIN, and nothing is told of that")
{
    struct rig r;
    struct answer other = {0};
    begin(&r);
    domain_join(&r.d, "boss", "ADMIN", &r.kim);
    size_t before = r.d.told_count;
    advance(&r, make(&r, &r.kim, &r.chief, "USER"), &other, at_once);
    enum error error = give(&r, &r.chief, &r.kim, "USER");
    settle(&r, &other);
    CHECK((error == ERR_NONE) != (other.error == ERR_NONE));
    CHECK((error == ERR_LAST_ADMIN) != (other.error == ERR_LAST_ADMIN));
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM users WHERE role = 'ADMIN'"), 1);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), 1);
    CHECK_INT(r.d.told_count, before + 2);
    answer_release(&other);
    end(&r);
}

TEST(same_time, "D4.8: what two ask for at a time is done and told once")
{
    struct rig r;
    struct answer other = {0};
    begin(&r);
    size_t before = r.d.told_count;
    advance(&r, make(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), &other, at_once);
    r.d.now++;
    CHECK_INT(give(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), ERR_NONE);
    settle(&r, &other);
    CHECK_INT(other.error, ERR_NONE);
    CHECK_INT(r.d.told_count, before + 2);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), 1);
    answer_release(&other);
    end(&r);
}

static bool are_ended(struct rig *r)
{
    return logins(r) == 0;
}

TEST(slipped_in,
     "D3.9: a login between the end of the logins and the commit, which may have the old role, ends too")
{
    struct rig r;
    struct answer change = {0};
    begin(&r);
    advance(&r, make(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), &change, are_ended);
    CHECK(has_role(&r, "kim", "USER") == 1);
    domain_sql(&r.d, "INSERT INTO logins (id, user_id, access_id, refresh_id, issued, rotated, expires)"
                     " SELECT x'000102030405060708090a0b0c0d0e0f', id, id, id, @1, @1, @4000000000000000"
                     " FROM users WHERE username = 'kim'");
    CHECK_INT(list_as(&r, r.chief.access), ERR_NONE); /* and the change comes to its end meanwhile */
    settle(&r, &change);
    CHECK_INT(change.error, ERR_NONE);
    CHECK_INT(change.ended_count, 2);
    CHECK_INT(change.ended[1].octets[15], 15);
    CHECK_INT(logins(&r), 0);
    answer_release(&change);
    end(&r);
}

static bool is_judged(struct rig *r)
{
    return r->d.passwords.verified > 3;
}

TEST(logging_in, "D3.9: whoever logs in while his role changes has the new one, or has to log in again")
{
    struct rig r;
    struct answer login = {0};
    begin(&r);
    struct task *t = domain_task(&r.d, &OPERATION_LOGIN);
    task_read(t, SLICE("{\"username\":\"kim\",\"password\":\"pass1234!\"}"));
    advance(&r, t, &login, is_judged); /* his role was read */
    domain_sql(&r.d, "UPDATE users SET role = 'CHANNEL_MANAGER' WHERE username = 'kim'");
    CHECK_INT(list_as(&r, r.chief.access), ERR_NONE);
    settle(&r, &login);
    CHECK_INT(login.error, ERR_NONE);
    CHECK_TEXT(text_at(&login, "userDto.role"), "CHANNEL_MANAGER");
    check_token(&r, login.access, "CHANNEL_MANAGER");
    answer_release(&login);
    end(&r);
}

TEST(repeated, "design 5: a batch that is run twice changes, tells and notifies once")
{
    struct rig r;
    begin(&r);
    size_t before = r.d.told_count;
    r.d.store.twice = true;
    CHECK_INT(give(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "role"), "CHANNEL_MANAGER");
    r.d.store.twice = false;
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), 1);
    /* what was published twice stands in the log once */
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM log WHERE stream = 'events'"), (int64_t)before + 2);
    end(&r);
}

enum { VERIFY = 1, READ, REVOKE, WRITE, SETTLE };

TEST(failures,
     "D3.9: whatever fails on the way, it can be asked again; no login keeps the old role, and none that "
     "was not ended has the new one")
{
    static const struct {
        unsigned batch;
        enum error error;
        bool logins, changed;
    } cases[] = {
        {READ, ERR_SERVICE_UNAVAILABLE, true, false},
        {REVOKE, ERR_SERVICE_UNAVAILABLE, true, false},
        {WRITE, ERR_SERVICE_UNAVAILABLE, false, false},
        {SETTLE, ERR_NONE, false, true}, /* what was written stands */
    };
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        struct rig r;
        begin(&r);
        r.d.store.fail_in = cases[i].batch;
        r.d.store.error = ERR_SERVICE_UNAVAILABLE;
        CHECK_INT(give(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), cases[i].error);
        CHECK_INT(has_role(&r, "kim", "CHANNEL_MANAGER"), cases[i].changed);
        CHECK_INT(logins(&r), cases[i].logins);
        CHECK_INT(r.a.ended_count, !cases[i].logins);
        CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), cases[i].changed);
        CHECK_INT(give(&r, &r.chief, &r.kim, "CHANNEL_MANAGER"), ERR_NONE);
        CHECK_INT(has_role(&r, "kim", "CHANNEL_MANAGER"), 1);
        CHECK_INT(logins(&r), 0);
        CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), 1);
        end(&r);
    }
}

static size_t told_when_ended;

static void on_ended(struct task *t)
{
    const struct domain *d = CONTAINER_OF(t->home, struct domain, loop);
    CHECK_INT(t->ended_count, 1);
    CHECK(told_when_ended == 0); /* once */
    told_when_ended = d->told_count;
}

TEST(after_the_news,
     "D15.12: his sockets and streams end behind the commit, so that he can hear of it there; also when "
     "the write fails")
{
    for (unsigned fail = 0; fail < 2; fail++) {
        struct rig r;
        begin(&r);
        size_t before = r.d.told_count;
        told_when_ended = 0;
        struct task *t = make(&r, &r.chief, &r.kim, "CHANNEL_MANAGER");
        t->on_ended = on_ended;
        r.d.store.fail_in = fail * WRITE;
        r.d.store.error = ERR_SERVICE_UNAVAILABLE;
        domain_run(&r.d, t, &r.a);
        CHECK_INT(told_when_ended, fail ? before : before + 2);
        end(&r);
    }
}
