// SPDX-License-Identifier: MIT
// Who is told of a message, what, and that it is once, whatever happens in between (discodeit.md 8.4, 12.1).
#include <stdio.h>

#include "base/object.h"
#include "chat/notifier.h"
#include "dto/values.h"
#include "support/domain.h"

enum { TURNS = 20000 };

struct rig {
    struct domain d;
    struct answer a;
    struct person admin, kim, lee, choi;
    char lobby[UUID_TEXT + 1], closed[UUID_TEXT + 1]; /* PUBLIC; PRIVATE, of kim and lee */
    struct notifier notifier;
    _Atomic bool leaving;
    _Atomic uint32_t tasks;
    struct lane_sink next;
    size_t passed, overflowed;
};

static void on_event(struct lane_sink *sink, struct event *e)
{
    (void)e;
    CONTAINER_OF(sink, struct rig, next)->passed++;
}

static void on_overflow(struct lane_sink *sink)
{
    CONTAINER_OF(sink, struct rig, next)->overflowed++;
}

static void open_notifier(struct rig *r)
{
    struct notifier_house house = {&r->d.chat, &r->d.loop, &r->next, &r->leaving, &r->tasks};
    CHECK(notifier_init(&r->notifier, &house, &notifier_defaults));
}

static void begin(struct rig *r)
{
    memset(r, 0, sizeof *r);
    domain_open(&r->d);
    r->next = (struct lane_sink){on_event, on_overflow};
    domain_join(&r->d, "admin", "ADMIN", &r->admin);
    domain_join(&r->d, "kim", "USER", &r->kim);
    domain_join(&r->d, "lee", "USER", &r->lee);
    domain_join(&r->d, "choi", "USER", &r->choi);
    domain_public_channel(&r->d, &r->admin, "lobby", r->lobby);
    domain_private_channel(&r->d, &r->kim, &r->lee, r->closed);
    domain_forget_events(&r->d);
    open_notifier(r);
}

static void end(struct rig *r)
{
    notifier_release(&r->notifier);
    answer_release(&r->a);
    domain_close(&r->d);
}

static int64_t count(struct rig *r)
{
    return domain_sql(&r->d, "SELECT count(*) FROM notifications");
}

static bool is_idle(const struct rig *r)
{
    return r->tasks == 0 && list_is_empty(&r->notifier.waiting) && !r->notifier.looking;
}

/* Until there is nothing to do but to wait for the next look. */
static void settle(struct rig *r)
{
    for (int turns = 0; turns < TURNS && !(turns > 2 && is_idle(r)); turns++) {
        domain_store_step(&r->d);
        r->d.now += TIMERS_TICK;
        loop_turn(&r->d.loop);
    }
    CHECK(is_idle(r));
}

/* The lane brings what was published. */
static void hear(struct rig *r)
{
    for (size_t i = 0; i < r->d.event_count; i++)
        r->notifier.sink.event(&r->notifier.sink, r->d.events[i]);
    domain_forget_events(&r->d);
    settle(r);
}

static void send(struct rig *r, const struct person *p, const char *channel, const char *content)
{
    CHECK_INT(domain_send(&r->d, p, channel, content, &r->a), ERR_NONE);
}

static void bell(struct rig *r, const struct person *p, const char *channel, bool on)
{
    char body[256], id[UUID_TEXT + 1];
    snprintf(body, sizeof body, "{\"channelId\":\"%s\",\"lastReadAt\":\"2026-03-02T09:15:30Z\"}", channel);
    CHECK_INT(domain_ask(&r->d, &OPERATION_READ_STATUS_CREATE, p->access, body, &r->a), ERR_NONE);
    snprintf(id, sizeof id, "%s", text_at(&r->a, "id"));
    struct task *t = domain_task(&r->d, &OPERATION_READ_STATUS_UPDATE);
    t->bearer = slice_from_string(p->access);
    t->parameters.id = slice_from_string(id);
    task_read(t,
              on ? SLICE("{\"newNotificationEnabled\":true}") : SLICE("{\"newNotificationEnabled\":false}"));
    domain_run(&r->d, t, &r->a);
    CHECK_INT(r->a.error, ERR_NONE);
}

static size_t list(struct rig *r, const struct person *p)
{
    CHECK_INT(domain_ask(&r->d, &OPERATION_NOTIFICATION_LIST, p->access, NULL, &r->a), ERR_NONE);
    return json_array_size(r->a.json);
}

/* --- who and what --- */

TEST(receivers, "D8.4: told is who has the bell of the channel on, but not the author")
{
    struct rig r;
    begin(&r);
    bell(&r, &r.kim, r.lobby, true);
    bell(&r, &r.lee, r.lobby, true);
    bell(&r, &r.choi, r.lobby, false);
    send(&r, &r.kim, r.lobby, "lunch?");
    hear(&r);
    CHECK_INT(r.passed, 1);
    CHECK_INT(list(&r, &r.kim), 0);
    CHECK_INT(list(&r, &r.choi), 0);
    CHECK_INT(list(&r, &r.admin), 0);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_TEXT(text_at(&r.a, "0.title"), "kim (#lobby)");
    CHECK_TEXT(text_at(&r.a, "0.content"), "lunch?");
    bell(&r, &r.lee, r.lobby, false);
    bell(&r, &r.choi, r.lobby, true);
    send(&r, &r.kim, r.lobby, "nobody?");
    hear(&r);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_INT(list(&r, &r.choi), 1);
    CHECK_TEXT(text_at(&r.a, "0.content"), "nobody?");
    end(&r);
}

TEST(members, "D8.2, D8.4: the members of a PRIVATE channel are told, by the author's name alone")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "psst");
    hear(&r);
    CHECK_INT(count(&r), 1);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_TEXT(text_at(&r.a, "0.title"), "kim");
    end(&r);
}

TEST(events, "D7.4: each receiver gets an event of his own, in the order of the messages")
{
    struct rig r;
    begin(&r);
    bell(&r, &r.lee, r.lobby, true);
    bell(&r, &r.choi, r.lobby, true);
    send(&r, &r.kim, r.lobby, "one");
    send(&r, &r.kim, r.lobby, "two");
    hear(&r);
    CHECK_INT(r.d.told_count, 4);
    for (size_t i = 1; i < r.d.told_count; i++) {
        CHECK_INT(r.d.told[i]->seq, r.d.told[i - 1]->seq + 1);
        CHECK(r.d.told[i]->time > r.d.told[i - 1]->time);
    }
    CHECK_INT(list(&r, &r.lee), 2);
    CHECK_TEXT(text_at(&r.a, "0.content"), "two");
    CHECK_TEXT(text_at(&r.a, "1.content"), "one");
    end(&r);
}

TEST(long_text, "D8.4: a long text is cut to a hundred characters, not octets")
{
    struct rig r;
    char text[3 * (NOTIFIER_TEXT + 1) + 1] = "", cut[3 * NOTIFIER_TEXT + 1] = "";
    begin(&r);
    for (int i = 0; i < NOTIFIER_TEXT; i++)
        strcat(text, "가");
    send(&r, &r.kim, r.closed, text);
    hear(&r);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_TEXT(text_at(&r.a, "0.content"), text);
    for (int i = 0; i < NOTIFIER_TEXT - 1; i++)
        strcat(cut, "가");
    strcat(cut, "…");
    strcat(text, "나");
    send(&r, &r.kim, r.closed, text);
    hear(&r);
    CHECK_INT(list(&r, &r.lee), 2);
    CHECK_TEXT(text_at(&r.a, "0.content"), cut);
    end(&r);
}

static void attach(struct rig *r, unsigned number, const char *name)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "INSERT INTO binary_contents (id, created_at, file_name, size, content_type, status)"
             " VALUES (x'0000000000000000000000000000%04x', @%u, '%s', 1, 'image/png', 'PROCESSING')",
             number, number, name);
    domain_sql(&r->d, sql);
    snprintf(sql, sizeof sql,
             "INSERT INTO message_attachments (message_id, attachment_id)"
             " SELECT m.id, x'0000000000000000000000000000%04x' FROM messages m",
             number);
    domain_sql(&r->d, sql);
}

TEST(attachments, "D8.4: of a message that is its files alone, their names are told")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "-");
    domain_sql(&r.d, "UPDATE messages SET content = ''");
    attach(&r, 7, "cat.png");
    attach(&r, 8, "dog.png");
    attach(&r, 9, "owl.png");
    hear(&r);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_TEXT(text_at(&r.a, "0.content"), "cat.png (+2)");
    end(&r);
}

TEST(changed_meanwhile,
     "D8.4: told is what a message says when it is told of; one that is gone, or whose author is "
     "gone, nobody is told of")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "teh");
    domain_sql(&r.d, "UPDATE messages SET content = 'the'");
    send(&r, &r.kim, r.closed, "gone");
    domain_sql(&r.d, "DELETE FROM messages WHERE content = 'gone'");
    send(&r, &r.lee, r.closed, "me too");
    domain_sql(&r.d, "UPDATE messages SET author_id = NULL WHERE content = 'me too'");
    hear(&r);
    CHECK_INT(count(&r), 1);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_TEXT(text_at(&r.a, "0.content"), "the");
    end(&r);
}

TEST(gone_receiver, "D8.7: a receiver who is gone meanwhile is not told, and holds nobody up")
{
    struct rig r;
    begin(&r);
    bell(&r, &r.lee, r.lobby, true);
    bell(&r, &r.choi, r.lobby, true);
    send(&r, &r.kim, r.lobby, "hello");
    domain_sql(&r.d, "DELETE FROM users WHERE username = 'choi'");
    hear(&r);
    CHECK_INT(count(&r), 1);
    CHECK_INT(list(&r, &r.lee), 1);
    end(&r);
}

/* --- once --- */

TEST(never_twice, "D8.4: what was told of is not told again, neither after a restart nor after it was read")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "once");
    hear(&r);
    CHECK_INT(count(&r), 1);
    domain_sql(&r.d, "DELETE FROM notifications");
    notifier_start(&r.notifier);
    settle(&r);
    CHECK_INT(count(&r), 0);
    end(&r);
}

TEST(killed, "D8.4, G1: what was committed before a process was killed is told of after its start")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    send(&r, &r.kim, r.closed, "two");
    bell(&r, &r.choi, r.lobby, true);
    send(&r, &r.kim, r.lobby, "three");
    domain_forget_events(&r.d); /* and nobody heard of them */
    settle(&r);
    CHECK_INT(count(&r), 0);
    notifier_start(&r.notifier);
    settle(&r);
    CHECK_INT(count(&r), 3);
    end(&r);
}

static void on_behind(struct task *t)
{
    *(size_t *)(uintptr_t)t->context[0] = t->notify.channel_count;
}

TEST(clock_set_back, "D8.4: a clock that was set back hides nothing of what was said before")
{
    struct rig r;
    begin(&r);
    r.d.now += 600 * MICROSECONDS_PER_SECOND;
    send(&r, &r.kim, r.closed, "from the future");
    domain_forget_events(&r.d);
    struct task *t = task_new(&r.d.chat, &OPERATION_NOTIFY_BEHIND, &r.d.loop, on_behind);
    assert(t != NULL);
    r.d.now -= 600 * MICROSECONDS_PER_SECOND;
    t->notify.quiet = 5 * MICROSECONDS_PER_SECOND;
    size_t found = 0;
    t->context[0] = (uintptr_t)&found;
    task_start(t);
    domain_store_step(&r.d);
    loop_turn(&r.d.loop);
    CHECK_INT(found, 1);
    end(&r);
}

TEST(another_instance,
     "D8.4: what an instance that died has left behind another one finds, once it has lain for a while")
{
    struct rig r;
    begin(&r);
    notifier_start(&r.notifier);
    settle(&r);
    r.d.now += notifier_defaults.interval - MICROSECONDS_PER_SECOND;
    send(&r, &r.kim, r.closed, "one");
    domain_forget_events(&r.d);
    r.d.now += MICROSECONDS_PER_SECOND;
    settle(&r);
    CHECK_INT(count(&r), 0); /* its writer may be about to do it */
    r.d.now += notifier_defaults.interval;
    settle(&r);
    CHECK_INT(count(&r), 1);
    end(&r);
}

static void on_raced(struct task *t)
{
    CHECK_INT(t->error, ERR_NONE);
    ++*(int *)(uintptr_t)t->context[0];
}

static struct task *race(struct rig *r, const char *channel, int *done)
{
    struct task *t = task_new(&r->d.chat, &OPERATION_NOTIFY_CHANNEL, &r->d.loop, on_raced);
    assert(t != NULL);
    t->context[0] = (uintptr_t)done;
    CHECK(uuid_parse(slice_from_string(channel), &t->notify.channel));
    return t;
}

TEST(two_at_once, "D12.1: of two who have read the same place one writes, and the other changes nothing")
{
    struct rig r;
    int done = 0;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    task_start(race(&r, r.closed, &done));
    task_start(race(&r, r.closed, &done));
    for (int turns = 0; turns < 16 && done < 2; turns++) {
        domain_store_step(&r.d);
        loop_turn(&r.d.loop);
    }
    CHECK_INT(done, 2);
    CHECK_INT(count(&r), 1);
    CHECK_INT(r.d.told_count, 1);
    CHECK_INT(list(&r, &r.lee), 1);
    end(&r);
}

TEST(read_in_between, "D8.4: who has read a notification is not told again by one that comes too late")
{
    struct rig r;
    int done = 0;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    task_start(race(&r, r.closed, &done));
    domain_store_step(&r.d); /* it has read where the cursor stands, and is slower than */
    struct task *faster = race(&r, r.closed, &done);
    struct loop elsewhere;
    loop_init(&elsewhere, &r.d.clock, &r.d.random, r.d.loop.wake);
    faster->home = &elsewhere;
    task_start(faster);
    for (int turns = 0; turns < 16 && done < 1; turns++) {
        domain_store_step(&r.d);
        loop_turn(&elsewhere);
    }
    CHECK_INT(count(&r), 1);
    domain_sql(&r.d, "DELETE FROM notifications");
    for (int turns = 0; turns < 16 && done < 2; turns++) {
        loop_turn(&r.d.loop);
        domain_store_step(&r.d);
    }
    CHECK_INT(done, 2);
    CHECK_INT(count(&r), 0);
    end(&r);
}

TEST(repeated, "G2: a batch whose outcome was unknown, and that is run again, tells once")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    r.d.store.twice = true;
    hear(&r);
    r.d.store.twice = false;
    CHECK_INT(count(&r), 1);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM log WHERE stream = 'events' AND id IN"
                               " (SELECT id FROM notifications)"),
              1);
    CHECK_INT(domain_sql(&r.d, "SELECT max(s.seq) - count(*) FROM streams s JOIN log l ON l.stream = s.name"
                               " WHERE s.name = 'events'"),
              0);
    end(&r);
}

TEST(failing, "a store that fails is asked again after a while, and nothing is lost")
{
    struct rig r;
    begin(&r);
    for (unsigned n = 1; n <= 2; n++) { /* what reads, what writes */
        send(&r, &r.kim, r.closed, "one");
        r.d.store.fail_in = n;
        r.d.store.error = ERR_SERVICE_UNAVAILABLE;
        int64_t before = r.d.now;
        hear(&r);
        CHECK(r.d.now - before >= notifier_defaults.retry);
        CHECK_INT(count(&r), n);
    }
    end(&r);
}

/* --- much --- */

static void add_readers(struct rig *r, int n)
{
    char sql[512];
    for (int i = 0; i < n; i++) {
        snprintf(sql, sizeof sql,
                 "INSERT INTO users (id, created_at, username, email, password, role)"
                 " VALUES (x'0a000000000000000000000000%06x', @1, 'u%d', 'u%d@x.org', 'x', 'USER')",
                 i, i, i);
        domain_sql(&r->d, sql);
    }
    domain_sql(&r->d, "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at,"
                      " notification_enabled) SELECT u.id, @1, u.id, c.id, @1, TRUE FROM users u, channels c"
                      " WHERE u.username LIKE 'u%' AND c.name = 'lobby'");
}

TEST(many_receivers,
     "design 4: more receivers than one batch may tell are told in several, each once, in order")
{
    struct rig r;
    begin(&r);
    add_readers(&r, NOTIFIER_ROWS + 44);
    for (int i = 0; i < 3; i++)
        send(&r, &r.kim, r.lobby, "hello");
    r.d.store.writes = 0;
    hear(&r);
    CHECK_INT(count(&r), 3 * (NOTIFIER_ROWS + 44));
    CHECK_INT(r.d.store.writes, 4);
    CHECK_INT(domain_sql(&r.d, "SELECT count(DISTINCT receiver_id) FROM notifications"), NOTIFIER_ROWS + 44);
    CHECK_INT(domain_sql(&r.d,
                         "SELECT count(*) FROM notifications a JOIN notifications b"
                         " ON a.receiver_id = b.receiver_id AND a.event_id = b.event_id AND a.id <> b.id"),
              0);
    CHECK_INT(domain_sql(&r.d, "SELECT max(s.seq) - count(*) FROM streams s JOIN log l ON l.stream = s.name"
                               " WHERE s.name = 'events'"),
              0);
    end(&r);
}

TEST(exactly_a_batch, "a batch that is just full is followed by one that finds nothing")
{
    struct rig r;
    begin(&r);
    add_readers(&r, NOTIFIER_ROWS / 2);
    send(&r, &r.kim, r.lobby, "one");
    send(&r, &r.kim, r.lobby, "two");
    hear(&r);
    CHECK_INT(count(&r), NOTIFIER_ROWS);
    CHECK_INT(
        domain_sql(&r.d,
                   "SELECT count(*) FROM cursors c JOIN streams s ON s.name = c.stream AND s.seq = c.seq"),
        1);
    end(&r);
}

TEST(kept, "D4.6: of each user the newest hundred notifications are kept, however many messages there are")
{
    struct rig r;
    begin(&r);
    for (int i = 0; i < 120; i++) {
        char text[16];
        snprintf(text, sizeof text, "%d", i);
        send(&r, &r.kim, r.closed, text);
        domain_forget_events(&r.d);
    }
    notifier_start(&r.notifier);
    settle(&r);
    CHECK_INT(list(&r, &r.lee), 100);
    CHECK_TEXT(text_at(&r.a, "0.content"), "119");
    CHECK_TEXT(text_at(&r.a, "99.content"), "20");
    CHECK_INT(count(&r), 100);
    end(&r);
}

TEST(gap, "what retention has taken away before it was told of is left out, and the rest is told")
{
    struct rig r;
    begin(&r);
    for (int i = 0; i < 6; i++)
        send(&r, &r.kim, r.closed, i < 5 ? "old" : "new");
    domain_forget_events(&r.d);
    domain_sql(&r.d, "UPDATE log SET seq = seq + 10000 WHERE stream LIKE 'channels.%'");
    domain_sql(&r.d, "UPDATE streams SET seq = seq + 10000 WHERE name LIKE 'channels.%'");
    domain_sql(&r.d, "DELETE FROM log WHERE stream LIKE 'channels.%' AND seq < 10006");
    r.d.store.reads = 0;
    notifier_start(&r.notifier);
    settle(&r);
    CHECK_INT(count(&r), 1);
    CHECK_INT(list(&r, &r.lee), 1);
    CHECK_TEXT(text_at(&r.a, "0.content"), "new");
    CHECK(r.d.store.reads < 8); /* it does not walk through the gap */
    end(&r);
}

TEST(nobody, "a channel in which nobody wants to be told costs one write that locks no stream")
{
    struct rig r;
    begin(&r);
    for (int i = 0; i < 10; i++)
        send(&r, &r.kim, r.lobby, "hello");
    r.d.store.writes = 0;
    hear(&r);
    CHECK_INT(r.d.store.writes, 1);
    CHECK_INT(count(&r), 0);
    bell(&r, &r.lee, r.lobby, true); /* and what was said before is not told of later */
    send(&r, &r.kim, r.lobby, "now");
    hear(&r);
    CHECK_INT(count(&r), 1);
    end(&r);
}

TEST(channel_gone, "D8.1: a channel that is gone is not told of, and its cursor goes with its stream")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    hear(&r);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM cursors"), 1);
    send(&r, &r.kim, r.closed, "two");
    domain_sql(&r.d, "DELETE FROM channels WHERE type = 'PRIVATE'");
    domain_sql(&r.d, "DELETE FROM log WHERE stream LIKE 'channels.%'");
    domain_sql(&r.d, "DELETE FROM streams WHERE name LIKE 'channels.%'");
    hear(&r);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM cursors"), 0);
    end(&r);
}

TEST(overflow, "what a full lane has dropped is found in the table, however fresh it is")
{
    struct rig r;
    begin(&r);
    send(&r, &r.kim, r.closed, "one");
    domain_forget_events(&r.d);
    r.notifier.sink.overflowed(&r.notifier.sink);
    settle(&r);
    CHECK_INT(r.overflowed, 1);
    CHECK_INT(count(&r), 1);
    end(&r);
}

TEST(many_channels, "more channels than are known at a time, and than one look sees, are all done")
{
    struct rig r;
    int channels = NOTIFIER_PAGE * 2 + 10;
    begin(&r);
    for (int i = 0; i < channels; i++) {
        char sql[1024];
        snprintf(sql, sizeof sql,
                 "INSERT INTO channels (id, created_at, type, name) VALUES"
                 " (x'0c000000000000000000000000%06x', @1, 'PUBLIC', 'c%d')",
                 i, i);
        domain_sql(&r.d, sql);
        snprintf(sql, sizeof sql,
                 "INSERT INTO streams (name, seq, time) VALUES"
                 " ('channels.0c000000-0000-0000-0000-000000%06x.messages', 1, @1)",
                 i);
        domain_sql(&r.d, sql);
        snprintf(sql, sizeof sql,
                 "INSERT INTO messages (id, created_at, content, channel_id, author_id)"
                 " SELECT x'0d000000000000000000000000%06x', @1, 'hello',"
                 " x'0c000000000000000000000000%06x', u.id FROM users u WHERE u.username = 'kim'",
                 i, i);
        domain_sql(&r.d, sql);
        snprintf(sql, sizeof sql,
                 "INSERT INTO log (stream, seq, time, audience, id, envelope) VALUES"
                 " ('channels.0c000000-0000-0000-0000-000000%06x.messages', 1, @1, '*',"
                 " x'0d000000000000000000000000%06x', pb_int(1, 1))",
                 i, i);
        domain_sql(&r.d, sql);
    }
    domain_sql(&r.d, "INSERT INTO read_statuses (id, created_at, user_id, channel_id, last_read_at,"
                     " notification_enabled) SELECT c.id, @1, u.id, c.id, @1, TRUE FROM users u, channels c"
                     " WHERE u.username = 'lee' AND c.name LIKE 'c%'");
    notifier_start(&r.notifier);
    settle(&r);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM cursors"), channels);
    CHECK_INT(domain_sql(&r.d, "SELECT count(*) FROM log WHERE stream = 'events' AND audience <> '*' AND "
                               "audience NOT LIKE '%,%'"),
              channels);
    end(&r);
}

TEST(leaving, "G8: a process that is to end begins nothing any more")
{
    struct rig r;
    begin(&r);
    r.leaving = true;
    send(&r, &r.kim, r.closed, "one");
    for (size_t i = 0; i < r.d.event_count; i++)
        r.notifier.sink.event(&r.notifier.sink, r.d.events[i]);
    CHECK_INT(r.tasks, 0);
    CHECK_INT(count(&r), 0);
    end(&r);
}
