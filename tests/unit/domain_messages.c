// SPDX-License-Identifier: MIT
#include "dto/json.h"
#include "dto/values.h"
#include "parley/v1/event.pb-c.h"
#include "support/domain.h"

#define NOBODY "99999999-9999-4999-8999-999999999999"

struct room {
    struct domain d;
    struct person haneul, dami, bora;
    char general[UUID_TEXT + 1], direct[UUID_TEXT + 1];
    struct answer a;
};

static void room_open(struct room *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    domain_join(&r->d, "haneul", "ADMIN", &r->haneul);
    domain_join(&r->d, "dami", "USER", &r->dami);
    domain_join(&r->d, "bora", "USER", &r->bora);
    domain_public_channel(&r->d, &r->haneul, "general", r->general);
    domain_private_channel(&r->d, &r->haneul, &r->dami, r->direct);
}

static void room_close(struct room *r)
{
    answer_release(&r->a);
    domain_close(&r->d);
}

static enum error page(struct room *r, const struct person *p, const char *channel, const char *cursor,
                       const char *size, const char *sort)
{
    char copy[80] = "";
    if (cursor != NULL)
        snprintf(copy, sizeof copy, "%s", cursor);
    struct task *t = domain_task(&r->d, &OPERATION_MESSAGE_LIST);
    t->bearer = slice_from_string(p->access);
    t->parameters.channel_id = slice_from_string(channel);
    t->parameters.cursor = cursor == NULL ? SLICE_NONE : slice_from_string(copy);
    t->parameters.size = slice_from_string(size);
    t->parameters.sort = slice_from_string(sort);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static size_t rows_in(struct room *r, const char *table)
{
    char sql[64];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    return (size_t)domain_sql(&r->d, sql);
}

TEST(create,
     "D2.4, D4.4: a message is committed with its event: same id, same time, the author as a snapshot")
{
    struct room r;
    room_open(&r);
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, "점심? \\uD83C\\uDF5C", &r.a), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content"), "점심? 🍜");
    CHECK_TEXT(text_at(&r.a, "channelId"), r.general);
    CHECK_TEXT(text_at(&r.a, "createdAt"), "2026-03-02T09:15:30.482913Z");
    CHECK_TEXT(text_at(&r.a, "updatedAt"), "null");
    CHECK_TEXT(text_at(&r.a, "author.username"), "dami");
    CHECK_TEXT(text_at(&r.a, "author.email"), "dami@example.org");
    CHECK_TEXT(text_at(&r.a, "author.role"), "USER");
    CHECK_TEXT(text_at(&r.a, "author.online"), "true");
    CHECK(json_is_array(at(&r.a, "attachments")));
    CHECK_INT(r.d.event_count, 1);
    const struct event *e = r.d.events[0];
    struct arena arena;
    struct uuid id;
    char name[80];
    snprintf(name, sizeof name, "channels.%s.messages", r.general);
    CHECK_SLICE(e->stream, name);
    CHECK_INT(e->seq, 1);
    CHECK_INT(e->time, r.d.now);
    CHECK(uuid_parse(slice_from_string(text_at(&r.a, "id")), &id) && uuid_equals(&id, &e->id));
    arena_init(&arena, 64 * 1024);
    Parley__V1__Envelope *envelope = dto_unpack(&arena, &parley__v1__envelope__descriptor, e->body);
    CHECK_INT(envelope->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_MESSAGE_CREATED);
    CHECK(dto_read_uuid(envelope->id, &id) && uuid_equals(&id, &e->id));
    CHECK_TEXT(envelope->stream, name);
    CHECK_TEXT(envelope->audience, "*");
    CHECK(!envelope->has_seq &&
          envelope->time == NULL); /* columns of the log, known only inside the transaction */
    const Parley__V1__MessageDto *m = envelope->message_created;
    CHECK_TEXT(m->content, "점심? 🍜");
    CHECK_TEXT(m->author->username, "dami");
    CHECK(!m->author->has_online && m->created_at == NULL);
    CHECK_INT(domain_sql(&r.d,
                         "SELECT count(*) FROM messages m JOIN log l ON l.id = m.id AND l.time = m.created_at"
                         " JOIN streams s ON s.name = l.stream AND s.seq = 1 AND s.time = l.time"
                         " WHERE l.audience = '*'"),
              1);
    arena_release(&arena);
    room_close(&r);
}

TEST(session_author,
     "D6.4, design 4: a SEND is one write batch and no read, and its author is who he is by then")
{
    struct room r;
    struct answer session = {0};
    room_open(&r);
    CHECK_INT(domain_ask(&r.d, &OPERATION_SESSION_OPEN, r.dami.access, NULL, &session), ERR_NONE);
    domain_sql(&r.d, "UPDATE users SET username = 'dami the second' WHERE username = 'dami'");
    size_t reads = r.d.store.reads, writes = r.d.store.writes;
    char body[256];
    snprintf(body, sizeof body, "{\"content\":\"hi\",\"channelId\":\"%s\"}", r.general);
    struct task *t = domain_task(&r.d, &OPERATION_MESSAGE_CREATE);
    t->caller = session.caller;
    task_read(t, slice_from_string(body));
    domain_run(&r.d, t, &r.a);
    CHECK_INT(r.a.error, ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "author.username"), "dami the second");
    CHECK_TEXT(text_at(&r.a, "author.online"), "true");
    CHECK_INT(r.d.store.reads, reads);
    CHECK_INT(r.d.store.writes, writes + 1);
    CHECK_INT(r.d.event_count, 1);
    struct arena arena;
    arena_init(&arena, 64 * 1024);
    const Parley__V1__Envelope *envelope =
        dto_unpack(&arena, &parley__v1__envelope__descriptor, r.d.events[0]->body);
    CHECK_TEXT(envelope->message_created->author->username, "dami the second");
    arena_release(&arena);
    answer_release(&session);
    room_close(&r);
}

static struct {
    struct arena *arena;
    Parley__V1__UserDto *user;
    struct caller caller;
    bool is_open;
} session;

static void on_session(struct task *t)
{
    CHECK_INT(t->error, ERR_NONE);
    session.user =
        dto_unpack(session.arena, &parley__v1__user_dto__descriptor, dto_pack(&t->arena, t->output));
    session.caller = t->caller;
    session.is_open = true;
}

/* What a session of Dami's that begins now knows of her. */
static const Parley__V1__UserDto *open_session(struct room *r, struct arena *arena, struct caller *caller)
{
    struct task *t = task_new(&r->d.chat, &OPERATION_SESSION_OPEN, &r->d.loop, on_session);
    t->bearer = slice_from_string(r->dami.access);
    session.arena = arena;
    session.is_open = false;
    task_start(t);
    for (int turns = 0; !session.is_open && turns < 64; turns++) {
        domain_store_step(&r->d);
        loop_turn(&r->d.loop);
    }
    CHECK(session.is_open);
    *caller = session.caller;
    return session.user;
}

/* What the event of a message says of its author, when its sender was known like this. */
static struct slice author_told(struct room *r, const struct caller *caller, const Parley__V1__UserDto *known,
                                struct arena *arena)
{
    char body[256];
    snprintf(body, sizeof body, "{\"content\":\"hi\",\"channelId\":\"%s\"}", r->general);
    struct task *t = domain_task(&r->d, &OPERATION_MESSAGE_CREATE);
    t->caller = *caller;
    t->author = known;
    task_read(t, slice_from_string(body));
    domain_forget_events(&r->d);
    domain_run(&r->d, t, &r->a);
    CHECK_INT(r->a.error, ERR_NONE);
    const Parley__V1__Envelope *e =
        dto_unpack(arena, &parley__v1__envelope__descriptor, r->d.events[0]->body);
    CHECK_TEXT(e->message_created->content, "hi");
    CHECK(!e->message_created->author->has_online);
    return dto_pack(arena, &e->message_created->author->base);
}

TEST(known_author, "D6.4: what a session knew of its user is told as long as it is so, and otherwise what is")
{
    static const char *const changes[] = {
        "UPDATE users SET username = 'other' WHERE username = 'dami'",
        "UPDATE users SET email = 'other@example.org' WHERE email = 'dami@example.org'",
        "UPDATE users SET role = 'CHANNEL_MANAGER' WHERE email = 'other@example.org'",
        "UPDATE users SET profile_id = x'000102030405060708090a0b0c0d0e0f' WHERE username = 'other'",
        "UPDATE binary_contents SET status = 'SUCCESS' WHERE file_name = 'me.png'",
        "UPDATE users SET profile_id = x'100102030405060708090a0b0c0d0e0f' WHERE username = 'other'",
        "DELETE FROM binary_contents WHERE file_name = 'me.png'",
    };
    struct room r;
    struct arena arena;
    struct caller caller;
    room_open(&r);
    arena_init(&arena, 1 << 20);
    domain_sql(&r.d,
               "INSERT INTO binary_contents (id, created_at, file_name, size, content_type, status) VALUES"
               " (x'000102030405060708090a0b0c0d0e0f', @1, 'me.png', 48213, 'image/png', 'PROCESSING'),"
               " (x'100102030405060708090a0b0c0d0e0f', @1, 'me.png', 48213, 'image/png', 'SUCCESS')");
    for (size_t i = 0; i <= ARRAY_LEN(changes); i++) {
        const Parley__V1__UserDto *known = open_session(&r, &arena, &caller);
        struct slice before = author_told(&r, &caller, known, &arena);
        CHECK(slice_equals(before, author_told(&r, &caller, NULL, &arena)));
        if (i == ARRAY_LEN(changes))
            break;
        domain_sql(&r.d, changes[i]);
        struct slice fresh = author_told(&r, &caller, known, &arena);
        CHECK(!slice_equals(before, fresh));
        CHECK(slice_equals(fresh, author_told(&r, &caller, NULL, &arena)));
    }
    arena_release(&arena);
    room_close(&r);
}

TEST(refusals, "D4.4, D8.1: a foreign author 403, a stranger to a PRIVATE channel 403, an unknown channel "
               "404, nothing kept")
{
    struct room r;
    char body[256];
    room_open(&r);
    snprintf(body, sizeof body, "{\"content\":\"hi\",\"channelId\":\"%s\",\"authorId\":\"%s\"}", r.general,
             r.haneul.id_text);
    CHECK_INT(domain_ask(&r.d, &OPERATION_MESSAGE_CREATE, r.dami.access, body, &r.a),
              ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_send(&r.d, &r.bora, r.direct, "hi", &r.a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(domain_send(&r.d, &r.bora, NOBODY, "hi", &r.a), ERR_CHANNEL_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "details.channelId"), NOBODY);
    CHECK_INT(domain_ask(&r.d, &OPERATION_MESSAGE_CREATE, NULL, body, &r.a), ERR_UNAUTHENTICATED);
    CHECK_INT(rows_in(&r, "messages"), 0);
    CHECK_INT(rows_in(&r, "log WHERE stream <> 'events'"), 0);
    CHECK_INT(r.d.event_count, 0);
    CHECK_INT(domain_send(&r.d, &r.dami, r.direct, "hi", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.haneul, r.direct, "hi", &r.a), ERR_NONE);
    CHECK_INT(r.d.events[1]->seq, 2);
    room_close(&r);
}

TEST(bodies, "D4.4: blank, overlong and missing parts are refused with their fields; 2000 characters pass")
{
    struct room r;
    char text[4 * 2001 + 1] = "";
    room_open(&r);
    for (int i = 0; i < 2000; i++)
        memcpy(text + i * 4, "\xF0\x9F\x98\x80", 5);
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, text, &r.a), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content"), text);
    memcpy(text + 4 * 2000, ".", 2);
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, text, &r.a), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&r.a, "details.content"), "must have at most 2000 characters");
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, " \\n", &r.a), ERR_VALIDATION_ERROR);
    CHECK_TEXT(text_at(&r.a, "details.content"), "must not be blank");
    CHECK_INT(domain_ask(&r.d, &OPERATION_MESSAGE_CREATE, r.dami.access, "{\"content\":null}", &r.a),
              ERR_VALIDATION_ERROR);
    CHECK_INT(json_object_size(at(&r.a, "details")), 2);
    CHECK_INT(rows_in(&r, "messages"), 1);
    room_close(&r);
}

TEST(order, "G3, D6.3: times rise strictly with seq even if the clock stands still or goes back")
{
    struct room r;
    int64_t start;
    room_open(&r);
    start = r.d.now;
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, "1", &r.a), ERR_NONE);
    CHECK_INT(domain_send(&r.d, &r.bora, r.general, "2", &r.a), ERR_NONE);
    r.d.now -= MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, "3", &r.a), ERR_NONE);
    r.d.now += 10 * MICROSECONDS_PER_SECOND;
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, "4", &r.a), ERR_NONE);
    int64_t times[] = {start, start + 1, start + 2, r.d.now};
    CHECK_INT(r.d.event_count, 4);
    for (size_t i = 0; i < r.d.event_count; i++) {
        CHECK_INT(r.d.events[i]->seq, i + 1);
        CHECK_INT(r.d.events[i]->time, times[i]);
    }
    CHECK_TEXT(text_at(&r.a, "createdAt"), "2026-03-02T09:15:39.482913Z");
    room_close(&r);
}

TEST(repeated,
     "G2: a batch that is run again after an unknown outcome makes one message, one event, one answer")
{
    struct room r;
    room_open(&r);
    r.d.store.twice = true;
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, "once", &r.a), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content"), "once");
    CHECK_TEXT(text_at(&r.a, "createdAt"), "2026-03-02T09:15:30.482913Z");
    CHECK_INT(rows_in(&r, "messages"), 1);
    CHECK_INT(rows_in(&r, "log WHERE stream <> 'events'"), 1);
    CHECK_INT(domain_send(&r.d, &r.bora, r.direct, "no", &r.a), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(rows_in(&r, "log WHERE stream <> 'events'"), 1);
    room_close(&r);
}

TEST(deleted_author, "D8.3, D2.4: a message outlives its author, who is null; one who is gone writes no more")
{
    struct room r;
    room_open(&r);
    CHECK_INT(domain_send(&r.d, &r.dami, r.general, "hi", &r.a), ERR_NONE);
    CHECK_INT(domain_ask(&r.d, &OPERATION_SESSION_OPEN, r.dami.access, NULL, &r.a), ERR_NONE);
    struct caller dami = r.a.caller;
    domain_sql(&r.d, "DELETE FROM users WHERE username = 'dami'");
    CHECK_INT(page(&r, &r.bora, r.general, NULL, NULL, NULL), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "hi");
    CHECK_TEXT(text_at(&r.a, "content.0.author"), "null");
    char body[256];
    snprintf(body, sizeof body, "{\"content\":\"ghost\",\"channelId\":\"%s\"}", r.general);
    struct task *t = domain_task(&r.d, &OPERATION_MESSAGE_CREATE);
    t->caller = dami;
    task_read(t, slice_from_string(body));
    domain_run(&r.d, t, &r.a);
    CHECK_INT(r.a.error, ERR_AUTHORIZATION_DENIED);
    CHECK_INT(rows_in(&r, "messages"), 1);
    room_close(&r);
}

TEST(pages, "D2.8, D4.4: 120 messages are pages of 50, 50 and 20, newest first, with a cursor on each")
{
    struct room r;
    char text[16];
    room_open(&r);
    CHECK_INT(page(&r, &r.dami, r.general, NULL, NULL, NULL), ERR_NONE);
    CHECK_INT(json_array_size(at(&r.a, "content")), 0);
    CHECK_TEXT(text_at(&r.a, "nextCursor"), "null");
    CHECK_TEXT(text_at(&r.a, "hasNext"), "false");
    for (int i = 1; i <= 120; i++) {
        snprintf(text, sizeof text, "%d", i);
        CHECK_INT(domain_send(&r.d, &r.dami, r.general, text, &r.a), ERR_NONE);
    }
    CHECK_INT(page(&r, &r.dami, r.general, NULL, "50", "createdAt,desc"), ERR_NONE);
    CHECK_INT(json_array_size(at(&r.a, "content")), 50);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "120");
    CHECK_TEXT(text_at(&r.a, "content.0.author.username"), "dami");
    CHECK_TEXT(text_at(&r.a, "content.49.content"), "71");
    CHECK_TEXT(text_at(&r.a, "hasNext"), "true");
    CHECK_TEXT(text_at(&r.a, "totalElements"), "null");
    CHECK_INT(json_integer_value(at(&r.a, "size")), 50);
    CHECK_INT(page(&r, &r.dami, r.general, text_at(&r.a, "nextCursor"), NULL, NULL), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "70");
    CHECK_TEXT(text_at(&r.a, "content.49.content"), "21");
    CHECK_TEXT(text_at(&r.a, "hasNext"), "true");
    /* A plain instant is understood: strictly older. */
    CHECK_INT(page(&r, &r.dami, r.general, text_at(&r.a, "content.49.createdAt"), NULL, NULL), ERR_NONE);
    CHECK_INT(json_array_size(at(&r.a, "content")), 20);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "20");
    CHECK_TEXT(text_at(&r.a, "content.19.content"), "1");
    CHECK_TEXT(text_at(&r.a, "hasNext"), "false");
    CHECK(json_is_string(at(&r.a, "nextCursor"))); /* the page's end line needs it */
    CHECK_INT(page(&r, &r.dami, r.general, text_at(&r.a, "nextCursor"), NULL, NULL), ERR_NONE);
    CHECK_INT(json_array_size(at(&r.a, "content")), 0);
    room_close(&r);
}

TEST(same_instant, "D4.4: messages of one instant at a page border are neither lost nor repeated")
{
    struct room r;
    size_t seen = 0;
    char cursor[80] = "", ids[16][UUID_TEXT + 1];
    room_open(&r);
    for (int i = 1; i <= 7; i++) {
        char sql[512];
        snprintf(
            sql, sizeof sql,
            "INSERT INTO messages SELECT x'0000000000000000000000000000000%d', @1000, NULL, 'old', id, NULL"
            " FROM channels WHERE name = 'general'",
            i);
        domain_sql(&r.d, sql);
    }
    do {
        CHECK_INT(page(&r, &r.bora, r.general, cursor[0] == '\0' ? NULL : cursor, "3", NULL), ERR_NONE);
        for (size_t i = 0; i < json_array_size(at(&r.a, "content")) && seen < 16; i++) {
            char path[32];
            snprintf(path, sizeof path, "content.%zu.id", i);
            snprintf(ids[seen++], sizeof ids[0], "%s", text_at(&r.a, path));
        }
        snprintf(cursor, sizeof cursor, "%s", text_at(&r.a, "nextCursor"));
    } while (json_is_true(at(&r.a, "hasNext")) && seen < 16);
    CHECK_INT(seen, 7);
    for (size_t i = 1; i < seen; i++)
        CHECK(strcmp(ids[i - 1], ids[i]) > 0);
    room_close(&r);
}

TEST(page_rights,
     "D8.1, D4.4: a stranger to a PRIVATE channel gets 403, an unknown channel 404, members the page")
{
    struct room r;
    room_open(&r);
    CHECK_INT(domain_send(&r.d, &r.dami, r.direct, "secret", &r.a), ERR_NONE);
    CHECK_INT(page(&r, &r.bora, r.direct, NULL, NULL, NULL), ERR_AUTHORIZATION_DENIED);
    CHECK_INT(page(&r, &r.bora, NOBODY, NULL, NULL, NULL), ERR_CHANNEL_NOT_FOUND);
    CHECK_TEXT(text_at(&r.a, "details.channelId"), NOBODY);
    CHECK_INT(page(&r, &r.haneul, r.direct, NULL, NULL, NULL), ERR_NONE);
    CHECK_TEXT(text_at(&r.a, "content.0.content"), "secret");
    room_close(&r);
}

TEST(parameters,
     "D4.4: size is 1 to 100, sort is createdAt,desc, ids and cursors are what they should be: else 400")
{
    struct room r;
    static const struct {
        const char *channel, *cursor, *size, *sort, *field;
    } cases[] = {
        {NULL, NULL, NULL, NULL, "channelId"},
        {"general", NULL, NULL, NULL, "channelId"},
        {NOBODY, "x", NULL, NULL, "cursor"},
        {NOBODY, "2026-03-02T09:15:30Z_", NULL, NULL, "cursor"},
        {NOBODY, "_" NOBODY, NULL, NULL, "cursor"},
        {NOBODY, NULL, "0", NULL, "size"},
        {NOBODY, NULL, "101", NULL, "size"},
        {NOBODY, NULL, "-1", NULL, "size"},
        {NOBODY, NULL, "", NULL, "size"},
        {NOBODY, NULL, "ten", NULL, "size"},
        {NOBODY, NULL, NULL, "createdAt", "sort"},
        {NOBODY, NULL, NULL, "createdAt,asc", "sort"},
        {NOBODY, NULL, NULL, "content,desc", "sort"},
    };
    room_open(&r);
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        CHECK_INT(page(&r, &r.dami, cases[i].channel, cases[i].cursor, cases[i].size, cases[i].sort),
                  ERR_INVALID_REQUEST);
        CHECK_INT(json_object_size(at(&r.a, "details")), 1);
        CHECK(json_is_string(json_object_get(at(&r.a, "details"), cases[i].field)));
    }
    CHECK_INT(page(&r, &r.dami, "general", "x", "0", "name"), ERR_INVALID_REQUEST);
    CHECK_INT(json_object_size(at(&r.a, "details")), 4);
    CHECK_INT(page(&r, &r.dami, r.general, "", "1", "createdAt,DESC"), ERR_NONE);
    CHECK_INT(page(&r, &r.dami, r.general, NULL, "100", NULL), ERR_NONE);
    CHECK_INT(json_integer_value(at(&r.a, "size")), 100);
    room_close(&r);
}
