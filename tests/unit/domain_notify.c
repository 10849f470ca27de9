// SPDX-License-Identifier: MIT
// Who is told of a message, and once (discodeit.md 8.4).
#include "support/notify_rig.h"

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
