// SPDX-License-Identifier: MIT
//
// Each operation of the domain over PostgreSQL, with the connection cut at every message of it, one after the
// other: before a statement arrives, and before the answer does. Nobody may notice.
#include <stdio.h>

#include "support/domain_postgres.h"
#include "support/postgres.h"
#include "support/postgres_proxy.h"

enum { BODY = 512, MOST = 200 /* messages of one operation */ };

struct stage {
    struct domain d;
    struct person chief, ann;
    char general[UUID_TEXT + 1];
    unsigned number; /* of the try; names are made of it */
    bool ann_is_out;
    char message[UUID_TEXT + 1]; /* to be deleted */
    struct answer a;
};

static void stage_open(struct stage *s)
{
    memset(s, 0, sizeof *s);
    domain_postgres_through(postgres_proxy_start());
    domain_open(&s->d);
    domain_join(&s->d, "chief", "ADMIN", &s->chief);
    domain_join(&s->d, "ann", "USER", &s->ann);
    domain_public_channel(&s->d, &s->chief, "general", s->general);
}

static int64_t count(struct stage *s, const char *format)
{
    char sql[BODY];
    snprintf(sql, sizeof sql, format, s->number); /* NOLINT: each format is a row of the table below */
    return domain_sql(&s->d, sql);
}

/* --- the operations, and what stands in the store when one was done once --- */

static void sign_up(struct stage *s)
{
    char body[BODY], name[32];
    snprintf(name, sizeof name, "user%u", s->number);
    snprintf(body, sizeof body,
             "{\"username\":\"%s\",\"email\":\"%s@example.org\",\"password\":\"pass1234!\"}", name, name);
    CHECK_INT(domain_ask(&s->d, &OPERATION_USER_CREATE, NULL, body, &s->a), ERR_NONE);
    CHECK_TEXT(text_at(&s->a, "username"), name);
}

static void log_in(struct stage *s)
{
    CHECK_INT(domain_login(&s->d, "ann", "pass1234!", &s->a), ERR_NONE);
    CHECK_TEXT(text_at(&s->a, "userDto.username"), "ann");
    CHECK_INT(s->a.ended_count, s->ann_is_out ? 0 : 1); /* the one before, whose sockets end */
    memcpy(s->ann.access, s->a.access, sizeof s->ann.access);
    memcpy(s->ann.refresh, s->a.refresh, sizeof s->ann.refresh);
    s->ann_is_out = false;
}

static void refresh(struct stage *s)
{
    CHECK_INT(domain_refresh(&s->d, s->ann.refresh, &s->a), ERR_NONE);
    CHECK_TEXT(text_at(&s->a, "userDto.username"), "ann");
    memcpy(s->ann.access, s->a.access, sizeof s->ann.access);
    memcpy(s->ann.refresh, s->a.refresh, sizeof s->ann.refresh);
}

static void log_out(struct stage *s)
{
    struct task *t = domain_task(&s->d, &OPERATION_LOGOUT);
    t->refresh = slice_from_string(s->ann.refresh);
    domain_run(&s->d, t, &s->a);
    CHECK_INT(s->a.error, ERR_NONE);
    CHECK_INT(s->a.ended_count, 1);
    s->ann_is_out = true;
}

static void make_public(struct stage *s)
{
    char body[BODY], name[32];
    snprintf(name, sizeof name, "room%u", s->number);
    snprintf(body, sizeof body, "{\"name\":\"%s\",\"description\":\"\"}", name);
    CHECK_INT(domain_ask(&s->d, &OPERATION_CHANNEL_CREATE_PUBLIC, s->chief.access, body, &s->a), ERR_NONE);
    CHECK_TEXT(text_at(&s->a, "name"), name);
}

static void clear_private(struct stage *s)
{
    domain_sql(&s->d, "DELETE FROM channels WHERE type = 'PRIVATE'");
}

static void make_private(struct stage *s)
{
    char body[BODY];
    snprintf(body, sizeof body, "{\"participantIds\":[\"%s\",\"%s\"]}", s->ann.id_text, s->chief.id_text);
    CHECK_INT(domain_ask(&s->d, &OPERATION_CHANNEL_CREATE_PRIVATE, s->chief.access, body, &s->a), ERR_NONE);
    CHECK_INT(json_array_size(at(&s->a, "participants")), 2);
}

static void forget_events(struct stage *s)
{
    while (s->d.event_count > 0)
        event_unref(s->d.events[--s->d.event_count]);
}

/* Published at least once, and each time as the same event. */
static void send_message(struct stage *s)
{
    char content[32];
    struct uuid id;
    snprintf(content, sizeof content, "message %u", s->number);
    CHECK_INT(domain_send(&s->d, &s->ann, s->general, content, &s->a), ERR_NONE);
    CHECK_TEXT(text_at(&s->a, "content"), content);
    CHECK(uuid_parse(slice_from_string(text_at(&s->a, "id")), &id));
    CHECK(s->d.event_count >= 1);
    for (size_t i = 0; i < s->d.event_count; i++) {
        CHECK(uuid_equals(&s->d.events[i]->id, &id));
        CHECK_INT(s->d.events[i]->seq, s->number);
    }
}

static void send_victim(struct stage *s)
{
    CHECK_INT(domain_send(&s->d, &s->ann, s->general, "not for long", &s->a), ERR_NONE);
    snprintf(s->message, sizeof s->message, "%s", text_at(&s->a, "id"));
    forget_events(s);
}

static void delete_message(struct stage *s)
{
    struct task *t = domain_task(&s->d, &OPERATION_MESSAGE_DELETE);
    t->bearer = slice_from_string(s->ann.access);
    t->parameters.id = slice_from_string(s->message);
    domain_run(&s->d, t, &s->a);
    CHECK_INT(s->a.error, ERR_NONE);
}

static void list_messages(struct stage *s)
{
    struct task *t = domain_task(&s->d, &OPERATION_MESSAGE_LIST);
    t->bearer = slice_from_string(s->ann.access);
    t->parameters.channel_id = slice_from_string(s->general);
    domain_run(&s->d, t, &s->a);
    CHECK_INT(s->a.error, ERR_NONE);
    CHECK(json_array_size(at(&s->a, "content")) == 50);
}

static void list_channels(struct stage *s)
{
    CHECK_INT(domain_ask(&s->d, &OPERATION_CHANNEL_LIST, s->ann.access, NULL, &s->a), ERR_NONE);
    CHECK(json_array_size(s->a.json) >= 1);
}

static void clear_first(struct stage *s)
{
    domain_sql(&s->d, "DELETE FROM meta WHERE name = 'first_channel'");
    domain_sql(&s->d, "DELETE FROM users WHERE username = 'boss'");
    domain_sql(&s->d, "UPDATE users SET role = 'CHANNEL_MANAGER' WHERE username = 'chief'");
}

static void start(struct stage *s)
{
    CHECK_INT(domain_ask(&s->d, &OPERATION_BOOTSTRAP, NULL,
                         "{\"username\":\"boss\",\"email\":\"b@b\",\"password\":\"pass1234!\"}", &s->a),
              ERR_NONE);
}

struct deed {
    void (*prepare)(struct stage *); /* may be NULL */
    void (*act)(struct stage *);
    const char *once; /* asks for 1; %u is the number of the try */
};

static void cut_one(struct stage *s, const struct deed *deed, enum proxy_way way, int messages, bool *cut)
{
    s->number++;
    if (deed->prepare != NULL)
        deed->prepare(s);
    domain_postgres_settle(); /* what is cut is this operation, not a connection that is being made */
    postgres_proxy_arm(way, messages);
    deed->act(s);
    *cut = postgres_proxy_has_cut();
    CHECK_INT(count(s, deed->once), 1);
}

static void cut_everywhere(const struct deed *deed)
{
    struct stage s;
    stage_open(&s);
    for (int way = PROXY_TO_SERVER; way <= PROXY_TO_CLIENT; way++) {
        bool cut = true;
        int messages = 0;
        for (; cut && messages < MOST; messages++)
            cut_one(&s, deed, (enum proxy_way)way, messages, &cut);
        CHECK(messages > 4 && !cut);
    }
    answer_release(&s.a);
    domain_close(&s.d);
}

#define LOGINS                                                                                               \
    "SELECT count(*) FROM logins l JOIN users u ON u.id = l.user_id WHERE u.username = 'ann' AND %u > 0"

TEST(sign_up, "a user is made once and answered, wherever the connection is lost; G1")
{
    cut_everywhere(&(struct deed){NULL, sign_up, "SELECT count(*) FROM users WHERE username = 'user%u'"});
}

TEST(log_in, "there is one login, the one that was answered; G1")
{
    cut_everywhere(&(struct deed){NULL, log_in, LOGINS});
}

TEST(refresh, "a refresh token is used once and answered; G1 D3.7")
{
    cut_everywhere(&(struct deed){log_in, refresh, LOGINS});
}

TEST(log_out, "a login is gone; G1")
{
    cut_everywhere(&(struct deed){log_in, log_out,
                                  "SELECT count(*) FROM users u WHERE u.username = 'ann' AND %u > 0"
                                  " AND NOT EXISTS (SELECT 1 FROM logins l WHERE l.user_id = u.id)"});
}

TEST(public_channel, "a PUBLIC channel is made once; G1")
{
    cut_everywhere(&(struct deed){NULL, make_public, "SELECT count(*) FROM channels WHERE name = 'room%u'"});
}

TEST(private_channel, "a PRIVATE channel is made once, with both members; G1")
{
    cut_everywhere(&(struct deed){clear_private, make_private,
                                  "SELECT count(*) FROM channels c WHERE c.type = 'PRIVATE' AND %u > 0"
                                  " AND (SELECT count(*) FROM read_statuses) = 2"});
}

TEST(message,
     "a message is committed once, with its event at the next place, and published as that; G1 G2 G3")
{
    cut_everywhere(
        &(struct deed){forget_events, send_message,
                       "SELECT count(*) FROM log l JOIN messages m ON m.id = l.id AND m.created_at = l.time"
                       " JOIN streams s ON s.name = l.stream AND s.seq = l.seq WHERE l.seq = %u"});
}

TEST(message_deletion, "a message is deleted, and whoever asked is not told that there was none; G1 D4.4")
{
    cut_everywhere(&(struct deed){send_victim, delete_message,
                                  "SELECT count(*) FROM users WHERE username = 'ann' AND %u > 0"
                                  " AND NOT EXISTS (SELECT 1 FROM messages)"});
}

TEST(bootstrap, "the first administrator and the first channel are made once; D3.11")
{
    cut_everywhere(
        &(struct deed){clear_first, start,
                       "SELECT count(*) FROM users WHERE role = 'ADMIN' AND username = 'boss' AND %u > 0"});
}

/* Fills a page first. */
static void fill_page(struct stage *s)
{
    while (s->number <= 60) {
        send_message(s);
        forget_events(s);
        s->number++;
    }
}

TEST(page, "a page is read although the connection is lost")
{
    cut_everywhere(&(struct deed){fill_page, list_messages,
                                  "SELECT count(*) FROM users WHERE username = 'ann' AND %u > 0"});
}

TEST(channels, "channels are listed although the connection is lost")
{
    cut_everywhere(
        &(struct deed){NULL, list_channels, "SELECT count(*) FROM users WHERE username = 'ann' AND %u > 0"});
}
