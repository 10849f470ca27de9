// SPDX-License-Identifier: MIT
// What changes tell: the events of discodeit.md 7.4.
#include "chat/events.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

struct rig {
    struct domain d;
    struct arena arena;
    struct answer a;
    struct person admin, kim, lee;
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    arena_init(&r->arena, 1 << 20);
    domain_join(&r->d, "admin", "ADMIN", &r->admin);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    arena_release(&r->arena);
    domain_close(&r->d);
}

static Parley__V1__Envelope *envelope_of(struct rig *r, const struct event *e)
{
    return dto_unpack(&r->arena, &parley__v1__envelope__descriptor, e->body);
}

/* The last that was told, but for `back` of them. */
static Parley__V1__Envelope *told(struct rig *r, size_t back)
{
    CHECK(r->d.told_count > back);
    return envelope_of(r, r->d.told[r->d.told_count - 1 - back]);
}

static bool is_id(const Parley__V1__Uuid *id, const struct uuid *expected)
{
    struct uuid got;
    return dto_read_uuid(id, &got) && uuid_equals(&got, expected);
}

static bool names(const char *audience, const struct person *p)
{
    return strstr(audience, p->id_text) != NULL;
}

TEST(signed_up, "D7.4: a sign-up tells everybody of the user as he stands in the store")
{
    struct rig r;
    struct answer a = {0};
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(
        domain_ask(
            &r.d, &OPERATION_USER_CREATE, NULL,
            "{\"username\":\"\xED\x98\x9C\xEC\x9D\xB8 lim\",\"email\":\"h@b.co\",\"password\":\"Secret12!\"}",
            &a),
        ERR_NONE);
    CHECK_INT(r.d.told_count, before + 1);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_CREATED);
    CHECK_TEXT(e->audience, "*");
    CHECK_TEXT(e->stream, "events");
    CHECK(is_id(e->id, &r.d.told[r.d.told_count - 1]->id));
    CHECK_TEXT(e->user_created->username, text_at(&a, "username"));
    CHECK_TEXT(e->user_created->email, "h@b.co");
    CHECK_INT(e->user_created->role, PARLEY__V1__ROLE__ROLE_USER);
    CHECK(e->user_created->profile == NULL && !e->user_created->has_online);
    answer_release(&a);
    end(&r);
}

TEST(refused, "D7.4: what is refused tells nothing and leaves no hole")
{
    struct rig r;
    struct answer a = {0};
    begin(&r);
    size_t before = r.d.told_count;
    CHECK_INT(domain_ask(&r.d, &OPERATION_USER_CREATE, NULL,
                         "{\"username\":\"kim\",\"email\":\"x@b.co\",\"password\":\"Secret12!\"}", &a),
              ERR_DUPLICATE_USER);
    CHECK_INT(domain_ask(&r.d, &OPERATION_CHANNEL_CREATE_PUBLIC, r.kim.access, "{\"name\":\"nope\"}", &a),
              ERR_AUTHORIZATION_DENIED);
    CHECK_INT(r.d.told_count, before);
    CHECK_INT(domain_sql(&r.d, "SELECT max(s.seq) - count(*) FROM streams s JOIN log l ON l.stream = s.name"
                               " WHERE s.name = 'events'"),
              0);
    answer_release(&a);
    end(&r);
}

TEST(order, "D7.4: the events of one stream follow each other without a hole, in rising time")
{
    struct rig r;
    begin(&r);
    CHECK(r.d.told_count >= 6); /* three who signed up and logged in, at one instant of the clock */
    for (size_t i = 1; i < r.d.told_count; i++) {
        CHECK_INT(r.d.told[i]->seq, r.d.told[i - 1]->seq + 1);
        CHECK(r.d.told[i]->time > r.d.told[i - 1]->time);
    }
    end(&r);
}

TEST(public_channel, "D7.4: a PUBLIC channel is told to everybody")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    domain_public_channel(&r.d, &r.admin, "lobby", id);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_CREATED);
    CHECK_TEXT(e->audience, "*");
    CHECK_TEXT(e->channel_created->name, "lobby");
    CHECK_INT(e->channel_created->type, PARLEY__V1__CHANNEL_TYPE__CHANNEL_TYPE_PUBLIC);
    CHECK_INT(e->channel_created->n_participants, 0);
    CHECK(e->channel_created->last_message_at == NULL);
    end(&r);
}

TEST(last_message, "D7.4, D2.3: a channel is told with the time of its last message, to the microsecond")
{
    struct rig r;
    struct answer a = {0};
    char id[UUID_TEXT + 1];
    begin(&r);
    domain_public_channel(&r.d, &r.admin, "lobby", id);
    r.d.now += 123456;
    CHECK_INT(domain_send(&r.d, &r.kim, id, "hello", &a), ERR_NONE);
    struct task *t = domain_task(&r.d, &OPERATION_CHANNEL_UPDATE);
    t->bearer = slice_from_string(r.admin.access);
    t->parameters.id = slice_from_string(id);
    task_read(t, SLICE("{\"newName\":\"hall\"}"));
    domain_run(&r.d, t, &a);
    CHECK_INT(a.error, ERR_NONE);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
    CHECK(e->channel_updated->last_message_at != NULL);
    CHECK_INT(e->channel_updated->last_message_at->microseconds, r.d.events[r.d.event_count - 1]->time);
    answer_release(&a);
    end(&r);
}

TEST(private_channel, "D7.4: a PRIVATE channel is told to its members only, with all of them")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, id);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_CREATED);
    CHECK(names(e->audience, &r.kim) && names(e->audience, &r.lee) && !names(e->audience, &r.admin));
    CHECK_INT(strlen(e->audience), 2 * UUID_TEXT + 1);
    CHECK_INT(e->channel_created->n_participants, 2);
    CHECK(e->channel_created->name == NULL);
    size_t before = r.d.told_count;
    domain_private_channel(&r.d, &r.lee, &r.kim, id); /* the one they have already */
    CHECK_INT(r.d.told_count, before);
    end(&r);
}

TEST(logged_in,
     "D8.6: a login tells everybody of the user, and his PRIVATE channels' members of the channels")
{
    struct rig r;
    struct answer a = {0};
    char id[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, id);
    domain_private_channel(&r.d, &r.kim, &r.admin, id);
    size_t before = r.d.told_count;
    CHECK_INT(domain_login(&r.d, "kim", "pass1234!", &a), ERR_NONE);
    CHECK_INT(r.d.told_count, before + 3);
    Parley__V1__Envelope *e = told(&r, 2);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_UPDATED);
    CHECK(is_id(e->user_updated->id, &r.kim.id));
    for (size_t i = 0; i < 2; i++) {
        e = told(&r, i);
        CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
        CHECK(names(e->audience, &r.kim));
        CHECK(names(e->audience, &r.lee) != names(e->audience, &r.admin));
        CHECK_INT(e->channel_updated->n_participants, 2);
        CHECK(is_id(e->id, &r.d.told[r.d.told_count - 1 - i]->id));
    }
    answer_release(&a);
    end(&r);
}

/* A PRIVATE channel that Kim has with Admin and Lee comes to be. */
static void add_channel(struct memory_store *store)
{
    struct domain *d = CONTAINER_OF(store, struct domain, store);
    if (store->writes < 2)
        return; /* the registry's batch comes first */
    domain_sql(d, "INSERT INTO channels (id, created_at, type) VALUES (x'f00102030405060708090a0b0c0d0e0f', "
                  "@1, 'PRIVATE')");
    domain_sql(
        d,
        "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at, notification_enabled)"
        " SELECT id, @1, id, x'f00102030405060708090a0b0c0d0e0f', @1, TRUE FROM users");
}

TEST(told_once, "G2, design 5: what a batch has told it does not tell again, whatever others have done since")
{
    struct rig r;
    struct answer a = {0};
    char id[UUID_TEXT + 1];
    begin(&r);
    domain_private_channel(&r.d, &r.kim, &r.lee, id);
    int64_t before = domain_sql(&r.d, "SELECT count(*) FROM log");
    struct task *t = domain_task(&r.d, &OPERATION_LOGOUT);
    t->refresh = arena_copy(&t->arena, slice_from_string(r.kim.refresh));
    r.d.store.twice = true;
    r.d.store.writes = 0;
    r.d.store.between = add_channel;
    domain_run(&r.d, t, &a);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM channels WHERE type = 'PRIVATE'"), 2);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM log"), before + 2);
    answer_release(&a);
    end(&r);
}

/* Of the first `count` of these, who are all in it. */
static void group(struct rig *r, const struct person *all, size_t count)
{
    struct answer a = {0};
    char body[64 * (EVENTS_MEMBERS + 1)];
    size_t len = (size_t)snprintf(body, sizeof body, "{\"participantIds\":[\"%s\"", all[0].id_text);
    for (size_t i = 1; i < count; i++)
        len += (size_t)snprintf(body + len, sizeof body - len, ",\"%s\"", all[i].id_text);
    (void)snprintf(body + len, sizeof body - len, "]}");
    CHECK_INT(domain_ask(&r->d, &OPERATION_CHANNEL_CREATE_PRIVATE, all[0].access, body, &a), ERR_NONE);
    answer_release(&a);
}

TEST(crowds, "D7.4: a login tells of PRIVATE channels of few members, not of crowds")
{
    struct rig r;
    struct answer a = {0};
    struct person all[EVENTS_MEMBERS + 1];
    char name[16];
    begin(&r);
    for (size_t i = 0; i < ARRAY_LEN(all); i++) {
        (void)snprintf(name, sizeof name, "user%zu", i);
        domain_join(&r.d, name, "USER", &all[i]);
        domain_forget_events(&r.d);
    }
    group(&r, all, EVENTS_MEMBERS);
    group(&r, all, EVENTS_MEMBERS + 1);
    size_t before = r.d.told_count;
    CHECK_INT(domain_login(&r.d, "user0", "pass1234!", &a), ERR_NONE);
    CHECK_INT(r.d.told_count, before + 2);
    CHECK_INT(told(&r, 0)->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_CHANNEL_UPDATED);
    CHECK_INT(told(&r, 0)->channel_updated->n_participants, EVENTS_MEMBERS);
    answer_release(&a);
    end(&r);
}

TEST(logged_out, "D8.6: the end of a login tells of the user once; a logout of nobody tells nothing")
{
    struct rig r;
    struct answer a = {0};
    begin(&r);
    struct task *t = domain_task(&r.d, &OPERATION_LOGOUT);
    t->refresh = arena_copy(&t->arena, slice_from_string(r.kim.refresh));
    size_t before = r.d.told_count;
    domain_run(&r.d, t, &a);
    CHECK_INT(a.error, ERR_NONE);
    CHECK_INT(r.d.told_count, before + 1);
    CHECK_INT(told(&r, 0)->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_USER_UPDATED);
    t = domain_task(&r.d, &OPERATION_LOGOUT);
    t->refresh = arena_copy(&t->arena, slice_from_string(r.kim.refresh));
    domain_run(&r.d, t, &a);
    CHECK_INT(a.error, ERR_NONE);
    CHECK_INT(r.d.told_count, before + 1);
    answer_release(&a);
    end(&r);
}
