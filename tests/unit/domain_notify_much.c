// SPDX-License-Identifier: MIT
// Telling when there is much to tell, or something is missing (discodeit.md 8.4).
#include "support/notify_rig.h"

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
