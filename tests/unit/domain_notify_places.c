// SPDX-License-Identifier: MIT
// The cursor of the notifier, batch by batch: each pair of message and receiver is told of once, also where its
// notification was read in between, and where somebody comes too late (docs/notifications.md).
#include "chat/notifier.h"
#include "support/domain.h"

enum { MORE = NOTIFIER_ROWS + 44, TURNS = 64 };

struct rig {
    struct domain d;
    struct answer a;
    struct person chief, kim, lee;
    char lobby[UUID_TEXT + 1], closed[UUID_TEXT + 1]; /* PUBLIC; PRIVATE, of Kim and Lee */
    int done;
};

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    domain_join(&r->d, "chief", "ADMIN", &r->chief);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    domain_public_channel(&r->d, &r->chief, "lobby", r->lobby);
    domain_private_channel(&r->d, &r->kim, &r->lee, r->closed);
}

static void end(struct rig *r)
{
    answer_release(&r->a);
    domain_close(&r->d);
}

static int64_t count(struct rig *r)
{
    return domain_sql(&r->d, "SELECT count(*) FROM notifications");
}

static void send(struct rig *r, const struct person *p, const char *channel, const char *content)
{
    CHECK_INT(domain_send(&r->d, p, channel, content, &r->a), ERR_NONE);
}

/* People who have the bell of the lobby on. */
static void add_readers(struct rig *r, unsigned count_)
{
    char sql[512];
    for (unsigned i = 0; i < count_; i++) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO users (id, created_at, username, email, password, role)"
                 " VALUES (x'aa0000000000000000000000%08x', @1, 'u%u', 'u%u', 'x', 'USER')",
                 i, i, i);
        domain_sql(&r->d, sql);
    }
    domain_sql(&r->d, "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at,"
                      " notification_enabled) SELECT u.id, @1, u.id, c.id, @1, TRUE FROM users u, channels c"
                      " WHERE u.username LIKE 'u%' AND c.name = 'lobby'");
}

static void on_done(struct task *t)
{
    CHECK_INT(t->error, ERR_NONE);
    ++*(int *)(uintptr_t)t->context[0];
}

static struct task *make(struct rig *r, const char *channel, struct loop *home)
{
    struct task *t = task_new(&r->d.chat, &OPERATION_NOTIFY_CHANNEL, home, on_done);
    assert(t != NULL);
    t->context[0] = (uintptr_t)&r->done;
    CHECK(uuid_parse(slice_from_string(channel), &t->notify.channel));
    return t;
}

static void run(struct rig *r, struct loop *loop)
{
    int done = r->done;
    for (int turns = 0; turns < TURNS && r->done == done; turns++) {
        domain_store_step(&r->d);
        loop_turn(loop);
    }
    CHECK_INT(r->done, done + 1);
}

/* One batch for this channel. */
static void work(struct rig *r, const char *channel)
{
    task_start(make(r, channel, &r->d.loop));
    run(r, &r->d.loop);
}

TEST(bounds, "design 4: a batch ends within a message, and the next one goes on there, also when all was "
             "read meanwhile")
{
    struct rig r;
    begin(&r);
    add_readers(&r, MORE);
    for (int i = 0; i < 3; i++)
        send(&r, &r.kim, r.lobby, "hello");
    int64_t told = 0;
    for (int64_t left = 3 * MORE; left > 0; left -= told) {
        work(&r, r.lobby);
        told = count(&r);
        CHECK_INT(told, left < NOTIFIER_ROWS ? left : NOTIFIER_ROWS);
        domain_sql(&r.d, "DELETE FROM notifications");
        if (told == 0)
            break;
    }
    work(&r, r.lobby);
    CHECK_INT(count(&r), 0);
    end(&r);
}

TEST(own_channel, "D8.4: what is done for one channel touches no other, wherever its cursor stands")
{
    struct rig r;
    begin(&r);
    add_readers(&r, 2);
    send(&r, &r.kim, r.lobby, "one");
    send(&r, &r.kim, r.closed, "one");
    work(&r, r.lobby);
    work(&r, r.closed);
    CHECK_INT(count(&r), 3);
    send(&r, &r.kim, r.lobby, "two");
    send(&r, &r.kim, r.closed, "two");
    work(&r, r.lobby);
    CHECK_INT(count(&r), 5);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM cursors WHERE seq = 1"), 1);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM cursors WHERE seq = 2"), 1);
    work(&r, r.closed);
    CHECK_INT(count(&r), 6);
    end(&r);
}

/* One has read where the cursor stands, and before it writes `meanwhile` others do their work and all is read. */
static void come_late(struct rig *r, void (*meanwhile)(struct rig *, struct loop *))
{
    struct loop slow;
    loop_init(&slow, &r->d.clock, &r->d.random, r->d.loop.wake);
    task_start(make(r, r->lobby, &slow));
    domain_store_step(&r->d);
    meanwhile(r, &r->d.loop);
    domain_sql(&r->d, "DELETE FROM notifications");
    run(r, &slow);
    CHECK_INT(count(r), 0);
    work(r, r->lobby);
    CHECK_INT(count(r), 0);
}

static void work_twice(struct rig *r, struct loop *loop)
{
    (void)loop;
    work(r, r->lobby);
    work(r, r->lobby);
}

TEST(late_batch,
     "D8.4: who comes too late neither tells again nor moves the cursor back, also within one message")
{
    struct rig r;
    begin(&r);
    add_readers(&r, MORE);
    send(&r, &r.kim, r.lobby, "hello");
    come_late(&r, work_twice);
    send(&r, &r.kim, r.lobby, "again");
    work(&r, r.lobby);
    CHECK_INT(count(&r), NOTIFIER_ROWS);
    domain_sql(&r.d, "DELETE FROM notifications");
    come_late(&r, work_twice);
    end(&r);
}

static void ring(struct rig *r, struct loop *loop)
{
    (void)loop;
    add_readers(r, 2);
    send(r, &r->kim, r->lobby, "two");
    work(r, r->lobby);
    work(r, r->lobby);
    CHECK(count(r) >= 2);
}

TEST(late_skip, "D8.4: who found nobody to tell moves the cursor nowhere when others have moved it")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.lobby, "zero");
    work(&r, r.lobby); /* there is a cursor */
    send(&r, &r.kim, r.lobby, "one");
    come_late(&r, ring);
    end(&r);
}

/* As come_late(), but the work of the others is not done when he comes. */
static void come_between(struct rig *r, void (*before)(struct rig *), int batches, int64_t left)
{
    struct loop slow;
    loop_init(&slow, &r->d.clock, &r->d.random, r->d.loop.wake);
    task_start(make(r, r->lobby, &slow));
    domain_store_step(&r->d);
    before(r);
    for (int i = 0; i < batches; i++)
        work(r, r->lobby);
    CHECK_INT(count(r), batches * NOTIFIER_ROWS);
    domain_sql(&r->d, "DELETE FROM notifications");
    run(r, &slow);
    CHECK_INT(count(r), 0);
    work(r, r->lobby);
    CHECK_INT(count(r), left);
}

static void nothing_more(struct rig *r)
{
    (void)r;
}

static void many_ring(struct rig *r)
{
    add_readers(r, MORE);
}

TEST(between, "D8.4: who comes while others are in the middle of a message leaves the rest of it to be told")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.lobby, "hello");
    come_between(&r, many_ring, 1, MORE - NOTIFIER_ROWS); /* he has found nobody to tell */
    end(&r);
    begin(&r);
    add_readers(&r, NOTIFIER_ROWS + MORE);
    send(&r, &r.kim, r.lobby, "hello");
    come_between(&r, nothing_more, 1, NOTIFIER_ROWS);
    end(&r);
    begin(&r);
    add_readers(&r, NOTIFIER_ROWS + MORE);
    send(&r, &r.kim, r.lobby, "hello");
    come_between(&r, nothing_more, 2, MORE - NOTIFIER_ROWS);
    end(&r);
}

TEST(skipped, "D8.4: a channel in which nobody is to be told takes nothing away from others")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.lobby, "one");
    send(&r, &r.kim, r.closed, "one");
    work(&r, r.lobby);
    CHECK_INT(count(&r), 0);
    work(&r, r.closed);
    CHECK_INT(count(&r), 1);
    end(&r);
}

static void attach(struct rig *r, unsigned number, const char *content)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO binary_contents (id, created_at, file_name, size, content_type, status)"
             " VALUES (x'0000000000000000000000000000%04x', @%u, 'file%u.png', 1, 'image/png', 'SUCCESS')",
             number, number, number);
    domain_sql(&r->d, sql);
    snprintf(sql, sizeof sql,
             "INSERT INTO message_attachments (message_id, attachment_id)"
             " SELECT m.id, x'0000000000000000000000000000%04x' FROM messages m WHERE m.content = '%s'",
             number, content);
    domain_sql(&r->d, sql);
}

TEST(own_files, "D8.4: of a message that is one file alone its own name is told, and no number")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    send(&r, &r.kim, r.closed, "two");
    attach(&r, 7, "one");
    attach(&r, 8, "two");
    domain_sql(&r.d, "UPDATE messages SET content = '' WHERE content = 'two'");
    work(&r, r.closed);
    CHECK_INT(count(&r), 2);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM notifications WHERE content = 'file8.png'"), 1);
    end(&r);
}
