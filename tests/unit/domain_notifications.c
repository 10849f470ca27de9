// SPDX-License-Identifier: MIT
// What a user is told: lists, reading, who is told of what (discodeit.md 4.6, 8.4).
#include "chat/notifications.h"

#include <stdio.h>

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
    domain_forget_events(&r->d);
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    arena_release(&r->arena);
    domain_close(&r->d);
}

/* --- operations that tell --- */

static enum error role_write(struct task *t, struct batch *b)
{
    static const struct statement change = {"test_role", "UPDATE users SET role = ?2 WHERE id = ?1", 2};
    notifications_role_changed(t, b, &t->caller.user, PARLEY__V1__ROLE__ROLE_CHANNEL_MANAGER);
    struct batch_step *step = batch_add(b, &change);
    step->values[0] = value_uuid(&t->caller.user);
    step->values[1] = value_text(SLICE("CHANNEL_MANAGER"));
    return ERR_NONE;
}

static const struct operation role_change = {.name = "test_role", .who = WHO_USER, .write = role_write};

static struct uuid failed_file = {{7, 7, 7}};
#define FAILED_FILE "x'07070700000000000000000000000000'"

static enum error file_write(struct task *t, struct batch *b)
{
    static const struct statement change = {
        "test_file",
        "UPDATE binary_contents SET status = 'FAIL', updated_at = ?2 WHERE id = ?1 AND status = 'PROCESSING'",
        2};
    struct batch_step *step = batch_add(b, &change);
    step->values[0] = value_uuid(&failed_file);
    step->values[1] = value_instant(t->now);
    notifications_file_failed(t, b, &failed_file, SLICE("upload failed"), SLICE("one\ntwo\nthree"));
    return ERR_NONE;
}

static const struct operation file_fail = {.name = "test_file", .who = WHO_ANYONE, .write = file_write};

/* --- what is there --- */

static size_t list(struct rig *r, const struct person *p)
{
    CHECK_INT(domain_ask(&r->d, &OPERATION_NOTIFICATION_LIST, p->access, NULL, &r->a), ERR_NONE);
    return json_array_size(r->a.json);
}

static enum error discard(struct rig *r, const struct person *p, const char *which)
{
    char id[UUID_TEXT + 1];
    snprintf(id, sizeof id, "%s", which); /* it may be of the answer before */
    struct task *t = domain_task(&r->d, &OPERATION_NOTIFICATION_DELETE);
    t->bearer = slice_from_string(p->access);
    t->parameters.id = slice_from_string(id);
    domain_run(&r->d, t, &r->a);
    return r->a.error;
}

static Parley__V1__Envelope *told(struct rig *r, size_t back)
{
    CHECK(r->d.told_count > back);
    return dto_unpack(&r->arena, &parley__v1__envelope__descriptor,
                      r->d.told[r->d.told_count - 1 - back]->body);
}

static bool is_id(const Parley__V1__Uuid *id, const char *expected)
{
    struct uuid got, wanted;
    return dto_read_uuid(id, &got) && uuid_parse(slice_from_string(expected), &wanted) &&
           uuid_equals(&got, &wanted);
}

TEST(role, "D8.4: whoever gets another role is told the old one and the new one, and nobody else is")
{
    struct rig r;
    begin(&r);
    CHECK_INT(domain_ask(&r.d, &role_change, r.kim.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(list(&r, &r.lee), 0);
    CHECK_INT(list(&r, &r.kim), 1);
    CHECK_TEXT(text_at(&r.a, "0.title"), "권한이 변경되었습니다.");
    CHECK_TEXT(text_at(&r.a, "0.content"), "USER -> CHANNEL_MANAGER");
    CHECK_TEXT(text_at(&r.a, "0.receiverId"), r.kim.id_text);
    CHECK_INT(strlen(text_at(&r.a, "0.id")), UUID_TEXT);
    /* what he has already is no change */
    CHECK_INT(domain_ask(&r.d, &role_change, r.kim.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(list(&r, &r.kim), 1);
    end(&r);
}

TEST(event, "D7.4, D2.6: notifications.created is for the receiver alone, with what the list says")
{
    struct rig r;
    begin(&r);
    CHECK_INT(domain_ask(&r.d, &role_change, r.kim.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(r.d.told_count, 1);
    Parley__V1__Envelope *e = told(&r, 0);
    CHECK_INT(list(&r, &r.kim), 1);
    CHECK_INT(e->payload_case, PARLEY__V1__ENVELOPE__PAYLOAD_NOTIFICATION_CREATED);
    CHECK_TEXT(e->audience, r.kim.id_text);
    CHECK_TEXT(e->stream, "events");
    CHECK(is_id(e->id, text_at(&r.a, "0.id")));
    CHECK(is_id(e->notification_created->id, text_at(&r.a, "0.id")));
    CHECK(is_id(e->notification_created->receiver_id, r.kim.id_text));
    CHECK_INT(e->notification_created->created_at->microseconds, r.d.told[0]->time);
    CHECK_TEXT(e->notification_created->title, text_at(&r.a, "0.title"));
    CHECK_TEXT(e->notification_created->content, text_at(&r.a, "0.content"));
    end(&r);
}

TEST(file, "D8.4: of a file that could not be stored every ADMIN is told, once")
{
    struct rig r;
    struct person chief;
    begin(&r);
    domain_join(&r.d, "chief", "ADMIN", &chief);
    domain_sql(&r.d, "INSERT INTO binary_contents (id, created_at, file_name, size, content_type, status)"
                     " VALUES (" FAILED_FILE ", @1, 'a', 1, 'image/png', 'PROCESSING')");
    domain_forget_events(&r.d);
    CHECK_INT(domain_ask(&r.d, &file_fail, NULL, NULL, &r.a), ERR_NONE);
    CHECK_INT(r.d.told_count, 2);
    CHECK(strcmp(told(&r, 0)->audience, told(&r, 1)->audience) != 0);
    CHECK_INT(list(&r, &r.kim), 0);
    CHECK_INT(list(&r, &r.admin), 1);
    CHECK_INT(list(&r, &chief), 1);
    CHECK_TEXT(text_at(&r.a, "0.title"), "upload failed");
    CHECK_TEXT(text_at(&r.a, "0.content"), "one\ntwo\nthree");
    CHECK_INT(discard(&r, &chief, text_at(&r.a, "0.id")), ERR_NONE);
    r.d.now += 1;
    CHECK_INT(domain_ask(&r.d, &file_fail, NULL, NULL, &r.a), ERR_NONE);
    CHECK_INT(r.d.told_count, 2);
    CHECK_INT(list(&r, &chief), 0);
    end(&r);
}

TEST(discard, "D4.6: reading a notification deletes it, which is for its receiver alone")
{
    struct rig r;
    char id[UUID_TEXT + 1];
    begin(&r);
    CHECK_INT(domain_ask(&r.d, &role_change, r.kim.access, NULL, &r.a), ERR_NONE);
    CHECK_INT(list(&r, &r.kim), 1);
    snprintf(id, sizeof id, "%s", text_at(&r.a, "0.id"));
    CHECK_INT(discard(&r, &r.lee, id), ERR_NOTIFICATION_FORBIDDEN);
    CHECK_INT(discard(&r, &r.admin, id), ERR_NOTIFICATION_FORBIDDEN);
    CHECK_INT(list(&r, &r.kim), 1);
    CHECK_INT(discard(&r, &r.kim, id), ERR_NONE);
    CHECK(r.a.json == NULL);
    CHECK_INT(list(&r, &r.kim), 0);
    CHECK_INT(discard(&r, &r.kim, id), ERR_NOTIFICATION_NOT_FOUND);
    CHECK_INT(discard(&r, &r.kim, "nonsense"), ERR_NOTIFICATION_NOT_FOUND);
    end(&r);
}

TEST(newest_first,
     "D4.6: the list begins with the newest and holds the newest hundred; older ones are dropped")
{
    struct rig r;
    begin(&r);
    for (int i = 0; i < NOTIFICATIONS_KEPT + 5; i++) {
        domain_sql(&r.d, "UPDATE users SET role = 'USER' WHERE username = 'kim'");
        r.d.now += i % 3; /* some at the same instant of the clock */
        CHECK_INT(domain_ask(&r.d, &role_change, r.kim.access, NULL, &r.a), ERR_NONE);
    }
    CHECK_INT(list(&r, &r.kim), NOTIFICATIONS_KEPT);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), NOTIFICATIONS_KEPT);
    for (int i = 1; i < NOTIFICATIONS_KEPT; i++) {
        char newer[32], older[32];
        snprintf(newer, sizeof newer, "%d.createdAt", i - 1);
        snprintf(older, sizeof older, "%d.createdAt", i);
        CHECK(strcmp(text_at(&r.a, newer), text_at(&r.a, older)) > 0);
    }
    end(&r);
}

TEST(gone, "D8.7: the notifications of a user go with him")
{
    struct rig r;
    begin(&r);
    CHECK_INT(domain_ask(&r.d, &role_change, r.kim.access, NULL, &r.a), ERR_NONE);
    domain_sql(&r.d, "DELETE FROM users WHERE username = 'kim'");
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications"), 0);
    end(&r);
}
